import { ARTICLE_CATEGORIES } from '../../src/domain/article/category';
import { gaussian, seededRandom } from '../../src/domain/recommendation/numeric/random';
import {
  DAY,
  type CatalogueItem,
  type TrainingData,
} from '../../src/domain/recommendation/model/reading-data';
import { writeModel } from '../../src/domain/recommendation/model/model-file';
import { trainRecommender } from '../../src/domain/recommendation/training/train-recommender';
import { articleText, TOPICS } from './newsroom-topics';

export interface ScaleOptions {
  readers: number;
  items: number;
  views: number;
  seed: number;
}

const DAYS = 120;
const START = 1_750_000_000;
const SHOWN = 500_000;

/** Trains at the given size in this process and prints the time, the peak memory and what a request costs. */
export async function measureScale(options: ScaleOptions): Promise<void> {
  const data = scaleData(options);
  const { readers, items, views } = options;
  console.log(`\nscale: ${[readers, items, views].map((size) => size.toLocaleString('en-US')).join(' / ')}`);
  const phases = new Map<string, number>();
  let [phase, since] = ['prepare', performance.now()];
  const started = performance.now();
  const cpu = process.cpuUsage();
  const model = trainRecommender(data, {
    onProgress: (name) => {
      phases.set(phase, (phases.get(phase) ?? 0) + performance.now() - since);
      [phase, since] = [name, performance.now()];
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const { user } = process.cpuUsage(cpu);
  console.log(`  training: ${seconds.toFixed(0)} s, ${(user / 1e6).toFixed(0)} s of processor time`);
  console.log(`  ${[...phases].map(([name, ms]) => `${name} ${(ms / 1000).toFixed(1)}`).join(', ')}`);
  console.log(`  peak memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  console.log(`  model file: ${(writeModel(model).length / 1024 ** 2).toFixed(1)} MB`);
  const now = model.trainedAt + 60;
  const states = Array.from({ length: 200 }, (_, index) => stateOf(data, index));
  const rank = () => states.forEach((state) => model.rank(state, { now, limit: 10 }));
  rank();
  const before = process.cpuUsage();
  for (let round = 0; round < 5; round += 1) rank();
  console.log(`  rank: ${(process.cpuUsage(before).user / 1e6).toFixed(3)} ms of processor time a request`);
}

function stateOf({ log, items }: TrainingData, reader: number) {
  const rows = Array.from(log.reader.subarray(0, 200_000), (_, row) => row).filter(
    (row) => log.reader[row] === reader,
  );
  return {
    history: rows.map((row) => ({
      itemId: items[log.item[row]!]!.id,
      at: log.at[row]!,
      dwellSeconds: log.dwell[row]!,
    })),
    typePoints: null,
  };
}

/** Leaner than the newsroom: topics, fading novelty and heavy readers, written straight into columns. */
function scaleData({ readers, items, views, seed }: ScaleOptions): TrainingData {
  const random = seededRandom(seed);
  const topic = Uint8Array.from({ length: items }, () => Math.floor(random() * TOPICS.length));
  const log = {
    reader: new Uint32Array(views),
    item: new Uint32Array(views),
    at: new Float64Array(views),
    dwell: new Float32Array(views),
  };
  const weights = Float64Array.from({ length: readers }, () => Math.exp(0.9 * gaussian(random)));
  const scale = views / weights.reduce((sum, weight) => sum + weight, 0);
  let row = 0;
  for (let reader = 0, due = 0; reader < readers; reader += 1) {
    due += weights[reader]! * scale;
    const liked = [0, 1, 2].map(() => Math.floor(random() * TOPICS.length));
    for (; row < views && row < due; row += 1) {
      const at = random() * DAYS;
      const newest = Math.floor((at / DAYS) * (items - 1));
      let item = newest;
      for (let tries = 0; tries < 12; tries += 1) {
        item = Math.max(newest - Math.floor(-Math.log(1 - random()) * 150), 0);
        if (liked.includes(topic[item]!) || random() < 0.05) break;
      }
      log.reader[row] = reader;
      log.item[row] = item;
      log.at[row] = START + Math.floor(at * DAY);
      log.dwell[row] = Math.round(20 + 100 * random());
    }
  }
  const articles = Array.from(topic, (number, item): CatalogueItem => {
    const text = articleText(number, Math.floor(random() * TOPICS.length), random);
    return {
      id: `n${item}`,
      text,
      category: ARTICLE_CATEGORIES.find((name) => name === TOPICS[number]!.category)!,
      publisher: `신문 ${item % 20}`,
      publishedAt: START + Math.floor((item / items) * DAYS * DAY),
    };
  });
  return { readers, items: articles, log, impressions: shownAround(log, random) };
}

/** A view is opened after it was shown; for each there is something next to it that was not. */
function shownAround({ reader, item, at }: TrainingData['log'], random: () => number) {
  const length = Math.min(SHOWN, at.length);
  const shown = {
    reader: new Uint32Array(length),
    item: new Uint32Array(length),
    at: new Float64Array(length),
  };
  for (let index = 0; index < length; index += 1) {
    const row = Math.floor(random() * at.length);
    shown.reader[index] = reader[row]!;
    shown.item[index] = Math.max(item[row]! - (index % 3), 0);
    shown.at[index] = at[row]! - 5;
  }
  return shown;
}
