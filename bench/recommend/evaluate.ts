import { SingleBar } from 'cli-progress';
import { InputError, oneOf, readArguments, runCommand, wholeNumber } from './command-line';
import { readDataset } from './csv-files';
import { evaluate } from './evaluation';
import { PROTOCOLS } from './protocol';
import { tableOf } from './report';

const USAGE = `npm run recommend:evaluate -- --interactions FILE.csv [--items FILE.csv] [--impressions FILE.csv]
  [--protocol last-out|temporal] [--max-users 5000] [--seed 1] [--json]
  interactions: user_id,item_id,timestamp[,dwell_seconds]   items: item_id,category,text,published_at
  impressions: user_id,item_id,timestamp[,clicked]: with clicked, they need no interactions
  times: Unix seconds, milliseconds or ISO 8601; userId, movieId, time and the like are understood, other columns passed over`;

async function main(): Promise<void> {
  const options = readOptions();
  const bar = progressBar();
  const dataset = await readDataset(options, (fraction) => bar.show('reading', fraction));
  const evaluation = await evaluate(dataset, {
    ...options,
    onProgress: (model, phase, fraction) => bar.show(`${model}: ${phase}`, fraction),
  });
  bar.stop();
  if (evaluation.asked === 0)
    throw new InputError(
      `${options.interactions ?? options.impressions}: ${options.protocol} finds no opening to hold out`,
    );
  console.log(options.json ? JSON.stringify(evaluation) : tableOf(evaluation));
}

function readOptions() {
  const values = readArguments({
    interactions: { type: 'string' },
    items: { type: 'string' },
    impressions: { type: 'string' },
    protocol: { type: 'string', default: 'last-out' },
    'max-users': { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (values.interactions === undefined && values.impressions === undefined)
    throw new InputError(`--interactions is missing\n${USAGE}`);
  return {
    interactions: values.interactions,
    items: values.items,
    impressions: values.impressions,
    protocol: oneOf('--protocol', values.protocol, PROTOCOLS),
    maxReaders: wholeNumber('--max-users', values['max-users'], 1),
    seed: wholeNumber('--seed', values.seed, 0),
    json: values.json,
  };
}

/** A bar on the terminal's standard error; nothing when that is not a terminal. */
function progressBar(): { show(label: string, fraction: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: '{bar} {percentage}% {label}',
    clearOnComplete: true,
    stream: process.stderr,
  });
  bar.start(100, 0, { label: 'reading' });
  return {
    show: (label, fraction) => bar.update(Math.round(100 * fraction), { label }),
    stop: () => bar.stop(),
  };
}

runCommand('recommend:evaluate', main);
