import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { gaussian, seededRandom } from '../../src/domain/recommendation/numeric/random';
import { bareItem, LogBuilder, type Dataset } from './dataset';

export interface ShapeOptions {
  readers: number;
  items: number;
  /** Mean openings a reader. */
  reads: number;
  seed: number;
}

const START = 1_750_000_000;

/** A film library: steady taste in a few dimensions, most of a reader's ratings in one or two sittings, no items file. */
export function films({ readers, items, reads, seed }: ShapeOptions): Dataset {
  const random = seededRandom(seed);
  const dims = 8;
  const vectors = Float32Array.from({ length: items * dims }, () => gaussian(random) / Math.sqrt(dims));
  const fame = Float64Array.from({ length: items }, () => 1.1 * gaussian(random));
  const released = Float64Array.from({ length: items }, () => (random() < 0.6 ? 0 : random() * 900 * DAY));
  const log = new LogBuilder();
  for (let reader = 0; reader < readers; reader += 1) {
    const taste = Float32Array.from({ length: dims }, () => gaussian(random));
    const count = Math.min(
      Math.max(Math.round(reads * Math.exp(0.9 * gaussian(random) - 0.4)), 5),
      items >> 1,
    );
    let at = random() * 1_000 * DAY;
    const keys = Array.from({ length: items }, (_, item) => {
      let score = fame[item]! + (released[item]! > at ? -20 : 0);
      for (let k = 0; k < dims; k += 1) score += 1.5 * taste[k]! * vectors[item * dims + k]!;
      return { item, key: score - Math.log(-Math.log(1 - random())) };
    });
    keys.sort((left, right) => right.key - left.key);
    const picked = keys
      .slice(0, count)
      .sort((left, right) => right.key + 2 * random() - left.key - 2 * random());
    for (const { item } of picked) {
      at += random() < 0.03 ? 20 * DAY * random() : 60 * random();
      log.add(reader, item, START + Math.floor(at));
    }
  }
  return {
    readers,
    items: Array.from({ length: items }, (_, item) => bareItem(`f${item}`)),
    log: log.build(),
  };
}

/** A shop: a long tail, short sessions that walk from a product to related ones, few openings a reader. */
export function shop({ readers, items, reads, seed }: ShapeOptions): Dataset {
  const random = seededRandom(seed);
  const related = Array.from({ length: items }, (_, item) =>
    Array.from({ length: 8 }, () => {
      const shelf = Math.floor(item / 40) * 40;
      return random() < 0.8
        ? Math.min(shelf + Math.floor(random() * 40), items - 1)
        : Math.floor(random() * items);
    }),
  );
  const popular = () => Math.floor(items * random() ** 3);
  const shuffled = Uint32Array.from({ length: items }, (_, item) => item).sort(() => random() - 0.5);
  const log = new LogBuilder();
  for (let reader = 0; reader < readers; reader += 1) {
    const count = 1 + Math.floor(-Math.log(1 - random()) * (reads - 1));
    let at = random() * 120 * DAY;
    let item = shuffled[popular()]!;
    for (let read = 0; read < count; read += 1) {
      log.add(reader, item, START + Math.floor(at));
      const leaves = random();
      if (leaves < 0.15) at += 10 * DAY * random();
      at += 90 * random();
      item = leaves < 0.25 ? shuffled[popular()]! : related[item]![Math.floor(8 * random() ** 1.5)]!;
    }
  }
  return {
    readers,
    items: Array.from({ length: items }, (_, item) => bareItem(`p${item}`)),
    log: log.build(),
  };
}

/** Music: a reader's clusters change slowly and the same artist is heard again and again. */
export function music({ readers, items, reads, seed }: ShapeOptions): Dataset {
  const random = seededRandom(seed);
  const clusters = 40;
  const members = Array.from({ length: clusters }, () => [] as number[]);
  for (let item = 0; item < items; item += 1) members[Math.floor(random() * clusters)]!.push(item);
  const log = new LogBuilder();
  for (let reader = 0; reader < readers; reader += 1) {
    const liked = [0, 1, 2].map(() => Math.floor(random() * clusters));
    const count = Math.max(Math.round(reads * Math.exp(0.7 * gaussian(random) - 0.25)), 3);
    let at = random() * 60 * DAY;
    const heard: number[] = [];
    for (let read = 0; read < count; read += 1) {
      if (random() < 0.02) liked[Math.floor(random() * 3)] = Math.floor(random() * clusters);
      const cluster = members[liked[Math.floor(3 * random() ** 1.7)]!]!;
      const again = heard.length > 0 && random() < 0.5;
      const item = again
        ? heard[Math.floor(heard.length * random())]!
        : (cluster[Math.floor(cluster.length * random() ** 2.2)] ?? 0);
      heard.push(item);
      log.add(reader, item, START + Math.floor(at));
      at += random() < 0.1 ? 3 * DAY * random() : HOUR * 0.1 * random();
    }
  }
  return {
    readers,
    items: Array.from({ length: items }, (_, item) => bareItem(`m${item}`)),
    log: log.build(),
  };
}

/** The same openings without any order: every timestamp is the same and the rows are shuffled. */
export function withoutTime(dataset: Dataset, seed: number): Dataset {
  const random = seededRandom(seed);
  const { log } = dataset;
  const order = Uint32Array.from(log.reader, (_, row) => row);
  for (let row = order.length - 1; row > 0; row -= 1) {
    const other = Math.floor(random() * (row + 1));
    [order[row], order[other]] = [order[other]!, order[row]!];
  }
  return {
    ...dataset,
    log: {
      reader: Uint32Array.from(order, (row) => log.reader[row]!),
      item: Uint32Array.from(order, (row) => log.item[row]!),
      at: new Float64Array(order.length).fill(START),
      dwell: Float32Array.from(order, (row) => log.dwell[row]!),
    },
  };
}
