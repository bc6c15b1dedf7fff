import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { evaluate } from './evaluation';
import heldOut from './held-out.json';
import { makeHeldOut, type HeldOut } from './held-out-data';
import { tableOf } from './report';
import { measureScale } from './scale';

/**
 * `npm run bench:recommend`: the results on the held-out data, then the run at full size in a process of its own.
 * `--only NAME` runs one of the data sets; `--scale READERS,ITEMS,VIEWS` only the size that is named; exits 1 when the
 * shipped model is not the best of a table.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, scale: { type: 'string' } } });
  if (values.scale !== undefined) {
    const [readers, items, views] = values.scale.split(',').map(Number);
    return measureScale({ readers: readers!, items: items!, views: views!, seed: 9001 });
  }
  for (const set of heldOut as unknown as HeldOut[]) {
    if (values.only !== undefined && values.only !== set.name) continue;
    const dataset = makeHeldOut(set);
    for (const protocol of set.protocols) {
      const evaluation = await evaluate(dataset, { protocol, seed: 1, maxReaders: 2_000 });
      console.log(`\n${set.name}, ${tableOf(evaluation)}`);
      const [shipped, ...baselines] = evaluation.results.toReversed();
      if (baselines.some(({ recall, ndcg }) => recall >= shipped!.recall || ndcg >= shipped!.ndcg))
        process.exitCode = 1;
    }
  }
  if (values.only !== undefined) return;
  const itself = ['--require', './scripts/register-swc.cjs', __filename];
  execFileSync(process.execPath, [...itself, '--scale', '100000,20000,5000000'], { stdio: 'inherit' });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
