import { READER_TYPES } from '../../user/questionnaire';
import { FEATURE_COUNT, featureIndex, headOf, SOLO_FEATURES } from '../model/blend';
import type { ModelParts } from '../model/model-parts';
import { DAY, newestOf, typeShares, type ReaderView } from '../model/reading-data';
import { Scorer } from '../model/scorer';
import { sample, seededRandom } from '../numeric/random';
import { TopItems } from '../numeric/sparse-rows';
import type { Choices } from './choice-model';
import { filterHistories, Replay, type Histories } from './histories';
import type { ChoicesByHead } from './learn-blend';
import type { Outcomes } from './outcomes';

// Bound here: in compiled code an imported name is a property access, and the inner loops use this one.
const WIDTH = FEATURE_COUNT;

/**
 * What the weights are learnt from. `live`: everything after one moment, each opening asked for when it happened, with
 * the reader's history and the popularity of that time, as in serving. `cut`: the same, asked for at some moments, what
 * follows each of them. `last`: every reader's newest openings, the components knowing what others did later.
 */
export type Split = 'live' | 'cut' | 'last';

export interface Held {
  reader: number;
  row: number;
  /** The reader's history ends before this row. */
  historyEnd: number;
  /** When the recommendation is asked for, Unix seconds. */
  now: number;
}

const MAX_HELD = 3_000;
const ENOUGH = 500;
const MAX_ROUNDS = 6;
const MAX_VARIANTS = 400;
const HARD = 12;
const RANDOM = 70;
const CUT = 0.9;
/** Shares of the openings before the moments of `cut`: at one moment alone what is popular just then would stand for the items. */
const MOMENTS = [0.9, 0.92, 0.94, 0.96, 0.98];
const AFTER_MOMENT = 3;
const LEAST_LIVE = 500;

/** Openings that are hidden from the components together; nothing at or after `cut` may be seen either. */
export interface Round {
  held: Held[];
  cut: number;
  /** What the components may see. */
  seen: Histories;
  /** Whether what is opened after the cut reaches the model as it does when serving. */
  live: boolean;
}

/**
 * The openings that the weights are learnt from. Few readers are asked in several rounds, each of which hides one
 * opening a reader, the newest in the first round, so that the components lose little of what they learn from.
 */
export function planValidation(histories: Histories, split: Split, seed: number): Round[] {
  return hiddenTogether(histories, split, seed).map(({ held, cut }) => {
    const rows = new Set(held.map(({ row }) => row));
    const seen = filterHistories(histories, (row) => histories.at[row]! < cut && !rows.has(row));
    return { held, cut, seen, live: cut < Infinity };
  });
}

type Hidden = Pick<Round, 'held' | 'cut'>;

function hiddenTogether(histories: Histories, split: Split, seed: number): Hidden[] {
  if (split === 'last') return lastOpenings(histories, seed);
  const times = histories.at.slice().sort();
  const cut = split === 'cut' ? quantile(times, CUT) : recentCut(times);
  const held = split === 'cut' ? askedAtMoments(histories, times) : askedAsOpened(histories, cut);
  const asked = [...sample(held.length, MAX_HELD, seededRandom(seed))].map((place) => held[place]!);
  // Data without an order in time have nothing before, or nothing after, any moment.
  return asked.length > 0 && cut > quantile(times, 0.4)
    ? [{ held: asked, cut }]
    : lastOpenings(histories, seed);
}

function lastOpenings(histories: Histories, seed: number): Hidden[] {
  const lengthOf = (reader: number) => histories.start[reader + 1]! - histories.start[reader]!;
  const readers = Array.from({ length: histories.readers }, (_, reader) => reader).filter(
    (reader) => lengthOf(reader) > 1,
  );
  const asked = [...sample(readers.length, MAX_HELD, seededRandom(seed))].map((place) => readers[place]!);
  const rounds = Math.min(Math.ceil(ENOUGH / Math.max(asked.length, 1)), MAX_ROUNDS);
  return Array.from({ length: rounds }, (_, round) => ({
    cut: Infinity,
    held: asked
      .filter((reader) => lengthOf(reader) > round + 1)
      .map((reader) => {
        const row = histories.start[reader + 1]! - 1 - round;
        return { reader, row, historyEnd: row, now: histories.at[row]! };
      }),
  }));
}

/** Every opening from the cut on, when it happened. */
function askedAsOpened(histories: Histories, cut: number): Held[] {
  const held: Held[] = [];
  for (let reader = 0; reader < histories.readers; reader += 1)
    for (let row = firstAt(histories, reader, cut); row < histories.start[reader + 1]!; row += 1)
      // The opening itself must not be in the popularity of its moment.
      held.push({ reader, row, historyEnd: row, now: histories.at[row]! - 1 });
  return held;
}

/** The first openings of every reader from each moment to the next. */
function askedAtMoments(histories: Histories, times: Float64Array): Held[] {
  const moments = [...new Set(MOMENTS.map((share) => quantile(times, share)))];
  const held: Held[] = [];
  for (let reader = 0; reader < histories.readers; reader += 1)
    for (const [index, moment] of moments.entries()) {
      const historyEnd = firstAt(histories, reader, moment);
      const end = Math.min(
        firstAt(histories, reader, moments[index + 1] ?? Infinity),
        historyEnd + AFTER_MOMENT,
      );
      for (let row = historyEnd; row < end; row += 1) held.push({ reader, row, historyEnd, now: moment - 1 });
    }
  return held;
}

/** The reader's first row that is not before a moment. */
function firstAt(histories: Histories, reader: number, moment: number): number {
  let row = histories.start[reader]!;
  while (row < histories.start[reader + 1]! && histories.at[row]! < moment) row += 1;
  return row;
}

/** The last tenth, but not more than four days when that is enough, and not less than two when there are as many. */
function recentCut(times: Float64Array): number {
  const newest = times.at(-1) ?? -Infinity;
  const [tenth, fewest] = [
    quantile(times, CUT),
    quantile(times, 1 - Math.min(LEAST_LIVE / times.length, 0.5)),
  ];
  const cut = Math.min(Math.max(tenth, newest - 4 * DAY), newest - 2 * DAY, fewest);
  return Math.max(cut, quantile(times, 0.5));
}

/** Of times in order; Infinity without any. */
function quantile(times: Float64Array, share: number): number {
  return times[Math.floor(times.length * share)] ?? Infinity;
}

/** The reader as they were before `historyEnd`. */
export function viewOf(
  histories: Histories,
  reader: number,
  historyEnd: number,
  typePoints: Float32Array | undefined,
): ReaderView {
  const start = histories.start[reader]!;
  return {
    items: histories.item.subarray(start, historyEnd),
    at: histories.at.subarray(start, historyEnd),
    confidence: histories.confidence.subarray(start, historyEnd),
    types: typeShares(
      typePoints?.subarray(reader * READER_TYPES.length, (reader + 1) * READER_TYPES.length) ?? null,
    ),
  };
}

/**
 * Turns held openings into choices against the best candidates of every component and a random sample that stands for
 * all other items. Each is also asked with only the last one to three openings known, and with none.
 */
export function collectChoices(
  choices: ChoicesByHead,
  parts: ModelParts,
  all: Histories,
  { held, seen, cut, live }: Round,
  outcomes: Outcomes,
  typePoints: Float32Array | undefined,
  seed: number,
): void {
  const collector = new ChoiceCollector(parts, seed);
  const random = seededRandom(seed + 1);
  const replay = live ? new Replay(all, parts, cut, outcomes) : new Replay(seen, parts, Infinity, outcomes);
  const variants = Math.min(MAX_VARIANTS / Math.max(held.length, 1), 1);
  for (const { reader, row, historyEnd, now } of held.toSorted((left, right) => left.now - right.now)) {
    replay.until(now);
    const view = viewOf(all, reader, historyEnd, typePoints);
    const opened = all.item[row]!;
    collector.collect(choices[headOf(view.items.length)], view, view, opened, now);
    if (random() > variants) continue;
    const known = 1 + Math.floor(random() * 3);
    if (view.items.length > known) collector.collect(choices.short, newestOf(view, known), view, opened, now);
    collector.collect(choices.cold, newestOf(view, 0), view, opened, now);
  }
}

class ChoiceCollector {
  private readonly scorer: Scorer;
  private readonly bornAt: Float64Array;
  private readonly publishedAt: Float64Array;
  private readonly items: Uint32Array;
  private readonly features: Float32Array;
  private readonly taken: Uint8Array;
  private readonly top = new TopItems(HARD);
  private readonly random: () => number;
  /** What makes an item a likely mistake: the best of every component, and the newest. */
  private readonly temptations: ((item: number) => number)[] = [
    ...SOLO_FEATURES.map((feature) => {
      const place = featureIndex(feature);
      return (item: number) => this.features[item * WIDTH + place]!;
    }),
    (item) => this.youth(item),
  ];

  constructor(parts: ModelParts, seed: number) {
    const { size } = parts.catalogue;
    this.bornAt = parts.bornAt;
    this.publishedAt = parts.catalogue.publishedAt.subarray(0, size);
    this.scorer = new Scorer(parts);
    this.items = Uint32Array.from({ length: size }, (_, item) => item);
    this.features = new Float32Array(size * WIDTH);
    this.taken = new Uint8Array(size);
    this.random = seededRandom(seed);
  }

  collect(into: Choices, known: ReaderView, whole: ReaderView, opened: number, now: number): void {
    this.scorer.prepare(known, now);
    this.scorer.fill(this.items, this.features);
    // What is not out yet cannot be recommended; NaN, an unknown time, is no later than now.
    this.publishedAt.forEach((at, item) => (this.taken[item] = at > now ? 1 : 0));
    if (this.taken[opened]) return;
    for (const item of whole.items) this.taken[item] = 1;
    this.taken[opened] = 1;
    const rows = [opened];
    let others = this.taken.reduce((count, taken) => count - taken, this.items.length);
    for (const score of this.temptations) {
      for (let item = 0; item < this.items.length; item += 1) {
        const value = this.taken[item] ? 0 : score(item);
        // Zero is "nothing known": ties among thousands would be slow.
        if (value !== 0) this.top.offer(item, value);
      }
      for (const item of this.top.drain().items) {
        rows.push(item);
        this.taken[item] = 1;
        others -= 1;
      }
    }
    const hard = rows.length;
    this.drawOthers(rows, others);
    const stands = new Float32Array(rows.length).fill(1);
    stands.fill(others / Math.max(rows.length - hard, 1), hard);
    const features = new Float32Array(rows.length * WIDTH);
    rows.forEach((item, index) =>
      features.set(this.features.subarray(item * WIDTH, (item + 1) * WIDTH), index * WIDTH),
    );
    into.append(features, stands);
  }

  /** More for what is newer; nothing for what is not out yet. */
  private youth(item: number): number {
    const born = this.bornAt[item]!;
    return born <= this.scorer.now ? 1 / (1 + this.scorer.now - born) : 0;
  }

  private drawOthers(rows: number[], others: number): void {
    if (others <= 2 * RANDOM) {
      for (let item = 0; item < this.items.length; item += 1) if (!this.taken[item]) rows.push(item);
      return;
    }
    for (let drawn = 0; drawn < RANDOM;) {
      const item = Math.floor(this.random() * this.items.length);
      if (this.taken[item]) continue;
      rows.push(item);
      this.taken[item] = 1;
      drawn += 1;
    }
  }
}
