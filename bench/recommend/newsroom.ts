import type { ArticleCategory } from '../../src/domain/article/category';
import { gaussian, seededRandom } from '../../src/domain/recommendation/numeric/random';
import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { READER_TYPES } from '../../src/domain/user/questionnaire';
import { LogBuilder, type Dataset } from './dataset';
import { describe, publish, type Articles } from './newsroom-articles';
import { drawSection, interest, liveUntil, newReader, tire } from './newsroom-readers';
import { TOPICS } from './newsroom-topics';

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
/** How likely the k-th place of a page is looked at: 1 / k^0.6. */
const POSITION = 0.6;
/** How often a reader comes to a section at once, and how often one turns to a section after a page. */
const COMES_TO_SECTION = 0.3;
const TURNS = 0.4;
/** Log-odds of opening what is looked at and liked by 0. */
const RELUCTANCE = -2.4;

/**
 * A news service: stories of one or more articles appear, few of which everybody opens; readers come, see a front page
 * that is the same for all but for chance, turn to sections they like, and open what interests them and has not tired
 * them. Places further down are looked at less; what is liked is read for longer. docs/recommendations.md has the numbers.
 */
export function simulateNews(options: NewsOptions): Dataset {
  const random = seededRandom(options.seed);
  const articles = publish(START, options.days, options.perHour, random);
  const items = describe(articles, options.bare ?? false, random);
  const visits = planVisits(options, random);
  const readers = Array.from({ length: options.readers }, () => newReader(START, random));
  const [log, shown] = [new LogBuilder(), new LogBuilder()];
  const place: number[] = [];
  const heat = new Heat(articles);
  const opened = Array.from({ length: options.readers }, () => new Set<number>());
  for (const { reader: number, at } of visits) {
    const reader = readers[number]!;
    liveUntil(reader, at, random);
    let clock = at;
    let section = random() < COMES_TO_SECTION ? drawSection(reader, random) : null;
    do {
      const shownAt = clock;
      const page = heat.page(shownAt, section, random).filter((item) => !opened[number]!.has(item));
      for (const [index, item] of page.entries()) {
        shown.add(number, item, shownAt);
        place.push(index + 1);
        if (random() > 1 / (index + 1) ** POSITION) continue;
        const liking = interest(reader, articles, item, clock);
        if (random() > 1 / (1 + Math.exp(-RELUCTANCE - liking))) continue;
        const dwell = Math.min(Math.max(Math.exp(3.3 + 0.35 * liking + 0.6 * gaussian(random)), 2), 900);
        log.add(number, item, Math.floor(clock + 2 + 5 * random()), Math.round(dwell));
        opened[number]!.add(item);
        heat.add(item);
        tire(reader, articles, item);
        clock += Math.ceil(dwell) + 8;
      }
      clock += 10;
      section = drawSection(reader, random);
    } while (random() < TURNS);
  }
  const typePoints = new Float32Array(options.readers * READER_TYPES.length);
  readers.forEach(({ points }, reader) => typePoints.set(points, reader * READER_TYPES.length));
  const { reader, item, at } = shown.build();
  return {
    readers: options.readers,
    items,
    log: log.build(),
    typePoints,
    impressions: { reader, item, at },
    place: Uint8Array.from(place),
  };
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

/** What is opened now, and the pages that the service makes of it without knowing who asks. */
class Heat {
  private readonly heat: Float64Array;
  private published = 0;
  private cooledAt = START;

  constructor(private readonly articles: Articles) {
    this.heat = new Float64Array(articles.topic.length);
  }

  add(item: number): void {
    this.heat[item]! += 1;
  }

  /** The front page, or a section's: what is new and what is opened much, with some chance. */
  page(at: number, section: ArticleCategory | null, random: () => number): number[] {
    this.coolUntil(at);
    const scores = new Map<number, number>();
    const [tries, reach] = section === null ? [60, 60] : [150, 120];
    for (let one = 0; one < tries; one += 1) {
      const item = this.published - 1 - Math.floor(-Math.log(1 - random()) * reach);
      if (item < 0 || (section !== null && TOPICS[this.articles.topic[item]!]!.category !== section))
        continue;
      const fresh = 1.5 * 2 ** (-(at - this.articles.publishedAt[item]!) / (3 * HOUR));
      scores.set(item, Math.log1p(this.heat[item]!) + fresh + gaussian(random));
    }
    return [...scores]
      .sort((left, right) => right[1] - left[1])
      .slice(0, PAGE)
      .map(([item]) => item);
  }

  private coolUntil(at: number): void {
    const { publishedAt } = this.articles;
    while (this.published < publishedAt.length && publishedAt[this.published]! <= at) this.published += 1;
    if (at - this.cooledAt <= HOUR) return;
    const kept = 0.9 ** ((at - this.cooledAt) / HOUR);
    for (let item = Math.max(this.published - 3_000, 0); item < this.published; item += 1)
      this.heat[item]! *= kept;
    this.cooledAt = at;
  }
}
