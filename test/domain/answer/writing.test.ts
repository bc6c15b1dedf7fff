import { randomUUID } from 'node:crypto';
import {
  AnswerDocument,
  AskQuestionDocument,
  ExportMyDataDocument,
  RetryGenerationJobDocument,
} from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { createArticle, createPublisher } from '../../helpers/records';
import { testedEngines } from '../../helpers/redis';
import {
  createTermOfAnswers,
  hanging,
  ScriptedAnswerer,
  term,
  written,
} from '../../helpers/scripted-answerer';
import { waitUntil } from '../../helpers/wait-until';
import { AppError } from '../../../src/errors';

describe.each(testedEngines())('A job of kind ANSWER, with its queue in %s', (engine) => {
  const answerer = new ScriptedAnswerer();
  let world: GenerationApp;
  let token: string;

  beforeAll(async () => {
    world = await startGenerationApp({ engine, answerer });
    token = (await world.app.login('reader-1')).accessToken;
    await createTermOfAnswers(db());
  });
  afterAll(() => world.close());

  const db = () => world.app.context.database.prisma;
  const row = (id: string) => db().answer.findUniqueOrThrow({ where: { id } });

  async function ask(question: string, more: object = {}): Promise<{ id: string; jobId: string }> {
    const { data, errors } = await world.app.send(AskQuestionDocument, { question, ...more }, { token });
    if (!data) throw new Error(JSON.stringify(errors));
    const { id } = data.askQuestion;
    return { id, jobId: (await row(id)).jobId! };
  }
  const shown = async (id: string) => (await world.app.send(AnswerDocument, { id }, { token })).data!.answer!;

  it('writes the answer, what it rests on and who wrote it', async () => {
    const { id: publisherId } = await createPublisher(db());
    const { id: articleId, title } = await createArticle(db(), { publisherId });
    const article = { kind: 'article', id: articleId, title, text: '가나다라 '.repeat(100) } as const;
    const link = 'https://other.example/1';
    const sources = [
      term(),
      term(article),
      term({ kind: 'document', title: '문서', link, id: randomUUID() }),
    ];
    answerer.next(async () => written({ sources, text: '이래요. [1] [2] [3]' }));
    const { id, jobId } = await ask('기준금리가 뭐예요?', { articleId });
    expect(await world.ended(jobId)).toMatchObject({ status: 'SUCCEEDED', attempts: 1, model: 'scripted' });
    expect(answerer.asked.at(-1)).toEqual({ question: '기준금리가 뭐예요?', articleId, jobId });
    expect(await row(id)).toMatchObject({ isUnknown: false, model: 'scripted', promptVersion: '1' });
    const answer = await shown(id);
    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      text: '이래요. [1] [2] [3]',
      article: { id: articleId },
    });
    const own = `${world.app.config.publicUrl}/sources`;
    expect(answer.sources.map((source) => source.link)).toEqual([
      `${own}/terms/${term().id}`,
      `${own}/articles/${articleId}`,
      link,
    ]);
    expect(answer.sources[0]).toMatchObject({ title: '기준금리', snippet: '나라가 정하는 이자율이에요.' });
    expect(answer.sources[1]!.snippet).toHaveLength(299);
    // Clients keep what they read by its id.
    expect(new Set(answer.sources.map((source) => source.id)).size).toBe(3);
  });

  it.each(['HIDDEN', 'TAKEN_DOWN'] as const)(
    'shows nothing more of an article that is %s while it is quoted',
    async (status) => {
      const { id: publisherId } = await createPublisher(db());
      const { id: articleId, title } = await createArticle(db(), { publisherId });
      const article = term({ kind: 'article', id: articleId, title });
      let go = () => {};
      answerer.next(async ({ onText, onPassages }) => {
        onPassages?.([article]);
        await onText('기사에 따르면');
        await new Promise<void>((resolve) => (go = resolve));
        await onText('기사에 따르면 숨겨진 일이에요.');
        await new Promise<void>((resolve) => (go = resolve));
        return written({ sources: [article], text: '기사에 따르면 숨겨진 일이에요. [1]' });
      });
      const { id, jobId } = await ask('기사에 뭐라고 나와요?');
      await waitUntil('it has begun', async () => (await row(id)).text === '기사에 따르면');
      await db().article.update({ where: { id: articleId }, data: { status } });
      go();
      await waitUntil('it is empty', async () => (await row(id)).text === '');
      go();
      // It is written anew, from what readers may see.
      await world.ended(jobId);
      expect((await row(id)).text).not.toContain('숨겨진');
    },
  );

  it('is shown no longer once what it rests on was deleted', async () => {
    const { id: of } = await db().faq.create({
      data: { question: '어디서 물어보나요?', questionKey: '어디서물어보나요', answer: '여기서요.' },
    });
    answerer.next(async () => written({ text: '여기서요. [1]', sources: [term({ kind: 'faq', id: of })] }));
    const { id, jobId } = await ask('어디서 물어봐요?');
    await world.ended(jobId);
    expect(await shown(id)).toMatchObject({ text: '여기서요. [1]', sources: [{}] });
    await db().faq.delete({ where: { id: of } });
    const { text, sources } = await shown(id);
    expect(text).toContain('공개되어 있지 않아');
    expect(sources).toEqual([]);
  });

  it('is neither shown nor exported while an article that it rests on is hidden', async () => {
    const { id: publisherId } = await createPublisher(db());
    const { id: articleId, title } = await createArticle(db(), { publisherId });
    const article = term({ kind: 'article', id: articleId, title, text: '숨긴 대목' });
    answerer.next(async () => written({ text: '기사에 나와요. [1]', sources: [term(), article] }));
    const { id, jobId } = await ask('기사에 뭐가 나와요?');
    await world.ended(jobId);
    const exported = async () => {
      const { data } = await world.app.send(ExportMyDataDocument, {}, { token });
      const { answers } = data!.exportMyData as {
        answers: { id: string; text: string; sources: object[] }[];
      };
      return answers.find((answer) => answer.id === id)!;
    };
    const whole = {
      text: '기사에 나와요. [1]',
      sources: [{ title: '기준금리' }, { title, snippet: '숨긴 대목' }],
    };
    for (const status of ['PUBLISHED', 'HIDDEN', 'PUBLISHED'] as const) {
      await db().article.update({ where: { id: articleId }, data: { status } });
      for (const seen of [await shown(id), await exported()])
        if (status === 'PUBLISHED') expect(seen).toMatchObject(whole);
        else {
          expect(seen).toMatchObject({ text: expect.stringContaining('공개되어 있지 않아'), sources: [] });
          expect(JSON.stringify(seen)).not.toMatch(/기사에 나와요|숨긴 대목/);
        }
    }
  });

  it('lets the text grow, and keeps of what comes too fast the newest', async () => {
    const texts = ['가', '가나', '가나다'];
    const seen: string[] = [];
    let finish = () => {};
    answerer.next(async ({ onText }) => {
      for (const text of texts) void onText(text);
      await new Promise<void>((resolve) => (finish = resolve));
      return written({ text: '가나다라' });
    });
    const { id, jobId } = await ask('천천히 말해 줘');
    await waitUntil('the newest is there', async () => {
      const { text, status } = await row(id);
      if (text !== seen.at(-1)) seen.push(text);
      return status === 'RUNNING' && text === '가나다';
    });
    expect(seen).not.toContain('가나');
    finish();
    await world.ended(jobId);
    expect(await row(id)).toMatchObject({ status: 'SUCCEEDED', text: '가나다라' });
  });

  it('writes at most ten times a second', async () => {
    const { pool } = world.app.context.database;
    const grown = jest.spyOn(pool, 'query');
    answerer.next(async ({ onText }) => {
      for (let n = 0; n < 2_000; n += 1) {
        void onText('가'.repeat(n));
        if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return written();
    });
    const began = performance.now();
    await world.ended((await ask('빨리 말해 줘')).jobId);
    const seconds = (performance.now() - began) / 1000;
    const writes = grown.mock.calls.filter(([query]) => (query as { name?: string }).name === 'answer-grow');
    grown.mockRestore();
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.length).toBeLessThanOrEqual(10 * seconds + 1);
  });

  it('is told apart by a repeated nudge only as what is done', async () => {
    const { id, jobId } = await ask('두 번 말하지 마');
    const ended = await world.ended(jobId);
    const before = await row(id);
    const asked = answerer.asked.length;
    await world.app.context.nudges.tell([{ id: jobId, kind: 'ANSWER', dispatch: 7, requestId: null }]);
    await world.ended((await ask('다음')).jobId);
    expect(answerer.asked).toHaveLength(asked + 1);
    expect(await world.row(jobId)).toEqual(ended);
    expect(await row(id)).toEqual(before);
  });

  it('fails after one attempt for good, shows no half answer, and starts over cleanly when it is retried', async () => {
    answerer.next(async ({ onText }) => {
      await onText('반쯤');
      throw new AppError('MODEL_REFUSED');
    });
    const { id, jobId } = await ask('실패할 질문');
    expect(await world.ended(jobId)).toMatchObject({
      status: 'FAILED',
      errorCode: 'MODEL_REFUSED',
      attempts: 1,
    });
    expect(await row(id)).toMatchObject({ status: 'FAILED', text: '' });
    await world.app.send(RetryGenerationJobDocument, { id: jobId }, { token: world.token });
    expect(await world.ended(jobId)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await row(id)).toMatchObject({ status: 'SUCCEEDED', text: written().text });
  });

  it('is tried again when the fault passes', async () => {
    answerer.next(async () => {
      throw new AppError('MODEL_UNAVAILABLE');
    });
    const { id, jobId } = await ask('두 번째에 될 질문');
    expect(await world.ended(jobId)).toMatchObject({ status: 'SUCCEEDED', attempts: 2, errorCode: null });
    expect((await shown(id)).text).toBe(written().text);
  });

  it('ends the call and leaves no text when it is cancelled', async () => {
    let ended = false;
    answerer.next(async (options) => {
      options.signal.addEventListener('abort', () => (ended = true));
      return hanging('쓰다 만')(options);
    });
    const { id, jobId } = await ask('취소될 질문');
    await waitUntil('it grows', async () => (await row(id)).text === '쓰다 만');
    const { errors } = await world.app.query(
      `mutation { cancelGenerationJob(id: "${jobId}") { id } }`,
      {},
      { token: world.token },
    );
    expect(errors).toEqual([]);
    expect(await row(id)).toMatchObject({ status: 'CANCELED', text: '' });
    await waitUntil('the call has ended', () => ended);
    expect(await row(id)).toMatchObject({ status: 'CANCELED', text: '' });
  });

  it('can write nothing any more once it was given to another worker', async () => {
    let slowly = () => {};
    answerer.next(async ({ onText }) => {
      void onText('옛 일꾼');
      await new Promise<void>((resolve) => (slowly = resolve));
      void onText('늦은 글');
      return written({ text: '늦은 답' });
    }, hanging('새 일꾼'));
    const { id, jobId } = await ask('빼앗길 질문');
    await waitUntil('it grows', async () => (await row(id)).text === '옛 일꾼');
    await db().generationJob.update({ where: { id: jobId }, data: { leaseUntil: new Date(0) } });
    await world.app.workerContext.runner.releaseLost();
    await waitUntil('the other one writes', async () => (await row(id)).text === '새 일꾼');
    slowly();
    await waitUntil('the first has given up', () =>
      world.app.logs.some((line) => line.includes(jobId) && line.includes('taken away')),
    );
    expect(await row(id)).toMatchObject({ status: 'RUNNING', text: '새 일꾼' });
    await world.app.query(
      `mutation { cancelGenerationJob(id: "${jobId}") { id } }`,
      {},
      { token: world.token },
    );
  });

  it('ends quietly when the reader leaves, and nothing is written', async () => {
    const leaving = (await world.app.login('reader-3')).accessToken;
    let finish = () => {};
    answerer.next(async ({ onText }) => {
      void onText('쓰는 중');
      await new Promise<void>((resolve) => (finish = resolve));
      return written();
    });
    const { data } = await world.app.send(AskQuestionDocument, { question: '떠날 독자' }, { token: leaving });
    const { id } = data!.askQuestion;
    await waitUntil('it grows', async () => (await row(id)).text === '쓰는 중');
    const { jobId } = await row(id);
    await world.app.query('mutation { deleteAccount }', {}, { token: leaving });
    expect(await db().answer.findUnique({ where: { id } })).toBeNull();
    finish();
    expect(await world.ended(jobId!)).toMatchObject({ status: 'CANCELED', model: null });
    expect(await db().answer.findUnique({ where: { id } })).toBeNull();
  });

  it('ends quietly when the row is gone', async () => {
    const { id, jobId } = await (async () => {
      answerer.next(async () => {
        throw new AppError('MODEL_REFUSED');
      });
      return ask('지워질 질문');
    })();
    await world.ended(jobId);
    await db().answer.delete({ where: { id } });
    const asked = answerer.asked.length;
    await world.app.send(RetryGenerationJobDocument, { id: jobId }, { token: world.token });
    expect(await world.ended(jobId)).toMatchObject({ status: 'SUCCEEDED', model: null });
    expect(answerer.asked).toHaveLength(asked);
  });

  it('waits behind no article that is being written', async () => {
    const { concurrency } = world.app.config.jobs;
    const calls = world.model.requests.length;
    const urls = Array.from({ length: 2 * concurrency }, (_, n) => world.pages.articleUrl(`busy-${n}`));
    world.model.next(...urls.map(() => 'silence' as const));
    const jobs = await Promise.all(urls.map((url) => world.request(url)));
    await waitUntil('all places are taken', () => world.model.requests.length >= calls + concurrency);
    const { jobId } = await ask('급한 질문');
    expect(await world.ended(jobId)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    for (const { id } of jobs)
      await world.app.query(
        `mutation { cancelGenerationJob(id: "${id}") { id } }`,
        {},
        { token: world.token },
      );
  });
});
