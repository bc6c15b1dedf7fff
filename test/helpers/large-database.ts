import type { Pool } from 'pg';
import { waitUntil } from './wait-until';

export const LARGE = {
  articles: 200_000,
  users: 50_000,
  jobs: 200_000,
  views: 400_000,
  publishers: 20,
  answers: 50_000,
  insights: 20_000,
};

/**
 * Fills a migrated database with rows of a service that has run for years, in seconds: no triggers, no foreign-key checks, and
 * the search index built in the end. Article n has the id 00000000-0000-7000-8000-<n in 12 hex digits>, like every other row.
 */
export async function fillLargeDatabase(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`SET statement_timeout = 0; SET session_replication_role = replica; SET synchronous_commit = off;
      SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0; DROP INDEX "ArticleSearch_terms_idx", "ArticleKeyword_initials_idx";
      CREATE FUNCTION pg_temp.nth(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
        $$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`);
    for (const statement of statements()) await untimed(client, statement);
    await untimed(
      client,
      'CREATE INDEX "ArticleSearch_terms_idx" ON "ArticleSearch" USING GIN ("terms") WITH (fastupdate = off)',
    );
    await untimed(
      client,
      'CREATE INDEX "ArticleKeyword_initials_idx" ON "ArticleKeyword" (search_initials("keyword"))',
    );
    // The server's own ANALYZE may be under way: what it can still see is not marked as visible to all.
    await waitUntil('every row is visible to all', async () => {
      await untimed(client, 'VACUUM (ANALYZE)');
      const { rowCount } = await client.query(
        `SELECT FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relpages > 100 AND relallvisible = 0`,
      );
      return rowCount === 0;
    });
  } finally {
    // Its session settings go with it.
    client.release(true);
  }
}

/** The pool gives each query two seconds; these take longer. */
function untimed(client: { query(query: object): Promise<unknown> }, text: string): Promise<unknown> {
  return client.query({ text, query_timeout: 600_000 });
}

export function nthId(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

function statements(): string[] {
  const { articles, users, jobs, views, publishers, answers, insights } = LARGE;
  return [
    `INSERT INTO "Publisher" (id, name, domain)
     SELECT pg_temp.nth(n), '신문 ' || n, 'paper-' || n || '.example' FROM generate_series(1, ${publishers}) n`,
    `INSERT INTO "User" (id, "kakaoId", name, email, "createdAt")
     SELECT pg_temp.nth(n), n::text, '독자 ' || n, 'reader-' || n || '@example.com', now() - n * interval '1 minute'
     FROM generate_series(1, ${users}) n`,
    `INSERT INTO "Session" (id, "userId", "expiresAt", "lastUsedAt")
     SELECT pg_temp.nth(n), pg_temp.nth(n % ${users} + 1), now() + interval '30 days', now() - n * interval '1 second'
     FROM generate_series(1, ${users * 2}) n`,
    // One in three is about 금리, one in 2,000 about 공매도; the newest hundred wait for review.
    `INSERT INTO "Article" (id, title, content, category, "publisherId", "sourceUrl", "publishedAt", "releasedAt", status, "createdAt")
     SELECT pg_temp.nth(n),
            CASE WHEN n % 3 = 0 THEN '금리 동결 소식 ' WHEN n % 2000 = 1 THEN '공매도 재개 소식 ' ELSE '수출 반도체 소식 ' END || n,
            '오늘 나온 소식을 쉽게 풀었어요.',
            (enum_range(NULL::"ArticleCategory"))[n % 5 + 1], pg_temp.nth(n % ${publishers} + 1), 'https://paper.example/' || n,
            now() - n * interval '10 minutes', CASE WHEN n > 100 THEN now() - n * interval '10 minutes' END,
            (CASE WHEN n > 100 THEN 'PUBLISHED' ELSE 'IN_REVIEW' END)::"ArticleStatus", now() - n * interval '10 minutes'
     FROM generate_series(1, ${articles}) n`,
    `INSERT INTO "ArticleSearch" ("articleId", title, body, terms)
     SELECT id, title, body, search_terms(body)
     FROM (SELECT id, search_text(a.title) AS title, search_text(a.title || E'\\n' || content) AS body FROM "Article" a) s`,
    `INSERT INTO "ArticleKeyword" ("articleId", keyword, weight)
     SELECT id, word.keyword, 4 FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM "Article") a,
     LATERAL (VALUES ('금리' || n % 700), ('수출' || n % 900), ('기업' || n % 2000), ('소식')) AS word(keyword)`,
    `INSERT INTO "ArticleOriginal" ("articleId", title, content) SELECT id, title, content FROM "Article"`,
    `INSERT INTO "RelatedDocument" (id, "articleId", place, title, link, page, snippet)
     SELECT gen_random_uuid(), pg_temp.nth(n / 5 + 1), n % 5, '문서 ' || n, 'https://paper.example/' || n, 'paper.example/' || n, '일부' FROM generate_series(0, 99999) n`,
    `INSERT INTO "ArticleRevision" (id, "articleId", title, content, category, "createdAt")
     SELECT id, id, title, content, category, "createdAt" FROM "Article"`,
    `INSERT INTO "GenerationJob" (id, kind, status, input, subject, "sourceUrl", "articleId", "createdAt", "finishedAt", "requestedById")
     SELECT pg_temp.nth(n), 'ARTICLE', (CASE WHEN n % 50 = 0 THEN 'FAILED' ELSE 'SUCCEEDED' END)::"GenerationStatus",
            jsonb_build_object('task', 'request', 'url', 'https://paper.example/' || n), 'https://paper.example/' || n,
            'https://paper.example/' || n, pg_temp.nth(n), now() - n * interval '10 minutes', now() - n * interval '10 minutes',
            pg_temp.nth(1)
     FROM generate_series(1, ${jobs}) n`,
    `INSERT INTO "Answer" (id, "userId", question, "articleId", "jobId", status, text, sources, "createdAt")
     SELECT pg_temp.nth(n), pg_temp.nth(n % 1000 + 1), '질문 ' || n, pg_temp.nth(n), pg_temp.nth(n), 'SUCCEEDED', '답 ' || n,
            jsonb_build_array(jsonb_build_object('id', pg_temp.nth(n), 'kind', 'article', 'of', pg_temp.nth(n), 'title', '제목', 'snippet', '일부')),
            now() - n * interval '10 minutes'
     FROM generate_series(1, ${answers}) n`,
    `INSERT INTO "Insight" (id, "datasetId", title, content, chart, status, model, "createdAt", "releasedAt")
     SELECT pg_temp.nth(n), 'sample-base-rate', '인사이트 ' || n, '그래프가 보여 주는 것을 썼어요.', '{"mark": "line"}',
            (CASE WHEN n % 10 = 0 THEN 'HIDDEN' ELSE 'PUBLISHED' END)::"ArticleStatus", 'extractive', at, at
     FROM generate_series(1, ${insights}) n, LATERAL (SELECT now() - n * interval '1 hour' AS at) t`,
    `INSERT INTO "InsightPicture" ("insightId", hash, svg, png)
     SELECT id, md5(id::text) || md5(title), repeat('<svg/>', 500), decode(repeat('00', 2000), 'hex') FROM "Insight"`,
    `INSERT INTO "AuditEntry" (id, "actorId", action, "targetType", "targetId", "createdAt")
     SELECT pg_temp.nth(n), pg_temp.nth(1), 'article.generate', 'Article', pg_temp.nth(n)::text, now() - n * interval '10 minutes'
     FROM generate_series(1, ${articles}) n`,
    `INSERT INTO "ArticleView" ("readerId", "articleId", "userId", "firstViewedAt", "lastViewedAt", "countedAt")
     SELECT pg_temp.nth(n % ${users} + 1), pg_temp.nth((n::bigint * 7919) % ${articles} + 1), pg_temp.nth(n % ${users} + 1), at, at, at
     FROM generate_series(1, ${views}) n, LATERAL (SELECT now() - n * interval '1 minute' AS at) t ON CONFLICT DO NOTHING`,
    `INSERT INTO "Impression" ("readerId", day, "articleId", "userId", surface, "shownAt")
     SELECT pg_temp.nth(n % ${users} + 1), at::date, pg_temp.nth((n::bigint * 104729) % ${articles} + 1), pg_temp.nth(n % ${users} + 1), 'HOME', at
     FROM generate_series(1, ${views}) n, LATERAL (SELECT now() - n * interval '1 minute' AS at) t ON CONFLICT DO NOTHING`,
    `INSERT INTO "EconomicTerm" (id, term, "termKey", description) VALUES (pg_temp.nth(1), '공매도', '공매도', '뜻')`,
    // Ten thousand of the newest were read this week.
    `INSERT INTO "ArticleDayViews" (day, "articleId", views)
     SELECT ((now() AT TIME ZONE 'Asia/Seoul')::date), pg_temp.nth(100 + n), 10000 - n FROM generate_series(1, 10000) n`,
  ];
}
