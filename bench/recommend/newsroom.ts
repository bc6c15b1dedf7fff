import { ARTICLE_CATEGORIES } from '../../src/domain/article/category';
import { gaussian, seededRandom } from '../../src/domain/recommendation/numeric/random';
import { DAY, HOUR, type CatalogueItem } from '../../src/domain/recommendation/model/reading-data';
import { READER_TYPES } from '../../src/domain/user/questionnaire';
import { LogBuilder, type Dataset } from './dataset';
import { articleText, CATEGORY_TASTE, TOPICS, topicsOfCategory } from './newsroom-topics';

export interface NewsOptions {
  readers: number;
  days: number;
  /** Articles an hour, on average. */
  perHour: number;
  seed: number;
  /** Sessions a day of a median reader. */
  sessions?: number;
  /** Leave the texts out: they cost memory and time at scale. */
  bare?: boolean;
}

const START = Date.UTC(2026, 0, 5) / 1000;
const PAGE = 12;
const PUBLISHERS = ['매일경제', '한국경제', '서울경제', '경단일보'];
/** How much likelier the first place of a page is looked at than the k-th: 1 / k^0.6. */
const POSITION = 0.6;

interface Articles {
  topic: Uint8Array;
  second: Uint8Array;
  publisher: Uint8Array;
  appeal: Float32Array;
  publishedAt: Float64Array;
}

/**
 * A news service: articles appear every hour (more by day), some are bursts that everybody opens for some hours; readers
 * of five types have topics whose interest fades and is replaced; a session shows a page that mixes new, popular and
 * liked articles, and places further down are looked at less; what is liked is read for longer.
 */
export function simulateNews(options: NewsOptions): Dataset {
  const random = seededRandom(options.seed);
  const articles = publish(options, random);
  const items = describe(articles, options, random);
  const visits = planVisits(options, random);
  const readers = Array.from({ length: options.readers }, () => newReader(random));
  const [log, shown] = [new LogBuilder(), new LogBuilder()];
  const heat = new Float64Array(items.length);
  const opened = Array.from({ length: options.readers }, () => new Set<number>());
  let published = 0;
  let cooledAt = START;
  for (const visit of visits) {
    const at = visit.at;
    while (published < items.length && articles.publishedAt[published]! <= at) published += 1;
    if (at - cooledAt > HOUR) {
      for (let item = Math.max(published - 3_000, 0); item < published; item += 1)
        heat[item]! *= 0.9 ** ((at - cooledAt) / HOUR);
      cooledAt = at;
    }
    if (published < 5) continue;
    const reader = readers[visit.reader]!;
    fade(reader, at, random);
    const page = composePage(articles, heat, published, at, reader, random);
    let clock = at;
    for (const [place, item] of page.entries()) {
      if (opened[visit.reader]!.has(item)) continue;
      shown.add(visit.reader, item, clock);
      if (random() > 1 / (place + 1) ** POSITION) continue;
      const liking = interest(reader, articles, item, at);
      if (random() > 1 / (1 + Math.exp(2.4 - liking))) continue;
      const dwell = Math.min(Math.max(Math.exp(3.3 + 0.35 * liking + 0.6 * gaussian(random)), 2), 900);
      log.add(visit.reader, item, Math.floor(clock + 2 + 5 * random()), Math.round(dwell));
      opened[visit.reader]!.add(item);
      heat[item]! += 1;
      clock += Math.ceil(dwell) + 8;
    }
  }
  const typePoints = new Float32Array(options.readers * READER_TYPES.length);
  readers.forEach(({ points }, reader) => typePoints.set(points, reader * READER_TYPES.length));
  const { reader, item, at } = shown.build();
  return { readers: options.readers, items, log: log.build(), typePoints, impressions: { reader, item, at } };
}

function publish({ days, perHour }: NewsOptions, random: () => number): Articles {
  const at: number[] = [];
  for (let hour = -48; hour < days * 24; hour += 1) {
    const byDay = (hour + 48) % 24 >= 6 && (hour + 48) % 24 < 20 ? 1.4 : 0.4;
    const count = Math.floor(perHour * byDay + random());
    for (let index = 0; index < count; index += 1) at.push(START + Math.floor((hour + random()) * HOUR));
  }
  at.sort((left, right) => left - right);
  const pick = () => Math.floor(random() * TOPICS.length);
  return {
    topic: Uint8Array.from(at, pick),
    second: Uint8Array.from(at, pick),
    publisher: Uint8Array.from(at, () => Math.floor(random() ** 1.5 * PUBLISHERS.length)),
    appeal: Float32Array.from(at, () => 0.8 * gaussian(random) + (random() < 0.03 ? 2.2 : 0)),
    publishedAt: Float64Array.from(at),
  };
}

function describe(articles: Articles, { bare }: NewsOptions, random: () => number): CatalogueItem[] {
  return Array.from(articles.topic, (topic, item) => {
    const text = bare ? '' : articleText(topic, articles.second[item]!, random);
    return {
      id: `n${item}`,
      text,
      category: TOPICS[topic]!.category,
      publisher: PUBLISHERS[articles.publisher[item]!]!,
      publishedAt: articles.publishedAt[item]!,
    };
  });
}

function planVisits({ readers, days, sessions = 1 }: NewsOptions, random: () => number) {
  const visits: { reader: number; at: number }[] = [];
  for (let reader = 0; reader < readers; reader += 1) {
    const daily = sessions * Math.exp(0.9 * gaussian(random) - 0.4);
    const joined = random() < 0.7 ? 0 : random() * days;
    for (
      let day = joined - Math.log(1 - random()) / daily;
      day < days;
      day -= Math.log(1 - random()) / daily
    ) {
      const hour = 6 + 17 * random() ** 0.8;
      visits.push({ reader, at: START + Math.floor((Math.floor(day) + hour / 24) * DAY) });
    }
  }
  return visits.sort((left, right) => left.at - right.at);
}

interface Reader {
  points: Float32Array;
  topics: Float32Array;
  publisher: number;
  eager: number;
  fadedAt: number;
}

function newReader(random: () => number): Reader {
  const points = Float32Array.from(READER_TYPES, () => (random() < 0.35 ? 5 + Math.floor(random() * 20) : 0));
  if (points.every((point) => point === 0)) points[1] = 5;
  const topics = new Float32Array(TOPICS.length);
  const reader = {
    points,
    topics,
    publisher: Math.floor(random() * PUBLISHERS.length),
    eager: 0.5 * gaussian(random),
    fadedAt: START,
  };
  for (let interest = 0; interest < 4; interest += 1)
    topics[newTopic(reader, random)]! += 1.5 + 1.5 * random();
  return reader;
}

function newTopic({ points }: Reader, random: () => number): number {
  let draw = random() * points.reduce((sum, point) => sum + point, 0);
  const type = points.findIndex((point) => (draw -= point) <= 0);
  const shares = CATEGORY_TASTE[Math.max(type, 0)]!;
  draw = random();
  const category = Math.max(
    shares.findIndex((share) => (draw -= share) <= 0),
    0,
  );
  const topics = topicsOfCategory(ARTICLE_CATEGORIES[category]!);
  return topics[Math.floor(random() * topics.length)]!;
}

/** Interest halves in a week; now and then something new takes its place. */
function fade(reader: Reader, at: number, random: () => number): void {
  const days = Math.max(at - reader.fadedAt, 0) / DAY;
  if (days < 0.2) return;
  reader.fadedAt = at;
  for (let topic = 0; topic < TOPICS.length; topic += 1) reader.topics[topic]! *= 2 ** (-days / 7);
  if (random() < 1 - Math.exp(-days / 2.5)) reader.topics[newTopic(reader, random)]! += 1.5 + 1.5 * random();
}

function interest(reader: Reader, articles: Articles, item: number, at: number): number {
  const age = (at - articles.publishedAt[item]!) / HOUR;
  const topical = reader.topics[articles.topic[item]!]! + 0.5 * reader.topics[articles.second[item]!]!;
  const loyal = reader.publisher === articles.publisher[item] ? 0.3 : 0;
  return topical + articles.appeal[item]! + loyal + reader.eager - 0.5 * Math.log1p(age / 6);
}

function composePage(
  articles: Articles,
  heat: Float64Array,
  published: number,
  at: number,
  reader: Reader,
  random: () => number,
): number[] {
  const page = new Map<number, number>();
  for (let tries = 0; tries < 60; tries += 1) {
    const back = Math.floor(-Math.log(1 - random()) * 60);
    const item = published - 1 - back;
    if (item < 0) continue;
    const score = Math.log1p(heat[item]!) + 0.4 * interest(reader, articles, item, at) + gaussian(random);
    page.set(item, score);
  }
  return [...page]
    .sort((left, right) => right[1] - left[1])
    .slice(0, PAGE)
    .map(([item]) => item);
}
