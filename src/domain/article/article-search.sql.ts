import type { Pool } from 'pg';
import { badUserInput } from '../../errors';
import type { ArticleCard, ArticleFilter } from './article';
import { ARTICLE_FROM, type ArticleRow, type Projection } from './article-row';
import { decodeCursor, encodeCursor, type Position } from '../shared/paging';
import type { Meant } from './search-words';
import { orderColumn, whereOf, type Where } from './articles.sql';

/** Where a found article stands: by relevance, then where it stands in the list of its status. */
export interface SearchPosition extends Position {
  score: number;
}

export interface ArticleSearch {
  filter: ArticleFilter;
  /** As searchWordsOf gives them; an article has them all. */
  words: readonly string[];
  /** What stands for a word that no article has. */
  meant?: readonly Meant[];
  after?: string | null;
  limit: number;
}

// Measured by `npm run bench:search` over 20,000 articles, 27 searches of 10 things: bigrams found all (recall 1,
// precision .96), pg_trgm on despaced text .74 / .80 (no trigram in 금리, particles miss) and 4 times slower, a tsvector
// of words with prefixes .56 / .97 (nothing inside of words or across spaces).

/** Each word, or what stands for it: the first form that any article has. */
const meantAt = (words: number, of: number, forms: number) => `
  form AS MATERIALIZED (
    SELECT word, form, rank, (SELECT count(*) FROM "ArticleSearch" WHERE terms @@ search_query(search_stem(form))) > 0 AS known
    FROM (SELECT word, word AS form, 0 AS rank FROM unnest($${of}::text[]) AS m(word)
          UNION SELECT word, form, rank FROM unnest($${of}::text[], $${forms}::text[]) WITH ORDINALITY AS m(word, form, rank)) AS forms
  ), clear AS MATERIALIZED (
    SELECT coalesce((SELECT form FROM form WHERE word = t.w AND known ORDER BY rank LIMIT 1), t.w) AS w, number
    FROM unnest($${words}::text[]) WITH ORDINALITY AS t(w, number)
  ),`;

/**
 * Per word: the part that has to be found (the word without its particle, unless the word takes particles itself, as
 * 전문가 does), and how. Parts that begin with a latin letter or a digit are never found by strpos alone.
 */
const wordsAt = (n: number, meant = false) => `
  ${meant ? meantAt(n, n + 1, n + 2) : ''}
  part AS MATERIALIZED (
    SELECT w, number, CASE
      WHEN search_stem(w) = w THEN w
      -- Not EXISTS: in the hope of an early hit that would read the table instead of the index.
      WHEN (SELECT count(*) FROM "ArticleSearch" WHERE terms @@ format('%L', '~' || w)::tsquery) > 0 THEN w
      ELSE search_stem(w) END AS part
    FROM ${meant ? 'clear' : `unnest($${n}::text[]) WITH ORDINALITY AS t(w, number)`}
  ), word AS MATERIALIZED (
    SELECT w, part, number, part !~ '^[a-z0-9]' AS anywhere, search_pattern(part) AS pattern, search_query(part) AS query,
           format('%L | %L', '=' || part, '~' || part)::tsquery AS exact
    FROM part
  ), query AS MATERIALIZED (
    SELECT string_agg(query::text, ' & ')::tsquery AS terms,
           CASE WHEN count(*) > 1 THEN search_pattern(string_agg(w, '' ORDER BY number)) END AS phrase
    FROM word
  )`;

// The index finds what has all bigrams of all words; here is looked for the words themselves. Points of a word:
// 64 as typed with its particle, 32 in the title, 16 as a whole word, and how often (up to 15). When
// all words stand together: 128 in the title, else 64.
const MATCH = `
  "ArticleSearch" s JOIN "Article" a ON a.id = s."articleId"
  CROSS JOIN LATERAL (
    SELECT bool_and(found) AS found,
           sum(points)::int + CASE WHEN s.title ~ (SELECT phrase FROM query) THEN 128
                                WHEN s.body ~ (SELECT phrase FROM query) THEN 64 ELSE 0 END AS score
    FROM (SELECT (anywhere AND strpos(s.body, part) > 0) OR s.body ~ pattern AS found,
                 CASE WHEN w <> part AND strpos(s.body, w) > 0 THEN 64 ELSE 0 END
                 + CASE WHEN s.title ~ pattern THEN 32 ELSE 0 END
                 + CASE WHEN s.terms @@ exact THEN 16 ELSE 0 END
                 + least(15, (octet_length(s.body) - octet_length(replace(s.body, part, ''))) / octet_length(part))
                   AS points
          FROM word) AS points
  ) AS match`;
const FOUND = `s.terms @@ (SELECT terms FROM query) AND match.found`;

/** At most `limit` articles behind the cursor that have all words, the most relevant first, then the newest. One statement. */
export async function searchArticles<T extends ArticleCard>(
  pool: Pool,
  { name, columns, of }: Projection<T>,
  search: ArticleSearch,
): Promise<{ article: T; score: number }[]> {
  const { shape, ...statement } = searchStatement(search, columns);
  const { rows } = await pool.query<[...ArticleRow, number]>({
    name: `search-${name}-${shape}`,
    ...statement,
    rowMode: 'array',
  });
  return rows.map((row) => ({ article: of(row as never), score: row.at(-1) as number }));
}

/** The columns, and behind them the score, of what is found. */
export function searchStatement(search: ArticleSearch, columns: string): Where {
  const { filter, after, limit } = search;
  const { shape, text, values, words } = wordsOf(search);
  const order = `a.${orderColumn(filter.status ?? 'PUBLISHED')}`;
  const n = values.length;
  const position = after ? decodeSearchCursor(after) : null;
  const behind = position
    ? `AND (match.score, ${order}, a.id) < ($${n + 2}::int, $${n + 3}::timestamptz, $${n + 4}::uuid)`
    : '';
  return {
    shape: position ? `${shape}k` : shape,
    text: `WITH ${words}, hit AS (
             SELECT a.id, match.score FROM ${MATCH} WHERE ${FOUND} AND ${text} ${behind}
             ORDER BY match.score DESC, ${order} DESC, a.id DESC LIMIT $${n + 1}
           )
           SELECT ${columns}, hit.score ${ARTICLE_FROM} JOIN hit ON hit.id = a.id
           ORDER BY hit.score DESC, ${order} DESC, a.id DESC`,
    values: [...values, limit, ...(position ? [position.score, position.at, position.id] : [])],
  };
}

/** How many articles have all words. */
export async function countFound(
  pool: Pool,
  search: Pick<ArticleSearch, 'filter' | 'words' | 'meant'>,
): Promise<number> {
  const { shape, text, values, words } = wordsOf(search);
  const { rows } = await pool.query<{ count: number }>({
    name: `search-count-${shape}`,
    text: `WITH ${words} SELECT count(*)::int AS count FROM ${MATCH} WHERE ${FOUND} AND ${text}`,
    values,
  });
  return rows[0]!.count;
}

/** The conditions of the filter, and the common table expressions of the words, which take the values behind them. */
function wordsOf({ filter, words, meant = [] }: Pick<ArticleSearch, 'filter' | 'words' | 'meant'>) {
  const { shape, text, values } = whereOf(filter);
  const n = values.length + 1;
  if (meant.length === 0) return { shape, text, values: [...values, words], words: wordsAt(n) };
  const forms = [meant.map(({ word }) => word), meant.map(({ form }) => form)];
  return { shape: `${shape}m`, text, values: [...values, words, ...forms], words: wordsAt(n, true) };
}

export function encodeSearchCursor({ score, ...position }: SearchPosition): string {
  return `${Buffer.from(score.toString(36)).toString('base64url')}.${encodeCursor(position)}`;
}

/** Throws BAD_USER_INPUT naming `after` when the cursor is not one of a search. */
function decodeSearchCursor(cursor: string): SearchPosition {
  const [head = '', tail = '', ...more] = cursor.split('.');
  const digits = /^[0-9a-z]{1,5}$/.exec(Buffer.from(head, 'base64url').toString('latin1'));
  if (!digits || more.length > 0)
    throw badUserInput('after', { ko: '알 수 없는 커서입니다.', en: 'The cursor is unknown.' });
  return { score: parseInt(digits[0], 36), ...decodeCursor(tail) };
}
