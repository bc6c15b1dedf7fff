import { normalText } from './words';

/** Letters and digits of a text without what is between them, and where its words begin. */
export interface WordRuns {
  /** In NFKC and lower case. */
  compact: string;
  /** Flags of each character of `compact`. */
  flags: Uint8Array;
}

export const FLAG = {
  /** A word or another script begins: after a space, and in GDP는 before 는. */
  start: 1,
  /** Spacing comes before it, or a sign that names are written with: 한국 은행, S&P 500. */
  gap: 2,
  /** Something that ends a phrase comes before it. */
  stop: 4,
  hangul: 8,
  digit: 16,
} as const;

const RUNS = /[가-힣]+|\p{N}+|[^\P{L}가-힣]+/gu;
const INNER_SIGN = /^(?:[ \t]*[-–·&'’/]?[ \t]*|\.)$/;

export function wordRunsOf(text: string): WordRuns {
  const normal = normalText(text);
  const flags = new Uint8Array(normal.length);
  const runs: string[] = [];
  let length = 0;
  let end = 0;
  for (const { 0: run, index } of normal.matchAll(RUNS)) {
    const between = normal.slice(end, index);
    const kind = /^[가-힣]/.test(run) ? FLAG.hangul : /^\p{N}/u.test(run) ? FLAG.digit : 0;
    flags.fill(kind, length, length + run.length);
    flags[length]! |= FLAG.start;
    if (between !== '') flags[length]! |= INNER_SIGN.test(between) ? FLAG.gap : FLAG.stop;
    runs.push(run);
    length += run.length;
    end = index + run.length;
  }
  return { compact: runs.join(''), flags: flags.subarray(0, length) };
}

/** Where in the text each character of its `compact` stands, [from, to); of another length where composing joins letters. */
export function placesOf(text: string): [from: number, to: number][] {
  const places: [number, number][] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    const letters = normalText(character).replace(/[^\p{L}\p{N}]/gu, '');
    for (let unit = 0; unit < letters.length; unit += 1) places.push([from, to]);
    from = to;
  }
  return places;
}

/** Where its words are, [from, to) in `compact`: GDP는 is two. */
export function wordsOf({ compact, flags }: WordRuns): { from: number; to: number }[] {
  const words: { from: number; to: number }[] = [];
  for (let at = 0; at < compact.length; at += 1)
    if (flags[at]! & FLAG.start || at === 0) words.push({ from: at, to: at + 1 });
    else words.at(-1)!.to = at + 1;
  return words;
}
