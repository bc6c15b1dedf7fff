import { InputError, readArguments, runCommand } from '../recommend/command-line';
import { evaluatePairs, type FidelityEvaluation, type Score } from './evaluation';
import { readPairs } from './pairs-file';

const USAGE = `npm run fidelity:evaluate -- --pairs FILE.jsonl [--json]
  a line: { "id", "original": { "title", "content", "publishedAt"? }, "rewrite": { "title", "content", "comment", "phrases" },
            "unsupportedFigures": [], "unsupportedNames": [], "kind" }`;

async function main(): Promise<void> {
  const values = readArguments({
    pairs: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) return console.log(USAGE);
  if (values.pairs === undefined) throw new InputError(`--pairs is missing\n${USAGE}`);
  const evaluation = evaluatePairs(await readPairs(values.pairs));
  console.log(values.json ? JSON.stringify(evaluation) : tableOf(evaluation));
}

function tableOf({ kinds, misses, ...all }: FidelityEvaluation): string {
  const width = Math.max(20, ...kinds.map(({ kind }) => kind.length));
  const row = (kind: string, pairs: number | string, figures: string, names: string) =>
    `${kind.padEnd(width)} ${String(pairs).padStart(5)}  ${figures}  ${names}`;
  const head = 'precision recall     F1    of same';
  return [
    row('', '', `figures: ${head}`.slice(-head.length - 9), `names: ${head}`),
    ...[{ kind: 'all', ...all }, ...kinds].map(({ kind, pairs, figures, names }) =>
      row(kind, pairs, ' '.repeat(9) + cells(figures), ' '.repeat(7) + cells(names)),
    ),
    '',
    `"of" is how many are unsupported, "same" how many of them were reported to the last character; ${misses.length} misses:`,
    ...misses.map(
      ({ id, kind, what, fault, text }) => `  ${id} (${kind}): ${fault} ${what} ${JSON.stringify(text)}`,
    ),
  ].join('\n');
}

function cells({ expected, identical, precision, recall, f1 }: Score): string {
  const share = (value: number) => value.toFixed(3);
  return `${share(precision).padStart(9)} ${share(recall).padStart(6)} ${share(f1).padStart(6)} ${String(expected).padStart(5)} ${String(identical).padStart(4)}`;
}

runCommand('fidelity:evaluate', main);
