import type pg from 'pg';
import faqs from '../../prisma/seed/faqs.json';
import terms from '../../prisma/seed/economic-terms.json';
import { sourceSentences } from '../search-corpus';

/** Everybody's token is this user's, an admin. */
export const ADMIN_NUMBER = 1;
/** Words that only some articles have: one in so many. */
export const PLANTED = { 청어잡이: 2, 모란시장: 10, 반달곰: 100, 해파리: 1_000, 두루미: 10_000 };
/** Words of the sentence that ends every article. */
export const IN_ALL = '오늘 나온 소식을 쉽게 풀었어요.';
/** So many of the newest articles were read in this week, of a million; of fewer a part. */
const READ_THIS_WEEK = 20_000;
const PUBLISHERS = 60;
/** From one article to the next. */
const STEP_MINUTES = 5;

/**
 * Fills a migrated, empty database with `articles` articles of real sentences, the newest last, and what belongs to so many: readers,
 * views, jobs, deeds, mails. By SQL, without triggers and foreign-key checks; indexes that are dear to keep are built in the end.
 */
export async function fillGrown(client: pg.Client, articles: number): Promise<void> {
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB';
    CREATE FUNCTION pg_temp.nth(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
      $$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
    CREATE FUNCTION pg_temp.at(n bigint) RETURNS timestamptz LANGUAGE sql STABLE AS
      $$ SELECT now() - (${articles} - n) * interval '${STEP_MINUTES} minutes' $$`);
  await client.query(
    `CREATE TEMPORARY TABLE sentence AS
     SELECT n - 1 AS n, text, search_text(text) AS normal, left(replace(search_text(text), ' ', ''), 1) AS begins, right(replace(search_text(text), ' ', ''), 1) AS ends,
            ts_delete(search_terms(search_text(text)), right(replace(search_text(text), ' ', ''), 1) || '$') AS terms, search_terms(search_text(text)) AS last_terms,
            ARRAY(SELECT keyword FROM article_keywords(' ', search_text(text)) AS k(keyword, weight) LIMIT 2) AS keywords
     FROM unnest($1::text[]) WITH ORDINALITY AS t(text, n)`,
    [[...Object.keys(PLANTED).map((word) => `${word} 이야기가 나왔다.`), IN_ALL, ...sourceSentences()]],
  );
  await client.query('ALTER TABLE sentence ADD PRIMARY KEY (n); ANALYZE sentence');
  const built = await withoutIndexes(client);
  for (const statement of statements(articles)) await client.query(statement);
  for (const statement of built) await client.query(statement);
  await client.query('VACUUM (ANALYZE)');
}

/** Drops what is built quicker in the end, and returns what builds it. */
async function withoutIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; text: string }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid IN ('"Article"'::regclass, '"ArticleSearch"'::regclass, '"ArticleKeyword"'::regclass, '"ArticleView"'::regclass)
       AND NOT i.indisprimary AND c.relname <> 'Article_sourceUrl_key'`,
  );
  await client.query(`DROP INDEX ${rows.map(({ name }) => `"${name}"`).join(', ')}`);
  return rows.map(({ text }) => text);
}

/** Sentences by a hash of the article's number; of the pool's first ones many have one, of its last ones few. */
function picked(salt: number, from: number): string {
  return `(${from} + floor(power((hashint8(n::bigint * 7919 + ${salt})::bigint & 65535) / 65536.0, 2) * ((SELECT count(*) FROM sentence) - ${from})))::int`;
}

/** What is written to a table that was emptied in the same transaction is written once, not in the log too. */
function logless(table: string, statement: string): string[] {
  return ['BEGIN', `TRUNCATE "${table}" CASCADE`, statement, 'COMMIT'];
}

function statements(articles: number): string[] {
  const part = (ofAMillion: number, atLeast = 1) =>
    Math.max(atLeast, Math.round((articles / 1_000_000) * ofAMillion));
  const [users, views, subscribers, insights, answers, issues] = [
    part(200_000, 20), part(1_000_000), part(200_000), part(20_000, 10), part(50_000), Math.min(2_500, part(5_000, 5)),
  ]; // prettier-ignore
  const words = Object.keys(PLANTED).length;
  const planted = Object.values(PLANTED).map((every, at) => `WHEN n % ${every} = ${at % every} THEN ${at}`);
  return [
    `INSERT INTO "Publisher" (id, name, domain) SELECT pg_temp.nth(n), '신문 ' || n, 'paper-' || n || '.example' FROM generate_series(1, ${PUBLISHERS}) n`,
    `INSERT INTO "User" (id, "kakaoId", name, email, role, "createdAt")
     SELECT pg_temp.nth(n), n::text, '독자 ' || n, 'reader-' || n || '@example.com', (CASE WHEN n = ${ADMIN_NUMBER} THEN 'ADMIN' ELSE 'USER' END)::"Role",
            pg_temp.at(${articles} - n * 5)
     FROM generate_series(1, ${users}) n`,
    `INSERT INTO "Session" (id, "userId", "expiresAt", "lastUsedAt")
     SELECT pg_temp.nth(n), pg_temp.nth(n), now() + interval '30 days', now() - n * interval '1 second' FROM generate_series(1, ${users}) n`,
    `CREATE TEMPORARY TABLE told AS
     SELECT chosen.n, a AS first, b AS second, c AS third
     FROM (SELECT n, ${picked(1, words + 1)} AS a, ${picked(2, words + 1)} AS b, (CASE ${planted.reverse().join(' ')} ELSE ${picked(3, words + 1)} END) AS c
           FROM generate_series(1, ${articles}) n) AS chosen`,
    // One in 20,000 of every age waits for review, one in 1,000 is hidden.
    ...logless(
      'Article',
      `INSERT INTO "Article" (id, title, content, comment, category, "publisherId", "sourceUrl", "publishedAt", "releasedAt", "viewCount", status, "createdAt", "updatedAt")
     SELECT pg_temp.nth(t.n), left(a.text, 24) || ' ' || t.n, a.text || E'\\n' || b.text || E'\\n' || c.text || E'\\n' || l.text, NULL,
            (enum_range(NULL::"ArticleCategory"))[t.n % 5 + 1], pg_temp.nth((t.n * 31) % ${PUBLISHERS} + 1), 'https://paper.example/' || t.n,
            pg_temp.at(t.n), CASE WHEN t.n % 20000 <> 7 THEN pg_temp.at(t.n) END, t.n % 1000,
            (CASE WHEN t.n % 20000 = 7 THEN 'IN_REVIEW' WHEN t.n % 1000 = 8 THEN 'HIDDEN' ELSE 'PUBLISHED' END)::"ArticleStatus", pg_temp.at(t.n), pg_temp.at(t.n)
     FROM told t JOIN sentence a ON a.n = t.first JOIN sentence b ON b.n = t.second JOIN sentence c ON c.n = t.third JOIN sentence l ON l.n = ${words}
     ORDER BY t.n`,
    ),
    // search_terms of the whole would take ten minutes: it is put together of what it is of the parts and of the letters between.
    `CREATE TEMPORARY TABLE head AS
     SELECT n, normal AS title, body, right(despaced, 1) AS ends, ts_delete(search_terms(normal), right(despaced, 1) || '$') || terms AS terms
     FROM (SELECT n, normal AS body, terms, search_text(left(text, 24)) AS normal, replace(search_text(left(text, 24)), ' ', '') AS despaced FROM sentence) AS s`,
    `CREATE TEMPORARY TABLE tail AS
     SELECT s.n, s.normal || ltrim(l.normal) AS body, s.begins, s.terms || l.last_terms || array_to_tsvector(ARRAY[s.ends || l.begins]) AS terms
     FROM sentence s JOIN sentence l ON l.n = ${words}`,
    ...logless(
      'ArticleSearch',
      `INSERT INTO "ArticleSearch" ("articleId", title, body, terms)
     SELECT pg_temp.nth(t.n), h.title || t.n || ' ', h.title || t.n || h.body || ltrim(b.normal) || ltrim(c.body),
            h.terms || b.terms || c.terms || array_to_tsvector(ARRAY['=' || t.n, h.ends || left(t.n::text, 1),
              right(t.n::text, 1) || a.begins, a.ends || b.begins, b.ends || c.begins]
              || ARRAY(SELECT substr(t.n::text, at, 2) FROM generate_series(1, length(t.n::text) - 1) AS at))
     FROM told t JOIN head h ON h.n = t.first JOIN sentence a ON a.n = t.first JOIN sentence b ON b.n = t.second JOIN tail c ON c.n = t.third ORDER BY t.n`,
    ),
    ...logless(
      'ArticleKeyword',
      `INSERT INTO "ArticleKeyword" ("articleId", keyword, weight)
     SELECT pg_temp.nth(t.n), keyword, max(weight) FROM told t JOIN sentence a ON a.n = t.first JOIN sentence b ON b.n = t.second JOIN sentence c ON c.n = t.third,
     LATERAL (SELECT unnest(a.keywords), 4 UNION ALL SELECT unnest(b.keywords), 1 UNION ALL SELECT unnest(c.keywords), 1) AS k(keyword, weight)
     GROUP BY t.n, keyword ORDER BY t.n`,
    ),
    `INSERT INTO "ArticleOriginal" ("articleId", title, content) SELECT id, title, content FROM "Article" ORDER BY id DESC LIMIT ${part(50_000)}`,
    `INSERT INTO "RelatedDocument" (id, "articleId", place, title, link, page, snippet)
     SELECT pg_temp.nth(n), pg_temp.nth(n / 3 + 1), n % 3, '문서 ' || n, 'https://other.example/' || n, 'other.example/' || n, '일부' FROM generate_series(0, ${part(600_000)}) n`,
    `INSERT INTO "ArticleRevision" (id, "articleId", title, content, category, "createdAt")
     SELECT id, id, title, content, category, "createdAt" FROM "Article" ORDER BY id DESC LIMIT ${part(200_000)}`,
    ...logless(
      'GenerationJob',
      `INSERT INTO "GenerationJob" (id, kind, status, input, subject, "sourceUrl", "articleId", "createdAt", "updatedAt", "finishedAt", "requestedById")
     SELECT pg_temp.nth(n), (CASE WHEN n % 200 = 3 THEN 'RECOMMENDATIONS' WHEN n % 20 = 5 THEN 'COLLECTION' ELSE 'ARTICLE' END)::"GenerationKind",
            (CASE WHEN n % 50 = 0 THEN 'FAILED' WHEN n % 97 = 0 THEN 'CANCELED' WHEN n > ${articles} - 10 THEN 'QUEUED' ELSE 'SUCCEEDED' END)::"GenerationStatus",
            jsonb_build_object('task', 'request', 'url', 'https://paper.example/' || n), 'https://paper.example/' || n,
            'https://paper.example/' || n, CASE WHEN n % 50 <> 0 THEN pg_temp.nth(n) END, pg_temp.at(n), pg_temp.at(n),
            CASE WHEN n <= ${articles} - 10 THEN pg_temp.at(n) END, pg_temp.nth(n % ${users} + 1)
     FROM generate_series(1, ${articles}) n`,
    ),
    `INSERT INTO "ModelCall" ("jobId", purpose, provider, model, outcome, "inputTokens", "outputTokens", "costUsd", "reservedUsd", day, "createdAt")
     SELECT pg_temp.nth(n), 'ARTICLE', 'api.model.example', 'model', 'OK', 900, 300, 0.001, 0.01, (pg_temp.at(n) AT TIME ZONE 'Asia/Seoul')::date, pg_temp.at(n)
     FROM generate_series(${articles} - ${part(200_000)} + 1, ${articles}) n`,
    `INSERT INTO "SpendingDay" (day, "spentUsd") SELECT day, sum("costUsd") FROM "ModelCall" GROUP BY day`,
    ...logless(
      'AuditEntry',
      `INSERT INTO "AuditEntry" (id, "actorId", action, "targetType", "targetId", "createdAt")
     SELECT pg_temp.nth(n), pg_temp.nth(${ADMIN_NUMBER}), 'article.generate', (CASE WHEN n % 100 = 0 THEN 'User' ELSE 'Article' END), pg_temp.nth(n)::text, pg_temp.at(n)
     FROM generate_series(1, ${articles}) n`,
    ),
    `INSERT INTO "Answer" (id, "userId", question, "articleId", "jobId", status, text, sources, "createdAt")
     SELECT pg_temp.nth(n), pg_temp.nth(n % ${users} + 1), '질문 ' || n, pg_temp.nth(n), gen_random_uuid(), 'SUCCEEDED', '답 ' || n,
            jsonb_build_array(jsonb_build_object('id', pg_temp.nth(n), 'kind', 'article', 'of', pg_temp.nth(n), 'title', '제목', 'snippet', '일부')), pg_temp.at(n)
     FROM generate_series(1, ${answers}) n`,
    `INSERT INTO "Insight" (id, "datasetId", title, content, chart, status, model, "createdAt", "releasedAt")
     SELECT pg_temp.nth(n), 'sample-base-rate', '인사이트 ' || n, '그래프가 보여 주는 것을 썼어요.', '{"mark": "line"}',
            (CASE WHEN n % 10 = 0 THEN 'HIDDEN' ELSE 'PUBLISHED' END)::"ArticleStatus", 'extractive', at, at
     FROM generate_series(1, ${insights}) n, LATERAL (SELECT pg_temp.at(${articles} - n * 12) AS at) t`,
    `INSERT INTO "NewsletterSubscription" (id, email, "emailKey", name, categories, "confirmedAt", "consentedAt", "createdAt")
     SELECT pg_temp.nth(n), 'letter-' || n || '@example.com', encode(sha256(n::text::bytea), 'hex'), '독자 ' || n, ARRAY[(enum_range(NULL::"ArticleCategory"))[n % 5 + 1]],
            at, at, at FROM generate_series(1, ${subscribers}) n, LATERAL (SELECT pg_temp.at(${articles} - n) AS at) t`,
    `INSERT INTO "NewsletterIssue" (id, category, subject, html, text, "articleIds", week, "createdAt", "sentAt", recipients)
     SELECT pg_temp.nth(n), (enum_range(NULL::"ArticleCategory"))[n % 5 + 1], '한 주 소식 ' || n, repeat('<p>소식</p>', 200), '소식', '{}',
            date_trunc('week', now())::date - 7 * (n / 5), now() - (n / 5) * interval '7 days', now() - (n / 5) * interval '7 days', 1000
     FROM generate_series(1, ${issues}) n`,
    `INSERT INTO "NewsletterDelivery" ("issueId", "subscriptionId", status, "settledAt")
     SELECT pg_temp.nth(n % 5 + 1), pg_temp.nth(n), 'SENT', now() FROM generate_series(1, ${subscribers}) n`,
    ...logless(
      'ArticleView',
      `INSERT INTO "ArticleView" ("readerId", "articleId", "userId", "firstViewedAt", "lastViewedAt", "countedAt")
     SELECT pg_temp.nth(n % ${users} + 1), pg_temp.nth(${articles} - (n::bigint * 7919) % ${Math.min(articles, part(200_000, 1_000))}), pg_temp.nth(n % ${users} + 1), at, at, at
     FROM generate_series(1, ${views}) n, LATERAL (SELECT now() - n * interval '20 seconds' AS at) t ON CONFLICT DO NOTHING`,
    ),
    ...logless(
      'Impression',
      `INSERT INTO "Impression" ("readerId", day, "articleId", "userId", surface, "shownAt")
     SELECT pg_temp.nth(n % ${users} + 1), at::date, pg_temp.nth(${articles} - (n::bigint * 104729) % ${Math.min(articles, part(200_000, 1_000))}), pg_temp.nth(n % ${users} + 1), 'HOME', at
     FROM generate_series(1, ${views}) n, LATERAL (SELECT now() - n * interval '20 seconds' AS at) t ON CONFLICT DO NOTHING`,
    ),
    `INSERT INTO "ArticleDayViews" (day, "articleId", views)
     SELECT (now() AT TIME ZONE 'Asia/Seoul')::date - back, pg_temp.nth(${articles} - n), 1 + ${part(READ_THIS_WEEK)} / (n + 1)
     FROM generate_series(0, ${part(READ_THIS_WEEK) - 1}) n, generate_series(0, 13) AS back`,
    `INSERT INTO "ArticleWeekViews" (week, "articleId", views)
     SELECT date_trunc('week', day::timestamp)::date, "articleId", sum(views) FROM "ArticleDayViews" GROUP BY 1, 2`,
    `INSERT INTO "EconomicTerm" (id, term, "termKey", description)
     SELECT gen_random_uuid(), term, lower(replace(term, ' ', '')), description FROM json_to_recordset('${literal(terms)}') AS t(term text, description text) ON CONFLICT DO NOTHING`,
    `INSERT INTO "Faq" (id, question, "questionKey", answer)
     SELECT gen_random_uuid(), question || n, question || n, answer FROM json_to_recordset('${literal(faqs)}') AS t(question text, answer text), generate_series(1, 1000 / ${faqs.length}) n`,
  ];
}

function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll("'", "''");
}

export function nthId(n: number): string {
  return `00000000-0000-7000-8000-${Math.floor(n).toString(16).padStart(12, '0')}`;
}

/** When the nth of so many articles was released, a minute later. */
export function placeOf(n: number, articles: number): Date {
  return new Date(Date.now() - (articles - Math.floor(n)) * STEP_MINUTES * 60_000);
}
