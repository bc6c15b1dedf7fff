import { ARTICLE_CATEGORIES } from '../../src/domain/article/category';
import {
  DAY,
  type CatalogueItem,
  type TrainingData,
} from '../../src/domain/recommendation/model/reading-data';
import { gaussian, seededRandom } from '../../src/domain/recommendation/numeric/random';
import { articleText, TOPICS } from './newsroom-topics';

export interface Scale {
  readers: number;
  items: number;
  views: number;
}

const SEED = 9001;
const DAYS = 120;
const SHOWN = 2_000_000;

/** Leaner than the newsroom: topics, fading novelty and heavy readers, written straight into columns. */
export function scaleData({ readers, items, views }: Scale, now: Date): TrainingData {
  const random = seededRandom(SEED);
  const start = now.getTime() / 1000 - DAYS * DAY;
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
      log.at[row] = start + Math.floor(at * DAY);
      log.dwell[row] = Math.round(20 + 100 * random());
    }
  }
  const articles = Array.from(topic, (number, item): CatalogueItem => {
    const text = articleText(number, Math.floor(random() * TOPICS.length), random);
    return {
      id: `n${item}`,
      text,
      category: ARTICLE_CATEGORIES.find((name) => name === TOPICS[number]!.category)!,
      publishedAt: start + Math.floor((item / items) * DAYS * DAY),
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
