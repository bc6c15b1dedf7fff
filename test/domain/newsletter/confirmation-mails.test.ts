import { startReadyChild } from '../../helpers/child-process';
import { startNewsletterApp, type NewsletterApp } from '../../helpers/newsletter-app';
import { waitUntil } from '../../helpers/wait-until';

const MINUTE = 60;

describe('Confirmation mails', () => {
  let world: NewsletterApp;
  beforeAll(async () => {
    world = await startNewsletterApp();
  });
  afterEach(() => {
    world.mail.misbehave = null;
  });
  afterAll(() => world.close());

  let made = 0;
  const newAddress = () => `mailbox-${++made}@example.com`;

  it.each([{ reply: 421 }, { reply: 451, to: 'data' as const }, 'break before data' as const])(
    'are tried again after a server that answers with %j',
    async (misbehaviour) => {
      const email = newAddress();
      await world.subscribe(email);
      world.mail.misbehave = () => misbehaviour;
      await world.sendDue();
      world.mail.misbehave = null;
      await world.sendDue();
      expect(world.mailsTo(email)).toEqual([]);
      world.clock.advance(11 * MINUTE);
      await world.sendDue();
      await world.sendDue();
      expect(world.mailsTo(email)).toHaveLength(1);
      expect((await world.confirm(await world.confirmationToken(email))).errors).toEqual([]);
    },
  );

  it('wait for longer and longer, and not for ever', async () => {
    const email = newAddress();
    await world.subscribe(email);
    let offered = 0;
    world.mail.misbehave = () => {
      offered++;
      return { reply: 450 };
    };
    const due = async () => (await world.row(email))!.confirmationDueAt;
    for (let next = await due(); next !== null && offered < 100; next = await due()) {
      world.clock.advance(Math.max(0, next.getTime() - world.clock.now().getTime()) / 1000 + 1);
      await world.sendDue();
    }
    expect(offered).toBe(64);
    expect(world.mailsTo(email)).toEqual([]);
  });

  it('are given up when the server says that there is no such mailbox', async () => {
    const email = newAddress();
    await world.subscribe(email);
    world.mail.misbehave = () => ({ reply: 550 });
    await world.sendDue();
    expect(await world.row(email)).toMatchObject({ confirmationDueAt: null, confirmedAt: null });
  });

  it('are sent once by two workers', async () => {
    const emails = Array.from({ length: 20 }, newAddress);
    for (const email of emails) await world.subscribe(email);
    await Promise.all([world.sendDue(), world.sendDue(), world.sendDue()]);
    expect(emails.map((email) => world.mailsTo(email).length)).toEqual(emails.map(() => 1));
  });

  it('survive a worker that is killed in the middle of one, and are sent by another', async () => {
    const email = newAddress();
    const { app, mail } = world;
    let isOffered = false;
    let release = () => {};
    const never = new Promise<void>((resolve) => (release = resolve));
    mail.misbehave = ({ to }) => {
      if (to !== email) return undefined;
      isOffered = true;
      return { until: never };
    };
    const settings = {
      NODE_ENV: 'test',
      PUBLIC_URL: app.config.publicUrl,
      DATABASE_URL: app.config.databaseUrl,
      JWT_PRIVATE_KEYS: app.config.session.signingKeys.join('\n'),
      KAKAO_REST_API_KEY: app.config.kakao.restApiKey,
      SMTP_URL: mail.smtpUrl,
      MAIL_FROM: 'newsletter@gyeongdan.example',
      WORKER_PORT: '0',
      JOB_SWEEP_SECONDS: '0.2',
    };
    const killed = await startReadyChild('worker', settings);
    const { newsletterSubscription: table } = app.context.database.prisma;
    await table.updateMany({ data: { confirmationDueAt: null } });
    await world.subscribe(email);
    // The clock of that process is the real one.
    await table.updateMany({ where: { email }, data: { confirmationDueAt: new Date() } });
    await waitUntil('the worker sends', () => isOffered);
    await killed.stop('SIGKILL');
    release();
    mail.misbehave = null;
    world.clock.advance(6 * MINUTE);
    await world.sendDue();
    expect((await world.confirm(await world.confirmationToken(email))).errors).toEqual([]);
  });
});
