import { createHash } from 'node:crypto';
import type { Dataset } from './dataset';
import { simulateNews } from './newsroom';
import type { Protocol } from './protocol';
import { films, music, shop, withoutTime } from './shapes';

/** A data set that nothing was tuned on: how it is made, and the hash it had when it was frozen. */
export interface HeldOut {
  name: string;
  shape: string;
  options: Record<string, number>;
  protocols: Protocol[];
  sha256: string;
  /** The shipped model's last-out NDCG@10 is at least so many times that of the best that knows no reader. */
  worthOfKnowing?: number;
}

type Maker = (options: never) => Dataset;

const MAKERS: Record<string, Maker> = {
  films: films satisfies Maker,
  'films without time': ((options: Parameters<typeof films>[0]) =>
    withoutTime(films(options), options.seed)) satisfies Maker,
  shop: shop satisfies Maker,
  music: music satisfies Maker,
  news: simulateNews satisfies Maker,
};

/** Makes the data set again. Throws when it is not what was frozen. */
export function makeHeldOut({ name, shape, options, sha256 }: HeldOut): Dataset {
  const dataset = MAKERS[shape]!(options as never);
  const hash = hashOf(dataset);
  if (hash !== sha256) throw new Error(`${name} is not the data set that was frozen: sha256 ${hash}`);
  return dataset;
}

function hashOf({ readers, items, log, typePoints, impressions }: Dataset): string {
  const hash = createHash('sha256').update(JSON.stringify({ readers, items }));
  const columns = [log.reader, log.item, log.at, log.dwell, typePoints];
  columns.push(impressions?.reader, impressions?.item, impressions?.at);
  for (const column of columns)
    if (column) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex');
}
