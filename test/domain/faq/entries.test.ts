import {
  AuditLogDocument,
  CreateFaqDocument,
  DeleteFaqDocument,
  FaqsDocument,
  UpdateFaqDocument,
} from '../../generated/operations';
import { seedDatabase } from '../../../src/dev/seed';
import { startTestApp, type TestApp } from '../../helpers/app';

describe('the FAQ', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());
  beforeEach(() => app.context.database.prisma.faq.deleteMany());

  const create = (question: string, answer = '답입니다.') =>
    app.send(CreateFaqDocument, { input: { question, answer } }, { token });
  const created = async (question: string) => (await create(question)).data!.createFaq;
  const list = async () => (await app.send(FaqsDocument, {})).data!.faqs;
  const codes = (answer: { errors: { extensions: { code: string; argument?: string } }[] }) =>
    answer.errors.map(({ extensions: { code, argument } }) => (argument ? `${code} ${argument}` : code));

  it('is read by anybody, oldest first, with one statement, and may be cached', async () => {
    const first = await created('금리가 뭐예요?');
    const second = await created('환율이 뭐예요?');
    app.statements.length = 0;
    const answer = await app.send(
      FaqsDocument,
      {},
      { headers: { 'viewer-id': app.context.viewerIds.issue() } },
    );
    expect(answer.data!.faqs).toEqual([first, second]);
    expect(app.statements).toHaveLength(1);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('is written by admins, and every change is in the audit log', async () => {
    const { id } = await created('  금리가 뭐예요?  ');
    const updated = await app.send(UpdateFaqDocument, { id, input: { answer: '돈의 값입니다.' } }, { token });
    expect(updated.data!.updateFaq).toEqual({ id, question: '금리가 뭐예요?', answer: '돈의 값입니다.' });
    const deleted = await app.send(DeleteFaqDocument, { id }, { token });
    expect(deleted.data!.deleteFaq.id).toBe(id);
    expect(await list()).toEqual([]);
    const log = await app.send(AuditLogDocument, { targetType: 'Faq', targetId: id }, { token });
    expect(log.data!.auditLog.edges.map(({ node }) => node.action)).toEqual([
      'faq.delete',
      'faq.update',
      'faq.create',
    ]);
  });

  it('keeps no record of an edit that changes nothing', async () => {
    const { id, question, answer } = await created('금리가 뭐예요?');
    for (const input of [{}, { question }, { answer: ` ${answer} ` }, { question, answer }]) {
      const same = await app.send(UpdateFaqDocument, { id, input }, { token });
      expect(same.data!.updateFaq).toEqual({ id, question, answer });
    }
    const log = await app.send(AuditLogDocument, { targetType: 'Faq', targetId: id }, { token });
    expect(log.data!.auditLog.edges.map(({ node }) => node.action)).toEqual(['faq.create']);
  });

  it.each(['금리가뭐예요', '금리가 뭐예요 ?!', '  금리가  뭐예요?'])(
    'has no question twice: %s',
    async (question) => {
      await created('금리가 뭐예요?');
      const other = await created('환율이 뭐예요?');
      expect(codes(await create(question))).toEqual(['CONFLICT input.question']);
      const renamed = await app.send(UpdateFaqDocument, { id: other.id, input: { question } }, { token });
      expect(codes(renamed)).toEqual(['CONFLICT input.question']);
      expect((await list()).map((faq) => faq.question)).toEqual(['금리가 뭐예요?', '환율이 뭐예요?']);
    },
  );

  it('takes a question once when it is sent ten times at once, and may keep its own wording', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create('GDP란?')));
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
    const [faq] = await list();
    const same = await app.send(
      UpdateFaqDocument,
      { id: faq!.id, input: { question: 'gdp 란?' } },
      { token },
    );
    expect(same.data!.updateFaq.question).toBe('gdp 란?');
  });

  it.each([
    ['', '답', 'input.question'],
    ['   ', '답', 'input.question'],
    ['\u200b \u202e', '답', 'input.question'],
    ['q'.repeat(301), '답', 'input.question'],
    ['질문', '', 'input.answer'],
    ['질문', 'a'.repeat(5_001), 'input.answer'],
    ['질\u0000문', '답', 'input.question'],
  ])('refuses %j with %j', async (question, answer, argument) => {
    expect(codes(await create(question, answer))).toEqual([`BAD_USER_INPUT ${argument}`]);
    expect(await list()).toEqual([]);
  });

  it('refuses null for what cannot be empty, and unknown ids', async () => {
    const { id } = await created('질문');
    for (const [field, argument] of [
      ['question', 'input.question'],
      ['answer', 'input.answer'],
    ] as const) {
      const answer = await app.send(UpdateFaqDocument, { id, input: { [field]: null } }, { token });
      expect(codes(answer)).toEqual([`BAD_USER_INPUT ${argument}`]);
    }
    const absent = '00000000-0000-7000-8000-000000000000';
    expect(codes(await app.send(UpdateFaqDocument, { id: absent, input: {} }, { token }))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codes(await app.send(DeleteFaqDocument, { id: absent }, { token }))).toEqual(['NOT_FOUND']);
    expect(codes(await app.send(DeleteFaqDocument, { id: 'x' }, { token }))).toEqual(['BAD_USER_INPUT id']);
  });

  it('ends at 1,000 entries, because its list is not paged', async () => {
    const { prisma } = app.context.database;
    const rows = Array.from({ length: 999 }, (_, n) => ({
      question: `질문 ${n}`,
      questionKey: `질문${n}`,
      answer: '답',
    }));
    await prisma.faq.createMany({ data: rows });
    const answers = await Promise.all(['하나', '둘', '셋'].map((question) => create(question)));
    expect(answers.flatMap(codes)).toEqual(['CONFLICT', 'CONFLICT']);
    expect(await list()).toHaveLength(1_000);
  });

  it('comes with the sample data, in Korean', async () => {
    const fresh = await startTestApp();
    try {
      await seedDatabase(fresh.context.database.prisma, new Date());
      const { data } = await fresh.send(FaqsDocument, {});
      expect(data!.faqs.length).toBeGreaterThanOrEqual(8);
      expect(data!.faqs[0]!.question).toBe('경단은 어떤 서비스인가요?');
    } finally {
      await fresh.close();
    }
  });
});
