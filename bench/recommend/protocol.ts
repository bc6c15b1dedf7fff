import { buildHistories, type Histories } from '../../src/domain/recommendation/training/histories';
import { sample, seededRandom } from '../../src/domain/recommendation/numeric/random';
import type {
  ImpressionLog,
  ReadingLog,
  TrainingData,
} from '../../src/domain/recommendation/model/reading-data';

export const PROTOCOLS = ['last-out', 'temporal'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

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

/** The shares of openings before the moments that `temporal` asks at. */
const CUTS = [0.8, 0.84, 0.88, 0.92, 0.96];

/**
 * `last-out`: the newest item of every reader with at least two is held out, with all that the reader did from then on;
 * readers with one item only train. `temporal`: at five moments in the last fifth it is asked what is opened until the
 * next of them, knowing all before and nothing after; a trial each. An item that was opened several times counts at its
 * first opening. At most `maxReaders` of all questions are asked, a seeded sample.
 */
export function splitDataset(
  dataset: TrainingData,
  protocol: Protocol,
  maxReaders: number,
  seed: number,
): Trial[] {
  const histories = buildHistories(dataset.log, dataset.readers, dataset.items.length);
  const parts = protocol === 'last-out' ? [lastOut(histories)] : cutsOf(histories).map(cutOut(histories));
  const all = parts.flatMap(({ questions }) => questions);
  const asked = new Set(
    Array.from(sample(all.length, maxReaders, seededRandom(seed)), (place) => all[place]!),
  );
  return parts
    .map(({ questions, keeps }) => ({
      training: trainingOf(dataset, keeps),
      questions: questions
        .filter((question) => asked.has(question))
        .sort((left, right) => left.now - right.now),
    }))
    .filter(({ questions }) => questions.length > 0);
}

interface Part {
  questions: Question[];
  /** Whether the training may know what the reader did then; of impressions the item is -1. */
  keeps: (reader: number, item: number, at: number) => boolean;
}

function lastOut(histories: Histories): Part {
  const questions = lastOpenings(histories);
  const heldFrom = new Float64Array(histories.readers).fill(Infinity);
  const heldItem = new Int32Array(histories.readers).fill(-2);
  for (const { reader, now, opened } of questions) {
    // Other openings within the same second stay: the order of equal times means nothing.
    heldFrom[reader] = now + 1e-6;
    heldItem[reader] = opened[0]!;
  }
  const keeps = (reader: number, item: number, at: number) =>
    at < heldFrom[reader]! && item !== heldItem[reader]!;
  return { questions, keeps };
}

function cutOut(histories: Histories): (cut: Cut) => Part {
  return (cut) => ({ questions: afterCut(histories, cut), keeps: (_, __, at) => at < cut.from });
}

function trainingOf(dataset: TrainingData, keeps: Part['keeps']): TrainingData {
  const { readers, items, log, typePoints, impressions } = dataset;
  return {
    readers,
    items,
    log: rowsWhere(log, keeps),
    ...(typePoints && { typePoints }),
    ...(impressions && { impressions: impressionsWhere(impressions, (reader, at) => keeps(reader, -1, at)) }),
  };
}

interface Cut {
  from: number;
  until: number;
}

/** Moments with something before them; fewer than five where many openings have the same time. */
function cutsOf({ at }: Histories): Cut[] {
  const times = at.slice().sort();
  const moments = new Set(CUTS.map((share) => times[Math.floor(times.length * share)]!));
  const after = [...moments].filter((moment) => moment > times[0]!);
  return after.map((from, index) => ({ from, until: after[index + 1] ?? Infinity }));
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

function afterCut(histories: Histories, { from, until }: Cut): Question[] {
  const questions: Question[] = [];
  for (let reader = 0; reader < histories.readers; reader += 1) {
    const opened: number[] = [];
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1)
      if (histories.at[row]! >= from && histories.at[row]! < until) opened.push(histories.item[row]!);
    if (opened.length > 0) questions.push({ reader, now: from, opened });
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
