import { COMPONENTS } from '../../src/domain/recommendation/model/blend';
import { oneOf, readArguments, runCommand, wholeNumber } from './command-line';
import { shippedWithout } from './contenders';
import { evaluate } from './evaluation';
import heldOut from './held-out.json';
import { makeHeldOut, type HeldOut } from './held-out-data';
import { PROTOCOLS } from './protocol';

/**
 * `npm run recommend:ablate`: NDCG@10 on every frozen set, and how it changes in per cent without each component.
 * `--only NAME` takes one of the sets, `--protocol` one of its protocols, `--max-users` how many readers are asked. Fifty
 * readers say little.
 */
async function main(): Promise<void> {
  const values = readArguments({
    only: { type: 'string' },
    protocol: { type: 'string' },
    'max-users': { type: 'string', default: '1000' },
  });
  const maxReaders = wholeNumber('--max-users', values['max-users'], 1);
  const only = values.protocol === undefined ? null : oneOf('--protocol', values.protocol, PROTOCOLS);
  const whole = shippedWithout('nothing', []);
  const without = Object.entries(COMPONENTS).map(([name, features]) => shippedWithout(name, features));
  for (const set of heldOut as unknown as HeldOut[]) {
    if (values.only !== undefined && values.only !== set.name) continue;
    const dataset = makeHeldOut(set);
    for (const protocol of set.protocols) {
      if (only !== null && only !== protocol) continue;
      const contenders = [whole, ...without];
      const { asked, results } = await evaluate(dataset, { protocol, seed: 1, maxReaders, contenders });
      const [{ ndcg: best }, ...others] = results as [(typeof results)[number], ...typeof results];
      console.log(`\n${set.name}, ${protocol}, ${asked} readers: NDCG@10 ${best.toFixed(4)}`);
      for (const { model, ndcg } of others)
        console.log(
          `  without ${model.padEnd(12)} ${ndcg.toFixed(4)} ${(100 * (ndcg / best - 1)).toFixed(1)} %`,
        );
    }
  }
}

runCommand('recommend:ablate', main);
