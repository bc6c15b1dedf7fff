import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { badUserInput } from '../../errors';
import type { ArticleCard, ArticleFilter } from './article';
import type { ArticleRow, Projection } from './article-row';
import { decodeCursor, encodeCursor, type Position } from '../shared/paging';
import { orderColumn, whereOf, type Where } from './articles.sql';
import { RANK, type Form } from './search-forms';
import type { Acquaintance } from './search-splits';
import { searchWordsOf } from './search-words';

/** Where a found article stands: by relevance, then where it stands in the list of its status. */
export interface SearchPosition extends Position {
  score: number;
  /** The mark of its search: scores of another one mean nothing in it. */
  mark: string;
}

interface Asked {
  filter: ArticleFilter;
  search: string;
  /** What is looked for. */
  forms: readonly Form[];
  after?: string | null;
  limit: number;
}

export interface FullSearch extends Asked {
  /** An article has a form of each of so many words. */
  words: number;
  /** What the words may be joined of. */
  pieces: readonly string[];
}

export interface Found<T> {
  hits: { article: T; score: number }[];
  /** Of all pages. */
  total: number;
}

/** Of an article that has all words; below that are those that have some. */
const FULL_SCORE = 1_000_000;
/** With fewer articles that have all words, and none that has them together, those that have some are shown behind them. */
const FEW = 5;
/** So many articles are looked at for each word of which only some have to be there. */
const MAX_CANDIDATES = 400;
const MAX_CANDIDATES_IN_ALL = 1_600;
/** PostgreSQL keeps 32 regular expressions compiled: more would be compiled anew for each article. */
const MAX_PATTERNS = 28;
/** What an article weighs that has this much of what the words of a search weigh together is shown. */
const SHARE_NEEDED = 0.4;
/** Of so many words one may be left out at a time. */
const MAX_LEFT_OUT = 6;
/** So many keywords with the same initial consonants are counted. */
const MAX_KEYWORDS = 300;
/** How common a word is that may have been meant is counted up to here. */
const MAX_COUNTED = 50;

// Measured by `npm run bench:search` over 20,000 articles, 27 searches of 10 things: bigrams found all (recall 1,
// precision .96), pg_trgm on despaced text .74 / .80 (no trigram in 금리, particles miss) and 4 times slower, a tsvector
// of words with prefixes .56 / .97 (nothing inside of words or across spaces).

/**
 * Per form that any article has: the part that has to be found (the form without its particle, unless it takes particles
 * itself, as 전문가 does), and how. Parts that begin with a latin letter or a digit are never found by strpos alone.
 */
const formsAt = (n: number) => `
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
const TOLD = `CROSS JOIN LATERAL (SELECT s.title || '' AS title, s.body || '' AS body, s.terms || ''::tsvector AS terms OFFSET 0) AS told`;
const FOUND = '((anywhere AND strpos(told.body, part) > 0) OR told.body ~ pattern)';
const POINTS = `(
  CASE WHEN w <> part AND rank = ${RANK.typed} AND strpos(told.body, w) > 0 THEN 64 ELSE 0 END
  + CASE WHEN told.title ~ pattern THEN 32 ELSE 0 END
  + CASE WHEN told.terms @@ exact THEN 16 ELSE 0 END
  + least(15, (octet_length(told.body) - octet_length(replace(told.body, part, ''))) / octet_length(part))
) / CASE WHEN rank = ${RANK.alias} THEN 2 ELSE 1 END`;
const TOGETHER = `CASE WHEN told.title ~ (SELECT pattern FROM phrase) THEN 128
  WHEN told.body ~ (SELECT pattern FROM phrase) THEN 64 ELSE 0 END`;

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

export function partialStatement(search: PartialSearch, columns: string): Where {
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

function formValues(forms: readonly Form[]): unknown[] {
  return [
    forms.map(({ word }) => word),
    forms.map(({ form }) => form),
    forms.map(({ rank }) => rank),
    forms.map(({ pattern }) => pattern ?? ''),
  ];
}

/** What is shown of the articles of "match", and beside each what "learnt" has. */
function pageOfHits({ search, after, limit }: Asked, columns: string, n: number): Where {
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

async function found<T extends ArticleCard, L extends { total: number }>(
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

export function encodeSearchCursor({ score, mark, ...position }: SearchPosition): string {
  const head = `${score.toString(36)}-${mark}`;
  return `${Buffer.from(head).toString('base64url')}.${encodeCursor(position)}`;
}

/** Throws BAD_USER_INPUT naming `after` when the cursor is not one of this search. */
function decodeSearchCursor(cursor: string, search: string): Omit<SearchPosition, 'mark'> {
  const [head = '', tail = '', ...more] = cursor.split('.');
  const [, score, mark] =
    /^([0-9a-z]{1,5})-(\w{8})$/.exec(Buffer.from(head, 'base64url').toString('latin1')) ?? [];
  if (score === undefined || mark !== markOfSearch(search) || more.length > 0)
    throw badUserInput('after', {
      ko: '알 수 없는 커서이거나 다른 검색의 커서입니다.',
      en: 'The cursor is unknown, or one of another search.',
    });
  return { score: parseInt(score, 36), ...decodeCursor(tail) };
}

/** The same for all ways of typing the same words. */
export function markOfSearch(search: string): string {
  return createHash('sha256').update(searchWordsOf(search).join(' ')).digest('hex').slice(0, 8);
}
