import pg from 'pg';
// @ts-expect-error How pg writes a parameter as text; it has no types.
import { prepareValue } from 'pg/lib/utils';
import { PassageFinder } from '../../../src/domain/answer/finding/passage-finder';
import { buildUnshieldedSchema } from '../../../src/schema/build-schema';
import { startTestApp, type TestApp } from '../../helpers/app';
import { fillLargeDatabase, LARGE, nthId } from '../../helpers/large-database';

const CARD = 'id title comment category publishedAt releasedAt viewCount publisher { id name }';
const AN_ARTICLE = nthId(500);

/**
 * Pages of 8 KiB that the dearest statement of an answer may touch, cached or not. What counts matches, or ten thousand articles that
 * were read this week, reads as many.
 */
type Budgets = Record<string, [query: string, buffers: number]>;

const list = (rest: string) => `{ articles(first: 20${rest}) { edges { node { ${CARD} } } } }`;
const PUBLIC: Budgets = {
  'the newest articles': [list(''), 100],
  'the newest of a category': [list(', filter: { category: SPORTS_AND_LEISURE }'), 100],
  'the newest of a publisher': [list(`, filter: { publisherId: "${nthId(3)}" }`), 100],
  'a page in the middle of them': [list(', filter: { releasedBefore: "2025-01-01T00:00:00Z" }'), 100],
  'how many there are': ['{ articles(first: 1) { totalCount } }', 2_500],
  'a rare word': [list(', filter: { search: "공매도 재개" }'), 2_000],
  'a rare word typed on a keyboard switched to English': [
    list(', filter: { search: "rhdaoeh woro" }'),
    2_000,
  ],
  'the initial consonants of a term': [list(', filter: { search: "ㄱㅁㄷ" }'), 2_000],
  'an amount and another word': [list(', filter: { search: "공매도 100만 원" }'), 2_000],
  'a rare word beside one that no article has': [list(', filter: { search: "공매도 폐업" }'), 2_000],
  'a common word beside one that no article has': [list(', filter: { search: "금리 폐업" }'), 7_000],
  'a typo': [list(', filter: { search: "공메도" }'), 3_500],
  'joined words that stand apart': [list(', filter: { search: "재개공매도소식" }'), 4_000],
  'much that no article has': [
    list(
      ', filter: { search: "뷁쉛뛟 쒟뤯뻻줿 abcdefgh ijklmnop 쾗쿵쿼 뵳햏 휅뷸꿻 쩧뜌뿡 콶훕쏽 켱쀏 뭅왬 귫꿿" }',
    ),
    5_000,
  ],
  'an article with all that belongs to it': [
    `{ article(id: "${AN_ARTICLE}") { ${CARD} content phrases { easy } sourceUrl terms { term } } }`,
    50,
  ],
  'similar articles': [`{ article(id: "${AN_ARTICLE}") { similarArticles(first: 3) { title } } }`, 1_000],
  'related documents': [`{ article(id: "${AN_ARTICLE}") { relatedDocuments { title link snippet } } }`, 60],
  'related documents of a page': [
    '{ articles(first: 20) { edges { node { relatedDocuments { title link snippet } } } } }',
    1_000,
  ],
  'popular articles': [`{ popularArticles(first: 10) { ${CARD} } }`, 10_000],
  'the newest insights': ['{ insights { edges { node { id title content chartSvgUrl } } } }', 120],
  'how many insights there are': ['{ insights(first: 1) { totalCount } }', 1_000],
  'an insight with its chart': [
    `{ insight(id: "${nthId(500)}") { title chart chartPngUrl dataset { name } } }`,
    30,
  ],
  publishers: ['{ publishers { id name } }', 20],
  glossary: ['{ economicTerms(first: 50) { edges { node { term } } } }', 20],
  FAQ: ['{ faqs { question } }', 20],
  'a view': [`mutation { recordArticleView(articleId: "${AN_ARTICLE}", dwellSeconds: 3) { counted } }`, 50],
  impressions: [
    `mutation { recordImpressions(articleIds: ["${AN_ARTICLE}", "${nthId(600)}"], surface: HOME) }`,
    100,
  ],
  recommendations: [
    'mutation { answerReaderQuestions(answers: [0,0,0,0,0,0,0,0,0,0]) { recommendations { score } } }',
    300,
  ],
};
const ADMIN: Budgets = {
  'what is kept about a reader': ['{ exportMyData }', 100],
  me: ['{ me { name recentArticles { title } sessions { id } readerProfile { type } } }', 50],
  'recommendations for a reader': ['{ recommendations(first: 10) { score reason article { title } } }', 100],
  'a word on a recommendation': [`mutation { hideRecommendation(articleId: "${AN_ARTICLE}") }`, 50],
  'an answer': [`{ answer(id: "${nthId(9)}") { text article { title } sources { title } } }`, 50],
  "a reader's answers": [
    '{ me { answers(first: 20) { totalCount edges { node { text article { title } sources { title } } } } } }',
    500,
  ],
  'what waits for review': [list(', filter: { status: IN_REVIEW }'), 100],
  'an article with its history': [
    `{ article(id: "${AN_ARTICLE}") { original { content } revisions { id author { name } } } }`,
    50,
  ],
  'the newest jobs': [
    '{ generationJobs(first: 20) { edges { node { id article { title } requestedBy { name } } } } }',
    50,
  ],
  'the newest failed jobs': ['{ generationJobs(first: 20, status: FAILED) { edges { node { id } } } }', 200],
  'the newest jobs of a kind': [
    '{ generationJobs(first: 20, kind: RECOMMENDATIONS) { edges { node { id } } } }',
    50,
  ],
  'the waiting jobs': ['{ generationJobs(first: 20, status: QUEUED) { edges { node { id } } } }', 50],
  'a job': [`{ generationJob(id: "${nthId(9)}") { id } }`, 20],
  'the queues': ['{ queues { name waiting failed completed oldestWaitingSeconds } }', 400],
  'the data sets': ['{ datasets { id columns fetchedAt } }', 20],
  'a known page': ['mutation { requestArticle(url: "https://paper.example/77") { id } }', 50],
  'the newest users': ['{ users(first: 20) { edges { node { name sessions { id } } } } }', 100],
  'users by name': ['{ users(first: 20, search: "독자 4999") { edges { node { name } } } }', 3_000],
  'the audit log': ['{ auditLog(first: 50) { edges { node { action actor { name } } } } }', 50],
  'the newest newsletters': [
    '{ newsletterIssues(first: 20) { totalCount edges { node { subject html recipients } } } }',
    20,
  ],
  'newsletter subscriptions': ['{ newsletterSubscriptions(first: 50) { edges { node { email } } } }', 20],
  'what models cost': ['{ modelSpending { day costUsd } }', 50],
  'the audit log of an article': [
    `{ auditLog(first: 50, targetType: "Article", targetId: "${AN_ARTICLE}") { edges { node { action } } } }`,
    50,
  ],
};

/** What a worker asks for the passages of a question. */
const QUESTIONS: Record<string, [question: string, articleId: string | null, buffers: number]> = {
  'rare words': ['공매도 재개는 언제예요?', null, 10_000],
  'common words': ['기준금리와 환율은 왜 올랐어요?', null, 10_000],
  'words that no article has': ['뷁쉛뛟이랑 쒟뤯뻻줿은 뭐가 달라요?', null, 10_000],
  'many words': [
    '한국은행이 기준금리를 올리면 주택담보대출 이자와 전세 보증금, 환율과 수출, 물가와 소비는 어떻게 되고 정부는 무슨 대책을 냈나요?',
    null,
    20_000,
  ],
  'an article': ['이 기사 요약해 줘', AN_ARTICLE, 10_000],
};

/** Answered from memory. */
const WITHOUT_STATEMENTS = ['findTerm', 'readerQuestions'];

interface Sent {
  text: string;
  values: unknown[];
}

describe(`With ${LARGE.articles} articles no statement reads much more than what it answers`, () => {
  let app: TestApp;
  let token: string;
  const query = pg.Client.prototype.query;
  let sent: Sent[] = [];

  beforeAll(async () => {
    // Before the first connection: the pool's clients keep the function they meet.
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const first = typeof args[0] === 'string' ? { text: args[0] } : (args[0] as Partial<Sent>);
      const { text = '', values = args[1] } = first;
      sent.push({ text, values: Array.isArray(values) ? values : [] });
      return (query as (...args: unknown[]) => unknown).apply(this, args);
    } as typeof query;
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    await fillLargeDatabase(app.context.database.pool);
  }, 300_000);
  afterAll(async () => {
    pg.Client.prototype.query = query;
    await app.close();
  });

  it('is asked for every query there is', () => {
    const fields = Object.keys(buildUnshieldedSchema(app.context.services).getQueryType()!.getFields());
    const asked = [...Object.values(PUBLIC), ...Object.values(ADMIN)].map(([text]) => text).join('\n');
    const unasked = fields.filter((field) => !new RegExp(`^\\{ ${field}\\b`, 'm').test(asked));
    expect(unasked.sort()).toEqual(WITHOUT_STATEMENTS);
  });

  it.each(Object.entries(PUBLIC))('for everybody: %s', (_name, [text, buffers]) => holds(text, buffers, {}));
  it.each(Object.entries(ADMIN))('for an admin: %s', (_name, [text, buffers]) =>
    holds(text, buffers, { token }),
  );

  it.each(Object.entries(QUESTIONS))(
    'for a question of %s',
    async (_name, [question, articleId, buffers]) => {
      const { database, glossary, clock } = app.context;
      const finder = new PassageFinder({ pool: database.pool, glossary, clock });
      sent = [];
      await finder.find({ question, articleId });
      await fits(buffers);
    },
  );

  async function holds(text: string, buffers: number, options: { token?: string }): Promise<void> {
    sent = [];
    const { errors } = await app.query(text, {}, options);
    expect(errors).toEqual([]);
    await fits(buffers);
  }

  /** What was sent. */
  async function fits(buffers: number): Promise<void> {
    const statements = sent.filter(({ text }) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(text));
    expect(statements.length).toBeGreaterThan(0);
    const used = await Promise.all(statements.map(buffersOf));
    const dearest = Math.max(...used);
    const verdict = dearest <= buffers ? 'fits' : `touches ${dearest} pages, more than ${buffers}`;
    expect({ statement: statements[used.indexOf(dearest)]!.text, verdict }).toMatchObject({
      verdict: 'fits',
    });
  }

  /** Of the plan that PostgreSQL keeps to after some runs, so of its generic plan where it chooses that. */
  async function buffersOf({ text, values }: Sent): Promise<number> {
    const client = new pg.Client({ connectionString: app.config.databaseUrl });
    await client.connect();
    try {
      const literals = values.map((value) => {
        const prepared: unknown = prepareValue(value);
        return prepared === null ? 'NULL' : pg.escapeLiteral(String(prepared));
      });
      const run = `EXECUTE budgeted${literals.length > 0 ? `(${literals.join(', ')})` : ''}`;
      await client.query(`PREPARE budgeted AS ${text}`);
      let buffers = 0;
      for (let time = 0; time < 7; time += 1) {
        await client.query('BEGIN');
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
          `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${run}`,
        );
        await client.query('ROLLBACK');
        const plan = rows[0]!['QUERY PLAN'][0].Plan;
        buffers = plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!;
      }
      return buffers;
    } finally {
      await client.end();
    }
  }
});
