import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../src/domain/article/category';
import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { gaussian } from '../../src/domain/recommendation/numeric/random';
import { READER_TYPES } from '../../src/domain/user/questionnaire';
import { PUBLISHERS, type Articles } from './newsroom-articles';
import { CATEGORY_TASTE, TOPICS, topicsOfCategory } from './newsroom-topics';

/** A reader has one to twelve lasting interests, half of them four or fewer. */
const MOST_INTERESTS = 12;
const ANSWERS = 0.7;
const PASSING_HALF_LIFE = 3 * DAY;
const PASSING_EVERY = 6 * DAY;
const TOPIC_TIRES = 0.5;
const TOPIC_RECOVERS = 10 * HOUR;
const STORY_TIRES = 1;
const STORY_RECOVERS = 2 * DAY;

/** Interests in log-odds of opening an article; satiety in articles opened lately, those of long ago counting less. */
export interface Reader {
  /** What the questionnaire says of the types, zeros when it was not answered. */
  points: Float32Array;
  taste: readonly number[];
  lasting: Float32Array;
  passing: Float32Array;
  tiredOfTopic: Float32Array;
  tiredOfStory: Map<number, number>;
  publisher: number;
  eager: number;
  livedUntil: number;
}

export function newReader(start: number, random: () => number): Reader {
  const types = Float32Array.from(READER_TYPES, () => (random() < 0.35 ? 5 + Math.floor(random() * 20) : 0));
  if (types.every((point) => point === 0)) types[1] = 5;
  const sum = types.reduce((total, point) => total + point, 0);
  const taste = ARTICLE_CATEGORIES.map((_, category) =>
    CATEGORY_TASTE.reduce((share, shares, type) => share + (types[type]! / sum) * shares[category]!, 0),
  );
  return {
    points: random() < ANSWERS ? types : types.fill(0),
    taste,
    lasting: lastingInterests(taste, random),
    passing: new Float32Array(TOPICS.length),
    tiredOfTopic: new Float32Array(TOPICS.length),
    tiredOfStory: new Map(),
    publisher: Math.floor(random() * PUBLISHERS.length),
    eager: 0.5 * gaussian(random),
    livedUntil: start,
  };
}

/** The fewer interests somebody has, the stronger they are, and the less the rest is looked at. */
function lastingInterests(taste: readonly number[], random: () => number): Float32Array {
  const width = 1 + Math.floor(MOST_INTERESTS * random() ** 1.8);
  const narrow = 1 - (width - 1) / MOST_INTERESTS;
  const topics = new Float32Array(TOPICS.length).fill(-0.3 - 0.9 * narrow);
  for (let interest = 0; interest < width; interest += 1)
    topics[drawTopic(taste, random)] = (1.6 + 1.6 * narrow) * (0.7 + 0.6 * random());
  return topics;
}

function drawTopic(taste: readonly number[], random: () => number): number {
  const category = draw(taste, random);
  const topics = topicsOfCategory(ARTICLE_CATEGORIES[category]!);
  return topics[Math.floor(random() * topics.length)]!;
}

function draw(weights: readonly number[], random: () => number): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const place = weights.findIndex((weight) => (left -= weight) < 0);
  return place < 0 ? weights.length - 1 : place;
}

/** Passing interests and satiety fade; now and then a topic becomes interesting for some days. */
export function liveUntil(reader: Reader, at: number, random: () => number): void {
  const passed = Math.max(at - reader.livedUntil, 0);
  reader.livedUntil = Math.max(at, reader.livedUntil);
  for (let topic = 0; topic < TOPICS.length; topic += 1) {
    reader.passing[topic]! *= 2 ** (-passed / PASSING_HALF_LIFE);
    reader.tiredOfTopic[topic]! *= 2 ** (-passed / TOPIC_RECOVERS);
  }
  for (const [story, tired] of reader.tiredOfStory) {
    const left = tired * 2 ** (-passed / STORY_RECOVERS);
    if (left > 0.05) reader.tiredOfStory.set(story, left);
    else reader.tiredOfStory.delete(story);
  }
  if (random() < 1 - Math.exp(-passed / PASSING_EVERY))
    reader.passing[drawTopic(reader.taste, random)]! += 1 + random();
}

/** Log-odds, but for a constant, of opening an article that is looked at. */
export function interest(reader: Reader, articles: Articles, item: number, at: number): number {
  const [topic, second] = [articles.topic[item]!, articles.second[item]!];
  const about = (number: number) => reader.lasting[number]! + reader.passing[number]!;
  const tired =
    TOPIC_TIRES * reader.tiredOfTopic[topic]! +
    STORY_TIRES * (reader.tiredOfStory.get(articles.story[item]!) ?? 0);
  const loyal = reader.publisher === articles.publisher[item] ? 0.3 : 0;
  const age = Math.max(at - articles.publishedAt[item]!, 0) / HOUR;
  const worth = articles.appeal[item]! + loyal + reader.eager - 0.5 * Math.log1p(age / 6);
  return about(topic) + 0.3 * about(second) + worth - tired;
}

/** What was read tires of its topic for hours and of its story for days. */
export function tire(reader: Reader, articles: Articles, item: number): void {
  const story = articles.story[item]!;
  reader.tiredOfTopic[articles.topic[item]!]! += 1;
  reader.tiredOfStory.set(story, (reader.tiredOfStory.get(story) ?? 0) + 1);
}

/** The section that a reader turns to after the front page: mostly one of their own topics'. */
export function drawSection(reader: Reader, random: () => number): ArticleCategory {
  const pull = Array.from(reader.lasting, (lasting, topic) =>
    Math.exp(lasting + reader.passing[topic]! - TOPIC_TIRES * reader.tiredOfTopic[topic]!),
  );
  return TOPICS[draw(pull, random)]!.category;
}
