import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { gaussian, sample, seededRandom } from '../../src/domain/recommendation/numeric/random';
import { bareItem, LogBuilder, type Dataset } from './dataset';

export interface SlateOptions {
  readers: number;
  days: number;
  /** Items that come into the world in a day. */
  perDay: number;
  /** Lists that are shown in a day. */
  lists: number;
  /** Items of a list at most; at least a fifth of it. */
  length: number;
  /** Hours in which an item's chance to be shown halves. */
  life: number;
  seed: number;
}

const START = 1_760_000_000;
const TOPICS = 15;

/**
 * A portal's log in the manner of public ones: lists without places, of what is alive, only those in which something was
 * opened are kept; items have a topic for a category and no text; most readers come once or twice.
 */
export function portal(options: SlateOptions): Dataset {
  const { readers, days, lists, length } = options;
  const random = seededRandom(options.seed);
  const { bornAt, appeal } = comings(options, random);
  const topic = Uint8Array.from(bornAt, () => Math.floor(random() * TOPICS));
  const tastes = Array.from({ length: readers }, () =>
    Float32Array.from({ length: TOPICS }, () => 0.9 * gaussian(random)),
  );
  const eager = Float32Array.from({ length: readers }, () => 0.4 * gaussian(random));
  const opened = Array.from({ length: readers }, () => new Set<number>());
  const [log, shown] = [new LogBuilder(), new LogBuilder()];
  for (let list = 0; list < lists * days; list += 1) {
    const at = START + Math.floor((list / lists) * DAY);
    const reader = Math.floor(readers * random() ** 3);
    const alive = pickAlive(options, bornAt, at, length * (0.2 + 0.8 * random()), random);
    const chosen = alive.filter((item) => {
      const age = (at - bornAt[item]!) / HOUR;
      const liking = appeal[item]! + tastes[reader]![topic[item]!]! + eager[reader]! - 0.03 * age;
      return !opened[reader]!.has(item) && random() < 1 / (1 + Math.exp(4 - liking));
    });
    if (chosen.length === 0) continue;
    for (const item of alive) shown.add(reader, item, at);
    for (const item of chosen) {
      log.add(reader, item, at + 1);
      opened[reader]!.add(item);
    }
  }
  const items = Array.from(topic, (number, item) => ({ ...bareItem(`s${item}`), category: `c${number}` }));
  const { reader, item, at } = shown.build();
  return { readers, items, log: log.build(), impressions: { reader, item, at } };
}

/** A front page's first place: one item of a small pool at a time, drawn at random; readers nobody knows; ids only. */
export function frontPage({ readers, days, perDay, lists, life, seed }: SlateOptions): Dataset {
  const options = { readers, days, perDay, lists, life, seed, length: 1 };
  const random = seededRandom(seed);
  const { bornAt, appeal } = comings(options, random);
  const [log, shown] = [new LogBuilder(), new LogBuilder()];
  const opened = new Set<number>();
  for (let list = 0; list < lists * days; list += 1) {
    const at = START + Math.floor((list / lists) * DAY);
    const reader = Math.floor(readers * random());
    const [item] = pickAlive(options, bornAt, at, 1, random);
    if (item === undefined || opened.has(reader * bornAt.length + item)) continue;
    shown.add(reader, item, at);
    const tired = (0.05 * (at - bornAt[item]!)) / HOUR;
    if (random() > 1 / (1 + Math.exp(3.2 - 0.8 * appeal[item]! + tired))) continue;
    opened.add(reader * bornAt.length + item);
    log.add(reader, item, at + 1);
  }
  const { reader, item, at } = shown.build();
  return {
    readers,
    items: Array.from(bornAt, (_, index) => bareItem(`y${index}`)),
    log: log.build(),
    impressions: { reader, item, at },
  };
}

function comings({ days, perDay }: SlateOptions, random: () => number) {
  const bornAt = Float64Array.from(
    { length: (days + 2) * perDay },
    () => START + (random() * (days + 2) - 2) * DAY,
  );
  return { bornAt: bornAt.sort(), appeal: bornAt.map(() => 0.7 * gaussian(random)) };
}

/** Items that are out by then, newer ones likelier. */
function pickAlive(
  { life }: SlateOptions,
  bornAt: Float64Array,
  at: number,
  count: number,
  random: () => number,
): number[] {
  const alive: number[] = [];
  for (let item = 0; item < bornAt.length; item += 1) {
    const age = (at - bornAt[item]!) / HOUR;
    if (age >= 0 && random() < 2 ** (-age / life)) alive.push(item);
  }
  return [...sample(alive.length, count, random)].map((place) => alive[place]!);
}
