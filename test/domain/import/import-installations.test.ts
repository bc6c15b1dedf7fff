import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';
import { importOf, totalsOf } from '../../helpers/import-into';
import { createOldDatabase, type OldTestDatabase } from '../../helpers/old-database';
import { OldDatabase } from '../../../src/domain/import/old-database';
import { BulkReader } from '../../../src/adapters/database/bulk-read';
import pg from 'pg';

/** An older installation: the tables of one service in public, columns missing, others of another type. */
const OLDER = `
  CREATE TABLE public.users (id int PRIMARY KEY, name text, "kakaoUserId" text, role text);
  CREATE TABLE gyeongdan.user_type (user_id int PRIMARY KEY, user_type_professionals int, user_type varchar);
  CREATE TABLE gyeongdan.articles (id numeric, url text, title text, content text, simple_title text, simple_content text,
    is_valid int, phrase json, created_at timestamptz, published_at text, view_count text);
  CREATE TABLE public.articles (id numeric, url text, title text, simple_title text, simple_content text, is_valid text);
  CREATE TABLE public.article_view_history (id int, article_id int, viewed_at timestamptz, user_id int);
  CREATE TABLE gyeongdan.article_view_history (id int, article_id int, viewed_at text);
  CREATE TABLE gyeongdan.faq (question text, answer text);
  CREATE TABLE gyeongdan.economic_terms (id int);
  CREATE TABLE gyeongdan.subscriptions (id int, status boolean);
  CREATE TABLE gyeongdan.newsletter_article (id int);
  CREATE TABLE gyeongdan.api_visualization (id int);
  CREATE TABLE gyeongdan.article_related_documents (id int);
  INSERT INTO gyeongdan.article_view_history VALUES (1, 5, '언젠가');
  INSERT INTO gyeongdan.faq VALUES ('질문?', '답');
  INSERT INTO gyeongdan.economic_terms VALUES (1);
  INSERT INTO gyeongdan.subscriptions VALUES (1, true);
  INSERT INTO gyeongdan.newsletter_article VALUES (1);
  INSERT INTO gyeongdan.api_visualization VALUES (1);
  INSERT INTO gyeongdan.article_related_documents VALUES (1);
  INSERT INTO public.users VALUES (1, '가', ' 77 ', 'admin'), (2, '나', 'not a number', NULL);
  INSERT INTO gyeongdan.user_type VALUES (1, NULL, 'PROFESSIONALS');
  INSERT INTO gyeongdan.articles VALUES
    (5, 'https://example.com/5', '제목', '원문', '쉬운 제목', '쉬운 글이에요.', 1, '{"a":"b"}', '2024-05-01 00:00+00', '2024-05-02 09:00', '12');
  INSERT INTO public.articles VALUES
    (5, 'https://example.com/6', '다른 제목', '쉬운 다른 제목', '쉬운 다른 글이에요.', 'true'), (NULL, 'https://example.com/7', '번호 없음', 'ㄱ', 'ㄴ', 'true');
  INSERT INTO public.article_view_history VALUES (1, 5, '2026-11-29 16:00+00', 1), (2, 5, '2026-11-29 16:00+00', 1);
`;

describe('An older installation', () => {
  let old: OldTestDatabase;
  let target: TestDatabase;
  beforeAll(async () => {
    [old, target] = await Promise.all([createOldDatabase(OLDER), createTestDatabase()]);
  });
  afterAll(async () => {
    await old.drop();
    await target.drop();
  });
  const ask = async <T>(sql: string) => {
    const client = new pg.Client({ connectionString: target.url });
    await client.connect();
    const { rows } = await client.query<T & object>(sql);
    await client.end();
    return rows;
  };

  it('tells that history needs users and articles, and moves it when they have come', async () => {
    const alone = await importOf(old.url, target.url, { only: 'history' });
    expect(totalsOf(alone)).toEqual({
      'gyeongdan.article_view_history': [1, 0, 0, 1],
      'public.article_view_history': [2, 0, 0, 2],
    });
    expect(new Set(alone.lines.map(({ code }) => code))).toEqual(new Set(['ARTICLE_NOT_MOVED']));
    const all = await importOf(old.url, target.url);
    expect(totalsOf(all)).toEqual({
      'public.users': [2, 1, 0, 1],
      'gyeongdan.user_type': [1, 1, 0, 0],
      'gyeongdan.articles': [1, 1, 0, 0],
      'public.articles': [2, 1, 0, 1],
      'public.article_view_history': [2, 1, 1, 0],
      'gyeongdan.article_view_history': [1, 0, 0, 1],
      'gyeongdan.faq': [1, 0, 0, 1],
      'gyeongdan.economic_terms': [1, 0, 0, 1],
      'gyeongdan.subscriptions': [1, 0, 0, 1],
      'gyeongdan.newsletter_article': [1, 0, 0, 1],
      'gyeongdan.api_visualization': [1, 0, 0, 1],
      'gyeongdan.article_related_documents': [1, 0, 0, 1],
    });
    expect(all.missingTables).toEqual(['interactions', 'recommends', 'gpt_response']);
    expect(all.lines).toContainEqual(
      expect.objectContaining({ table: 'public.articles', id: null, code: 'NO_ID' }),
    );
  });

  it('keeps times that know their zone, reads written ones as Seoul’s, and finds rows of its own schema first', async () => {
    expect(
      await ask(`SELECT "createdAt", "publishedAt", "releasedAt", "viewCount", status FROM "Article" WHERE "sourceUrl" LIKE '%5'`),
    ).toEqual([
      {
        createdAt: new Date('2024-05-01T00:00:00Z'), publishedAt: new Date('2024-05-02T00:00:00Z'),
        releasedAt: new Date('2024-05-02T00:00:00Z'), viewCount: 12, status: 'PUBLISHED',
      },
    ]); // prettier-ignore
    expect(
      await ask(
        `SELECT a."sourceUrl", v."lastViewedAt" FROM "ArticleView" v JOIN "Article" a ON a.id = v."articleId"`,
      ),
    ).toEqual([{ sourceUrl: 'https://example.com/6', lastViewedAt: new Date('2026-11-29T16:00:00Z') }]);
    expect(await ask(`SELECT "kakaoId", role, "readerPoints" FROM "User"`)).toEqual([
      { kakaoId: '77', role: 'ADMIN', readerPoints: [0, 0, 0, 0, 1] },
    ]);
  });

  it('is read in a transaction that cannot write', async () => {
    const reader = await BulkReader.open(old.url);
    await expect(reader.rows({ text: 'CREATE TABLE gyeongdan.ours ()' })).rejects.toMatchObject({
      code: '25006',
    });
    await reader.close();
    const database = await OldDatabase.open(old.url);
    expect(database.named('articles').map(({ name }) => name)).toEqual([
      'gyeongdan.articles',
      'public.articles',
    ]);
    await database.close();
  });
});
