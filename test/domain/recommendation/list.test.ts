import type { ArticleCategory } from '../../../src/generated/prisma/client';
import {
  AnswersAndRecommendationsDocument,
  HideArticleDocument,
  HideRecommendationDocument,
  RecommendationsDocument,
  RecordArticleViewDocument,
  RefreshRecommendationsDocument,
} from '../../generated/operations';
import { MODEL_FORMAT, MODEL_PREFIX } from '../../../src/domain/recommendation/model/model-file';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';
import { selectIsOutOfDate } from '../../../src/domain/recommendation/recommendation.sql';
import { startTestApp, type Login, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher, createUser } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';

const WORDS: Partial<Record<ArticleCategory, string>> = {
  ECONOMY_AND_BUSINESS: '기준금리 물가 환율 수출 무역수지 한국은행',
  TECHNOLOGY_AND_CULTURE: '반도체 인공지능 배터리 로봇 데이터센터 소프트웨어',
  SPORTS_AND_LEISURE: '프로야구 관중 여행 축제 캠핑 입장권',
};
const CATEGORIES = Object.keys(WORDS) as ArticleCategory[];
const ARTICLES = 20;
const READERS = 40;
const HOUR = 3_600_000;
/** Ten points for the technology expert from each of questions 6 and 7, none from the others. */
const TECH_ANSWERS = [2, 2, 2, 2, 2, 2, 0, 0, 2, 2];

/** What no other article tells. */
function ownWords(seed: number): string {
  const random = seededRandom(seed);
  const syllable = () => String.fromCodePoint(0xac00 + Math.floor(random() * 11_172));
  return Array.from({ length: 30 }, () => syllable() + syllable() + syllable()).join(' ');
}

describe('recommendations', () => {
  let app: TestApp;
  let admin: Login;
  let publisherId: string;
  const articles = {} as Record<ArticleCategory, string[]>;
  const prisma = () => app.context.database.prisma;

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
    admin = await app.login('admin');
    ({ id: publisherId } = await createPublisher(prisma()));
    const now = Date.now();
    for (const category of CATEGORIES) {
      articles[category] = [];
      for (let n = 0; n < ARTICLES; n += 1)
        articles[category].push(await publish(category, now - (n + 2) * HOUR));
    }
  });
  afterAll(() => app.close());

  async function publish(category: ArticleCategory, at = Date.now()): Promise<string> {
    const words = WORDS[category]!.split(' ');
    const title = `${words[at % words.length]} 소식`;
    const when = new Date(at);
    const text = { title, content: `${WORDS[category]} 이야기예요. `.repeat(2) + ownWords(at), category };
    return (await createArticle(prisma(), { publisherId, ...text, publishedAt: when, releasedAt: when })).id;
  }

  /** Readers who each read half of one category's articles. */
  async function letReadersRead(): Promise<void> {
    for (let n = 0; n < READERS; n += 1) {
      const { id: userId } = await createUser(prisma());
      const mine = articles[CATEGORIES[n % CATEGORIES.length]!].filter((_, index) => (index * 7 + n) % 3 < 2);
      await prisma().articleView.createMany({
        data: mine.map((articleId, index) => {
          const at = new Date(Date.now() - (mine.length - index) * 60_000);
          return {
            readerId: userId,
            userId,
            articleId,
            dwellSeconds: 60,
            firstViewedAt: at,
            lastViewedAt: at,
            countedAt: at,
          };
        }),
      });
    }
  }

  async function recommended(login: Login, first = 10) {
    const { data, errors } = await app.send(RecommendationsDocument, { first }, { token: login.accessToken });
    expect(errors).toEqual([]);
    return data!.recommendations;
  }
  const categoriesOf = (list: Awaited<ReturnType<typeof recommended>>) =>
    list.map(({ article }) => article.category);
  const share = (list: Awaited<ReturnType<typeof recommended>>, category: ArticleCategory) =>
    categoriesOf(list).filter((one) => one === category).length / list.length;
  const mostFrequent = (list: { article: { category: ArticleCategory } }[]) => {
    const count = (one: ArticleCategory) => list.filter(({ article }) => article.category === one).length;
    return [...CATEGORIES].sort((a, b) => count(b) - count(a))[0];
  };
  const read = (login: Login, articleId: string) =>
    app.send(RecordArticleViewDocument, { articleId, dwellSeconds: 120 }, { token: login.accessToken });

  /** As a gateway does whose clock is a minute behind. */
  async function openElsewhere({ user }: Login, articleId: string): Promise<void> {
    const at = new Date(Date.now() - 60_000);
    const times = { firstViewedAt: at, lastViewedAt: at, countedAt: at };
    await prisma().articleView.create({ data: { readerId: user.id, userId: user.id, articleId, ...times } });
  }

  it('are there before anything was learnt, for everybody, with a probability and a Korean reason', async () => {
    const list = await recommended(await app.login('reader-1'));
    expect(list).toHaveLength(10);
    for (const { score, reason } of list) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
      expect(reason).toMatch(/[가-힣]/);
    }
    expect(new Set(list.map(({ article }) => article.id)).size).toBe(10);
  });

  it('rise with what is read now', async () => {
    const reader = await app.login('reader-1');
    const [hot] = articles.ECONOMY_AND_BUSINESS.slice(-1);
    const before = (await recommended(reader, 60)).findIndex(({ article }) => article.id === hot);
    for (let n = 0; n < 30; n += 1) await app.send(RecordArticleViewDocument, { articleId: hot! });
    await app.context.services.recommendations.warmUp();
    const after = (await recommended(reader, 60)).findIndex(({ article }) => article.id === hot);
    expect(after).toBeLessThan(before);
  });

  it('are learnt by a job, of which one at a time waits or runs', async () => {
    await letReadersRead();
    const refresh = () => app.send(RefreshRecommendationsDocument, {}, { token: admin.accessToken });
    const jobs = await Promise.all([refresh(), refresh(), refresh()]);
    const [id, ...others] = new Set(jobs.map(({ data }) => data!.refreshRecommendations.id));
    expect(others).toEqual([]);
    const ended = await waitUntil('the training has ended', async () => {
      const job = await prisma().generationJob.findUniqueOrThrow({ where: { id: id! } });
      return job.finishedAt && job;
    });
    expect(ended).toMatchObject({
      kind: 'RECOMMENDATIONS',
      status: 'SUCCEEDED',
      progress: 100,
      errorCode: null,
    });
    const { statistics, published } = await prisma().recommendationModel.findFirstOrThrow();
    expect(published).toBe(true);
    expect(statistics).toMatchObject({ articles: CATEGORIES.length * ARTICLES });
    await app.context.services.recommendations.warmUp();
  });

  it('are not learnt again by the clock while nothing has happened', async () => {
    const schedule = () => prisma().$transaction((tx) => app.workerContext.trainingJobs.schedule(tx));
    expect(await schedule()).toBeUndefined();
    expect(app.logs.filter((line) => line.includes('none is needed'))).toHaveLength(1);
  });

  it('are learnt again by the clock when another version of the code wrote the model', async () => {
    const { version, data } = await prisma().recommendationModel.findFirstOrThrow();
    const other = Uint8Array.from(data);
    other[5]! -= 1;
    await prisma().recommendationModel.update({ where: { version }, data: { data: other } });
    const job = await prisma().$transaction((tx) => app.workerContext.trainingJobs.schedule(tx));
    expect(job).toMatchObject({ kind: 'RECOMMENDATIONS', status: 'QUEUED' });
    await prisma().generationJob.delete({ where: { id: job!.id } });
    await prisma().recommendationModel.update({ where: { version }, data: { data } });
  });

  it('reflect one article that was read a moment ago, and do not bring it back', async () => {
    const reader = await app.login('reader-2');
    const [articleId] = articles.SPORTS_AND_LEISURE;
    await read(reader, articleId!);
    const list = await recommended(reader);
    expect(list.map(({ article }) => article.id)).not.toContain(articleId);
    expect(share(list, 'SPORTS_AND_LEISURE')).toBeGreaterThanOrEqual(0.7);
  });

  it('reflect the questionnaire at once, with the answer itself, also for nobody in particular', async () => {
    const reader = await app.login('reader-3');
    for (const token of [reader.accessToken, undefined]) {
      const { data } = await app.send(
        AnswersAndRecommendationsDocument,
        { answers: TECH_ANSWERS },
        { token },
      );
      expect(data!.answerReaderQuestions.profile.type).toBe('TECH_SPECIALIST');
      const list = data!.answerReaderQuestions.recommendations;
      expect(list).toHaveLength(10);
      expect(mostFrequent(list)).toBe('TECHNOLOGY_AND_CULTURE');
    }
    expect(mostFrequent(await recommended(reader))).toBe('TECHNOLOGY_AND_CULTURE');
  });

  it('hold an article that was published after the training, and leave out a hidden one at once', async () => {
    const reader = await app.login('reader-2');
    const fresh = await publish('SPORTS_AND_LEISURE');
    await app.context.services.recommendations.warmUp();
    const ids = async () => (await recommended(reader, 100)).map(({ article }) => article.id);
    expect(await ids()).toContain(fresh);
    await app.send(HideArticleDocument, { id: fresh }, { token: admin.accessToken });
    expect(await ids()).not.toContain(fresh);
    await prisma().article.update({ where: { id: fresh }, data: { status: 'PUBLISHED' } });
    await app.context.services.recommendations.warmUp();
    expect(await ids()).toContain(fresh);
  });

  it('name in a reason only what can be read, by the title it has now', async () => {
    const reader = await app.login('reader-4');
    const [articleId] = articles.TECHNOLOGY_AND_CULTURE;
    await read(reader, articleId!);
    const named = async (title: string) =>
      (await recommended(reader, 50)).filter(({ reason }) => reason.includes(`‘${title}’`)).length;
    const edit = { title: '고친 제목' };
    await prisma().article.update({ where: { id: articleId! }, data: edit });
    expect(await named(edit.title)).toBeGreaterThan(0);
    await app.send(HideArticleDocument, { id: articleId! }, { token: admin.accessToken });
    expect(await named(edit.title)).toBe(0);
    await prisma().article.update({ where: { id: articleId! }, data: { status: 'PUBLISHED' } });
  });

  it('cost one statement, two after an opening here, three after one through another gateway', async () => {
    const reader = await app.login('reader-2');
    const statements = async () => {
      app.statements.length = 0;
      await recommended(reader);
      // The clock, the jobs and the model's look at what is new may come between.
      return app.statements.filter((sql) => /"readerPoints"|a\.id = ANY/.test(sql)).length;
    };
    await recommended(reader);
    expect(await statements()).toBe(1);
    const [here, elsewhere] = articles.ECONOMY_AND_BUSINESS;
    await read(reader, here!);
    expect(await statements()).toBe(2);
    expect(await statements()).toBe(1);
    await openElsewhere(reader, elsewhere!);
    expect(await statements()).toBe(3);
    expect(await statements()).toBe(1);
  });

  it('heed an opening that another gateway keeps under a time that is not the newest', async () => {
    const reader = await app.login('reader-5');
    const ids = async () => (await recommended(reader)).map(({ article }) => article.id);
    const [here] = await ids();
    await read(reader, here!);
    const [elsewhere] = await ids();
    await openElsewhere(reader, elsewhere!);
    expect(await ids()).not.toContain(elsewhere);
    expect(await ids()).not.toContain(here);
  });

  it('are never another reader’s, whoever asked before', async () => {
    const readers = await Promise.all(['reader-1', 'reader-2', 'reader-5'].map((name) => app.login(name)));
    const idsOf = async (reader: Login) => (await recommended(reader, 60)).map(({ article }) => article.id);
    const lists = await Promise.all(readers.map(idsOf));
    // Of each category one that all of them are offered: each reader hides another.
    const theirs = CATEGORIES.map((category) =>
      articles[category].find((id) => lists.every((list) => list.includes(id)))!,
    );
    for (const [n, { accessToken: token }] of readers.entries())
      await app.send(HideRecommendationDocument, { articleId: theirs[n]! }, { token });
    const asked = Array.from({ length: 30 }, (_, n) => idsOf(readers[n % readers.length]!));
    for (const [n, list] of (await Promise.all(asked)).entries())
      expect(theirs.map((id) => list.includes(id))).toEqual(theirs.map((_, of) => of !== n % readers.length));
  });

  it('are ready before a gateway is', async () => {
    const second = await startTestApp({ databaseUrl: app.config.databaseUrl });
    try {
      expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);
      second.statements.length = 0;
      await second.context.services.recommendations.ready();
      expect(second.statements).toEqual([]);
    } finally {
      await second.close();
    }
  });

  it('do not look at a model that its training has not published', async () => {
    const data = Buffer.from('other');
    await prisma().recommendationModel.create({ data: { data, statistics: {}, published: false } });
    await app.context.services.recommendations.warmUp();
    expect(app.logs.filter((line) => line.includes('cannot be read here'))).toEqual([]);
  });

  it('survive a model that another release wrote', async () => {
    await prisma().recommendationModel.create({ data: { data: Buffer.from('other'), statistics: {} } });
    await app.context.services.recommendations.warmUp();
    await app.context.services.recommendations.warmUp();
    expect(await recommended(await app.login('reader-1'))).toHaveLength(10);
    expect(app.logs.filter((line) => line.includes('cannot be read here'))).toHaveLength(1);
  });

  it('are there beside a model of the former release only, until the clock trains', async () => {
    const data = Uint8Array.from([...MODEL_PREFIX.subarray(0, -1), MODEL_FORMAT - 1]);
    await prisma().recommendationModel.create({ data: { data, statistics: {} } });
    const second = await startTestApp({ databaseUrl: app.config.databaseUrl });
    try {
      const reader = await second.login('reader-1');
      const { data } = await second.send(
        RecommendationsDocument,
        { first: 10 },
        { token: reader.accessToken },
      );
      expect(data!.recommendations).toHaveLength(10);
    } finally {
      await second.close();
    }
    expect(await prisma().$transaction(selectIsOutOfDate)).toBe(true);
  });

  it.each([0, -1, 101])('are refused in a page of %d', async (first) => {
    const reader = await app.login('reader-1');
    const { errors } = await app.send(RecommendationsDocument, { first }, { token: reader.accessToken });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
  });
});
