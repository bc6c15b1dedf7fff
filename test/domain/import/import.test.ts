import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';
import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { createLogger } from '../../../src/logger';
import { importOf, totalsOf, type TriedImport } from '../../helpers/import-into';
import { createOddDatabase, type OldTestDatabase } from '../../helpers/old-database';

const ALL = {
  'gyeongdan.users': [5, 3, 1, 1],
  'gyeongdan.user_type': [5, 2, 1, 2],
  'gyeongdan.articles': [6, 4, 1, 1],
  'gyeongdan.article_related_documents': [7, 2, 1, 4],
  'gyeongdan.article_view_history': [8, 3, 2, 3],
  'gyeongdan.economic_terms': [6, 2, 2, 2],
  'gyeongdan.faq': [3, 1, 1, 1],
  'gyeongdan.api_visualization': [4, 3, 0, 1],
  'gyeongdan.newsletter_article': [4, 1, 1, 2],
  'gyeongdan.subscriptions': [10, 2, 1, 7],
  'gyeongdan.interactions': [2, 0, 0, 2],
  'gyeongdan.recommends': [1, 0, 0, 1],
  'public.gpt_response': [1, 0, 0, 1],
};

describe('An old database with every oddity', () => {
  let old: OldTestDatabase;
  let target: TestDatabase;
  let database: Database;
  let dry: TriedImport;
  let moved: TriedImport;
  let afterDryRun: string;
  const contents = async () => {
    const { rows } = await database.pool.query<{ table: string }>(
      `SELECT table_name AS table FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const counts = rows.map(async ({ table }) => {
      const hash = `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM "${table}" t`;
      return [table, (await database.pool.query<{ hash: string }>(hash)).rows[0]!.hash];
    });
    return JSON.stringify(await Promise.all(counts));
  };
  beforeAll(async () => {
    [old, target] = await Promise.all([createOddDatabase(), createTestDatabase()]);
    database = openDatabase({
      url: target.url,
      connections: 2,
      logger: createLogger({ level: 'silent', pretty: false }),
      statementTimeoutMs: 60_000,
    });
    const before = await contents();
    dry = await importOf(old.url, target.url, { dryRun: true });
    afterDryRun = (await contents()) === before ? 'untouched' : 'written to';
    moved = await importOf(old.url, target.url);
  });
  afterAll(async () => {
    await database.close();
    await old.drop();
    await target.drop();
  });

  it('moves, and says of each row what became of it', () => {
    expect(totalsOf(moved)).toEqual(ALL);
    const reported = moved.tables.reduce((sum, table) => sum + table.reported, 0);
    expect(moved.lines.filter(({ outcome }) => outcome === 'reported')).toHaveLength(reported);
    expect(moved.lines).toContainEqual({
      table: 'gyeongdan.users', id: '4', outcome: 'reported', code: 'NO_KAKAO_ID',
      text: 'Without a Kakao id nobody can sign in to the account.',
    }); // prettier-ignore
    expect(moved.lines).toContainEqual(expect.objectContaining({ id: '15', code: 'DATE_UNUSABLE' }));
    expect(JSON.stringify(moved.lines)).not.toMatch(/example\.com|5000001|홍길동/);
    expect(moved.otherTables).toEqual(['gyeongdan.alembic_version']);
  });

  it('is told the same by a dry run, which writes nothing', () => {
    expect(afterDryRun).toBe('untouched');
    expect({ ...dry, dryRun: false }).toEqual(moved);
  });

  it('is one person where two rows have a Kakao id, with the newest name and the right of either', async () => {
    const user = await database.prisma.user.findUniqueOrThrow({
      where: { kakaoId: '5000001' },
      include: { views: true },
    });
    expect(user).toMatchObject({
      name: '길동 새 이름', role: 'ADMIN', profileImageUrl: null, readerPoints: [0, 5, 0, 0, 20],
    }); // prettier-ignore
    // Read by both, of two rows of one article; each row counts on its day in Seoul.
    expect(user.views).toMatchObject([
      { firstViewedAt: new Date('2026-11-23T03:00:00Z'), lastViewedAt: new Date('2026-11-25T03:00:00Z') },
    ]);
    const days = await database.prisma.articleDayViews.findMany({
      where: { day: { lt: new Date('2026-11-26') } },
      orderBy: { day: 'asc' },
    });
    expect(days.map(({ day, views }) => [day.toISOString().slice(0, 10), views])).toEqual([
      ['2026-11-23', 1], ['2026-11-24', 1], ['2026-11-25', 1],
    ]); // prettier-ignore
    const others = await database.prisma.user.findMany({ where: { kakaoId: { not: '5000001' } } });
    expect(others.map(({ name, role, readerPoints }) => [name, role, readerPoints])).toEqual(
      expect.arrayContaining([
        ['경단 독자', 'USER', []],
        ['A&B', 'USER', [0, 0, 0, 1, 0]],
      ]),
    );
  });

  it('has its articles published as they were, in UTC and with everything that ours have', async () => {
    const article = await database.prisma.article.findUniqueOrThrow({
      where: { sourceUrl: 'http://www.mk.co.kr/news/economy/1' },
      include: {
        original: true,
        publisher: true,
        search: true,
        keywords: true,
        revisions: true,
        related: true,
      },
    });
    expect(article).toMatchObject({
      title: '금리를 그대로 뒀어요', status: 'PUBLISHED', viewCount: 50, category: 'ECONOMY_AND_BUSINESS',
      releasedAt: new Date('2024-10-01T00:00:00Z'), createdAt: new Date('2024-10-02T00:00:00Z'),
      phrases: [{ expression: '기준금리', easy: '은행끼리의 이자율' }], fidelity: { passed: true },
      original: { title: '한은, 금리 "동결"', content: '한국은행은 3.5%로 동결했다.\n둘째 줄' },
      publisher: { name: '매일경제', domain: 'mk.co.kr' },
      related: [{ link: 'https://example.com/a', title: '다른 "글"', snippet: '발췌' }, { title: 'example.com' }],
    }); // prettier-ignore
    expect(article.search!.body).toContain('기준금리');
    expect(article.keywords.length).toBeGreaterThan(3);
    expect(article.revisions).toHaveLength(1);
  });

  it('has in review what was never rewritten, and what was not valid', async () => {
    const articles = await database.prisma.article.findMany({ orderBy: { title: 'asc' } });
    expect(articles.map(({ title, status, category }) => [title, status, category])).toEqual([
      ['금리를 그대로 뒀어요', 'PUBLISHED', 'ECONOMY_AND_BUSINESS'],
      ['긴 글이에요', 'IN_REVIEW', 'POLITICS_AND_SOCIETY'],
      ['쓰이지 않은 기사', 'IN_REVIEW', 'TECHNOLOGY_AND_CULTURE'],
      ['야구 경기가 열렸어요', 'PUBLISHED', 'SPORTS_AND_LEISURE'],
    ]);
    expect(articles[1]!.content.length).toBeLessThanOrEqual(20_000);
    expect(articles[3]).toMatchObject({ sourceUrl: null, viewCount: 0, phrases: [{ expression: '홈런' }] });
    expect(articles[3]!.publishedAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('has hidden insights, drawn from what Plotly was given', async () => {
    const insights = await database.prisma.insight.findMany({
      include: { picture: true },
      orderBy: { title: 'asc' },
    });
    const drawn = insights.map(({ title, status, chart }) => {
      const { data, mark } = chart as { data: { values: { y?: number }[] }; mark: { type: string } };
      return [title, status, mark.type, data.values.map(({ y }) => y)];
    });
    expect(drawn).toEqual([
      ['비율', 'HIDDEN', 'arc', [3, 1]],
      ['없음', 'HIDDEN', 'text', [undefined]],
      ['인구', 'HIDDEN', 'bar', [1, 2, 3]],
    ]);
    for (const { picture } of insights) expect(picture!.svg).toMatch(/^<svg/);
    expect(moved.lines).toContainEqual(
      expect.objectContaining({
        table: 'gyeongdan.api_visualization',
        id: '3',
        outcome: 'moved',
        code: 'CHART_UNREADABLE',
      }),
    );
  });

  it('has one subscription an address, unless a newer row has ended it, whose old consent is asked for again at once', async () => {
    const subscriptions = await database.prisma.newsletterSubscription.findMany({
      orderBy: { email: 'desc' },
    });
    expect(subscriptions.map(({ email, categories }) => [email, categories])).toEqual([
      ['old@example.com', ['ECONOMY_AND_BUSINESS']],
      ['Reader@example.com', ['ECONOMY_AND_BUSINESS', 'SPORTS_AND_LEISURE']],
    ]);
    expect(subscriptions[1]!.consentedAt).toEqual(new Date('2026-10-01T00:00:00Z'));
    expect(subscriptions[0]!.confirmedAt).toEqual(new Date('2019-12-31T15:00:00Z'));
    const [{ isAsked }] = await database.prisma.$queryRaw<[{ isAsked: boolean }]>`
      SELECT "consentedAt" + interval '2 years' BETWEEN now() + interval '29 days' AND now() + interval '30 days' AS "isAsked"
      FROM "NewsletterSubscription" WHERE email = 'old@example.com'`;
    expect(isAsked).toBe(true);
    const issue = await database.prisma.newsletterIssue.findFirstOrThrow();
    expect(issue).toMatchObject({ html: '<p>더 새 소식</p>', week: new Date('2024-10-07'), articleIds: [] });
  });

  it('tells no gateway of articles that were published long ago, and the audit log of itself', async () => {
    const entries = await database.prisma.auditEntry.findMany({ orderBy: { createdAt: 'asc' } });
    expect(entries.map(({ action }) => action)).toEqual(['import.start', 'user.role', 'import.finish']);
    const notify = await database.prisma.$queryRaw<{ quiet: boolean }[]>`
      SELECT prosrc LIKE '%gyeongdan.quiet%' AS quiet FROM pg_proc WHERE proname = 'notifyLive'`;
    expect(notify).toEqual([{ quiet: true }]);
  });

  describe('a second time', () => {
    it('changes nothing, and tells the same of every row', async () => {
      const before = await contents();
      const again = await importOf(old.url, target.url);
      expect(await contents()).toBe(before);
      expect(totalsOf(again)).toEqual(ALL);
      expect(again.tables.map((table) => table.new)).toEqual(again.tables.map(() => 0));
      expect(again.lines.map((line) => JSON.stringify(line)).sort()).toEqual(
        moved.lines.map((line) => JSON.stringify(line)).sort(),
      );
    });

    it('brings what is new and leaves what was changed here', async () => {
      const { prisma } = database;
      await prisma.article.updateMany({
        where: { title: '금리를 그대로 뒀어요' },
        data: { title: '우리가 고친 제목', status: 'HIDDEN' },
      });
      await prisma.user.delete({ where: { kakaoId: '5000003' } });
      await prisma.newsletterSubscription.updateMany({
        where: { email: 'old@example.com' },
        data: { email: '', categories: [], confirmedAt: null, consentedAt: null, unsubscribedAt: new Date() },
      });
      await old.query(`
        UPDATE gyeongdan.articles SET simple_title = '그쪽에서 고친 제목' WHERE id = 10;
        INSERT INTO gyeongdan.users VALUES (20, '돌아온 사람', 5000003, NULL, 'USER'), (21, '새 사람', 5000021, NULL, 'USER');
        INSERT INTO gyeongdan.articles (id, url, publisher, title, content, simple_title, simple_content, is_valid, published_at)
          VALUES (20, 'https://www.mk.co.kr/news/economy/20', 'MAE_KYUNG', '새 기사', '원문', '새 기사예요', '글이에요.', true, '2026-11-01'),
            (21, 'http://m.mk.co.kr/news/economy/1', 'MAE_KYUNG', '같은 기사', '본문', '다른 제목', '본문이에요.', true, NULL);
        INSERT INTO gyeongdan.article_view_history VALUES (20, 20, '2026-11-24', 21), (21, 20, '2026-11-24', 3);
        INSERT INTO gyeongdan.subscriptions VALUES (20, '나', 'old@example.com', '스포츠', true, '2026-11-01')`);
      const later = await importOf(old.url, target.url);
      const fresh = Object.fromEntries(later.tables.map((table) => [table.table, table.new]));
      expect(fresh).toMatchObject({
        'gyeongdan.users': 1, 'gyeongdan.articles': 2, 'gyeongdan.article_view_history': 1, 'gyeongdan.subscriptions': 0,
      }); // prettier-ignore
      expect(later.lines).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: '20', code: 'ACCOUNT_DELETED' }),
          expect.objectContaining({ id: '21', code: 'READER_NOT_MOVED' }),
          expect.objectContaining({ id: '20', code: 'UNSUBSCRIBED_HERE' }),
        ]),
      );
      const titles = await prisma.article.findMany({ where: { sourceUrl: { contains: 'mk.co.kr' } } });
      expect(titles.map(({ title, status }) => [title, status]).sort()).toEqual([
        ['새 기사예요', 'PUBLISHED'],
        ['우리가 고친 제목', 'HIDDEN'],
      ]);
    });
  });
});
