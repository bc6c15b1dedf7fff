import type { Pool } from 'pg';
import { MAX_FOUND, type FoundDocument, type WebSearch } from '../../../adapters/web-search/web-search';
import { stemsOf } from '../../korean/words';

/** As for similar articles: a keyword of more articles tells nothing. */
const MAX_FREQUENCY = 1_000;
const SNIPPET = 300;

// Weighted by idf² as similar articles are; of a search's few words each counts.
const SELECT_FOUND = `
  WITH keyword AS MATERIALIZED (
    SELECT word, counted.articles
    FROM unnest($1::text[]) AS k(word)
    CROSS JOIN LATERAL (
      SELECT count(*) AS articles
      FROM (SELECT FROM "ArticleKeyword" o WHERE o.keyword = k.word LIMIT ${MAX_FREQUENCY + 1}) AS first_ones
    ) AS counted
    WHERE counted.articles BETWEEN 1 AND ${MAX_FREQUENCY}
  ), alike AS (
    SELECT o."articleId" AS id, sum(ln(1 + 100000.0::float8 / k.articles) ^ 2 * sqrt(least(o.weight, 16))) AS score
    FROM keyword k JOIN "ArticleKeyword" o ON o.keyword = k.word
    GROUP BY o."articleId"
  )
  SELECT a.title, a."sourceUrl" AS link, left(a.content, ${SNIPPET}) AS snippet
  FROM alike JOIN "Article" a ON a.id = alike.id
  WHERE a.status = 'PUBLISHED' AND a."sourceUrl" IS NOT NULL
  ORDER BY alike.score DESC, a."releasedAt" DESC, a.id DESC LIMIT ${MAX_FOUND}`;

/** Searches our own published articles, for want of another search: those with any of the words. One statement. */
export class OwnArticles implements WebSearch {
  constructor(private readonly pool: Pool) {}

  async search(query: string): Promise<FoundDocument[]> {
    const words = [...new Set(stemsOf(query))];
    const { rows } = await this.pool.query<FoundDocument>({
      name: 'own-articles',
      text: SELECT_FOUND,
      values: [words],
    });
    return rows;
  }
}
