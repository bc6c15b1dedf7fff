import { observeOpening, type ModelParts } from '../model/model-parts';
import { Popularity } from '../model/popularity';
import { SETTLED, Showings } from '../model/showings';
import { NOTHING_SHOWN } from './outcomes';
import { viewConfidence, type ReadingLog } from '../model/reading-data';

/** Every reader's items, oldest first, each once: rows `start[reader]` to `start[reader + 1]`. */
export interface Histories {
  readers: number;
  items: number;
  start: Uint32Array;
  item: Uint32Array;
  /** When the reader first opened it, Unix seconds. */
  at: Float64Array;
  /** How much the views say that the reader wanted it; about 1 a view. */
  confidence: Float32Array;
}

/** The same rows by item: `row` is the index into the histories. */
export interface Openings {
  start: Uint32Array;
  reader: Uint32Array;
  row: Uint32Array;
  confidence: Float32Array;
}

const MAX_CONFIDENCE = 4;

/** Sorts a log by reader and time; later views of the same item only add confidence. Equal times keep the log's order. */
export function buildHistories(log: ReadingLog, readers: number, items: number): Histories {
  const order = orderByReader(log, readers);
  const start = new Uint32Array(readers + 1);
  const item = new Uint32Array(order.row.length);
  const at = new Float64Array(order.row.length);
  const confidence = new Float32Array(order.row.length);
  const seenBy = new Uint32Array(items);
  const seenAt = new Uint32Array(items);
  let length = 0;
  for (let reader = 0; reader < readers; reader += 1) {
    for (let index = order.start[reader]!; index < order.start[reader + 1]!; index += 1) {
      const row = order.row[index]!;
      const opened = log.item[row]!;
      const worth = viewConfidence(log.dwell[row]!);
      if (seenBy[opened] === reader + 1) {
        const first = seenAt[opened]!;
        confidence[first] = Math.min(confidence[first]! + worth / 2, MAX_CONFIDENCE);
        continue;
      }
      seenBy[opened] = reader + 1;
      seenAt[opened] = length;
      item[length] = opened;
      at[length] = log.at[row]!;
      confidence[length] = worth;
      length += 1;
    }
    start[reader + 1] = length;
  }
  return {
    readers,
    items,
    start,
    item: item.subarray(0, length),
    at: at.subarray(0, length),
    confidence: confidence.subarray(0, length),
  };
}

function orderByReader(log: ReadingLog, readers: number): { start: Uint32Array; row: Uint32Array } {
  const { start, row } = groupedBy(log.reader, readers);
  for (let reader = 0; reader < readers; reader += 1) {
    const rows = row.subarray(start[reader], start[reader + 1]);
    if (!isSorted(rows, log.at)) rows.sort((left, right) => log.at[left]! - log.at[right]! || left - right);
  }
  return { start, row };
}

/** The rows with each number, in their order: `start[number]` to `start[number + 1]`. */
function groupedBy(numbers: Uint32Array, count: number): { start: Uint32Array; row: Uint32Array } {
  const start = new Uint32Array(count + 1);
  for (const number of numbers) start[number + 1]! += 1;
  for (let number = 0; number < count; number += 1) start[number + 1]! += start[number]!;
  const next = start.slice();
  const row = new Uint32Array(numbers.length);
  numbers.forEach((number, index) => (row[next[number]!++] = index));
  return { start, row };
}

function isSorted(rows: Uint32Array, at: Float64Array): boolean {
  for (let index = 1; index < rows.length; index += 1)
    if (at[rows[index]!]! < at[rows[index - 1]!]!) return false;
  return true;
}

/** The histories without the rows that `keep` refuses. */
export function filterHistories(
  histories: Histories,
  keep: (row: number, reader: number) => boolean,
): Histories {
  const { readers, items } = histories;
  const start = new Uint32Array(readers + 1);
  const kept = new Uint32Array(histories.item.length);
  let length = 0;
  for (let reader = 0; reader < readers; reader += 1) {
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1)
      if (keep(row, reader)) kept[length++] = row;
    start[reader + 1] = length;
  }
  const rows = kept.subarray(0, length);
  const item = new Uint32Array(length);
  const at = new Float64Array(length);
  const confidence = new Float32Array(length);
  rows.forEach((row, index) => {
    item[index] = histories.item[row]!;
    at[index] = histories.at[row]!;
    confidence[index] = histories.confidence[row]!;
  });
  return { readers, items, start, item, at, confidence };
}

export function openingsByItem(histories: Histories): Openings {
  const { start, row } = groupedBy(histories.item, histories.items);
  const readerOf = new Uint32Array(row.length);
  for (let reader = 0; reader < histories.readers; reader += 1)
    readerOf.fill(reader, histories.start[reader], histories.start[reader + 1]);
  const confidence = new Float32Array(row.length);
  row.forEach((from, place) => (confidence[place] = histories.confidence[from]!));
  return { start, reader: row.map((from) => readerOf[from]!), row, confidence };
}

/** How often each item was opened before `until`; nothing that could be forgotten. */
export function popularityOf({ item, at }: Histories, items: number, until = Infinity): Popularity {
  const total = new Float32Array(items);
  item.forEach((opened, row) => {
    if (at[row]! < until) total[opened]! += 1;
  });
  return new Popularity(total);
}

/** Lets popularity and the rates of opening run again from nothing, in the order of time: a moment knows only what was before it. */
export class Replay {
  /** In the order of time. */
  private readonly rows: Uint32Array;
  private next = 0;
  private nextShown = 0;

  /** Openings from `liveFrom` on, Unix seconds, are not among those that `parts` was trained on. */
  constructor(
    private readonly histories: Histories,
    private readonly parts: ModelParts,
    private readonly liveFrom = Infinity,
    private readonly outcomes = NOTHING_SHOWN,
  ) {
    const { at, item } = histories;
    this.rows = Uint32Array.from(item, (_, row) => row);
    this.rows.sort((left, right) => at[left]! - at[right]! || left - right);
    parts.popularity = popularityOf(histories, parts.catalogue.size, liveFrom);
    parts.showings = Showings.none(parts.catalogue);
  }

  /** Up to and including `now`. */
  until(now: number): void {
    const { item, at } = this.histories;
    for (; this.next < this.rows.length; this.next += 1) {
      const row = this.rows[this.next]!;
      if (at[row]! > now) break;
      if (at[row]! >= this.liveFrom) observeOpening(this.parts, item[row]!, at[row]!);
      else this.parts.popularity.decay(item[row]!, at[row]!);
    }
    this.countShown(now);
  }

  private countShown(now: number): void {
    const { item, at, openedAt } = this.outcomes;
    const { showings, catalogue } = this.parts;
    for (; this.nextShown < at.length; this.nextShown += 1) {
      const [shown, shownAt] = [item[this.nextShown]!, at[this.nextShown]!];
      if (shownAt + SETTLED > now) return;
      const opened = openedAt[this.nextShown]! <= shownAt + SETTLED ? 1 : 0;
      showings.observe(shown, catalogue.category[shown]!, shownAt, 1, opened);
    }
  }
}
