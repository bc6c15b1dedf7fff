import type { Pool } from 'pg';
import type { ArticleCard } from './article';
import type { Projection } from './article-row';
import { orderColumn, whereOf, type Where } from './articles.sql';
import { RANK } from './search-forms';
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
import type { Acquaintance } from './search-splits';

/** Of an article that has all words; below that are those that have some. */
const FULL_SCORE = 1_000_000;
/** With fewer articles that have all words, and none that has them together, those that have some are shown behind them. */
const FEW = 5;

export interface FullSearch extends Asked {
  /** An article has a form of each of so many words. */
  words: number;
  /** What the words may be joined of. */
  pieces: readonly string[];
}

/** What else a search learnt of its words. */
interface Learnt {
  total: number;
  /** Of the words that any article has a form of, by their numbers: whether as a word, and not only as a part of one. */
  known: Record<string, boolean>;
  /** What was taken for a word, by its number. */
  guessed: Record<string, string>;
  /** When few were found: which, and what the articles know of the pieces. */
  ids: string[] | null;
  pieces: Record<string, Acquaintance>;
}

/** At most `limit` articles behind the cursor that have all words, the most relevant first, then the newest. One statement. */
export async function searchArticles<T extends ArticleCard>(
  pool: Pool,
  projection: Projection<T>,
  search: FullSearch,
): Promise<Found<T> & Learnt> {
  return found(pool, 'search', projection, searchStatement(search, projection.columns));
}

/** The columns, and behind them the score, of what is found, and what else was learnt; that comes with a row of its own when nothing is found. */
export function searchStatement(search: FullSearch, columns: string): Where {
  const { shape, text, values } = whereOf(search.filter);
  const order = `a.${orderColumn(search.filter.status ?? 'PUBLISHED')}`;
  const n = values.length + 1;
  const page = pageOfHits(search, columns, n + 6);
  return {
    shape: shape + page.shape,
    text: `WITH ${formsAt(n)}, query AS MATERIALIZED (
      SELECT CASE WHEN count(*) = $${n + 4}::int THEN string_agg('(' || query::text || ')', ' & ') END::tsquery AS terms FROM word
    ), match AS MATERIALIZED (
      SELECT a.id, ${order} AS at, ${FULL_SCORE} + scored.points + together.points AS score, together.points > 0 AS together
      FROM "ArticleSearch" s JOIN "Article" a ON a.id = s."articleId" ${TOLD}
      CROSS JOIN LATERAL (
        -- A bit for each word: grouping by word would take as long as all the rest.
        SELECT bit_or(1 << word) AS words, sum(${POINTS})::int AS points
        FROM sought WHERE (is_only OR told.terms @@ query) AND ${FOUND}
      ) AS scored
      CROSS JOIN LATERAL (SELECT ${TOGETHER} AS points OFFSET 0) AS together
      WHERE s.terms @@ (SELECT terms FROM query) AND scored.words = (1 << $${n + 4}::int) - 1 AND ${text}
    ), learnt AS MATERIALIZED (
      SELECT json_build_object('total', total,
        'known', (SELECT coalesce(json_object_agg(word, is_word), '{}') FROM (
          SELECT word, NOT is_little OR bool_or(EXISTS (SELECT FROM search_candidates(exact, 1))) AS is_word FROM sought GROUP BY word
        ) AS acquaintance),
        'guessed', (SELECT coalesce(json_object_agg(word, w), '{}') FROM sought WHERE rank >= ${RANK.guessed}),
        'ids', CASE WHEN is_little THEN (SELECT coalesce(json_agg(id), '[]') FROM match) END,
        'pieces', CASE WHEN is_little THEN (
          SELECT coalesce(json_object_agg(piece, CASE
            WHEN EXISTS (SELECT FROM search_candidates(format('%L | %L', '=' || piece, '~' || piece)::tsquery, 1)) THEN 'word'
            WHEN EXISTS (SELECT FROM search_candidates(search_query(piece), 1)) THEN 'part' END), '{}')
          FROM unnest($${n + 5}::text[]) AS t(piece)) END) AS learnt
      FROM (SELECT count(*) AS total, count(*) < ${FEW} AND bool_or(together) IS NOT TRUE AS is_little FROM match) AS counted
    ) ${page.text}`,
    values: [...values, ...formValues(search.forms), search.words, search.pieces, ...page.values],
  };
}
