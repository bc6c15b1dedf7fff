import type { Pool } from 'pg';
import type { ArticleCard } from './article';
import type { Projection } from './article-row';
import { orderColumn, whereOf, type Where } from './articles.sql';
import {
  formsAt,
  formValues,
  found,
  FOUND,
  filterValues,
  newest,
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
/** A word that more than so many of the newest 250 articles have is in more than MAX_CANDIDATES, as there are a thousand at least. */
const SURELY_MANY = 100;
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
  const page = pageOfHits(search, columns, n + 11);
  const [facets, since, until] = [`$${n + 8}::tsquery`, `$${n + 9}`, `$${n + 10}`];
  return {
    shape: shape + page.shape,
    text: `WITH ${formsAt(n)}, weighed AS MATERIALIZED (
      SELECT word, query, articles, ln(1 + greatest(1000, (SELECT reltuples FROM pg_class WHERE oid = '"ArticleSearch"'::regclass)) / greatest(articles, 1))::float8 AS weight
      FROM (SELECT word, query, CASE
        -- What many of the newest have need not be counted.
        WHEN (SELECT rate FROM rate WHERE rate.word = word.word) > ${SURELY_MANY} THEN ${MAX_CANDIDATES}
        ELSE (SELECT count(*) FROM (SELECT FROM ${newest('query', MAX_CANDIDATES)} LIMIT ${MAX_CANDIDATES}) AS first_ones) END AS articles FROM word OFFSET 0) AS counted
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
      FROM (SELECT *, count(*) OVER () AS queries FROM (SELECT query, NULL::float AS reach FROM telling UNION ALL SELECT query, (SELECT articles FROM reach) FROM together) AS each) AS q
      CROSS JOIN LATERAL (SELECT least(${MAX_CANDIDATES}, ${MAX_CANDIDATES_IN_ALL} / queries)::int AS most) AS share
      CROSS JOIN LATERAL (SELECT own.id FROM ${newest(`query && ${facets}`, 'most', { since, until, reach: 'reach' })} AS own LIMIT most) AS found
      UNION
      SELECT s."articleId" FROM (
        SELECT a.id FROM "Article" a
        WHERE ${text} AND EXISTS (SELECT FROM telling WHERE articles >= ${MAX_CANDIDATES})
        ORDER BY ${order} DESC, a.id DESC LIMIT ${MAX_CANDIDATES}
      ) AS newest JOIN "ArticleSearch" s ON s."articleId" = newest.id
      WHERE s.terms @@ (SELECT string_agg('(' || query::text || ')', ' | ') FROM telling)::tsquery
    ), partial AS MATERIALIZED (
      SELECT a.id, ${order} AS at, scored.score, scored.words
      FROM candidate c JOIN "Article" a ON a.id = c.id ${TOLD}
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
            SELECT count(*) FROM (
              SELECT FROM ${newest(`format('(%L | %L) & ''@PUBLISHED''', '=' || guess, '~' || guess)::tsquery`, MAX_COUNTED)} LIMIT ${MAX_COUNTED}
            ) AS first_ones
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
      ...filterValues(search.filter),
      ...page.values,
    ],
  };
}
