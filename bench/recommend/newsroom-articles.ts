import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { gaussian } from '../../src/domain/recommendation/numeric/random';
import type { DatasetItem } from './dataset';
import { articleText, nameOf, TOPICS } from './newsroom-topics';

export const PUBLISHERS = ['매일경제', '한국경제', '서울경제', '경단일보'];

/** Articles that are out before the first reader comes. */
const HOURS_BEFORE = 48;
/** A story is told by two articles on average, for three days at most. */
const GOES_ON = 0.5;
const STORY_LASTS = 3 * DAY;
const BREAKING = 0.03;

export interface Articles {
  topic: Uint8Array;
  second: Uint8Array;
  story: Uint32Array;
  publisher: Uint8Array;
  /** What everybody finds in it, in log-odds of its being opened. */
  appeal: Float32Array;
  /** Ascending. */
  publishedAt: Float64Array;
}

/** More by day than by night; the articles of one story share most of their appeal, few stories are everybody's. */
export function publish(start: number, days: number, perHour: number, random: () => number): Articles {
  const at: number[] = [];
  for (let hour = -HOURS_BEFORE; hour < days * 24; hour += 1) {
    const hourOfDay = (hour + HOURS_BEFORE) % 24;
    const count = Math.floor(perHour * (hourOfDay >= 6 && hourOfDay < 20 ? 1.4 : 0.4) + random());
    for (let index = 0; index < count; index += 1) at.push(start + Math.floor((hour + random()) * HOUR));
  }
  at.sort((left, right) => left - right);
  const pick = () => Math.floor(random() * TOPICS.length);
  const topic = Uint8Array.from(at, pick);
  const running = new Map<number, { number: number; since: number; appeal: number }>();
  let stories = 0;
  const told = at.map((now, item) => {
    const story = running.get(topic[item]!);
    if (story && now - story.since < STORY_LASTS && random() < GOES_ON) return story;
    const appeal = 0.8 * gaussian(random) + (random() < BREAKING ? 2.5 : 0);
    const begun = { number: stories++, since: now, appeal };
    running.set(topic[item]!, begun);
    return begun;
  });
  return {
    topic,
    second: Uint8Array.from(at, pick),
    story: Uint32Array.from(told, ({ number }) => number),
    publisher: Uint8Array.from(at, () => Math.floor(random() ** 1.5 * PUBLISHERS.length)),
    appeal: Float32Array.from(told, ({ appeal }) => appeal + 0.5 * gaussian(random)),
    publishedAt: Float64Array.from(at),
  };
}

/** `bare` leaves the texts out. */
export function describe(articles: Articles, bare: boolean, random: () => number): DatasetItem[] {
  return Array.from(articles.topic, (topic, item) => ({
    id: `n${item}`,
    text: bare ? '' : articleText(topic, articles.second[item]!, random, nameOf(articles.story[item]!)),
    category: TOPICS[topic]!.category,
    publisher: PUBLISHERS[articles.publisher[item]!]!,
    publishedAt: articles.publishedAt[item]!,
  }));
}
