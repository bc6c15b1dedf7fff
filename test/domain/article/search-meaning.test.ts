import { readFileSync } from 'node:fs';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

/** Short names of the articles that are searched, oldest first. */
const TEXTS: Record<string, [title: string, content: string, comment?: string]> = {
  wage: ['최저임금이 정해졌어요', '시간당 1만 660원이에요.', '편의점이 걱정이래요.'],
  plain: ['시급 계산법', '시급 10,660원을 주면 남는 게 없대요.'],
  support: ['청년 지원금', '매달 100만 원을 줘요.'],
  oil: ['국제유가가 올랐어요', '배럴당 100달러예요. 목표는 100%예요.'],
  car: ['미국이 자동차에 매긴 관세', '자동차에 붙는 관세가 낮아져요.'],
  steel: ['철강 관세', '철강은 그대로예요.'],
  cabbage: ['배춧값이 내렸어요', '김장이 싸졌어요.'],
  kpop: ['케이팝 수출', '앨범이 덜 팔렸어요.'],
  esports: ['e스포츠 결승', '표가 다 팔렸어요.'],
  loan: ['주택담보대출 이야기', '이자가 올랐어요.'],
  ski: ['스키장이 열려요', '시즌권이 비싸요.'],
  ski2: ['강원도 스키장', '눈이 왔어요.'],
  chips: ['반도체가 잘 팔려요', '수출 이야기.'],
  chips2: ['반도체 공장', '일자리가 생겨요.'],
  samsung: ['삼성전자 실적', '많이 벌었어요.'],
  ticket: ['월드컵을 보러 가요', '입장권 매출만 1,800억 원이 넘어요. 노조 1,200명이 반대해요.'],
  kids: ['아이와 함께', '아이를 키워요. 학원비가 올랐어요. 그래도 더 할까요? 아이돌 이야기도 있어요.'],
  cabbages: [
    '배추 이야기',
    '배추 스무 포기를 담가요. 가게 열일곱 곳이 문을 닫았고, 서울에서 800km 떨어졌어요.',
  ],
  kfood: ['세계로 가는 K-food', 'K-food가 인기예요.'],
  cut: ['한국은행의 결정', '한국은행이 금리를 인하했어요.'],
  ott: ['OTT 구독료가 올랐어요', '광고 요금제는 싸요.'],
  delivery: ['배달비 0원의 비밀', '식당이 대신 내요.'],
  exchange: ['환율 소식', '환율이 올랐어요. 영업이익이 늘었어요.'],
};

/** What is typed, what is found, and what is suggested. */
const QUERIES: [search: string, found: string[], suggestion: string | null][] = [
  ['만 660원', ['plain', 'wage'], null],
  ['10660원', ['plain', 'wage'], null],
  ['10,660원은', ['plain', 'wage'], null],
  ['100만', ['support'], null],
  ['100만원', ['support'], null],
  ['100달러', ['oil'], null],
  ['1800억', ['ticket'], null],
  ['1,800억 원', ['ticket'], null],
  ['천팔백억', ['ticket'], null],
  ['1200명', ['ticket'], null],
  ['아이들 학원비', ['kids'], null],
  ['아이들은', [], null],
  ['살까요', [], null],
  ['환율 ㅇㅇ', ['exchange'], null],
  ['환율 ㅇㅇㅇㅇ', ['exchange'], null],
  ['환율 ㅈㅇ', ['exchange'], null],
  ['ㅎㅇ', ['exchange'], '환율'],
  ['kpop', ['kpop'], null],
  ['K-pop', ['kpop'], null],
  ['20포기', ['cabbages'], null],
  ['스무 포기', ['cabbages'], null],
  ['17곳', ['cabbages'], null],
  ['열일곱 곳', ['cabbages'], null],
  ['800킬로미터', ['cabbages'], null],
  ['800 km', ['cabbages'], null],
  ['금리인하', ['cut'], null],
  ['금리 인하', ['cut'], null],
  ['kfood', ['kfood'], null],
  ['K-food', ['kfood'], null],
  ['자동차관세', ['car'], null],
  ['자동차 관세', ['car', 'steel'], null],
  ['배추값', ['cabbage'], null],
  ['K팝', ['kpop'], null],
  ['이스포츠', ['esports'], null],
  ['편의점', ['wage'], null],
  ['주담대', ['loan'], null],
  ['주담대이자', ['loan'], null],
  ['스키장 폐업', ['ski2', 'ski'], null],
  ['스키장폐업', ['ski2', 'ski'], null],
  ['없는낱말', [], null],
  ['OTT요금', ['ott'], null],
  ['OTT구독비', ['ott'], null],
  ['구독비', ['ott'], null],
  ['배달료', ['delivery'], null],
  ['배달요금은', ['delivery'], null],
  ['반도채', [], '반도체'],
  ['반도채는', [], '반도체'],
  ['반도채 수출', ['kpop', 'chips'], '반도체 수출'],
  ['qksehcp', ['chips2', 'chips'], '반도체'],
  ['ㅅㅅㅈㅈ', ['samsung'], '삼성전자'],
  ['ㅈㅌㄷㅂㄷㅊ', ['loan'], '주택담보대출'],
];

describe('what a search means', () => {
  let app: TestApp;
  let publisherId: string;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    app = await startTestApp();
    const { prisma } = app.context.database;
    ({ id: publisherId } = await createPublisher(prisma));
    await prisma.economicTerm.create({
      data: {
        term: '주택담보대출',
        termKey: '주택담보대출',
        description: '뜻',
        aliases: ['주담대', 'home loan'],
      },
    });
    for (const [name, [title, content, comment = null]] of Object.entries(TEXTS))
      ids.set((await createArticle(prisma, { publisherId, title, content, comment })).id, name);
  });
  afterAll(() => app.close());

  async function page(search: string, first = 20, after: string | null = null) {
    const { data, errors } = await app.query(
      `query ($first: Int, $after: String, $search: String) {
        articles(first: $first, after: $after, filter: { search: $search }) {
          totalCount suggestion edges { node { id } } pageInfo { hasNextPage endCursor }
        }
      }`,
      { search, first, after },
    );
    expect(errors).toEqual([]);
    const { edges, ...rest } = data!.articles as {
      totalCount: number;
      suggestion: string | null;
      edges: { node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    return { ...rest, found: edges.map(({ node }) => ids.get(node.id) ?? node.id) };
  }

  it.each(QUERIES)('of %j: finds %j, suggests %j', async (search, expected, suggested) => {
    const { found, totalCount, suggestion } = await page(search);
    expect({ found, suggestion }).toEqual({ found: expected, suggestion: suggested });
    expect(totalCount).toBe(found.length);
  });

  it('is also that of an English name', async () => {
    expect((await page('home loan')).found).toEqual(['loan']);
  });

  it('takes one statement, and a second one when little is found', async () => {
    const statementsOf = async (search: string) => {
      app.statements.length = 0;
      await page(search);
      return app.statements.filter((sql) => sql.includes('ArticleSearch')).length;
    };
    expect(await statementsOf('수출')).toBe(1);
    expect(await statementsOf('qksehcp')).toBe(1);
    expect(await statementsOf('스키장 폐업')).toBe(2);
    expect(await statementsOf('반도채')).toBe(2);
  });

  it('changes at once with the glossary', async () => {
    const { accessToken: token } = await app.login('admin');
    expect((await page('집담보')).found).toEqual([]);
    const { data } = await app.query('{ economicTerms(first: 5) { edges { node { id } } } }');
    const [{ node }] = (data!.economicTerms as { edges: [{ node: { id: string } }] }).edges;
    const { errors } = await app.query(
      'mutation ($id: ID!) { updateEconomicTerm(id: $id, input: { aliases: ["주담대", "집담보"] }) { id } }',
      { id: node.id },
      { token },
    );
    expect(errors).toEqual([]);
    expect((await page('집담보')).found).toEqual(['loan']);
  });

  it('shows what has all words first, then what has most of them, page by page', async () => {
    const { prisma } = app.context.database;
    const made: string[] = [];
    for (let n = 0; n < 12; n++) {
      const words = ['참외', '수박', '자두'].slice(0, n < 2 ? 3 : n < 6 ? 2 : 1);
      const content = `${words.map((word) => `${word} 이야기가 있어요.`).join(' 그리고 ')} ${n}`;
      made.push(
        (await createArticle(prisma, { publisherId, title: `과일 ${n}`, content, comment: null })).id,
      );
    }
    const search = '자두 참외 수박';
    const whole = await page(search, 50);
    const places = whole.found.map((id) => made.indexOf(id));
    expect(places.slice(0, 6)).toEqual([1, 0, 5, 4, 3, 2]);
    expect(whole.totalCount).toBe(places.length);
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { found, totalCount, pageInfo } = await page(search, 1, after);
      expect(totalCount).toBe(places.length);
      seen.push(...found);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(whole.found);
  });

  it('is nothing that only articles have which are gone', async () => {
    const { accessToken: token } = await app.login('admin');
    const { prisma } = app.context.database;
    const { id } = await createArticle(prisma, {
      publisherId,
      title: '블록체인 소식',
      content: '블록체인 이야기.',
      comment: '한마디로 도깨비방망이래요.',
    });
    expect((await page('블록채인')).suggestion).toBe('블록체인');
    expect((await page('ㅂㄹㅊㅇ')).suggestion).toBe('블록체인');
    expect((await page('도깨비방망이')).found).toEqual([id]);
    await prisma.article.update({ where: { id }, data: { status: 'HIDDEN' } });
    expect(await page('블록채인')).toMatchObject({ found: [], suggestion: null });
    expect(await page('ㅂㄹㅊㅇ')).toMatchObject({ found: [], suggestion: null });
    expect((await page('블록체인 폐업')).found).toEqual([]);
    await app.query(
      'mutation ($id: ID!, $reason: String!) { takeDownArticle(id: $id, reason: $reason) { id } }',
      { id, reason: '요청' },
      { token },
    );
    const { rows } = await app.context.database.pool.query(
      `SELECT body, terms::text FROM "ArticleSearch" WHERE "articleId" = $1
       UNION ALL SELECT keyword, NULL FROM "ArticleKeyword" WHERE "articleId" = $1`,
      [id],
    );
    expect(JSON.stringify(rows)).not.toMatch(/블록|도깨|깨비/);
  });

  it('of a comment from before comments were searched is found after the migration, which may run twice', async () => {
    const { prisma, pool } = app.context.database;
    const { id } = await createArticle(prisma, {
      publisherId,
      title: '옛 기사',
      content: '내용이에요.',
      comment: '고슴도치도 제 새끼는 함함해요.',
    });
    await pool.query(
      `UPDATE "ArticleSearch" SET body = t.body, terms = search_terms(t.body)
       FROM (SELECT search_text(a.title || E'\\n' || a.content) AS body FROM "Article" a WHERE id = $1) AS t WHERE "articleId" = $1`,
      [id],
    );
    expect((await page('고슴도치')).found).toEqual([]);
    const bodies = async () =>
      (await pool.query('SELECT body FROM "ArticleSearch" ORDER BY "articleId"')).rows;
    const backfill = readFileSync('prisma/migrations/20261130014200_comments_searched/migration.sql', 'utf8');
    await pool.query(backfill);
    expect((await page('고슴도치')).found).toEqual([id]);
    const once = await bodies();
    await pool.query(backfill);
    expect(await bodies()).toEqual(once);
  });

  it('of an edited comment is found at once', async () => {
    const { prisma } = app.context.database;
    const [id] = [...ids].find(([, name]) => name === 'steel')!;
    await prisma.article.update({ where: { id }, data: { comment: '포항이 걱정이에요.' } });
    expect((await page('포항')).found).toEqual(['steel']);
    await prisma.article.update({ where: { id }, data: { comment: null } });
    expect((await page('포항')).found).toEqual([]);
  });
});
