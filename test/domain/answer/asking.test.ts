import { randomUUID } from 'node:crypto';
import { AnswerDocument, AskQuestionDocument, MyAnswersDocument } from '../../generated/operations';
import { startTestApp, testSigningKey, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { createArticle, createPublisher } from '../../helpers/records';

const LIMIT = 8;

describe('askQuestion', () => {
  const clock = new TestClock();
  const environment = { RATE_LIMIT_QUESTIONS_PER_DAY: String(LIMIT), JWT_PRIVATE_KEYS: testSigningKey() };
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp({ clock, environment });
  });
  beforeEach(async () => {
    token = (await app.login('reader-1')).accessToken;
    await app.context.database.prisma.askedQuestions.deleteMany();
  });
  afterAll(() => app.close());

  const ask = (question: string, more: object = {}, by = token) =>
    app.send(AskQuestionDocument, { question, ...more }, { token: by });
  const db = () => app.context.database.prisma;

  it('gives a row that waits, and a job that names the row alone', async () => {
    const { data, errors } = await ask('  기준금리가\n 뭐예요? ');
    expect(errors).toEqual([]);
    const answer = data!.askQuestion;
    expect(answer).toMatchObject({
      question: '기준금리가 뭐예요?',
      text: '',
      status: 'QUEUED',
      article: null,
      sources: [],
    });
    const row = await db().answer.findUniqueOrThrow({ where: { id: answer.id } });
    const job = await db().generationJob.findUniqueOrThrow({ where: { id: row.jobId! } });
    expect(job).toMatchObject({ kind: 'ANSWER', status: 'QUEUED', requestedById: row.userId });
    expect(job.input).toEqual({ answerId: answer.id });
    const audit = await db().auditEntry.findMany({ where: { targetId: job.id } });
    expect(audit).toMatchObject([{ action: 'question.ask', actorId: row.userId, details: null }]);
    const ofAnswer = await db().auditEntry.findMany({ where: { targetType: 'Answer', targetId: answer.id } });
    expect(ofAnswer).toMatchObject([{ action: 'question.ask', details: { jobId: job.id } }]);
  });

  it('is about a published article and no other', async () => {
    const { id: publisherId } = await createPublisher(db());
    const { id: articleId } = await createArticle(db(), { publisherId });
    const asked = (await ask('왜 그대로예요?', { articleId })).data!.askQuestion;
    expect(asked.article).toMatchObject({ id: articleId });
    await db().article.update({ where: { id: articleId }, data: { status: 'HIDDEN' } });
    const found = await app.send(AnswerDocument, { id: asked.id }, { token });
    expect(found.data!.answer).toMatchObject({ article: null });
    const answers = await db().answer.count();
    for (const [id, code] of [
      [articleId, 'NOT_FOUND'],
      [randomUUID(), 'NOT_FOUND'],
      ['x', 'BAD_USER_INPUT'],
    ]) {
      const { errors } = await ask('왜 그대로예요?', { articleId: id });
      expect(errors[0]!.extensions).toMatchObject({ code, argument: 'articleId' });
    }
    expect(await db().answer.count()).toBe(answers);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\u200b '],
    ['one character', '금'],
    ['501 characters', '가'.repeat(501)],
  ])('refuses %s for a question', async (_what, question) => {
    const { errors } = await ask(question);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'question' });
  });

  it('gives the same answer for the same key, however often and at once, and counts it once', async () => {
    const key = { idempotencyKey: 'once' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('환율이 뭐예요?', key)));
    const ids = new Set(answers.map(({ data }) => data!.askQuestion.id));
    expect(ids.size).toBe(1);
    expect(await db().askedQuestions.findMany()).toMatchObject([{ count: 1 }]);
    const other = await ask('물가가 뭐예요?', key);
    expect(other.errors[0]!.extensions).toMatchObject({ code: 'CONFLICT', argument: 'idempotencyKey' });
    const others = (await app.login('reader-2')).accessToken;
    expect((await ask('환율이 뭐예요?', key, others)).data!.askQuestion.id).not.toBe([...ids][0]);
  });

  it('is limited for a reader until midnight in Seoul, exactly, whatever gateway is asked', async () => {
    const { databaseUrl } = app.config;
    const other = await startTestApp({
      clock, environment, databaseUrl, adjust: (config) => void (config.session.issuer = app.config.session.issuer),
    }); // prettier-ignore
    try {
      const answers = await Promise.all(
        Array.from({ length: LIMIT + 4 }, (_, n) =>
          (n % 2 ? other : app).send(AskQuestionDocument, { question: `질문 ${n}` }, { token }),
        ),
      );
      const refused = answers.filter(({ data }) => data === null);
      expect([
        refused.map(({ errors }) => errors[0]!.extensions.code),
        answers.length - refused.length,
      ]).toEqual([Array(4).fill('RATE_LIMITED'), LIMIT]);
      for (const { errors } of refused) {
        const { retryAfterSeconds } = errors[0]!.extensions as unknown as Record<string, number>;
        const midnight = new Date(clock.now().getTime() + retryAfterSeconds! * 1000 - 1);
        expect(midnight.toLocaleTimeString('en-GB', { timeZone: 'Asia/Seoul' })).toMatch(
          /^(00:00:0|23:59:59)/,
        );
      }
      expect(refused[0]!.errors[0]!.message).toContain(`하루에 ${LIMIT}개`);
    } finally {
      await other.close();
    }
    const { accessToken } = await app.login('reader-2');
    expect((await ask('다른 독자', {}, accessToken)).errors).toEqual([]);
    clock.advance(24 * 3600);
    token = (await app.login('reader-1')).accessToken;
    expect((await ask('다음 날')).errors).toEqual([]);
  });

  it('is limited for an account that was deleted and made anew, too', async () => {
    for (let n = 0; n < LIMIT; n += 1) expect((await ask(`질문 ${n}`)).errors).toEqual([]);
    await app.query('mutation { deleteAccount }', {}, { token });
    token = (await app.login('reader-1')).accessToken;
    expect((await ask('하나 더')).errors[0]!.extensions.code).toBe('RATE_LIMITED');
    expect(JSON.stringify(await db().askedQuestions.findMany())).not.toMatch(/"\d{6,}/);
  });

  it('leaves its answers to its reader: by id, in the list, and to nobody else', async () => {
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.unshift((await ask(`질문 ${n}`)).data!.askQuestion.id);
    const { id } = (await ask('질문 4')).data!.askQuestion;
    ids.unshift(id);
    const first = (await app.send(MyAnswersDocument, { first: 2 }, { token })).data!.me.answers!;
    expect(first.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 2));
    expect(first.totalCount).toBeGreaterThanOrEqual(4);
    const after = first.pageInfo.endCursor;
    const second = (await app.send(MyAnswersDocument, { first: 2, after }, { token })).data!.me.answers!;
    expect(second.edges.map(({ node }) => node.id)).toEqual(ids.slice(2, 4));

    const own = await app.send(AnswerDocument, { id }, { token });
    expect(own.data!.answer).toMatchObject({ id, question: '질문 4' });
    const others = (await app.login('reader-2')).accessToken;
    expect(await app.send(AnswerDocument, { id }, { token: others })).toMatchObject({
      data: { answer: null },
      errors: [],
    });
    const theirs = (await app.send(MyAnswersDocument, {}, { token: others })).data!.me.answers!;
    expect(theirs.edges.map(({ node }) => node.id)).not.toContain(id);
    const admin = (await app.login('admin')).accessToken;
    expect((await app.send(AnswerDocument, { id }, { token: admin })).data!.answer).toMatchObject({ id });
    const users = await app.query(
      '{ users { edges { node { answers { totalCount } } } } }',
      {},
      { token: admin },
    );
    expect(new Set(users.errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['FORBIDDEN']));
    expect((await app.send(AnswerDocument, { id })).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is exported with its answer, and goes with the account', async () => {
    const { id } = (await ask('내보낼 질문')).data!.askQuestion;
    const { jobId } = await db().answer.findUniqueOrThrow({ where: { id } });
    const exported = await app.query('{ exportMyData }', {}, { token });
    const { answers } = exported.data!.exportMyData as { answers: object[] };
    expect(answers[0]).toMatchObject({
      id,
      question: '내보낼 질문',
      text: '',
      sources: [],
      status: 'QUEUED',
    });
    await app.query('mutation { deleteAccount }', {}, { token });
    expect(await db().answer.findUnique({ where: { id } })).toBeNull();
    const job = await db().generationJob.findUniqueOrThrow({ where: { id: jobId! } });
    expect(job).toMatchObject({ status: 'CANCELED', requestedById: null });
  });

  it('is in no log, no audit entry and no job', async () => {
    const canary = '카나리아-질문-7f3a';
    await ask(canary, { idempotencyKey: 'canary' });
    const kept = await Promise.all([
      db().auditEntry.findMany(),
      db().generationJob.findMany(),
      db().idempotencyKey.findMany(),
    ]);
    expect(JSON.stringify(kept)).not.toContain(canary);
    expect(app.logs.join('')).not.toContain(canary);
  });
});
