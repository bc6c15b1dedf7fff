import { getNamedType, isLeafType } from 'graphql';
import type { Services } from '../../../src/context/gateway';
import { buildUnshieldedSchema } from '../../../src/schema/build-schema';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher, createUser } from '../../helpers/records';

/** What an article, an entry or a user is made to be; what makes, ends or only counts something is not. */
const MAKES_IT_SO = /^(?:update|set|publish|hide|moreLike|pause|takeDown|import|answer)/;
const MUTATIONS = buildUnshieldedSchema({} as Services)
  .getMutationType()!
  .getFields();
const NAMES = Object.keys(MUTATIONS).filter((name) => MAKES_IT_SO.test(name));

describe('what changes nothing', () => {
  let app: TestApp;
  let token: string;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    const { prisma } = app.context.database;
    ids.PUBLISHER = (await createPublisher(prisma)).id;
    const article = { publisherId: ids.PUBLISHER, status: 'IN_REVIEW' } as const;
    ids.ARTICLE = (await createArticle(prisma, article)).id;
    ids.OTHER = (await createArticle(prisma, article)).id;
    ids.SHOWN = (await createArticle(prisma, { ...article, status: 'PUBLISHED' })).id;
    ids.INSIGHT = (
      await prisma.insight.create({
        data: {
          datasetId: 'sample-base-rate',
          title: '기준금리',
          content: '글',
          chart: {},
          model: 'extractive',
          picture: { create: { hash: '0'.repeat(64), svg: '<svg/>', png: Buffer.from('png') } },
        },
      })
    ).id;
    ids.USER = (await createUser(prisma)).id;
    ids.TERM = (
      await prisma.economicTerm.create({ data: { term: '물가', termKey: '물가', description: '뜻' } })
    ).id;
    ids.FAQ = (
      await prisma.faq.create({ data: { question: '무엇?', questionKey: '무엇', answer: '답' } })
    ).id;
  });
  afterAll(() => app.close());

  const kept = async () => {
    const { prisma } = app.context.database;
    return {
      audit: await prisma.auditEntry.count(),
      revisions: await prisma.articleRevision.count(),
      updatedAt: [
        await prisma.article.findMany({ select: { updatedAt: true }, orderBy: { id: 'asc' } }),
        await prisma.publisher.findMany({ select: { updatedAt: true } }),
        await prisma.economicTerm.findMany({ select: { updatedAt: true }, orderBy: { id: 'asc' } }),
        await prisma.faq.findMany({ select: { updatedAt: true } }),
      ],
    };
  };

  const CALLS: [name: string, call: string][] = [
    ['updateArticle', 'id: "ARTICLE", input: { title: " 새 제목", content: "새 글", comment: null, category: OPINION_AND_ANALYSIS, phrases: [{ expression: "가", easy: "나" }] }'],
    ['updateArticle', 'id: "ARTICLE", input: { title: "같은 때에 본 제목" }, expectedUpdatedAt: "SEEN"'],
    ['publishArticle', 'id: "ARTICLE"'],
    ['hideArticle', 'id: "ARTICLE"'],
    ['takeDownArticle', 'id: "OTHER", reason: "요청"'],
    ['publishInsight', 'id: "INSIGHT"'],
    ['hideInsight', 'id: "INSIGHT"'],
    ['updateFaq', 'id: "FAQ", input: { question: "무엇일까?", answer: "대답" }'],
    ['updatePublisher', 'id: "PUBLISHER", input: { name: "새 이름", feedUrl: "https://news.example.com/rss", enabled: false }'],
    ['updateEconomicTerm', 'id: "TERM", input: { term: "물가 지수", description: "새 뜻", example: "보기", aliases: ["CPI"] }'],
    ['importEconomicTerms', 'terms: [{ term: "환율", description: "뜻", aliases: ["FX"] }]'],
    ['setUserRole', 'id: "USER", role: ADMIN'],
    ['hideRecommendation', 'articleId: "SHOWN"'],
    ['moreLike', 'articleId: "SHOWN"'],
    ['pauseQueue', 'name: "articles", paused: true'],
    ['answerReaderQuestions', 'answers: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]'],
  ]; // prettier-ignore

  it('is asked of every mutation that makes something so', () => {
    expect([...new Set(CALLS.map(([name]) => name))].sort()).toEqual([...NAMES].sort());
  });

  it.each(CALLS)(
    'is no fault, no revision and no audit entry, however often it is sent: %s(%s)',
    async (name, call) => {
      const { prisma } = app.context.database;
      const seen = await prisma.article.findUniqueOrThrow({ where: { id: ids.ARTICLE! } });
      const filled = call
        .replace('SEEN', seen.updatedAt.toISOString())
        .replace(/"([A-Z]{3,})"/, (_, key: string) => `"${ids[key]}"`);
      const ask = async () => {
        const fields = isLeafType(getNamedType(MUTATIONS[name]!.type)) ? '' : '{ __typename }';
        const { errors } = await app.query(`mutation { ${name}(${filled}) ${fields} }`, {}, { token });
        expect(errors).toEqual([]);
      };
      await ask();
      const before = await kept();
      await ask();
      await ask();
      expect(await kept()).toEqual(before);
    },
  );

  it('is told apart from what does, which names only what it changed', async () => {
    const update = (input: string) =>
      app.query(
        `mutation { updateArticle(id: "${ids.ARTICLE}", input: { ${input} }) { title } }`,
        {},
        { token },
      );
    await update('title: "가", content: "나"');
    await update('title: "가", content: "다"');
    const { prisma } = app.context.database;
    const [newest] = await prisma.auditEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(newest).toMatchObject({ action: 'article.update', details: { fields: ['content'] } });
  });
});
