import { buildHistories, type Histories } from '../../src/domain/recommendation/training/histories';
import { sample, seededRandom } from '../../src/domain/recommendation/numeric/random';
import type {
  ImpressionLog,
  ReadingLog,
  TrainingData,
} from '../../src/domain/recommendation/model/reading-data';
import type { Dataset } from './dataset';

export type Protocol = 'last-out' | 'temporal';

export interface Question {
  reader: number;
  /** When it is asked, Unix seconds. */
  now: number;
  /** Items the reader opened afterwards, none of which is in the training. */
  opened: number[];
}

export interface Trial {
  training: TrainingData;
  /** In the order of time. */
  questions: Question[];
}

/** The share of openings before the moment that `temporal` cuts at. */
const CUT = 0.9;

/**
 * `last-out`: the newest item of every reader with at least two is held out, with all that the reader did from then on;
 * readers with one item only train. `temporal`: everything from one moment on is held out. An item that was opened
 * several times counts at its first opening. At most `maxReaders` of the held-out readers are asked, a seeded sample.
 */
export function splitDataset(dataset: Dataset, protocol: Protocol, maxReaders: number, seed: number): Trial {
  const histories = buildHistories(dataset.log, dataset.readers, dataset.items.length);
  const questions = protocol === 'last-out' ? lastOpenings(histories) : afterCut(histories);
  const heldFrom = new Float64Array(dataset.readers).fill(
    protocol === 'temporal' ? cutOf(histories) : Infinity,
  );
  const heldItem = new Int32Array(dataset.readers).fill(-1);
  if (protocol === 'last-out')
    for (const { reader, now, opened } of questions) {
      // Other openings within the same second stay: the order of equal times means nothing.
      heldFrom[reader] = now + 1e-6;
      heldItem[reader] = opened[0]!;
    }
  const { log } = dataset;
  const kept = rowsWhere(log, (reader, item, at) => at < heldFrom[reader]! && item !== heldItem[reader]!);
  const asked = [...sample(questions.length, maxReaders, seededRandom(seed))].map(
    (place) => questions[place]!,
  );
  return {
    training: {
      readers: dataset.readers,
      items: dataset.items,
      log: kept,
      ...(dataset.typePoints && { typePoints: dataset.typePoints }),
      ...(dataset.impressions && {
        impressions: impressionsWhere(dataset.impressions, (reader, at) => at < heldFrom[reader]!),
      }),
    },
    questions: asked.sort((left, right) => left.now - right.now),
  };
}

/** The moment that `temporal` cuts at. */
export function cutOf(histories: Histories): number {
  const times = histories.at.slice().sort();
  return times[Math.floor(times.length * CUT)] ?? Infinity;
}

function lastOpenings(histories: Histories): Question[] {
  const questions: Question[] = [];
  for (let reader = 0; reader < histories.readers; reader += 1) {
    const [start, end] = [histories.start[reader]!, histories.start[reader + 1]!];
    if (end - start < 2) continue;
    questions.push({ reader, now: histories.at[end - 1]!, opened: [histories.item[end - 1]!] });
  }
  return questions;
}

function afterCut(histories: Histories): Question[] {
  const now = cutOf(histories);
  const questions: Question[] = [];
  for (let reader = 0; reader < histories.readers; reader += 1) {
    const opened: number[] = [];
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1)
      if (histories.at[row]! >= now) opened.push(histories.item[row]!);
    if (opened.length > 0) questions.push({ reader, now, opened });
  }
  return questions;
}

export function rowsWhere(
  log: ReadingLog,
  keep: (reader: number, item: number, at: number) => boolean,
): ReadingLog {
  const rows = Uint32Array.from(log.reader, (_, row) => row).filter((row) =>
    keep(log.reader[row]!, log.item[row]!, log.at[row]!),
  );
  return {
    reader: Uint32Array.from(rows, (row) => log.reader[row]!),
    item: Uint32Array.from(rows, (row) => log.item[row]!),
    at: Float64Array.from(rows, (row) => log.at[row]!),
    dwell: Float32Array.from(rows, (row) => log.dwell[row]!),
  };
}

export function impressionsWhere(
  impressions: ImpressionLog,
  keep: (reader: number, at: number) => boolean,
): ImpressionLog {
  const rows = Uint32Array.from(impressions.reader, (_, row) => row).filter((row) =>
    keep(impressions.reader[row]!, impressions.at[row]!),
  );
  return {
    reader: Uint32Array.from(rows, (row) => impressions.reader[row]!),
    item: Uint32Array.from(rows, (row) => impressions.item[row]!),
    at: Float64Array.from(rows, (row) => impressions.at[row]!),
  };
}
