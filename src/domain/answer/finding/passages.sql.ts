import type { Pool } from 'pg';

/** More articles than this that have a word are not told apart. */
const MAX_COUNTED = 400;
const MAX_CANDIDATES = 480;
/** Of the newest so many are looked at when a word is in very many. */
const NEWEST = 100;
const MAX_READ = 14;
const MAX_CHARACTERS = 10_000;
const MAX_FAQS = 1_000;
const MAX_ANSWER = 1_500;
/** Words that are left out one at a time, or paired: the rarest. */
const MAX_TOGETHER = 4;

export interface SourceArticle {
  id: string;
  title: string;
  content: string;
  comment: string | null;
  publishedAt: Date;
  /** What somebody thinks, rather than news. */
  isOpinion: boolean;
}

export interface SourceFaq {
  id: string;
  question: string;
  answer: string;
}

export interface ArticleCandidates {
  articles: SourceArticle[];
  /** Of each word, by its number: in how many articles it is, up to some hundreds. */
  frequencies: number[];
  /** How many articles there are, roughly. */
  total: number;
}

// Words are counted by the index of the search, which knows their parts: what no article has is looked for by its pairs of
// syllables, so that a slip finds what was meant. Which of them an article has as a word is for the caller to see.
const SELECT_CANDIDATES = `
  WITH form AS MATERIALIZED (
    SELECT word, search_query(form) AS query, form FROM unnest($1::int[], $2::text[]) AS t(word, form)
  ), counted AS MATERIALIZED (
    SELECT word, query, (SELECT count(*) FROM search_candidates(query, ${MAX_COUNTED})) AS articles
    FROM (SELECT word, string_agg('(' || query::text || ')', ' | ')::tsquery AS query FROM form GROUP BY word OFFSET 0) AS asked
  ), known AS MATERIALIZED (
    SELECT word, query, articles,
           ln(1 + greatest(200, (SELECT reltuples FROM pg_class WHERE oid = '"ArticleSearch"'::regclass)) / articles)::float8 AS weight
    FROM counted WHERE articles > 0
  ), vague AS MATERIALIZED (
    SELECT replace(string_agg(f.query::text, ' | '), ' & ', ' | ')::tsquery AS query
    FROM form f JOIN counted c USING (word) WHERE c.articles = 0 AND length(f.form) BETWEEN 3 AND 20
  ), rarest AS MATERIALIZED (
    SELECT word, query FROM known ORDER BY weight DESC, word LIMIT ${MAX_TOGETHER}
  ), look AS MATERIALIZED (
    SELECT query FROM known
    UNION ALL SELECT query FROM vague WHERE query IS NOT NULL
    UNION ALL SELECT string_agg('(' || query::text || ')', ' & ')::tsquery FROM rarest HAVING count(*) > 2
    UNION ALL SELECT ('(' || a.query::text || ') & (' || b.query::text || ')')::tsquery
    FROM rarest a JOIN rarest b ON a.word < b.word
  ), candidate AS MATERIALIZED (
    SELECT found.id FROM (SELECT query, count(*) OVER () AS queries FROM look) AS q
    CROSS JOIN LATERAL search_candidates(query, least(${MAX_COUNTED}, ${MAX_CANDIDATES} / queries)::int) AS found(id)
    UNION
    SELECT id FROM (
      SELECT id FROM "Article"
      WHERE status = 'PUBLISHED' AND EXISTS (SELECT FROM known WHERE articles >= ${MAX_COUNTED})
      ORDER BY "releasedAt" DESC, id DESC LIMIT ${NEWEST}
    ) AS newest
  ), scored AS MATERIALIZED (
    SELECT a.id, a."releasedAt", (
      SELECT sum(k.weight * CASE
        WHEN EXISTS (SELECT FROM form f WHERE f.word = k.word AND strpos(told.title, f.form) > 0) THEN 1.5 ELSE 1 END)
      FROM known k WHERE told.terms @@ k.query
    ) AS weight, (SELECT query FROM vague) IS NOT NULL AND told.terms @@ (SELECT query FROM vague) AS is_vague
    FROM candidate c JOIN "Article" a ON a.id = c.id AND a.status = 'PUBLISHED' JOIN "ArticleSearch" s ON s."articleId" = a.id
    CROSS JOIN LATERAL (SELECT s.terms || ''::tsvector AS terms, replace(s.title, ' ', '') AS title OFFSET 0) AS told
  ), best AS (
    SELECT id FROM scored WHERE weight IS NOT NULL OR is_vague
    ORDER BY coalesce(weight, 0) + is_vague::int DESC, "releasedAt" DESC, id DESC LIMIT ${MAX_READ}
  ), chosen AS (SELECT id FROM best UNION SELECT $3::uuid WHERE $3::uuid IS NOT NULL)
  SELECT a.id, a.title, left(a.content, ${MAX_CHARACTERS}) AS content, a.comment, a."publishedAt",
         a.category = 'OPINION_AND_ANALYSIS' AS "isOpinion",
         (SELECT coalesce(json_object_agg(word, articles), '{}') FROM counted) AS frequencies,
         (SELECT greatest(200, reltuples) FROM pg_class WHERE oid = '"ArticleSearch"'::regclass)::float8 AS total
  FROM (SELECT) AS always LEFT JOIN (
    SELECT a.* FROM chosen JOIN "Article" a ON a.id = chosen.id AND a.status = 'PUBLISHED'
  ) AS a ON true`;

interface CandidateRow extends SourceArticle {
  frequencies: Record<string, number>;
  total: number;
}

/**
 * Published articles that have most of what the words tell, and the one that is named, which is there whatever it has. Of
 * each word its forms. One statement; it looks at some hundreds of articles for each word at most.
 */
export async function selectCandidates(
  pool: Pool,
  words: readonly (readonly string[])[],
  articleId: string | null,
): Promise<ArticleCandidates> {
  const forms = words.flatMap((own, word) => own.map((form) => ({ word, form })));
  const { rows } = await pool.query<CandidateRow>({
    name: 'answer-candidates',
    text: SELECT_CANDIDATES,
    values: [forms.map(({ word }) => word), forms.map(({ form }) => form), articleId],
  });
  const { frequencies, total } = rows[0]!;
  return {
    articles: rows.filter(({ id }) => id !== null),
    frequencies: words.map((_, word) => frequencies[word] ?? 0),
    total,
  };
}

/** A value that differs after every change of the FAQ, as selectGlossaryVersion does of the glossary. */
export async function selectFaqsVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>({
    name: 'answer-faqs-version',
    text: `SELECT count(*) || '-' || coalesce(sum(xmin::text::bigint), 0) AS version FROM "Faq"`,
  });
  return rows[0]!.version;
}

/** The oldest thousand, with the beginnings of their answers. */
export async function selectFaqs(pool: Pool): Promise<SourceFaq[]> {
  const { rows } = await pool.query<SourceFaq>({
    name: 'answer-faqs',
    text: `SELECT id, question, left(answer, ${MAX_ANSWER}) AS answer FROM "Faq" ORDER BY "createdAt", id LIMIT ${MAX_FAQS}`,
  });
  return rows;
}
