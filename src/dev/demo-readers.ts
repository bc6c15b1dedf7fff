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
/** Chance that the newest article is opened when it is shown; older ones and other subjects have less. */
const OPENS = 0.6;
const LIKES = 2;

/** For `npm start`: made-up anonymous readers, each with a favourite subject, who were shown the sample articles and opened some. */
export async function inventReaders(pool: Pool, now: Date): Promise<void> {
  const random = seededRandom(1);
  const { rows: articles } = await pool.query<{ id: string; category: string; releasedAt: Date }>(
    `SELECT id, category, "releasedAt" FROM "Article" WHERE status = 'PUBLISHED' ORDER BY "releasedAt" DESC`,
  );
  const readers = Array.from({ length: READERS }, (_, index) => ({
    readerId: randomUUID(),
    favourite: ARTICLE_CATEGORIES[index % ARTICLE_CATEGORIES.length]!,
    opened: new Set<string>(),
  }));
  for (const hours of VISITS_HOURS_AGO) {
    const at = new Date(now.getTime() - hours * 3_600_000);
    const there = articles.filter(({ releasedAt }) => releasedAt <= at);
    const shown = readers.flatMap((reader) => {
      const first = Math.floor(random() * random() * there.length);
      return there.slice(first, first + SHOWN_A_VISIT).map((article) => ({ reader, article }));
    });
    const opened = shown.filter(({ reader, article }) => {
      const liking = article.category === reader.favourite ? LIKES : 1;
      const opens = random() < (OPENS * liking) / (1 + there.indexOf(article) / 4);
      return opens && !reader.opened.has(article.id) && reader.opened.add(article.id);
    });
    const rowOf = ({ reader, article }: (typeof shown)[number]) => ({
      readerId: reader.readerId,
      articleId: article.id,
      userId: null,
    });
    await recordImpressions(
      pool,
      shown.map((pair) => ({ ...rowOf(pair), surface: 'HOME' as const })),
      at,
    );
    const views = opened.map((pair) => ({ ...rowOf(pair), dwellSeconds: 5 + Math.floor(random() * 90) }));
    await recordViews(pool, views, at);
  }
}
