import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { recordImpressions } from '../domain/reading/impressions.sql';
import { recordViews } from '../domain/reading/views.sql';
import { seededRandom } from '../domain/recommendation/numeric/random';
import { ARTICLE_CATEGORIES } from '../domain/article/category';

const READERS = 80;
/** How long ago each reader came; the last visits are today's, and so in the week that popular articles are of. */
const VISITS_HOURS_AGO = [60, 36, 12, 0];
const SHOWN_A_VISIT = 9;
/** Chance that the newest article is opened when it is shown, of the reader's own subject and of others; older ones have less. */
const OPENS = { favourite: 0.6, other: 0.1 };
/** Articles newer than one with half the chance of the newest. */
const HALVED_AFTER = 40;

export interface InventedVisit<Article> {
  at: Date;
  /** Number of the reader. */
  shown: { reader: number; article: Article }[];
  opened: { reader: number; article: Article; dwellSeconds: number }[];
}

/** Made-up readers, each with a favourite subject, who were shown articles, newest first, and opened some. */
export function inventVisits<Article extends { category: string; releasedAt: Date }>(
  articles: readonly Article[],
  now: Date,
): InventedVisit<Article>[] {
  const random = seededRandom(1);
  const read = Array.from({ length: READERS }, () => new Set<Article>());
  return VISITS_HOURS_AGO.map((hours) => {
    const at = new Date(now.getTime() - hours * 3_600_000);
    const there = articles.filter(({ releasedAt }) => releasedAt <= at);
    const shown = read.flatMap((_, reader) => {
      // Newer articles are likelier on a page; a visit may come upon fewer than a page holds.
      const places = Array.from({ length: SHOWN_A_VISIT }, () =>
        Math.floor(random() * random() * there.length),
      );
      return [...new Set(places)].map((place) => ({ reader, article: there[place]! }));
    });
    const opened = shown.filter(({ reader, article }) => {
      const favourite = ARTICLE_CATEGORIES[reader % ARTICLE_CATEGORIES.length];
      const chance = article.category === favourite ? OPENS.favourite : OPENS.other;
      const opens = random() < chance / (1 + there.indexOf(article) / HALVED_AFTER);
      return opens && !read[reader]!.has(article) && read[reader]!.add(article);
    });
    const views = opened.map((pair) => ({ ...pair, dwellSeconds: 5 + Math.floor(random() * 90) }));
    return { at, shown, opened: views };
  });
}

/** For `npm start`: what made-up anonymous readers were shown of the sample articles, and what they opened. */
export async function inventReaders(pool: Pool, now: Date): Promise<void> {
  const { rows: articles } = await pool.query<{ id: string; category: string; releasedAt: Date }>(
    `SELECT id, category, "releasedAt" FROM "Article" WHERE status = 'PUBLISHED' ORDER BY "releasedAt" DESC`,
  );
  const readerIds = Array.from({ length: READERS }, () => randomUUID());
  for (const { at, shown, opened } of inventVisits(articles, now)) {
    const rowOf = ({ reader, article }: (typeof shown)[number]) => ({
      readerId: readerIds[reader]!,
      articleId: article.id,
      userId: null,
    });
    await recordImpressions(
      pool,
      shown.map((pair) => ({ ...rowOf(pair), surface: 'HOME' as const })),
      at,
    );
    const views = opened.map((view) => ({ ...rowOf(view), dwellSeconds: view.dwellSeconds }));
    await recordViews(pool, views, at);
  }
}
