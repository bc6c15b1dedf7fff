import { simpleParser } from 'mailparser';
import {
  CancelGenerationJobDocument,
  NewsletterIssuesDocument,
  RetryGenerationJobDocument,
  TakeDownArticleDocument,
} from '../../generated/operations';
import { startWorker } from '../../../src/worker/worker';
import { startTestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import {
  createNews,
  createSubscriber,
  startNewsletterWorld,
  type NewsletterWorld,
} from '../../helpers/newsletter-world';
import type { SmtpScript } from '../../helpers/smtp-server';
import { waitUntil } from '../../helpers/wait-until';

describe('A mailing', () => {
  let world: NewsletterWorld;
  let script: SmtpScript = () => null;
  const clock = new TestClock();

  beforeAll(async () => {
    world = await startNewsletterWorld({ clock, smtp: { script: (stage, mail) => script(stage, mail) } });
  });
  beforeAll(async () => {
    // What the clock asks for would be sent beside what is asked for here.
    const where = { name: { startsWith: 'newsletter-' } };
    await waitUntil('the tasks are there', async () => (await db().scheduledTask.count({ where })) === 5);
    await db().scheduledTask.updateMany({ where, data: { nextRunAt: new Date('2099-01-01') } });
  });
  beforeEach(async () => {
    script = () => null;
    world.server.taken.length = 0;
    const { prisma } = world.app.context.database;
    await prisma.newsletterIssue.deleteMany();
    await prisma.newsletterSubscription.deleteMany();
    await prisma.article.deleteMany();
    await createNews(prisma, ['금리가 그대로예요', '환율이 내렸어요'], clock.now());
  });
  afterAll(() => world.close());

  const db = () => world.app.context.database.prisma;
  const subscriber = (email: string, data: Parameters<typeof createSubscriber>[1] = {}) =>
    createSubscriber(db(), { email, confirmedAt: clock.now(), consentedAt: clock.now(), ...data });
  const send = async () => world.ended((await world.ask()).id);
  const deliveries = async () =>
    Object.fromEntries(
      (await db().newsletterDelivery.findMany({ include: { subscription: true } })).map((row) => [
        row.subscription.email,
        row,
      ]),
    );
  const issue = () => db().newsletterIssue.findFirstOrThrow();
  const inYears = (years: number) => new Date(clock.now().getTime() + years * 365.25 * 86_400_000);

  it('goes once to everybody who wants it, and to nobody else', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) await subscriber(`wants-${n}@mail.example`);
    await subscriber('unconfirmed@mail.example', { confirmedAt: null, consentedAt: null });
    await subscriber('left@mail.example', { unsubscribedAt: clock.now() });
    await subscriber('other@mail.example', { categories: ['SPORTS_AND_LEISURE'] });
    await subscriber('long-ago@mail.example', { consentedAt: inYears(-2.01) });
    await subscriber('just-yet@mail.example', { consentedAt: inYears(-1.99) });
    await subscriber('bounced@mail.example', { hardBounces: 3 });
    await subscriber('bounced-twice@mail.example', { hardBounces: 2 });
    expect(await send()).toMatchObject({ status: 'SUCCEEDED', attempts: 1, progress: 100 });
    const everybody = [
      'bounced-twice', 'just-yet', ...[1, 2, 3, 4, 5, 6].map((n) => `wants-${n}`),
    ].map((name) => `${name}@mail.example`); // prettier-ignore
    expect(world.takenBy()).toEqual(everybody);
    const sent = await issue();
    expect(sent).toMatchObject({ recipients: 8, subject: '(광고) 경제·기업 소식: 금리가 그대로예요 외 1편' });
    const settled = Object.values(await deliveries()).map(({ settledAt }) => settledAt!.getTime());
    expect(sent.sentAt!.getTime()).toBe(Math.max(...settled));
    expect(await db().newsletterSubscription.count({ where: { hardBounces: 2 } })).toBe(0);

    // Again in the same week: only who is new.
    expect(await send()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.takenBy()).toEqual(everybody);
    expect((await issue()).sentAt).toEqual(sent.sentAt);
    await subscriber('new@mail.example');
    await send();
    expect(world.takenBy()).toEqual([...everybody, 'new@mail.example'].sort());
    expect(await db().newsletterIssue.count()).toBe(1);
    expect(await issue()).toMatchObject({ recipients: 9 });
    expect(world.app.logs.join('')).not.toContain('@mail.example');
    const audited = await db().auditEntry.findMany({
      where: { action: 'newsletter.sent' },
      orderBy: { createdAt: 'asc' },
    });
    expect(audited.map(({ details }) => details)).toEqual([{ sent: 8 }, { sent: 8 }, { sent: 9 }]);
  });

  it('carries what a mail program needs to let its reader leave at a click, for this reader alone', async () => {
    const { id, unsubscribeKey } = await subscriber('minji@mail.example', { name: '민지 <b>' });
    await subscriber('other@mail.example', { name: '다른 사람' });
    await send();
    const { message } = world.server.taken.find(({ to }) => to[0] === 'minji@mail.example')!;
    const mail = await simpleParser(message);
    const { url } = (mail.headers.get('list') as { unsubscribe: { url: string } }).unsubscribe;
    expect(url).toMatch(/\/newsletter\/unsubscribe\?token=[\w-]{43}$/);
    expect(mail.headers.get('list-unsubscribe-post') ?? message).toContain('List-Unsubscribe=One-Click');
    expect(mail.html).toContain(url);
    expect(mail.text).toContain(url);
    expect(mail.html).toContain('민지 &lt;b&gt;님이');
    expect(mail.messageId).toBe(`<${(await issue()).id}.${id}@gyeongdan.example>`);
    expect([mail.from?.text, [mail.to].flat()[0]?.text]).toEqual([
      '"경단" <letter@gyeongdan.example>',
      '"민지 <b>" <minji@mail.example>',
    ]);
    const { data } = await world.app.send(NewsletterIssuesDocument, {}, { token: await world.token() });
    const [edge] = data!.newsletterIssues.edges;
    expect(edge!.node).toMatchObject({ category: 'ECONOMY_AND_BUSINESS', recipients: 2 });
    expect(edge!.node.html).toContain('금리가 그대로예요');
    for (const secret of ['token=', '민지', 'minji', id, unsubscribeKey, '다른 사람'])
      expect(JSON.stringify(data)).not.toContain(secret);
  });

  it('tries again what is refused for now, and counts what is refused for good', async () => {
    for (const name of ['later', 'gone', 'fine', 'blocked']) await subscriber(`${name}@mail.example`);
    await subscriber('gone-for-the-third-time@mail.example', { hardBounces: 2 });
    const tries: string[] = [];
    script = (stage, { to: [to = ''] }) => {
      if (stage !== 'RCPT') return null;
      tries.push(to);
      if (to.startsWith('gone')) return '550 5.1.1 no such mailbox';
      if (to.startsWith('blocked')) return '550 5.7.1 we do not like you';
      return to.startsWith('later') && tries.filter((one) => one === to).length < 4
        ? '451 4.7.1 greylisted'
        : null;
    };
    expect(await send()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.takenBy()).toEqual(['fine@mail.example', 'later@mail.example']);
    expect(await deliveries()).toMatchObject({
      'later@mail.example': { status: 'SENT', attempts: 4 },
      'gone@mail.example': { status: 'FAILED', attempts: 1, replyCode: 550 },
      'blocked@mail.example': { status: 'FAILED', attempts: 1, replyCode: 550 },
      'fine@mail.example': { status: 'SENT', attempts: 1, replyCode: 250 },
    });
    const bounces = await db().newsletterSubscription.findMany({ where: { hardBounces: { gt: 0 } } });
    expect(Object.fromEntries(bounces.map(({ email, hardBounces }) => [email, hardBounces]))).toEqual({
      'gone@mail.example': 1,
      'gone-for-the-third-time@mail.example': 3,
    });
    expect(await issue()).toMatchObject({ recipients: 2 });
  });

  it('gives a mail up that is refused for now again and again', async () => {
    await subscriber('full@mail.example');
    script = (stage) => (stage === 'RCPT' ? '452 4.2.2 mailbox full' : null);
    const { id } = await world.ask();
    await waitUntil(
      'it was tried',
      async () => (await db().newsletterDelivery.count({ where: { attempts: 1 } })) === 1,
    );
    await db().newsletterDelivery.updateMany({ data: { attempts: 9 } });
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await deliveries()).toMatchObject({
      'full@mail.example': { status: 'FAILED', attempts: 10, replyCode: 452 },
    });
    expect(await db().newsletterSubscription.findFirst()).toMatchObject({ hardBounces: 0 });
    expect(await issue()).toMatchObject({ recipients: 0 });
  });

  it('sends nothing again whose connection was lost at its last byte, and everything else', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) await subscriber(`reader-${n}@mail.example`);
    const lost = new Set<string>();
    script = (stage, { to: [to = ''] }) => {
      const at = to.startsWith('reader-1') ? 'END' : to.startsWith('reader-2') ? 'BODY' : 'never';
      if (stage !== at || lost.has(to)) return null;
      lost.add(to);
      return 'close';
    };
    expect(await send()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.takenBy()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `reader-${n}@mail.example`));
    const rows = await deliveries();
    expect(rows['reader-1@mail.example']).toMatchObject({ status: 'DOUBTFUL' });
    expect(Object.values(rows).filter(({ status }) => status === 'SENT')).toHaveLength(5);
    expect(await issue()).toMatchObject({ recipients: 5 });
    await send();
    expect(world.server.taken).toHaveLength(6);
  });

  it('is not for somebody who leaves before the last byte', async () => {
    const { id } = await subscriber('leaves@mail.example');
    await subscriber('stays@mail.example');
    script = async (stage, { to: [to] }) => {
      if (stage === 'DATA' && to === 'leaves@mail.example')
        await db().newsletterSubscription.update({ where: { id }, data: { unsubscribedAt: new Date() } });
      return null;
    };
    expect(await send()).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.takenBy()).toEqual(['stays@mail.example']);
    expect(Object.keys(await deliveries())).toEqual(['stays@mail.example']);
  });

  it('stops when it is cancelled, and goes on where it stopped when it is asked for again', async () => {
    for (let n = 0; n < 20; n += 1) await subscriber(`reader-${n}@mail.example`);
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    let ends = 0;
    script = async (stage) => {
      if (stage === 'END' && ++ends === 6) await gate;
      return null;
    };
    const { id } = await world.ask();
    await waitUntil('the sixth mail is at its end', () => ends === 6);
    expect(await world.row(id)).toMatchObject({
      status: 'RUNNING',
      step: 'sending',
      progress: Math.floor((99 * 5) / 20),
    });
    await world.app.send(CancelGenerationJobDocument, { id }, { token: await world.token() });
    letGo();
    await waitUntil('the mail under way is settled', async () => (await issue()).recipients === 6);
    expect(await world.row(id)).toMatchObject({ status: 'CANCELED' });
    const again = await world.ask();
    expect(again.id).not.toBe(id);
    expect(await world.ended(again.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(new Set(world.takenBy()).size).toBe(20);
    expect(world.server.taken).toHaveLength(20);
    expect(await issue()).toMatchObject({ recipients: 20 });
  });

  it('sends once what two jobs send at the same time', async () => {
    for (let n = 0; n < 60; n += 1) await subscriber(`reader-${n}@mail.example`);
    let held = true;
    script = async (stage) => {
      if (stage === 'RCPT') await waitUntil('both run', () => !held);
      return null;
    };
    const other = await startWorker(world.app.workerContext);
    const first = await world.ask();
    await waitUntil('the first one sends', async () => (await world.row(first.id)).step === 'sending');
    await world.app.send(CancelGenerationJobDocument, { id: first.id }, { token: await world.token() });
    const second = await world.ask();
    expect(second.id).not.toBe(first.id);
    await world.app.send(RetryGenerationJobDocument, { id: first.id }, { token: await world.token() });
    await waitUntil('both send', async () =>
      (await Promise.all([world.row(first.id), world.row(second.id)])).every(
        ({ step }) => step === 'sending',
      ),
    );
    held = false;
    expect((await world.ended(first.id)).status).toBe('SUCCEEDED');
    expect((await world.ended(second.id)).status).toBe('SUCCEEDED');
    expect(new Set(world.takenBy()).size).toBe(60);
    expect(world.server.taken).toHaveLength(60);
    expect(await issue()).toMatchObject({ recipients: 60 });
    await other.stop();
  });

  it('waits uncounted for a server that is away, and ends when our own sign-in or sender is refused', async () => {
    for (let n = 0; n < 12; n += 1) await subscriber(`reader-${n}@mail.example`);
    let away = true;
    script = (stage) => (stage === 'MAIL' && away ? 'close' : null);
    const { id } = await world.ask();
    await waitUntil('it waits', async () => (await world.row(id)).errorCode === 'MAIL_UNAVAILABLE');
    away = false;
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect(new Set(world.takenBy()).size).toBe(12);
    expect(Object.values(await deliveries()).every(({ attempts }) => attempts === 1)).toBe(true);

    await subscriber('one-more@mail.example');
    script = (stage) => (stage === 'MAIL' ? '553 5.7.1 sender not owned by user' : null);
    expect(await send()).toMatchObject({ status: 'FAILED', errorCode: 'MAIL_REFUSED' });
    expect(await db().newsletterSubscription.count({ where: { hardBounces: { gt: 0 } } })).toBe(0);
    script = () => null;
    await send();
    expect(world.server.taken).toHaveLength(13);
  });

  it('ends when the server blocks whatever comes from us, before the whole list is lost', async () => {
    for (let n = 0; n < 30; n += 1) await subscriber(`reader-${n}@mail.example`);
    script = (stage) => (stage === 'RCPT' ? '554 5.7.1 relay access denied' : null);
    expect(await send()).toMatchObject({ status: 'FAILED', errorCode: 'MAIL_REFUSED' });
    const rows = Object.values(await deliveries());
    expect(rows.filter(({ status }) => status === 'WAITING').length).toBeGreaterThan(15);
    expect(await db().newsletterSubscription.count({ where: { hardBounces: { gt: 0 } } })).toBe(0);
  });

  it('leaves out what is hidden or taken down meanwhile, and forgets its text', async () => {
    for (let n = 0; n < 3; n += 1) await subscriber(`reader-${n}@mail.example`);
    await send();
    const { articleIds } = await issue();
    const takeDown = { id: articleIds[0]!, reason: '법원의 결정' };
    await world.app.send(TakeDownArticleDocument, takeDown, { token: await world.token() });
    expect(await issue()).toMatchObject({ subject: '', html: '', text: '' });
    await subscriber('new@mail.example');
    await send();
    const { message } = world.server.taken.find(({ to }) => to[0] === 'new@mail.example')!;
    expect((await simpleParser(message)).text).not.toContain('금리가 그대로예요');
    expect(await issue()).toMatchObject({ articleIds: articleIds.slice(1), recipients: 4 });

    await db().article.updateMany({ data: { status: 'HIDDEN' } });
    await subscriber('newer@mail.example');
    const { id } = await send();
    expect(world.server.taken).toHaveLength(4);
    const { steps } = await world.row(id);
    expect(steps).toEqual(expect.arrayContaining([expect.objectContaining({ note: 'NEWSLETTER_EMPTY' })]));
  });

  it('has at most seven articles, the read and the new ones first, and none of the last four weeks again', async () => {
    await db().article.deleteMany();
    const titles = Array.from({ length: 10 }, (_, n) => `기사 ${n}`);
    const ids = await createNews(db(), titles, clock.now());
    await db().article.update({ where: { id: ids[9]! }, data: { viewCount: 100 } });
    await db().article.update({ where: { id: ids[0]! }, data: { status: 'HIDDEN' } });
    await subscriber('reader@mail.example');
    await send();
    expect((await issue()).articleIds).toEqual([ids[9], ...ids.slice(1, 7)]);
    const days = async (n: number) => {
      clock.advance(n * 86_400);
      await db().article.updateMany({
        where: { status: 'PUBLISHED' },
        data: { releasedAt: new Date(clock.now().getTime() - 60_000) },
      });
    };
    await days(7);
    await send();
    const second = await db().newsletterIssue.findFirstOrThrow({ orderBy: { week: 'desc' } });
    expect(new Set(second.articleIds)).toEqual(new Set(ids.slice(7, 9)));
    await days(7);
    const { id } = await send();
    expect(await world.row(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await db().newsletterIssue.count()).toBe(2);
    await days(14);
    await send();
    const last = await db().newsletterIssue.findFirstOrThrow({ orderBy: { week: 'desc' } });
    expect(new Set(last.articleIds)).toEqual(new Set([ids[9], ...ids.slice(1, 7)]));
    expect(world.server.taken).toHaveLength(3);
  });

  it('makes no issue of a week without news', async () => {
    await db().article.updateMany({ data: { releasedAt: new Date(clock.now().getTime() - 8 * 86_400_000) } });
    await subscriber('reader@mail.example');
    const { id } = await send();
    const { data } = await world.app.query(
      'query ($id: ID!) { generationJob(id: $id) { status error { code } steps { step note { code } } } }',
      { id },
      { token: await world.token() },
    );
    const steps = [
      { step: 'writing', note: null },
      { step: 'writing', note: { code: 'NEWSLETTER_EMPTY' } },
    ];
    expect(data!.generationJob).toEqual({ status: 'SUCCEEDED', error: null, steps });
    expect([world.server.taken, await db().newsletterIssue.count()]).toEqual([[], 0]);
  });

  it('of another week is begun by no job that was left lying', async () => {
    await subscriber('reader@mail.example');
    await send();
    const { id } = await db().generationJob.findFirstOrThrow({
      where: { kind: 'NEWSLETTER' },
      orderBy: { createdAt: 'desc' },
    });
    await db().newsletterDelivery.deleteMany();
    clock.advance(9 * 86_400);
    await db().generationJob.update({
      where: { id },
      data: { status: 'FAILED', errorCode: 'MAIL_UNAVAILABLE' },
    });
    await world.app.send(RetryGenerationJobDocument, { id }, { token: await world.token() });
    await waitUntil('it has ended again', async () => (await world.row(id)).status === 'SUCCEEDED');
    expect(world.server.taken).toHaveLength(1);
  });
});

it('A newsletter needs a mail server', async () => {
  const app = await startTestApp({ environment: { SMTP_URL: '', MAIL_FROM: '' } });
  try {
    const { accessToken: token } = await app.login('admin');
    const { errors } = await app.query(
      'mutation { sendNewsletter(category: ECONOMY_AND_BUSINESS) { id } }',
      {},
      { token },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'MAIL_NOT_CONFIGURED' } }]);
    expect(await app.context.database.prisma.generationJob.count()).toBe(0);
  } finally {
    await app.close();
  }
});
