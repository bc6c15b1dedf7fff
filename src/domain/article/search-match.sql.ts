import type { Pool } from 'pg';
import type { ArticleCard, ArticleFilter } from './article';
import type { ArticleRow, Projection } from './article-row';
import type { Where } from './articles.sql';
import { decodeSearchCursor } from './search-cursor';
import { RANK, type Form } from './search-forms';

export interface Asked {
  filter: ArticleFilter;
  search: string;
  /** What is looked for. */
  forms: readonly Form[];
  after?: string | null;
  limit: number;
}

export interface Found<T> {
  hits: { article: T; score: number }[];
  /** Of all pages. */
  total: number;
}

/** PostgreSQL keeps 32 regular expressions compiled: more would be compiled anew for each article. */
const MAX_PATTERNS = 28;
/** So many keywords with the same initial consonants are counted. */
const MAX_KEYWORDS = 300;

// Measured by `npm run bench:search` over 20,000 articles, 27 searches of 10 things: bigrams found all (recall 1,
// precision .96), pg_trgm on despaced text .74 / .80 (no trigram in 금리, particles miss) and 4 times slower, a tsvector
// of words with prefixes .56 / .97 (nothing inside of words or across spaces).

/**
 * Per form that any article has: the part that has to be found (the form without its particle, unless it takes particles
 * itself, as 전문가 does), and how. Parts that begin with a latin letter or a digit are never found by strpos alone.
 */
export const formsAt = (n: number) => `
  given AS MATERIALIZED (
    SELECT * FROM unnest($${n}::int[], $${n + 1}::text[], $${n + 2}::int[], $${n + 3}::text[]) AS t(word, w, rank, given)
  ), initials AS MATERIALIZED (
    SELECT g.word, begun.keyword AS w, g.rank, '' AS given FROM given g CROSS JOIN LATERAL (
      SELECT keyword FROM (
        SELECT k.keyword FROM "ArticleKeyword" k
        WHERE search_initials(k.keyword) = g.w AND (SELECT status FROM "Article" a WHERE a.id = k."articleId") = 'PUBLISHED'
        LIMIT ${MAX_KEYWORDS}
      ) AS held GROUP BY keyword ORDER BY count(*) DESC, keyword LIMIT 1
    ) AS begun WHERE g.rank = ${RANK.initials}
  ), form AS MATERIALIZED (
    SELECT word, w, rank, given, part, search_query(part) AS query,
           CASE WHEN given = '' THEN search_pattern(part) ELSE given END AS pattern
    FROM (
      SELECT word, w, rank, given, CASE
        WHEN given <> '' OR search_stem(w) = w THEN w
        WHEN EXISTS (SELECT FROM search_candidates(format('%L', '~' || w)::tsquery, 1)) THEN w
        ELSE search_stem(w) END AS part
      FROM (SELECT * FROM given WHERE rank < ${RANK.initials} UNION ALL SELECT * FROM initials) AS all_forms OFFSET 0
    ) AS stemmed
  ), known AS MATERIALIZED (
    SELECT *, min(rank) OVER (PARTITION BY word) AS best FROM form WHERE search_holds(query, pattern)
  ), sought AS MATERIALIZED (
    SELECT word, w, rank, part, query, given = '' AND part !~ '^[a-z0-9]' AS anywhere, pattern,
           count(*) OVER (PARTITION BY word) = 1 AS is_only, format('%L | %L', '=' || part, '~' || part)::tsquery AS exact
    FROM known WHERE rank < ${RANK.instead} OR rank = best ORDER BY rank, word LIMIT ${MAX_PATTERNS}
  ), word AS MATERIALIZED (
    SELECT word, string_agg(query::text, ' | ')::tsquery AS query FROM sought GROUP BY word
  ), phrase AS MATERIALIZED (
    SELECT CASE WHEN count(*) > 1 THEN
             CASE WHEN (array_agg(w ORDER BY word))[1] ~ '^[a-z0-9]' THEN '[^a-z0-9.]' ELSE '' END
             || string_agg(replace(w, '.', '[.]'), ' ?' ORDER BY word) END AS pattern
    FROM (SELECT DISTINCT ON (word) word, w FROM sought ORDER BY word, rank) AS typed
  )`;

// The index finds what has all bigrams; here is looked for the words themselves, in texts that are unpacked once. Points of
// a word: 64 as typed with its particle, 32 in the title, 16 as a whole word, and how often (up to 15); of another name
// of it half. When all words stand together: 128 in the title, else 64.
export const TOLD = `CROSS JOIN LATERAL (SELECT s.title || '' AS title, s.body || '' AS body, s.terms || ''::tsvector AS terms OFFSET 0) AS told`;
export const FOUND = '((anywhere AND strpos(told.body, part) > 0) OR told.body ~ pattern)';
export const POINTS = `(
  CASE WHEN w <> part AND rank = ${RANK.typed} AND strpos(told.body, w) > 0 THEN 64 ELSE 0 END
  + CASE WHEN told.title ~ pattern THEN 32 ELSE 0 END
  + CASE WHEN told.terms @@ exact THEN 16 ELSE 0 END
  + least(15, (octet_length(told.body) - octet_length(replace(told.body, part, ''))) / octet_length(part))
) / CASE WHEN rank = ${RANK.alias} THEN 2 ELSE 1 END`;
export const TOGETHER = `CASE WHEN told.title ~ (SELECT pattern FROM phrase) THEN 128
  WHEN told.body ~ (SELECT pattern FROM phrase) THEN 64 ELSE 0 END`;

export function formValues(forms: readonly Form[]): unknown[] {
  return [
    forms.map(({ word }) => word),
    forms.map(({ form }) => form),
    forms.map(({ rank }) => rank),
    forms.map(({ pattern }) => pattern ?? ''),
  ];
}

/** What is shown of the articles of "match", and beside each what "learnt" has. */
export function pageOfHits({ search, after, limit }: Asked, columns: string, n: number): Where {
  const position = after ? decodeSearchCursor(after, search) : null;
  const behind = position
    ? `WHERE (score, at, id) < ($${n + 1}::int, $${n + 2}::timestamptz, $${n + 3}::uuid)`
    : '';
  return {
    shape: position ? 'k' : '',
    text: `, hit AS (
        SELECT id, at, score FROM match ${behind} ORDER BY score DESC, at DESC, id DESC LIMIT $${n}
      )
      SELECT ${columns}, hit.score, learnt.learnt
      FROM learnt LEFT JOIN hit ON true LEFT JOIN "Article" a ON a.id = hit.id LEFT JOIN "Publisher" p ON p.id = a."publisherId"
      ORDER BY hit.score DESC, hit.at DESC, hit.id DESC`,
    values: [limit, ...(position ? [position.score, position.at, position.id] : [])],
  };
}

export async function found<T extends ArticleCard, L extends { total: number }>(
  pool: Pool,
  name: string,
  projection: Projection<T>,
  { shape, ...statement }: Where,
): Promise<Found<T> & L> {
  const { rows } = await pool.query<[...ArticleRow, number, L]>({
    name: `${name}-${projection.name}-${shape}`,
    ...statement,
    rowMode: 'array',
  });
  const hits = rows
    .filter((row) => row[0] !== null)
    .map((row) => ({ article: projection.of(row as never), score: row.at(-2) as number }));
  return { hits, ...(rows[0]!.at(-1) as L) };
}
