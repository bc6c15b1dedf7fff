import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Mustache from 'mustache';
import { articlesSchema, type NewsroomArticle } from './newsroom-articles';

const STORIES = articlesSchema.element
  .pick({ shape: true, category: true, title: true, paragraphs: true })
  .array()
  .parse(JSON.parse(readFileSync(join(__dirname, 'live-stories.json'), 'utf8')));

/** How many articles the feed of new ones holds. */
const LISTED = 20;

/**
 * Articles that appear one by one, every so many minutes since 1970: which one it is follows from the time alone, so
 * that an address means the same after a restart.
 */
export class LiveArticles {
  private readonly first: number;

  constructor(private readonly options: { everyMinutes: number; now: () => Date }) {
    this.first = this.newest();
  }

  /** Those that appeared since the start, the last of them first. There is always one. */
  listed(): NewsroomArticle[] {
    const newest = this.newest();
    const count = Math.min(newest - this.first + 1, LISTED);
    return Array.from({ length: count }, (_, n) => this.article(newest - n));
  }

  find(shape: string, slug: string): NewsroomArticle | undefined {
    const article = this.findBySlug(slug);
    return article?.shape === shape ? article : undefined;
  }

  /** Undefined when there is no such article, or not yet. */
  findBySlug(slug: string): NewsroomArticle | undefined {
    const number = Number(/^live-(\d{1,12})$/.exec(slug)?.[1]);
    return number <= this.newest() ? this.article(number) : undefined;
  }

  private newest(): number {
    return Math.floor(this.options.now().getTime() / this.periodMs());
  }

  private periodMs(): number {
    return this.options.everyMinutes * 60_000;
  }

  private article(number: number): NewsroomArticle {
    const { title, paragraphs, ...story } = STORIES[number % STORIES.length]!;
    const figures = figuresOf(number);
    const fill = (text: string) => Mustache.render(text, figures, undefined, { escape: String });
    return {
      ...story,
      slug: `live-${number}`,
      title: fill(title),
      paragraphs: paragraphs.map(fill),
      publishedAt: new Date(number * this.periodMs()).toISOString(),
    };
  }
}

/** Figures that look like those of such articles; each number has its own. */
function figuresOf(number: number): Record<string, string> {
  let state = number;
  const between = (from: number, to: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from + (state % (to - from + 1));
  };
  return {
    points: `${between(2_600, 3_400)}.${between(10, 99)}`,
    billions: String(between(1_100, 9_800)),
    hundreds: String(between(1_100, 5_900)),
    percent: `${between(1, 19)}.${between(1, 9)}`,
    rate: `2.${between(11, 79)}`,
    tenth: String(between(2, 9)),
    people: String(between(12, 88)),
    count: String(between(110, 960)),
    won: String(between(210, 490)),
    exchange: `1${between(310, 489)}.${between(1, 9)}`,
    monthly: String(between(20, 32)),
  };
}
