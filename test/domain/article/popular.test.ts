import { PopularArticlesDocument, RecordArticleViewDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

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
    const { headers } = await app.send(PopularArticlesDocument, {});
    expect(headers.get('cache-control')).toBe('public, max-age=10');
  });

  it.each([0, 101, -1])('cannot be %d', async (first) => {
    const { status, errors } = await app.send(PopularArticlesDocument, { first });
    expect(status).toBe(400);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
  });
});
