import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { searchStatement } from '../src/domain/article/article-search.sql';
import { formsOf } from '../src/domain/article/search-forms';
import { piecesOf } from '../src/domain/article/search-splits';
import { searchWordsOf } from '../src/domain/article/search-words';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { report, round } from './report';
import { median } from './rounds';
import { CONCEPTS, corpus, type CorpusArticle } from './search-corpus';

const ARTICLES = 20_000;
const ROUNDS = 5;
/** Words that a large part of the articles has: the most expensive searches. */
const COMMON = ['금리', '시장', '금', '한국은행 금리'];

interface Candidate {
  name: string;
  statement: (typed: string, limit: number) => { text: string; values: unknown[] };
}

const KNOWS_NOTHING = { synonymsOf: () => [], meantBy: () => [] };
const patterns = (typed: string) =>
  searchWordsOf(typed).map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`);
const prefixes = (typed: string) =>
  searchWordsOf(typed)
    .map((word) => `'${word}':*`)
    .join(' & ');

const CANDIDATES: Candidate[] = [
  {
    name: 'bigrams (shipped)',
    statement: (typed, limit) => {
      const { words, forms } = formsOf(typed, searchWordsOf(typed), KNOWS_NOTHING);
      const pieces = piecesOf(words);
      return searchStatement(
        { filter: {}, search: typed, words: words.length, forms, pieces, limit },
        'a.id',
      );
    },
  },
  {
    name: 'pg_trgm LIKE, despaced',
    statement: (typed, limit) => ({
      text: `SELECT a.id FROM trigrams t JOIN "Article" a ON a.id = t.id WHERE t.body LIKE ALL($1::text[])
             ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $2`,
      values: [patterns(typed), limit],
    }),
  },
  {
    name: 'tsvector of words, prefixes',
    statement: (typed, limit) => ({
      text: `SELECT a.id FROM words t JOIN "Article" a ON a.id = t.id WHERE t.terms @@ $1::tsquery
             ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $2`,
      values: [prefixes(typed), limit],
    }),
  },
];

/** How well and how fast the ways to search Korean in PostgreSQL find what readers mean, over 20,000 articles. */
export async function benchSearch(): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    await postgres.ensureDatabase('search');
    await migrateDatabase(postgres.url('search'));
    const client = new pg.Client({ connectionString: postgres.url('search') });
    await client.connect();
    try {
      return await compare(client);
    } finally {
      await client.end();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(client: pg.Client): Promise<boolean> {
  const articles = corpus(ARTICLES);
  const startedAt = performance.now();
  const indexOf = await fill(client, articles);
  const perArticle = (performance.now() - startedAt) / ARTICLES;
  const notes = [`writing an article with its search material: ${round(perArticle)} ms`];
  const speeds = new Map<string, number>();
  const qualities = new Map<string, { recall: number; precision: number }>();
  for (const { name, statement } of CANDIDATES) {
    const quality = await qualityOf(client, statement, articles, indexOf);
    const rare = await timeOf(
      client,
      statement,
      CONCEPTS.flatMap(({ typed }) => typed),
    );
    const common = await Promise.resolve(timeOf(client, statement, COMMON));
    qualities.set(name, quality);
    speeds.set(name, rare);
    notes.push(
      `${name}: recall ${round(quality.recall)}, precision ${round(quality.precision)}; ` +
        `first page ${round(rare)} ms, of common words ${round(common)} ms`,
    );
  }
  const [ours, trigrams] = CANDIDATES.map(({ name }) => name);
  return report(
    'Searching 20,000 articles',
    [...notes, await planOf(client)],
    [
      { name: 'recall', value: qualities.get(ours!)!.recall, atLeast: 0.99 },
      { name: 'precision', value: qualities.get(ours!)!.precision, atLeast: 0.95 },
      { name: 'speed against pg_trgm', value: speeds.get(trigrams!)! / speeds.get(ours!)!, atLeast: 1 },
    ],
  );
}

/** Writes the articles and the indexes of the other candidates; returns each article's place by id. */
async function fill(client: pg.Client, articles: readonly CorpusArticle[]): Promise<Map<string, number>> {
  await client.query(`INSERT INTO "Publisher" (id, name) VALUES (gen_random_uuid(), '벤치 신문')`);
  const indexOf = new Map<string, number>();
  for (let from = 0; from < articles.length; from += 1_000) {
    const batch = articles.slice(from, from + 1_000);
    const { rows } = await client.query<{ id: string; n: number }>(
      `WITH given AS (SELECT gen_random_uuid() AS id, * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t(title, content, n)),
       saved AS (
         INSERT INTO "Article" (id, title, content, category, "publisherId", "publishedAt", "releasedAt", status)
         SELECT given.id, given.title, given.content, 'ECONOMY_AND_BUSINESS', p.id, at, at, 'PUBLISHED'
         FROM given, "Publisher" p, LATERAL (SELECT timestamptz '2026-01-01' - (n + $3) * interval '7 minutes' AS at) AS t
       )
       SELECT id, n::int FROM given`,
      [batch.map(({ title }) => title), batch.map(({ content }) => content), from],
    );
    for (const { id, n } of rows) indexOf.set(id, from + n - 1);
  }
  await client.query(`
    CREATE EXTENSION pg_trgm;
    CREATE TABLE trigrams AS SELECT "articleId" AS id, replace(body, ' ', '') AS body FROM "ArticleSearch";
    CREATE INDEX ON trigrams USING gin (body gin_trgm_ops) WITH (fastupdate = off);
    CREATE TABLE words AS SELECT "articleId" AS id, array_to_tsvector(array_remove(string_to_array(body, ' '), '')) AS terms
                          FROM "ArticleSearch";
    CREATE INDEX ON words USING gin (terms) WITH (fastupdate = off)`);
  await client.query('VACUUM ANALYZE');
  return indexOf;
}

/** Means over all that is typed: which part of the right ones is found, which part of the found ones is right. */
async function qualityOf(
  client: pg.Client,
  statement: Candidate['statement'],
  articles: readonly CorpusArticle[],
  indexOf: ReadonlyMap<string, number>,
) {
  const recalls: number[] = [];
  const precisions: number[] = [];
  for (const [concept, { typed }] of CONCEPTS.entries()) {
    const wanted = articles.filter(({ concepts }) => concepts.has(concept)).length;
    for (const text of typed) {
      const found = await client.query<{ id: string | null }>(statement(text, ARTICLES));
      const rows = found.rows.filter((row): row is { id: string } => row.id !== null);
      const right = rows.filter(({ id }) => articles[indexOf.get(id)!]!.concepts.has(concept)).length;
      recalls.push(right / wanted);
      precisions.push(rows.length === 0 ? 1 : right / rows.length);
      if (process.env.VERBOSE) console.log(text, wanted, rows.length, right);
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { recall: mean(recalls), precision: mean(precisions) };
}

/** Milliseconds for the first page, the median over all that is typed and some rounds. */
async function timeOf(
  client: pg.Client,
  statement: Candidate['statement'],
  typed: readonly string[],
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const text of typed) {
      const startedAt = performance.now();
      await client.query(statement(text, 21));
      times.push(performance.now() - startedAt);
    }
  return median(times);
}

async function planOf(client: pg.Client): Promise<string> {
  const { text, values } = CANDIDATES[0]!.statement('통화스와프', 21);
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
  const scans = rows.map(
    (row) => /(\w+ (?:Only )?Scan) (?:using \S+ )?on (\S+)/.exec(row['QUERY PLAN'])?.[0] ?? '',
  );
  return `plan: ${scans.filter(Boolean).join(', ')}`;
}
