import { AnswerDocument, AskQuestionDocument } from '../generated/operations';
import type { TestApp } from '../helpers/app';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { liveClient } from '../helpers/live-client';
import { createArticle, createPublisher } from '../helpers/records';
import { createTermOfAnswers, ScriptedAnswerer, term, written } from '../helpers/scripted-answerer';

const UPDATED = 'subscription ($id: ID!) { answerUpdated(id: $id) { id text status sources { snippet } } }';
const CANARY = '카나리아-1f9e';

describe('answers', () => {
  const answerer = new ScriptedAnswerer();
  let world: GenerationApp;
  let app: TestApp;
  let token: string;
  let other: string;

  beforeAll(async () => {
    world = await startGenerationApp({
      engine: 'PostgreSQL',
      answerer,
      environment: { RATE_LIMIT_QUESTIONS_PER_DAY: '30' },
    });
    app = world.app;
    await createTermOfAnswers(db());
    token = (await app.login('reader-1')).accessToken;
    other = (await app.login('reader-2')).accessToken;
  });
  afterAll(() => world.close());

  const db = () => app.context.database.prisma;
  async function answered(question: string, by = token): Promise<string> {
    const { data } = await app.send(AskQuestionDocument, { question }, { token: by });
    const { id } = data!.askQuestion;
    await world.ended((await db().answer.findUniqueOrThrow({ where: { id } })).jobId!);
    return id;
  }

  it("another reader's answer by id is null, and cannot be watched", async () => {
    const id = await answered(`${CANARY} 제 비밀 질문`);
    for (const by of [other, token])
      expect((await app.send(AnswerDocument, { id }, { token: by })).data!.answer?.id ?? null).toBe(
        by === token ? id : null,
      );
    const client = liveClient(app.url, { token: other });
    expect(await client.watch(UPDATED, { id }).codes()).toEqual(['NOT_FOUND']);
    await client.dispose();
    const aliased = await app.query(
      `{ a: answer(id: "${id}") { question } ...F } fragment F on Query { b: answer(id: "${id}") { text } }`,
      {},
      { token: other },
    );
    expect(aliased.data).toEqual({ a: null, b: null });
    const anonymous = liveClient(app.url);
    expect(await anonymous.watch(UPDATED, { id }).codes()).toEqual(['UNAUTHENTICATED']);
    await anonymous.dispose();
  });

  it('1,000 questions: the limit of the day holds', async () => {
    const { accessToken } = await app.login('reader-4');
    const many = Array.from(
      { length: 10 },
      (_, n) => `q${n}: askQuestion(question: "질문 ${n}") { id }`,
    ).join(' ');
    const codes: string[] = [];
    for (let sent = 0; sent < 1_000; sent += 10) {
      const { errors } = await app.query(`mutation { ${many} }`, {}, { token: accessToken });
      codes.push(...errors.map(({ extensions }) => extensions.code));
    }
    expect(new Set(codes)).toEqual(new Set(['RATE_LIMITED']));
    const { id: userId } = (await app.query('{ me { id } }', {}, { token: accessToken })).data!.me as {
      id: string;
    };
    expect(await db().answer.count({ where: { userId } })).toBe(30);
    // The first refusal ends a request.
    expect(codes).toHaveLength(97);
  });

  it('the words of a question are in no log, job, audit entry or metric', async () => {
    await answered(`${CANARY} 계좌 번호`);
    const rows = await Promise.all([db().generationJob.findMany(), db().auditEntry.findMany()]);
    expect(JSON.stringify(rows)).not.toContain(CANARY);
    expect(app.logs.join('')).not.toContain(CANARY);
    expect(await app.context.metrics.registry.metrics()).not.toContain(CANARY);
  });

  it('the text of an article lives on in no answer once it was taken down, nor its page in a document', async () => {
    const { id: publisherId } = await createPublisher(db());
    const sourceUrl = 'https://news.example/taken-down';
    const { id: articleId } = await createArticle(db(), { publisherId, sourceUrl });
    const quoting = [
      term({ kind: 'article', id: articleId, text: `${CANARY} 기사` }),
      term({ kind: 'document', link: `${sourceUrl}/`, text: `${CANARY} 문서` }),
    ];
    const ids: string[] = [];
    for (const source of quoting) {
      answerer.next(async () => written({ text: `${CANARY} 그대로`, sources: [term(), source] }));
      ids.push(await answered('기사에서 뭐래요?'));
    }
    const untouched = await answered('다른 질문');
    const sources = async (id: string) =>
      (await app.send(AnswerDocument, { id }, { token })).data!.answer!.sources.length;

    const textOf = async (id: string) =>
      (await app.send(AnswerDocument, { id }, { token })).data!.answer!.text;
    // While it is hidden nobody reads a part of it.
    await app.query(`mutation { hideArticle(id: "${articleId}") { id } }`, {}, { token: world.token });
    expect(await Promise.all(ids.map(sources))).toEqual([0, 0]);
    expect((await Promise.all(ids.map(textOf))).join()).not.toContain(CANARY);
    await app.query(`mutation { publishArticle(id: "${articleId}") { id } }`, {}, { token: world.token });
    expect(await Promise.all(ids.map(sources))).toEqual([2, 2]);

    await app.query(
      `mutation { takeDownArticle(id: "${articleId}", reason: "요청") { id } }`,
      {},
      { token: world.token },
    );
    for (const id of ids) {
      const { answer } = (await app.send(AnswerDocument, { id }, { token })).data!;
      expect(answer).toMatchObject({ status: 'SUCCEEDED', sources: [] });
      expect(answer!.text).toContain('기사가 내려가서');
    }
    expect(await sources(untouched)).toBe(1);
    const { rows } = await app.context.database.pool.query('SELECT text, sources FROM "Answer"');
    expect(JSON.stringify(rows)).not.toContain(CANARY);
  });

  it('an article that is taken down while its answer is written is not quoted', async () => {
    const { id: publisherId } = await createPublisher(db());
    const { id: articleId } = await createArticle(db(), { publisherId });
    answerer.next(async () => {
      await db().article.update({ where: { id: articleId }, data: { status: 'TAKEN_DOWN' } });
      return written({ text: '내려간 글', sources: [term({ kind: 'article', id: articleId })] });
    });
    const id = await answered('지금 뭐래요?');
    const { text, sources } = await db().answer.findUniqueOrThrow({ where: { id } });
    expect(text).toBe(written().text);
    expect(JSON.stringify(sources)).not.toContain(articleId);
  });
});
