import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from './helpers/app';

describe('rows that have expired', () => {
  let app: TestApp;
  const past = new Date(Date.now() - 1_000);
  const future = new Date(Date.now() + 3_600_000);

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('are deleted by the worker’s sweep; the others stay', async () => {
    const { prisma } = app.context.database;
    await prisma.spentLoginState.createMany({
      data: [
        { id: 'old', expiresAt: past },
        { id: 'new', expiresAt: future },
      ],
    });
    const key = (name: string, expiresAt: Date) => ({
      callerId: randomUUID(), operation: 'requestArticle', key: name, argumentsHash: '', jobId: randomUUID(), expiresAt,
    }); // prettier-ignore
    await prisma.idempotencyKey.createMany({ data: [key('old', past), key('new', future)] });

    await app.context.services.expiry.sweep();

    expect(await prisma.spentLoginState.findMany({ select: { id: true } })).toEqual([{ id: 'new' }]);
    expect(await prisma.idempotencyKey.findMany({ select: { key: true } })).toEqual([{ key: 'new' }]);
  });
});
