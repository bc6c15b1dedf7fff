import { parseArgs } from 'node:util';

/** How large the long benches are; `npm run bench -- jobs --jobs 500 --kills 10` is a quick look. */
export interface Sizes {
  /** Jobs of each run on an engine of the queue; the other runs have a tenth of them. */
  jobs: number;
  /** Workers killed in each of these. */
  kills: number;
  /** Items of each feed. */
  items: number;
  /** Readers of a newsletter. */
  recipients: number;
  /** Rounds in which peers, and recommendations with a bare server, are compared. */
  rounds: number;
  /** Rows of history that move in. */
  views: number;
  /** Articles that a thousand have become. */
  articles: number;
}

const FULL: Sizes = {
  jobs: 10_000,
  kills: 50,
  items: 1_000,
  recipients: 10_000,
  rounds: 15,
  views: 1_000_000,
  articles: 1_000_000,
};

/** Splits a command line into the benches that it names and their sizes. Throws for an option or a number that is none. */
export function readCommandLine(args: readonly string[]): { names: string[]; sizes: Sizes } {
  const { values, positionals: names } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      jobs: { type: 'string' },
      kills: { type: 'string' },
      items: { type: 'string' },
      recipients: { type: 'string' },
      rounds: { type: 'string' },
      views: { type: 'string' },
      articles: { type: 'string' },
    },
  });
  const sizes = { ...FULL };
  for (const [name, value] of Object.entries(values)) {
    if (!/^[1-9]\d{0,6}$/.test(value)) throw new Error(`--${name} is a number from 1 to 9999999`);
    sizes[name as keyof Sizes] = Number(value);
  }
  return { names, sizes };
}
