import { calibrationError } from './calibration-error';
import { CONTENDERS, shipped, type Contender, type OnProgress, type Ranker } from './contenders';
import type { Dataset } from './dataset';
import { splitDataset, type Protocol, type Question } from './protocol';

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
  recall: number;
  ndcg: number;
  /** Share of all items that are in somebody's top ten. */
  coverage: number;
  /** Expected calibration error; null when the model gives no probability or there are no impressions. */
  ece: number | null;
  trainingSeconds: number;
}

export interface Evaluation {
  protocol: Protocol;
  readers: number;
  items: number;
  openings: number;
  asked: number;
  results: Result[];
}

const LIMIT = 10;

/** Trains every contender on the same openings and ranks all items that a reader has not opened. */
export async function evaluate(dataset: Dataset, options: EvaluationOptions): Promise<Evaluation> {
  const { protocol, seed, maxReaders, onProgress } = options;
  const { training, questions } = splitDataset(dataset, protocol, maxReaders, seed);
  const results: Result[] = [];
  for (const contender of options.contenders ?? CONTENDERS) {
    const progress: OnProgress = (phase, fraction) => onProgress?.(contender.name, phase, fraction);
    const started = performance.now();
    const ranker = contender.train(training, { protocol, seed, onProgress: progress });
    const trainingSeconds = (performance.now() - started) / 1000;
    const quality = await measure(ranker, questions, dataset.items.length, progress);
    const ece = contender === shipped ? calibrationError(dataset, seed, progress) : null;
    results.push({ model: contender.name, ...quality, ece, trainingSeconds });
  }
  return {
    protocol,
    readers: dataset.readers,
    items: dataset.items.length,
    openings: dataset.log.at.length,
    asked: questions.length,
    results,
  };
}

async function measure(ranker: Ranker, questions: readonly Question[], items: number, progress: OnProgress) {
  const recommended = new Set<number>();
  let [recall, ndcg] = [0, 0];
  for (const [index, { reader, now, opened }] of questions.entries()) {
    if (index % 50 === 0) {
      progress('ranking', index / questions.length);
      await new Promise(setImmediate);
    }
    const top = ranker.top(reader, now, LIMIT);
    for (const item of top) recommended.add(item);
    const wanted = new Set(opened);
    const gains = top.map((item, place) => (wanted.has(item) ? 1 / Math.log2(place + 2) : 0));
    recall += gains.filter((gain) => gain > 0).length / wanted.size;
    ndcg += gains.reduce((sum, gain) => sum + gain, 0) / idealGain(wanted.size);
  }
  const asked = Math.max(questions.length, 1);
  return { recall: recall / asked, ndcg: ndcg / asked, coverage: recommended.size / Math.max(items, 1) };
}

/** DCG of a perfect top ten (Järvelin and Kekäläinen 2002, binary gains). */
function idealGain(relevant: number): number {
  let sum = 0;
  for (let place = 0; place < Math.min(relevant, LIMIT); place += 1) sum += 1 / Math.log2(place + 2);
  return sum;
}
