import { amongShown, inTheFirstDay, type AmongShown } from './among-shown';
import { CONTENDERS, shipped } from './contenders';
import type { Dataset } from './dataset';
import { splitDataset, type Protocol, type Question } from './protocol';
import { Quality } from './quality';
import type { Contender, OnProgress, Ranker } from './ranker';

export interface EvaluationOptions {
  protocol: Protocol;
  seed: number;
  /** Held-out readers that are asked at most. */
  maxReaders: number;
  contenders?: readonly Contender[];
  onProgress?: (model: string, phase: string, fraction: number) => void;
}

export interface Result {
  model: string;
  knowsReader: boolean;
  recall: number;
  ndcg: number;
  /** Share of all items that are in somebody's top ten. */
  coverage: number;
  /** Of the probabilities among what is shown; null when the model gives none or there are no impressions. */
  ece: number | null;
  /** Mean of the trainings. */
  trainingSeconds: number;
  /** What was chosen on held-back parts. */
  settings: string[];
}

export interface Evaluation {
  protocol: Protocol;
  readers: number;
  items: number;
  openings: number;
  /** How many moments questions are asked at. */
  moments: number;
  asked: number;
  results: Result[];
  /** What the shipped model makes of impressions; null without, or when hardly any are followed by openings. */
  shown: AmongShown | null;
  /** The same when the impressions begin six hours before the training, for the rest of their first day. */
  firstDay: AmongShown | null;
}

const HOURS_KNOWN = 6;
const NOTHING_SHOWN = { shown: null, firstDay: null };

/** Trains every contender on the same openings, once for each moment that is asked at, and ranks all items that a reader has not opened. */
export async function evaluate(dataset: Dataset, options: EvaluationOptions): Promise<Evaluation> {
  const { protocol, seed, maxReaders, onProgress } = options;
  const trials = splitDataset(dataset, protocol, maxReaders, seed);
  const contenders = options.contenders ?? CONTENDERS;
  const { shown, firstDay } = contenders.includes(shipped)
    ? amongWhatIsShown(dataset, options)
    : NOTHING_SHOWN;
  const results: Result[] = [];
  for (const contender of contenders) {
    const progress: OnProgress = (phase, fraction) => onProgress?.(contender.name, phase, fraction);
    const quality = new Quality();
    const settings = new Set<string>();
    let trainingSeconds = 0;
    for (const { training, questions } of trials) {
      const started = performance.now();
      const ranker = contender.train(training, { protocol, seed, onProgress: progress });
      trainingSeconds += (performance.now() - started) / 1000;
      if (ranker.setting !== undefined) settings.add(ranker.setting);
      await askAll(ranker, questions, quality, progress);
    }
    results.push({
      model: contender.name,
      knowsReader: !contender.knowsNoReader,
      recall: quality.recall,
      ndcg: quality.ndcg,
      coverage: quality.coverageOf(dataset.items.length),
      ece: contender === shipped ? (shown?.ece ?? null) : null,
      trainingSeconds: trainingSeconds / Math.max(trials.length, 1),
      settings: [...settings],
    });
  }
  return {
    protocol,
    readers: dataset.readers,
    items: dataset.items.length,
    openings: dataset.log.at.length,
    moments: trials.length,
    asked: trials.reduce((sum, { questions }) => sum + questions.length, 0),
    results,
    shown,
    firstDay,
  };
}

function amongWhatIsShown(dataset: Dataset, { seed, onProgress }: EvaluationOptions) {
  const progress: OnProgress = (phase, fraction) => onProgress?.('what is shown', phase, fraction);
  return {
    shown: amongShown(dataset, seed, progress),
    firstDay: inTheFirstDay(dataset, HOURS_KNOWN, seed, progress),
  };
}

async function askAll(
  ranker: Ranker,
  questions: readonly Question[],
  quality: Quality,
  progress: OnProgress,
): Promise<void> {
  for (const [index, question] of questions.entries()) {
    if (index % 50 === 0) {
      progress('ranking', index / questions.length);
      await new Promise(setImmediate);
    }
    quality.ask(ranker, question);
  }
}

/** What knowing the reader is worth: the shipped model's NDCG@10 as a multiple of the best that knows none. */
export function worthOfKnowing({ results }: Evaluation): { best: Result; times: number } | null {
  const whole = results.find(({ model }) => model === shipped.name);
  const [best] = results
    .filter(({ knowsReader }) => !knowsReader)
    .toSorted((left, right) => right.ndcg - left.ndcg);
  return whole && best ? { best, times: whole.ndcg / best.ndcg } : null;
}
