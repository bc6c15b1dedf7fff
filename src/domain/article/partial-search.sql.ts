import type { Pool } from 'pg';
import type { ArticleCard } from './article';
import type { Projection } from './article-row';
import { orderColumn, whereOf, type Where } from './articles.sql';
import {
  formsAt,
  formValues,
  found,
  FOUND,
  pageOfHits,
  POINTS,
  TOGETHER,
  TOLD,
  type Asked,
  type Found,
} from './search-match.sql';

/** So many articles are looked at for each word of which only some have to be there. */
const MAX_CANDIDATES = 400;
const MAX_CANDIDATES_IN_ALL = 1_600;
/** What an article weighs that has this much of what the words of a search weigh together is shown. */
const SHARE_NEEDED = 0.4;
/** Of so many words one may be left out at a time. */
const MAX_LEFT_OUT = 6;
/** How common a word is that may have been meant is counted up to here. */
const MAX_COUNTED = 50;

export interface PartialSearch extends Asked {
  /** Of the few that have all words. */
  without: readonly string[];
  /** Whether every word is needed. */
  needsAll: boolean;
  /** Whether the words are one that was split. */
  isOneWord: boolean;
  /** What may have been meant by words that no article has. */
  guesses: readonly string[];
}

/**
 * At most `limit` articles behind the cursor that have some of the words, what matches most first: of those that have the
 * telling ones, some hundreds of each. In how many published ones the guesses are. One statement.
 */
export async function searchPartially<T extends ArticleCard>(
  pool: Pool,
  projection: Projection<T>,
  search: PartialSearch,
): Promise<Found<T> & { guesses: Record<string, number> }> {
  return found(pool, 'search-partially', projection, partialStatement(search, projection.columns));
}

function partialStatement(search: PartialSearch, columns: string): Where {
  const { shape, text, values } = whereOf(search.filter);
  const order = `a.${orderColumn(search.filter.status ?? 'PUBLISHED')}`;
  const n = values.length + 1;
  const page = pageOfHits(search, columns, n + 8);
  return {
    shape: shape + page.shape,
    text: `WITH ${formsAt(n)}, weighed AS MATERIALIZED (
      SELECT word, query, articles, ln(1 + greatest(1000, (SELECT reltuples FROM pg_class WHERE oid = '"ArticleSearch"'::regclass)) / greatest(articles, 1))::float8 AS weight
      FROM (SELECT word, query, (SELECT count(*) FROM search_candidates(query, ${MAX_CANDIDATES})) AS articles FROM word OFFSET 0) AS counted
    ), needed AS MATERIALIZED (
      SELECT sum(weight) * CASE WHEN $${n + 4} THEN 0.999 ELSE ${SHARE_NEEDED} END AS weight FROM weighed
    ), telling AS MATERIALIZED (
      -- Without any of these an article cannot have what is needed.
      SELECT query, articles FROM (
        SELECT query, articles, sum(weight) OVER (ORDER BY weight, word DESC) AS left_over FROM weighed
      ) AS lightest_first WHERE left_over >= (SELECT weight FROM needed) AND NOT $${n + 4}
    ), together AS MATERIALIZED (
      -- All words, and all but one of them: of common words those that have several are not left to chance.
      SELECT (SELECT string_agg('(' || query::text || ')', ' & ')::tsquery FROM word WHERE word IS DISTINCT FROM left_out) AS query
      FROM (SELECT NULL::int UNION ALL
            SELECT word FROM word WHERE NOT $${n + 4} AND (SELECT count(*) FROM word) BETWEEN 3 AND ${MAX_LEFT_OUT}) AS t(left_out)
    ), candidate AS MATERIALIZED (
      SELECT found.id
      FROM (SELECT query, count(*) OVER () AS queries FROM (SELECT query FROM telling UNION ALL SELECT query FROM together) AS each) AS q
      CROSS JOIN LATERAL search_candidates(query, least(${MAX_CANDIDATES}, ${MAX_CANDIDATES_IN_ALL} / queries)::int) AS found(id)
      UNION
      SELECT s."articleId" FROM (
        SELECT a.id FROM "Article" a
        WHERE ${text} AND EXISTS (SELECT FROM telling WHERE articles >= ${MAX_CANDIDATES})
        ORDER BY ${order} DESC, a.id DESC LIMIT ${MAX_CANDIDATES}
      ) AS newest JOIN "ArticleSearch" s ON s."articleId" = newest.id
      WHERE s.terms @@ (SELECT string_agg('(' || query::text || ')', ' | ') FROM telling)::tsquery
    ), partial AS MATERIALIZED (
      SELECT a.id, ${order} AS at, scored.score, scored.words
      FROM candidate c JOIN "Article" a ON a.id = c.id JOIN "ArticleSearch" s ON s."articleId" = a.id ${TOLD}
      CROSS JOIN LATERAL (
        SELECT sum(w.weight) AS weight, count(*) AS words,
               40000 * count(*)::int + 100 * sum(w.weight)::int + sum(p.points)::int + ${TOGETHER} AS score
        FROM (SELECT word, max(${POINTS}) AS points FROM sought WHERE told.terms @@ query AND ${FOUND} GROUP BY word) AS p
        JOIN weighed w ON w.word = p.word
      ) AS scored
      WHERE ${text} AND a.id <> ALL ($${n + 5}::uuid[]) AND scored.weight >= (SELECT weight FROM needed)
    ), match AS MATERIALIZED (
      -- Of a word that was split, its parts alone are only shown when no article has them all.
      SELECT id, at, score FROM partial WHERE NOT $${n + 7} OR words = (SELECT max(words) FROM partial)
    ), learnt AS MATERIALIZED (
      SELECT json_build_object('total', (SELECT count(*) FROM match), 'guesses', (
        SELECT coalesce(json_object_agg(guess, articles), '{}') FROM (
          SELECT guess, (
            SELECT count(*) FROM search_candidates(format('%L | %L', '=' || guess, '~' || guess)::tsquery, ${MAX_COUNTED}) AS found(id)
            JOIN "Article" a ON a.id = found.id AND a.status = 'PUBLISHED'
          ) AS articles FROM unnest($${n + 6}::text[]) AS t(guess) OFFSET 0
        ) AS counted WHERE articles > 0)) AS learnt
    ) ${page.text}`,
    values: [
      ...values,
      ...formValues(search.forms),
      search.needsAll,
      search.without,
      search.guesses,
      search.isOneWord,
      ...page.values,
    ],
  };
}
