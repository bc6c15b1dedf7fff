import { InputError, readArguments, runCommand } from './command-line';
import { shippedForNobody } from './contenders';
import { evaluate, type Evaluation, worthOfKnowing } from './evaluation';
import { benchFullPath } from './full-path';
import heldOut from './held-out.json';
import { makeHeldOut, type HeldOut } from './held-out-data';
import { tableOf } from './report';
import type { Scale } from './scale-data';

const FULL_SIZE = '100000,20000,5300000';

/**
 * `npm run bench:recommend`: the results on the held-out data, then the whole training path at full size.
 * `--only NAME` runs one of the data sets; `--scale READERS,ITEMS,VIEWS` only the path, `--scale 2000,1000,60000` for a
 * quick look; exits 1 when the shipped model is not the best of a table, when
 * knowing the reader is worth too little, or a bar is missed.
 */
async function main(): Promise<void> {
  const values = readArguments({ only: { type: 'string' }, scale: { type: 'string' } });
  const scale = scaleOf(values.scale ?? FULL_SIZE);
  if (values.scale === undefined) await compare(values.only);
  if (values.only === undefined && !(await benchFullPath(scale))) process.exitCode = 1;
}

function scaleOf(text: string): Scale {
  const [, readers, items, views] = /^(\d+),(\d+),(\d+)$/.exec(text) ?? [];
  if (views === undefined)
    throw new InputError(`--scale is READERS,ITEMS,VIEWS, not ${JSON.stringify(text)}`);
  return { readers: Number(readers), items: Number(items), views: Number(views) };
}

async function compare(only: string | undefined): Promise<void> {
  for (const set of heldOut as unknown as HeldOut[]) {
    if (only !== undefined && only !== set.name) continue;
    const dataset = makeHeldOut(set);
    for (const protocol of set.protocols) {
      const evaluation = await evaluate(dataset, { protocol, seed: 1, maxReaders: 2_000 });
      console.log(`\n${set.name}, ${tableOf(evaluation)}`);
      if (!isBest(evaluation) || isWorthTooLittle(evaluation, set)) process.exitCode = 1;
    }
  }
}

/** Of those that are not the shipped model itself with less to know. */
function isBest({ results }: Evaluation): boolean {
  const [shipped, ...others] = results.toReversed();
  const baselines = others.filter(({ model }) => model !== shippedForNobody.name);
  return baselines.every(({ recall, ndcg }) => recall < shipped!.recall && ndcg < shipped!.ndcg);
}

function isWorthTooLittle(evaluation: Evaluation, set: HeldOut): boolean {
  const times = worthOfKnowing(evaluation)?.times ?? 0;
  if (evaluation.protocol !== 'last-out' || times >= (set.worthOfKnowing ?? 0)) return false;
  console.log(`knowing the reader is worth too little: × ${times.toFixed(2)}, bar ${set.worthOfKnowing}`);
  return true;
}

runCommand('bench:recommend', main);
