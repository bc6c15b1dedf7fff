import { startTestApp, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';

describe('the anonymous readers of one address', () => {
  let app: TestApp;
  let publisherId: string;
  let visitors = 0;

  beforeAll(async () => {
    app = await startTestApp({
      environment: { RATE_LIMIT_PER_ADDRESS: '100000', TRUSTED_PROXIES: '127.0.0.1' },
    });
    publisherId = (await createPublisher(app.context.database.prisma)).id;
  });
  afterAll(() => app.close());

  /** Headers of a request from an address that nobody used before, through our proxy. */
  const somewhere = () => ({ 'x-forwarded-for': `203.0.113.${++visitors}` });
  const newArticle = async () => (await createArticle(app.context.database.prisma, { publisherId })).id;
  const view = async (articleId: string, headers: Record<string, string>, token?: string) => {
    const query =
      'mutation ($id: ID!) { recordArticleView(articleId: $id, dwellSeconds: 5) { counted article { viewCount } } }';
    const { data, errors, headers: answered } = await app.query(query, { id: articleId }, { headers, token });
    expect(errors).toEqual([]);
    return {
      ...(data!.recordArticleView as { counted: boolean; article: { viewCount: number } }),
      name: answered.get('viewer-id'),
    };
  };
  const show = (articleIds: string[], headers: Record<string, string>) =>
    app.query(
      'mutation ($ids: [ID!]!) { recordImpressions(articleIds: $ids, surface: HOME) }',
      { ids: articleIds },
      { headers },
    );

  it('are sixty new ones an hour; whoever comes then without a name is one and the same', async () => {
    const busy = somewhere();
    const names = new Set<string | null>();
    const articles = await Promise.all(Array.from({ length: 70 }, newArticle));
    for (const id of articles) names.add((await view(id, busy)).name);
    expect(names.size).toBe(61);
    expect(names.has(null)).toBe(true);
    const readers = await app.context.database.prisma.articleView.groupBy({
      by: ['readerId'],
      where: { articleId: { in: articles } },
    });
    expect(readers).toHaveLength(61);
    expect((await view(articles[0]!, somewhere())).name).not.toBeNull();
  });

  it('raise a viewCount by ten an hour, under whatever names they come, and only those are learnt from', async () => {
    const id = await newArticle();
    const busy = somewhere();
    const answers = [];
    for (let n = 0; n < 30; n++) answers.push(await view(id, busy));
    expect(answers.map(({ counted }) => counted)).toEqual([...Array<boolean>(10).fill(true), ...Array<boolean>(20).fill(false)]);
    expect(answers.at(-1)!.article.viewCount).toBe(10);
    expect(await app.context.database.prisma.articleView.count({ where: { articleId: id } })).toBe(10);
    for (const { name } of answers) await view(id, { ...busy, 'viewer-id': name! });
    expect((await view(id, somewhere())).article.viewCount).toBe(11);
    const { accessToken } = await app.login('reader-1');
    expect(await view(id, busy, accessToken)).toMatchObject({ counted: true, article: { viewCount: 12 } });
  }); // prettier-ignore

  it('tell the dwell time of a view that is kept as often as they like', async () => {
    const [id, other] = [await newArticle(), await newArticle()];
    const busy = somewhere();
    const { name } = await view(id, busy);
    for (let n = 0; n < 20; n++)
      expect((await view(id, { ...busy, 'viewer-id': name! })).counted).toBe(false);
    expect((await view(other, { ...busy, 'viewer-id': name! })).counted).toBe(true);
    expect((await view(id, busy)).counted).toBe(true);
  });

  it('leave 2,000 views and impressions an hour, and are not told so', async () => {
    const busy = somewhere();
    const ids = await Promise.all(Array.from({ length: 100 }, newArticle));
    for (let n = 0; n < 25; n++) {
      const { data, errors } = await show(ids, busy);
      expect({ data, errors }).toEqual({ data: { recordImpressions: true }, errors: [] });
    }
    const { prisma } = app.context.database;
    expect(await prisma.impression.count({ where: { articleId: { in: ids } } })).toBe(2_000);
    expect((await view(ids[0]!, busy)).counted).toBe(false);
    await show(ids, somewhere());
    expect(await prisma.impression.count({ where: { articleId: { in: ids } } })).toBe(2_100);
  });

  it('get NOT_FOUND for what is not there, however many they are', async () => {
    const busy = somewhere();
    for (let n = 0; n < 15; n++) {
      const { errors } = await app.query(
        'mutation { recordArticleView(articleId: "00000000-0000-7000-8000-000000000000") { counted } }',
        {},
        { headers: busy },
      );
      expect(errors[0]!.extensions.code).toBe('NOT_FOUND');
    }
  });
});
