import { randomUUID } from 'node:crypto';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { BulkReader } from '../../../src/adapters/database/bulk-read';
import { MODEL_PREFIX } from '../../../src/domain/recommendation/model/model-file';
import { STRONG_DWELL } from '../../../src/domain/recommendation/model/reading-data';
import { readTrainingData } from '../../../src/domain/recommendation/training-data.sql';
import {
  DeleteAccountDocument,
  ExportMyDataDocument,
  HideRecommendationDocument,
  MoreLikeDocument,
  RecommendationsDocument,
  RecordArticleViewDocument,
} from '../../generated/operations';
import { startTestApp, type Login, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';
import { retold, SAMPLE_TEXTS } from '../../helpers/sample-texts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const HOUR = 3_600_000;
type Word = TypedDocumentNode<object, { articleId: string }>;
const KINDS: [name: string, document: Word][] = [
  ['hideRecommendation', HideRecommendationDocument],
  ['moreLike', MoreLikeDocument],
];

describe('what readers say of recommendations', () => {
  let database: TestDatabase;
  let app: TestApp;
  let second: TestApp;
  let publisherId: string;
  /** Ids in the order of SAMPLE_TEXTS, and of two more tellings of the first. */
  let ids: string[];
  let retellings: string[];
  const prisma = () => app.context.database.prisma;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startTestApp({ databaseUrl: database.url });
    second = await startTestApp({
      databaseUrl: database.url,
      adjust: (config) => (config.session = app.config.session),
    });
    ({ id: publisherId } = await createPublisher(prisma()));
    ids = [];
    for (const text of SAMPLE_TEXTS) ids.push(await publish(text));
    retellings = [await publish(retold(SAMPLE_TEXTS[0]!, 1)), await publish(retold(SAMPLE_TEXTS[0]!, 2))];
    for (const gateway of [app, second]) await gateway.context.services.recommendations.warmUp();
  });
  afterAll(async () => {
    await second?.close();
    await app?.close();
    await database?.drop();
  });

  let published = 0;
  async function publish(text: (typeof SAMPLE_TEXTS)[number]): Promise<string> {
    const at = new Date(Date.now() - ++published * HOUR);
    return (await createArticle(prisma(), { publisherId, ...text, publishedAt: at, releasedAt: at })).id;
  }

  const say = (document: Word, { accessToken }: Login, articleId: string, at = app) =>
    at.send(document, { articleId }, { token: accessToken });
  async function recommended({ accessToken }: Login, first: number, at = app) {
    const { data, errors } = await at.send(RecommendationsDocument, { first }, { token: accessToken });
    expect(errors).toEqual([]);
    return data!.recommendations;
  }
  const idsFor = async (login: Login, first = 100, at = app) =>
    (await recommended(login, first, at)).map(({ article }) => article.id);
  const saidBy = ({ user }: Login) =>
    prisma().readerFeedback.findMany({ where: { userId: user.id }, select: { articleId: true, kind: true } });

  it('takes an article and its like out of the very next list, on every gateway, for this reader alone', async () => {
    const [reader, other] = [await app.login('reader-1'), await app.login('reader-2')];
    const story = [ids[0]!, ...retellings];
    expect((await say(HideRecommendationDocument, reader, ids[0]!)).data).toEqual({
      hideRecommendation: true,
    });
    for (const gateway of [second, app]) {
      const list = await idsFor(reader, 100, gateway);
      expect(list).toHaveLength(100);
      expect(list.filter((id) => story.includes(id))).toEqual([]);
    }
    expect(await idsFor(other)).toContain(ids[0]);
  });

  it('brings more of a kind at once, says why, and names the article by its title', async () => {
    const reader = await app.login('reader-2');
    const place = SAMPLE_TEXTS.findLastIndex(({ category }) => category === 'SPORTS_AND_LEISURE');
    const sports = async () =>
      (await recommended(reader, 10, second)).filter(
        ({ article }) => article.category === 'SPORTS_AND_LEISURE',
      ).length;
    const before = await sports();
    expect((await say(MoreLikeDocument, reader, ids[place]!)).data).toEqual({ moreLike: true });
    expect(await sports()).toBeGreaterThan(before);
    const list = await recommended(reader, 100, second);
    expect(list.find(({ article }) => article.id === ids[place])?.reason).toBe(
      '더 보고 싶다고 하신 기사예요',
    );
    const title = SAMPLE_TEXTS[place]!.title.slice(0, 10);
    expect(list.some(({ reason }) => reason.startsWith(`더 보고 싶다고 하신 ‘${title}`))).toBe(true);
  });

  it('may be said of what was read, which does not come back', async () => {
    const reader = await app.login('reader-3');
    const articleId = ids[7]!;
    await app.send(RecordArticleViewDocument, { articleId }, { token: reader.accessToken });
    expect((await say(MoreLikeDocument, reader, articleId)).data).toEqual({ moreLike: true });
    expect(await idsFor(reader)).not.toContain(articleId);
    expect((await say(HideRecommendationDocument, reader, articleId)).data).toEqual({
      hideRecommendation: true,
    });
  });

  it('counts as it was said last, and a repeat changes nothing', async () => {
    const reader = await app.login('reader-4');
    const [articleId] = ids;
    const has = async () => (await idsFor(reader)).includes(articleId!);
    for (const [document, there] of [
      [HideRecommendationDocument, false],
      [HideRecommendationDocument, false],
      [MoreLikeDocument, true],
      [MoreLikeDocument, true],
      [HideRecommendationDocument, false],
    ] as const) {
      expect((await say(document, reader, articleId!, second)).errors).toEqual([]);
      expect(await has()).toBe(there);
      expect(await saidBy(reader)).toHaveLength(1);
    }
    const both = Array.from({ length: 10 }, (_, n) =>
      say(KINDS[n % 2]![1], reader, articleId!, n % 3 ? app : second),
    );
    for (const { errors } of await Promise.all(both)) expect(errors).toEqual([]);
    expect(await has()).toBe((await saidBy(reader))[0]!.kind === 'MORE');
  });

  it('costs one statement to write, and none more to read than the one that reads the history', async () => {
    const reader = await app.login('reader-1');
    await idsFor(reader);
    app.statements.length = 0;
    await say(HideRecommendationDocument, reader, ids[20]!);
    await idsFor(reader);
    const about = app.statements.filter((sql) => sql.includes('"ReaderFeedback"'));
    expect(about).toEqual([
      expect.stringContaining('INSERT INTO'),
      expect.stringContaining('"readerPoints"'),
    ]);
  });

  it.each(KINDS)('%s is refused without a sign-in, for what nobody can read, and for what is no id', async (name, document) => {
    const reader = await app.login('reader-5');
    const { id: hidden } = await createArticle(prisma(), { publisherId, status: 'HIDDEN' });
    const { id: inReview } = await createArticle(prisma(), { publisherId, status: 'IN_REVIEW', releasedAt: null });
    const codeOf = async (articleId: string, token?: string) => {
      const { data, errors } = await app.send(document, { articleId }, { token });
      expect(data).toBeNull();
      return errors[0]!.extensions;
    };
    expect(await codeOf(ids[0]!)).toMatchObject({ code: 'UNAUTHENTICATED' });
    for (const id of [randomUUID(), hidden, inReview])
      expect(await codeOf(id, reader.accessToken)).toMatchObject({ code: 'NOT_FOUND' });
    for (const id of ['', 'x', `${ids[0]}x`, '../..'])
      expect(await codeOf(id, reader.accessToken)).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'articleId' });
    expect(await saidBy(reader)).toEqual([]);
    const upper = await app.query(`mutation { ${name}(articleId: "${ids[0]!.toUpperCase()}") }`, {}, { token: reader.accessToken });
    expect(upper.data).toEqual({ [name]: true });
    await prisma().readerFeedback.deleteMany({ where: { userId: reader.user.id } });
  }); // prettier-ignore

  it('is learnt from: what is wanted as a long stay, what is hidden as shown and not opened', async () => {
    const reader = await app.login('reader-5');
    const [wanted, hidden] = [ids[30]!, ids[31]!];
    await app.send(RecordArticleViewDocument, { articleId: hidden }, { token: reader.accessToken });
    const read = async () => {
      const bulk = await BulkReader.open(database.url);
      const data = await readTrainingData(bulk, new Date(), () => {}).finally(() => bulk.close());
      const rowsOf = (id: string, { item }: { item: Uint32Array }) =>
        [...item.keys()].filter((row) => data.items[item[row]!]!.id === id);
      return {
        dwells: rowsOf(wanted, data.log).map((row) => data.log.dwell[row]),
        opened: rowsOf(hidden, data.log).length,
        shown: rowsOf(hidden, data.impressions!).length,
      };
    };
    expect(await read()).toEqual({ dwells: [], opened: 1, shown: 0 });
    await say(MoreLikeDocument, reader, wanted);
    await say(HideRecommendationDocument, reader, hidden);
    expect(await read()).toEqual({ dwells: [STRONG_DWELL], opened: 0, shown: 1 });
  });

  it('makes the model one that the clock learns again', async () => {
    const schedule = () => prisma().$transaction((tx) => app.workerContext.trainingJobs.schedule(tx));
    await prisma().recommendationModel.create({ data: { data: Uint8Array.from(MODEL_PREFIX), statistics: {} } });
    expect(await schedule()).toBeUndefined();
    await say(MoreLikeDocument, await app.login('reader-5'), ids[32]!);
    expect(await schedule()).toMatchObject({ kind: 'RECOMMENDATIONS' });
  }); // prettier-ignore

  it('is in the export of the reader, and gone with the account', async () => {
    const reader = await app.login('reader-4');
    await say(HideRecommendationDocument, reader, ids[3]!);
    await say(MoreLikeDocument, reader, ids[4]!);
    const { data } = await app.send(ExportMyDataDocument, {}, { token: reader.accessToken });
    const { feedback } = data!.exportMyData as { feedback: Record<string, string>[] };
    expect(feedback.slice(0, 2)).toEqual([
      { articleId: ids[4], kind: 'MORE', saidAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string },
      { articleId: ids[3], kind: 'HIDE', saidAt: expect.any(String) as string },
    ]);
    await app.send(DeleteAccountDocument, {}, { token: reader.accessToken });
    expect(await saidBy(reader)).toEqual([]);
  });
});
