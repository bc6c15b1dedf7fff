import { inspect } from 'node:util';
import { isDatabaseOutage } from '../../../src/adapters/database/database-errors';
import { AppError } from '../../../src/errors';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher, createUser } from '../../helpers/records';

const ROUNDS = 12;

describe('accounts that are deleted while everybody is at work', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  async function member(role: 'ADMIN' | 'USER') {
    const { prisma } = app.context.database;
    const user = await createUser(prisma, { role, lastLoginAt: new Date() });
    const data = { userId: user.id, expiresAt: new Date(Date.now() + 3600_000) };
    const [session] = await prisma.session.createManyAndReturn({ data: [data, data, data] });
    return { ...user, viewer: { userId: user.id, sessionId: session!.id, role } };
  }

  it('neither deadlock with them nor fail them for what is gone by then', async () => {
    const { services, unlinkNotices, database } = app.context;
    const { accounts, articleEditing, articleJobs, feedback, impressions, jobs, sessions, users, views } =
      services;
    const { id: publisherId } = await createPublisher(database.prisma);
    // One who stays: the last admin could not be deleted.
    await member('ADMIN');
    const faults: unknown[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const admins = await Promise.all([member('ADMIN'), member('ADMIN')]);
      const readers = await Promise.all([member('USER'), member('USER')]);
      const articles = [
        await createArticle(database.prisma, { publisherId }),
        await createArticle(database.prisma, { publisherId }),
      ];
      const work: (() => Promise<unknown>)[] = [];
      for (const [n, { viewer }] of admins.entries()) {
        const { id } = articles[n]!;
        const caller = { viewer, requestId: 'deadlocks' };
        const job = await articleJobs.regenerateArticle(caller, id, null);
        await articleEditing.update(viewer, id, { title: `제목 ${round}` }, null);
        work.push(
          () => jobs.cancel(caller, job.id),
          () => jobs.retry(caller, job.id),
          () => articleEditing.update(viewer, id, { title: `새 제목 ${round}` }, null),
          () => articleEditing.takeDown(viewer, id, '요청'),
          () => users.setRole(viewer, readers[n]!.id, 'ADMIN'),
          () => users.setRole(viewer, admins[1 - n]!.id, 'USER'),
        );
      }
      for (const [n, { viewer, kakaoId }] of [...admins, ...readers].entries()) {
        const reader = { id: viewer.userId, userId: viewer.userId, address: 'somewhere' };
        const ids = articles.map(({ id }) => id);
        work.push(
          () => sessions.logout(viewer, null, true),
          () => impressions.record(reader, n % 2 ? ids : [...ids].reverse(), 'HOME'),
          () => views.record(reader, ids[n % 2]!, 10),
          () => feedback.say('HIDE', viewer, ids[n % 2]!),
          () => feedback.say('MORE', viewer, ids[n % 2]!),
          () => accounts.deleteOwn(viewer),
          () =>
            unlinkNotices.keep(unlinkNotices.received(kakaoId)).then(() => accounts.deleteUnlinked(kakaoId)),
        );
      }
      // In another order each round.
      const order = work.map((one, index) => ({ one, key: (index * 7 + round * 11) % work.length }));
      order.sort((a, b) => a.key - b.key);
      for (const outcome of await Promise.allSettled(order.map(({ one }) => one())))
        if (outcome.status === 'rejected') faults.push(outcome.reason);
    }
    expect(faults.filter(isUnexpected).map((fault) => inspect(fault))).toEqual([]);
  });
});

/** A busy machine may refuse somebody a connection; no refusal may be a deadlock. */
function isUnexpected(fault: unknown): boolean {
  if (fault instanceof AppError) return false;
  return !isDatabaseOutage(fault) || /40P01|P2034|deadlock detected/.test(inspect(fault, { depth: 8 }));
}
