import { randomUUID } from 'node:crypto';
import type { Prisma as PrismaTypes } from '../../../src/generated/prisma/client';
import { RequestArticleDocument, RegenerateArticleDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { childSettings, startReadyChild } from '../../helpers/child-process';
import { TestClock } from '../../helpers/clock';
import { startGenerationApp } from '../../helpers/generation-app';
import { createSubscriber } from '../../helpers/newsletter-world';
import { createArticle, createPublisher, createUser } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';

const DAY = 24 * 3600;
const never = new AbortController().signal;

describe('the retention', () => {
  const clock = new TestClock();
  const environment = {
    RETENTION_SESSIONS_DAYS: '30',
    RETENTION_JOBS_DAYS: '180',
    RETENTION_ORIGINALS_DAYS: '365',
    RETENTION_AUDIT_DAYS: '700',
    RETENTION_ANSWERS_DAYS: '365',
    RETENTION_VIEWS_DAYS: '700',
    RETENTION_ANONYMOUS_VIEWS_DAYS: '90',
  };
  let app: TestApp;
  let userId: string;
  let publisherId: string;
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY * 1000);

  beforeAll(async () => {
    app = await startTestApp({ clock, environment });
    const { prisma } = app.context.database;
    ({ id: userId } = await createUser(prisma));
    ({ id: publisherId } = await createPublisher(prisma));
  });
  afterAll(() => app.close());

  const db = () => app.context.database.prisma;
  const apply = (signal = never) => app.workerContext.retention.apply(signal);

  it('deletes login states and idempotency keys that have expired, and no others', async () => {
    await db().spentLoginState.createMany({
      data: [
        { id: 'old', expiresAt: daysAgo(0.01) },
        { id: 'new', expiresAt: daysAgo(-1) },
      ],
    });
    const key = (name: string, expiresAt: Date) => ({
      callerId: randomUUID(), operation: 'requestArticle', key: name, argumentsHash: '', jobId: randomUUID(), expiresAt,
    }); // prettier-ignore
    await db().idempotencyKey.createMany({ data: [key('old', daysAgo(0.01)), key('new', daysAgo(-1))] });
    await apply();
    expect(await db().spentLoginState.findMany({ select: { id: true } })).toEqual([{ id: 'new' }]);
    expect(await db().idempotencyKey.findMany({ select: { key: true } })).toEqual([{ key: 'new' }]);
  });

  it('deletes sessions that ended long ago, by themselves or by somebody', async () => {
    const session = (userAgent: string, expiresAt: Date, revokedAt: Date | null = null) => ({
      userId, userAgent, expiresAt, revokedAt,
    }); // prettier-ignore
    await db().session.createMany({
      data: [
        session('expired long ago', daysAgo(31)),
        session('revoked long ago', daysAgo(10), daysAgo(31)),
        session('expired', daysAgo(29)),
        session('revoked', daysAgo(-10), daysAgo(1)),
        session('open', daysAgo(-10)),
      ],
    });
    await apply();
    const left = await db().session.findMany({ where: { userId }, orderBy: { userAgent: 'asc' } });
    expect(left.map(({ userAgent }) => userAgent)).toEqual(['expired', 'open', 'revoked']);
  });

  it('deletes jobs that ended long ago, but never the job of an address that is an article', async () => {
    const article = await createArticle(db(), { publisherId, sourceUrl: 'https://news.example.kr/kept' });
    const job = (step: string, data: Partial<PrismaTypes.GenerationJobCreateManyInput>) => ({
      kind: 'ARTICLE' as const, status: 'SUCCEEDED' as const, input: {}, finishedAt: daysAgo(181), step, ...data,
    }); // prettier-ignore
    const keyed = randomUUID();
    await db().generationJob.createMany({
      data: [
        job('of an article', { subject: 'https://news.example.kr/other', articleId: article.id }),
        job('another rewrite', { articleId: article.id }),
        job('failed', { subject: 'https://news.example.kr/failed', status: 'FAILED' }),
        job('cancelled', { subject: 'https://news.example.kr/gone', status: 'CANCELED' }),
        job('of a key', { id: keyed, status: 'FAILED' }),
        job('recent', { finishedAt: daysAgo(179) }),
        job('waiting', { status: 'QUEUED', finishedAt: null, createdAt: daysAgo(300) }),
        job('running', { status: 'RUNNING', finishedAt: null, createdAt: daysAgo(300) }),
      ],
    });
    await db().idempotencyKey.create({
      data: {
        callerId: userId, operation: 'requestArticle', key: 'k', argumentsHash: '', jobId: keyed, expiresAt: daysAgo(-1),
      }, // prettier-ignore
    });
    await apply();
    const left = await db().generationJob.findMany({ orderBy: { step: 'asc' }, select: { step: true } });
    expect(left.map(({ step }) => step)).toEqual([
      'of a key',
      'of an article',
      'recent',
      'running',
      'waiting',
    ]);
  });

  it('deletes answers, and how many questions somebody asked when that day is over', async () => {
    const answer = (question: string, days: number) => ({ userId, question, createdAt: daysAgo(days) });
    await db().answer.createMany({ data: [answer('old', 366), answer('new', 364)] });
    const asked = (asker: string, days: number) => ({ asker, day: daysAgo(days), count: 1 });
    await db().askedQuestions.createMany({ data: [asked('old', 3), asked('new', 0)] });
    await apply();
    expect(await db().answer.findMany({ select: { question: true } })).toEqual([{ question: 'new' }]);
    expect(await db().askedQuestions.findMany({ select: { asker: true } })).toEqual([{ asker: 'new' }]);
  });

  it('deletes the originals of articles that were collected long ago; the articles stay', async () => {
    const at = (days: number, sourceUrl: string | null) =>
      createArticle(db(), {
        publisherId, sourceUrl, createdAt: daysAgo(days), original: { create: { title: '원문', content: '본문' } },
      } as Parameters<typeof createArticle>[1]); // prettier-ignore
    const [old, recent, imported] = await Promise.all([
      at(366, 'https://news.example.kr/old'),
      at(364, 'https://news.example.kr/recent'),
      at(366, null),
    ]);
    await apply();
    const left = await db().articleOriginal.findMany({ select: { articleId: true } });
    expect(left.map(({ articleId }) => articleId).sort()).toEqual([recent.id, imported.id].sort());
    expect(await db().article.count({ where: { id: old.id } })).toBe(1);
  });

  it('deletes what readers saw and said: of anonymous ones early, of users late', async () => {
    const { id: articleId } = await createArticle(db(), { publisherId });
    const readers = [
      { userId: null, days: 91 },
      { userId: null, days: 89 },
      { userId, days: 701 },
      { userId, days: 699 },
    ].map((reader) => ({ ...reader, readerId: randomUUID(), at: daysAgo(reader.days) }));
    await db().articleView.createMany({
      data: readers.map(({ readerId, userId, at }) => ({
        readerId, articleId, userId, firstViewedAt: daysAgo(800), lastViewedAt: at, countedAt: at,
      })), // prettier-ignore
    });
    await db().impression.createMany({
      data: readers.map(({ readerId, userId, at }) => ({
        readerId, articleId, userId, day: at, surface: 'HOME' as const, shownAt: at,
      })), // prettier-ignore
    });
    const { id: otherUserId } = await createUser(db());
    await db().readerFeedback.createMany({
      data: [
        { userId, articleId, kind: 'HIDE', saidAt: daysAgo(701) },
        { userId: otherUserId, articleId, kind: 'MORE', saidAt: daysAgo(699) },
      ],
    });
    await db().articleDayViews.createMany({
      data: [698, 702].map((days) => ({ articleId, day: daysAgo(days), views: days })),
    });
    await apply();
    const stay = [readers[1]!.readerId, readers[3]!.readerId].sort();
    for (const rows of [
      await db().articleView.findMany({ orderBy: { readerId: 'asc' } }),
      await db().impression.findMany({ orderBy: { readerId: 'asc' } }),
    ])
      expect(rows.map(({ readerId }) => readerId)).toEqual(stay);
    expect(await db().articleDayViews.findMany()).toMatchObject([{ views: 698 }]);
    expect(await db().readerFeedback.findMany()).toMatchObject([{ userId: otherUserId }]);
  });

  it('keeps the newest three learnt models', async () => {
    for (let n = 0; n < 5; n += 1)
      await db().recommendationModel.create({
        data: { data: Buffer.alloc(8), statistics: {}, createdAt: daysAgo(n) },
      });
    await apply();
    const left = await db().recommendationModel.findMany({ orderBy: { version: 'asc' } });
    expect(left.map(({ version }) => version)).toEqual([3, 4, 5]);
  });

  it('keeps what no training has published for a day, and counts it among no models', async () => {
    const create = (days: number, published: boolean) =>
      db().recommendationModel.create({
        data: { data: Buffer.alloc(8), statistics: {}, createdAt: daysAgo(days), published },
      });
    const kept = await create(9, true);
    for (const days of [3, 2]) await create(days, false);
    const fresh = await create(0.5, false);
    await apply();
    const left = await db().recommendationModel.findMany({ orderBy: { version: 'desc' }, take: 2 });
    expect(left.map(({ version }) => version)).toEqual([fresh.version, kept.version]);
  });

  describe('of many rows', () => {
    const audits = () => db().auditEntry.count({ where: { action: 'old' } });
    async function fill(count: number): Promise<void> {
      await app.context.database.pool.query(
        `INSERT INTO "AuditEntry" (id, action, "targetType", "targetId", "createdAt")
         SELECT gen_random_uuid(), 'old', 'User', n::text, $2 FROM generate_series(1, $1::int) n`,
        [count, daysAgo(701)],
      );
    }
    const deletions = () => app.statements.filter((sql) => sql.includes('DELETE FROM "AuditEntry"')).length;

    it('deletes at most 1,000 a statement, and nothing more in a second run', async () => {
      await db().auditEntry.create({
        data: { action: 'young', targetType: 'User', targetId: '1', createdAt: daysAgo(699) },
      });
      await fill(2_500);
      const before = deletions();
      await apply();
      expect(deletions() - before).toBe(3);
      expect(await audits()).toBe(0);
      expect(await db().auditEntry.count({ where: { action: 'young' } })).toBe(1);
      await apply();
      expect(deletions() - before).toBe(4);
    });

    it('leaves off where it is told to stop, and the next run goes on there', async () => {
      await fill(3_500);
      const stop = new AbortController();
      const before = deletions();
      const stopped = expect(apply(stop.signal)).rejects.toThrow(/stop/);
      await waitUntil('it has begun', () => deletions() > before);
      stop.abort(new Error('stop'));
      await stopped;
      expect(await audits()).toBeGreaterThan(0);
      await apply();
      expect(await audits()).toBe(0);
    });

    it('is not disturbed by a second worker, nor by whoever holds a row', async () => {
      await fill(4_000);
      await db().$transaction(async (tx) => {
        const [held] = await tx.$queryRaw<{ id: string }[]>`
          SELECT id FROM "AuditEntry" WHERE action = 'old' LIMIT 1 FOR UPDATE`;
        await Promise.all([apply(), apply()]);
        expect(await db().auditEntry.findMany({ where: { action: 'old' }, select: { id: true } })).toEqual([
          held,
        ]);
      });
      await apply();
      expect(await audits()).toBe(0);
    });
  });

  it('forgets who was sent which newsletter, and never while that issue can be sent', async () => {
    const { id: subscriptionId } = await createSubscriber(db());
    const issue = (week: Date) =>
      db().newsletterIssue.create({
        data: { category: 'ECONOMY_AND_BUSINESS', subject: '', html: '', text: '', week },
      });
    const delivery = async (week: Date, settledAt: Date | null) => {
      const { id: issueId } = await issue(week);
      const nextAttemptAt = settledAt ?? daysAgo(181);
      await db().newsletterDelivery.create({ data: { issueId, subscriptionId, settledAt, nextAttemptAt } });
      return issueId;
    };
    const gone = [
      await delivery(new Date('2020-01-06'), daysAgo(181)),
      await delivery(new Date('2020-01-13'), null),
    ];
    const kept = [
      await delivery(new Date('2020-01-20'), daysAgo(179)),
      await delivery(new Date(Date.now() - 7 * DAY * 1000), daysAgo(181)),
    ];
    await apply();
    const left = await db().newsletterDelivery.findMany();
    expect(left.map(({ issueId }) => issueId).sort()).toEqual(kept.sort());
    expect(await db().newsletterIssue.count({ where: { id: { in: [...gone, ...kept] } } })).toBe(4);
  });

  it('applies the other rules when one fails, and says which one', async () => {
    const { pool } = app.context.database;
    await db().spentLoginState.create({ data: { id: 'late', expiresAt: daysAgo(1) } });
    await db().auditEntry.create({
      data: { action: 'late', targetType: 'User', targetId: '1', createdAt: daysAgo(701) },
    });
    await pool.query('ALTER TABLE "SpentLoginState" RENAME TO "Elsewhere"');
    try {
      await expect(apply()).rejects.toThrow('the retention of login-states failed');
    } finally {
      await pool.query('ALTER TABLE "Elsewhere" RENAME TO "SpentLoginState"');
    }
    expect(await db().auditEntry.count({ where: { action: 'late' } })).toBe(0);
    await apply();
    expect(await db().spentLoginState.count({ where: { id: 'late' } })).toBe(0);
  });

  it('keeps for ever what is set to 0', async () => {
    const keeping = await startTestApp({
      clock,
      environment: Object.fromEntries(Object.keys(environment).map((name) => [name, '0'])),
    });
    try {
      const { prisma } = keeping.context.database;
      await prisma.auditEntry.create({
        data: { action: 'old', targetType: 'User', targetId: '1', createdAt: new Date(0) },
      });
      await keeping.workerContext.retention.apply(never);
      expect(await prisma.auditEntry.count()).toBe(1);
    } finally {
      await keeping.close();
    }
  });
});

describe('after the retention', () => {
  it('an address that is an article gives its job as before, and a rewrite ends with a clear code', async () => {
    const world = await startGenerationApp({ engine: 'PostgreSQL' });
    try {
      const { app, token } = world;
      const { prisma, pool } = app.context.database;
      const url = world.pages.articleUrl('kept');
      const first = await world.ended((await world.request(url)).id);
      const long = '400 days';
      await pool.query(`UPDATE "GenerationJob" SET "finishedAt" = now() - $1::interval`, [long]);
      await pool.query(`UPDATE "Article" SET "createdAt" = now() - $1::interval`, [long]);
      await app.workerContext.retention.apply(never);
      expect(await prisma.articleOriginal.count()).toBe(0);

      const again = await app.send(RequestArticleDocument, { url }, { token });
      expect(again.data!.requestArticle.id).toBe(first.id);
      const { data } = await app.send(RegenerateArticleDocument, { id: first.articleId! }, { token });
      const job = await world.ended(data!.regenerateArticle.id);
      expect(job).toMatchObject({ status: 'FAILED', errorCode: 'ORIGINAL_PURGED', attempts: 1 });
      expect(await prisma.articleOriginal.count()).toBe(0);
    } finally {
      await world.close();
    }
  });

  it('that a killed worker left half-way, another worker ends it', async () => {
    const world = await startGenerationApp({ engine: 'PostgreSQL', worker: false });
    try {
      const { prisma, pool } = world.app.context.database;
      const old = () => prisma.auditEntry.count({ where: { action: 'old' } });
      for (let part = 0; part < 12; part += 1)
        await pool.query(
          `INSERT INTO "AuditEntry" (id, action, "targetType", "targetId", "createdAt")
           SELECT gen_random_uuid(), 'old', 'User', n::text, '2020-01-01' FROM generate_series(1, 5000) n`,
        );
      await prisma.scheduledTask.create({ data: { name: 'retention', nextRunAt: new Date() } });
      const killed = await startReadyChild('worker', childSettings(world));
      await waitUntil('it has begun', async () => (await old()) < 60_000);
      await killed.stop('SIGKILL');
      expect(await old()).toBeGreaterThan(0);
      const survivor = await startReadyChild('worker', childSettings(world));
      await waitUntil('all are gone', async () => (await old()) === 0);
      await waitUntil('the run has ended', async () => {
        const { nextRunAt } = await prisma.scheduledTask.findUniqueOrThrow({ where: { name: 'retention' } });
        return nextRunAt > new Date();
      });
      await survivor.stop('SIGTERM');
    } finally {
      await world.close();
    }
  });
});
