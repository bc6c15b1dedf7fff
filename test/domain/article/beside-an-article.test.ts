import {
  SimilarArticlesDocument,
  PopularArticlesDocument,
  RecordArticleViewDocument,
} from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

const TEXTS: Record<string, [title: string, content: string]> = {
  rate: ['한국은행 기준금리 동결', '한국은행이 기준금리를 동결했어요. 대출 이자는 그대로예요.'],
  rateAgain: ['기준금리 또 동결한 한국은행', '기준금리 동결은 물가 때문이에요. 대출 이자가 걱정이에요.'],
  loans: ['대출 이자 줄이는 법', '은행 대출 이자를 줄여 봐요. 한국은행 자료를 봤어요.'],
  chips: ['반도체 수출 최대', '반도체 수출이 늘었어요. 삼성전자 실적이 좋아요.'],
  chipsAgain: ['삼성전자 반도체 실적', '삼성전자가 반도체로 돈을 벌었어요. 수출 호조.'],
  books: ['책이 비싸진 이유', '종이값이 올랐어요. 다른 이유도 있어요. 사람들은 그래도 책을 사고 있어요.'],
  cars: ['차가 안 팔리는 이유', '다른 차를 사는 사람들이 있어요. 기름값도 올랐어요.'],
  baseball: ['프로야구 개막', '야구장 관중이 늘었어요. 치킨 매출도 올랐어요.'],
};

describe('similar articles', () => {
  let app: TestApp;
  let publisherId: string;
  const ids: Record<string, string> = {};
  const nameOf = (id: string) => Object.entries(ids).find(([, of]) => of === id)?.[0];

  beforeAll(async () => {
    app = await startTestApp();
    const { prisma } = app.context.database;
    ({ id: publisherId } = await createPublisher(prisma));
    for (const [name, [title, content]] of Object.entries(TEXTS))
      ids[name] = (await createArticle(prisma, { publisherId, title, content })).id;
    const hidden = {
      title: '한국은행 기준금리 동결',
      content: '기준금리 동결 대출 이자',
      status: 'HIDDEN' as const,
    };
    await createArticle(prisma, { publisherId, ...hidden });
  });
  afterAll(() => app.close());

  async function similarTo(name: string, first?: number) {
    const variables = { id: ids[name]!, ...(first !== undefined && { first }) };
    const { data, errors } = await app.send(SimilarArticlesDocument, variables);
    expect(errors).toEqual([]);
    return data!.article!.similarArticles.map(({ id }) => nameOf(id));
  }

  it('are the published ones most alike, and never the article itself', async () => {
    expect(await similarTo('rate')).toEqual(['rateAgain', 'loans']);
    expect(await similarTo('rate', 1)).toEqual(['rateAgain']);
    expect((await similarTo('chips'))[0]).toBe('chipsAgain');
    expect((await similarTo('chipsAgain'))[0]).toBe('chips');
    expect(await similarTo('baseball')).not.toContain('baseball');
  });

  it('of equal words are first those of the same category', async () => {
    const { prisma } = app.context.database;
    const text = { publisherId, title: '전기차 배터리 경쟁', content: '전기차 배터리 경쟁이에요.' };
    for (const [name, category] of [
      ['battery', 'TECHNOLOGY_AND_CULTURE'],
      ['sameShelf', 'TECHNOLOGY_AND_CULTURE'],
      ['otherShelf', 'OPINION_AND_ANALYSIS'],
    ] as const)
      ids[name] = (await createArticle(prisma, { ...text, category })).id;
    expect(await similarTo('battery')).toEqual(['sameShelf', 'otherShelf']);
  });

  it('follow an edit at once', async () => {
    const { prisma } = app.context.database;
    const data = { title: '프로야구 개막전 치킨', content: '야구장 관중과 치킨' };
    const { id } = await createArticle(prisma, { publisherId, ...data });
    ids.chicken = id;
    expect((await similarTo('baseball'))[0]).toBe('chicken');
    await prisma.article.update({ where: { id }, data: { title: '날씨', content: '맑음' } });
    expect(await similarTo('baseball')).not.toContain('chicken');
  });

  it('of a whole list are one statement, and leave the list one of cards', async () => {
    app.statements.length = 0;
    const text = '{ articles(first: 10) { edges { node { id similarArticles(first: 2) { title } } } } }';
    const { data, errors } = await app.query(text);
    expect(errors).toEqual([]);
    expect((data!.articles as { edges: unknown[] }).edges).toHaveLength(10);
    expect(app.statements).toHaveLength(2);
    expect(app.statements[0]).not.toContain('a.content');
  });

  it.each([
    ['directly', '{ articles { edges { node { similarArticles { similarArticles { id } } } } } }'],
    ['by an alias', '{ articles { edges { node { a: similarArticles { b: similarArticles { id } } } } } }'],
    [
      'through fragments',
      `{ articles { edges { node { similarArticles { ...A } } } } }
       fragment A on Article { publisher { id } ...B } fragment B on Article { similarArticles { id } }`,
    ],
    [
      'through an inline fragment further down',
      `{ articles { edges { node { similarArticles { revisions { author { recentArticles { ... { similarArticles { id } } } } } } } } } }`,
    ],
  ])('cannot be asked of similar articles, %s', async (_how, text) => {
    const { status, errors } = await app.query(text);
    expect(status).toBe(400);
    expect(errors.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(errors)).toContain('안에서 다시');
  });

  it('may be asked for side by side, through one fragment', async () => {
    const text = `{ a: articles { edges { node { ...S } } } b: popularArticles { ...S } }
      fragment S on Article { similarArticles { id } }`;
    expect((await app.query(text)).errors).toEqual([]);
  });

  it('are not alike by the words of any subject', async () => {
    expect(await similarTo('books', 20)).not.toContain('cars');
  });

  it.each([0, 21, -1])('cannot be %d', async (first) => {
    const { errors } = await app.send(SimilarArticlesDocument, { id: ids.rate!, first });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
  });

  it('of a long list of long lists cost too much', async () => {
    const text =
      '{ articles(first: 100) { edges { node { similarArticles(first: 20) { id title comment category content } } } } }';
    expect((await app.query(text)).errors[0]!.extensions.code).toBe('QUERY_TOO_COMPLEX');
  });
});

describe('the popular articles', () => {
  let app: TestApp;
  let publisherId: string;
  let now: Date;

  beforeAll(async () => {
    app = await startTestApp({ clock: { now: () => now } });
    ({ id: publisherId } = await createPublisher(app.context.database.prisma));
  });
  beforeEach(() => app.context.database.prisma.article.deleteMany());
  afterAll(() => app.close());

  const article = async (data = {}) =>
    (await createArticle(app.context.database.prisma, { publisherId, ...data })).id;
  const popular = async (first?: number) => {
    const { data, errors } = await app.send(PopularArticlesDocument, first === undefined ? {} : { first });
    expect(errors).toEqual([]);
    return data!.popularArticles.map(({ id }) => id);
  };
  async function view(articleId: string, times: number, at: string): Promise<void> {
    now = new Date(at);
    for (let n = 0; n < times; n++) await app.send(RecordArticleViewDocument, { articleId });
  }

  it.each([
    ['in the middle of a year', '2026-11-22T23:59:59.999+09:00', '2026-11-23T00:00:00.000+09:00', '2026-11-29T23:59:59.999+09:00'],
    ['across the turn of a year', '2026-12-27T23:59:59.999+09:00', '2026-12-28T00:00:00.000+09:00', '2027-01-03T23:59:59.999+09:00'],
  ])('are those of a week that begins on Monday 00:00 in Seoul, %s', async (_when, sunday, monday, nextSunday) => {
    const [old, fresh] = [await article(), await article()];
    await view(old, 3, sunday);
    expect(await popular()).toEqual([old, fresh]);
    await view(fresh, 1, monday);
    expect(await popular()).toEqual([fresh, old]);
    await view(old, 2, nextSunday);
    expect(await popular()).toEqual([old, fresh]);
    // A moment later the next week begins, and nobody has read anything in it: the newest.
    now = new Date(new Date(nextSunday).getTime() + 1);
    expect(await popular()).toEqual([fresh, old]);
  }); // prettier-ignore

  it('with as many views are ordered by the newest, and behind them come those nobody viewed', async () => {
    const at = '2026-11-25T12:00:00+09:00';
    const [a, b, c, unseen, newest] = [
      await article(), await article(), await article(), await article(), await article(),
    ]; // prettier-ignore
    await view(a, 1, at);
    await view(c, 1, at);
    await view(b, 2, at);
    expect(await popular()).toEqual([b, c, a, newest, unseen]);
    expect(await popular(2)).toEqual([b, c]);
  });

  it('are published ones', async () => {
    const [hidden, other] = [await article(), await article()];
    await view(hidden, 5, '2026-11-25T12:00:00+09:00');
    const data = { status: 'HIDDEN' as const };
    await app.context.database.prisma.article.update({ where: { id: hidden }, data });
    expect(await popular()).toEqual([other]);
  });

  it('are ten by default, one statement, and may be kept by a shared cache', async () => {
    for (let n = 0; n < 12; n++) await article();
    app.statements.length = 0;
    expect(await popular()).toHaveLength(10);
    expect(app.statements).toHaveLength(1);
    const { headers } = await app.send(
      PopularArticlesDocument,
      {},
      { headers: { 'viewer-id': app.context.viewerIds.issue() } },
    );
    expect(headers.get('cache-control')).toBe('public, max-age=10');
  });

  it.each([0, 101, -1])('cannot be %d', async (first) => {
    const { status, errors } = await app.send(PopularArticlesDocument, { first });
    expect(status).toBe(400);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
  });
});
