import type { TrainingData } from '../../src/domain/recommendation/model/reading-data';
import type { Recommender } from '../../src/domain/recommendation/model/recommender';
import { TopItems } from '../../src/domain/recommendation/numeric/sparse-rows';
import { buildHistories, type Histories } from '../../src/domain/recommendation/training/histories';
import type { TrainingOptions } from '../../src/domain/recommendation/training/train-recommender';
import type { Protocol } from './protocol';

export type OnProgress = NonNullable<TrainingOptions['onProgress']>;

/** Asked in the order of time: the best `limit` items a reader has not opened. */
export interface Ranker {
  top(reader: number, now: number, limit: number): number[];
  model?: Recommender;
  /** What was found best on a held-back part, and what was left out, for the report. */
  setting?: string;
}

export interface ContenderOptions {
  protocol: Protocol;
  seed: number;
  onProgress: OnProgress;
}

export interface Contender {
  name: string;
  /** Ranks for everybody alike, but for what each has opened. */
  knowsNoReader?: boolean;
  train(training: TrainingData, options: ContenderOptions): Ranker;
}

export function historiesOf({ log, readers, items }: TrainingData): Histories {
  return buildHistories(log, readers, items.length);
}

export function rankerBy(
  histories: Histories,
  scoresOf: (reader: number, now: number) => ArrayLike<number>,
  setting?: string,
): Ranker {
  const opened = new Uint8Array(histories.items);
  return {
    ...(setting !== undefined && { setting }),
    top: (reader, now, limit) => {
      const scores = scoresOf(reader, now);
      const items = histories.item.subarray(histories.start[reader], histories.start[reader + 1]);
      for (const item of items) opened[item] = 1;
      const top = new TopItems(limit);
      for (let item = 0; item < opened.length; item += 1) if (!opened[item]) top.offer(item, scores[item]!);
      for (const item of items) opened[item] = 0;
      return [...top.drain().items];
    },
  };
}
