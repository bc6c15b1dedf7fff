// Run by .github/workflows/deploy.yml:
//   run.ts release --environment NAME --image IMAGE --digest sha256:… --url URL
//   run.ts smoke --url URL
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { release, ReleaseError } from './release';
import { smokeTest } from './smoke';

const POLL_MS = 5_000;
/** With the way back it fits into the hour for which the role is lent; the circuit breaker needs three failed starts of some 90 s. */
const PATIENCE = { migrate: 600, stable: 600, smoke: 60 };

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      environment: { type: 'string' },
      image: { type: 'string' },
      digest: { type: 'string' },
      url: { type: 'string' },
    },
  });
  const given = (name: keyof typeof values) => {
    const value = values[name];
    if (!value) throw new Error(`--${name} is missing`);
    return value;
  };
  // A run that is cancelled puts back what it has changed.
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const polling = { everyMs: POLL_MS, signal: stopping.signal };

  if (positionals[0] === 'smoke')
    return smokeTest(given('url'), { ...polling, say, patienceSeconds: PATIENCE.smoke });
  if (positionals[0] !== 'release') throw new Error('what to do is missing: release or smoke');
  await release({
    environment: given('environment'),
    image: given('image'),
    digest: given('digest'),
    publicUrl: given('url'),
    patience: PATIENCE,
    polling,
    say,
    onMigration: (taskId) => output('migration', taskId),
  });
}

/** An output of the step, for the steps and messages behind it. */
function output(name: string, value: string): void {
  const file = process.env.GITHUB_OUTPUT;
  if (file) appendFileSync(file, `${name}=${value.replace(/\s+/g, ' ')}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof ReleaseError) output('outcome', error.outcome);
  process.exitCode = 1;
});
