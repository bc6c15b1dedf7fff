import { mailboxKey } from '../../../src/domain/shared/mail-address';
import { AuditLogDocument, DeleteAccountDocument, ExportMyDataDocument } from '../../generated/operations';
import { startNewsletterApp, type NewsletterApp } from '../../helpers/newsletter-app';

const DAY = 24 * 3600;

describe('What the newsletter knows of a person', () => {
  let world: NewsletterApp;
  beforeAll(async () => {
    world = await startNewsletterApp();
  });
  afterEach(() => {
    world.mail.misbehave = null;
  });
  afterAll(() => world.close());

  const exported = async (token: string) => {
    const { data } = await world.app.send(ExportMyDataDocument, {}, { token });
    const { newsletterSubscriptions } = data!.exportMyData as {
      newsletterSubscriptions: { email: string }[];
    };
    return newsletterSubscriptions;
  };

  it('is exported and deleted with the account: what it asked for, and what its own address did', async () => {
    const { accessToken: token } = await world.app.login('reader-1');
    const { accessToken: otherToken } = await world.app.login('reader-2');
    await world.subscribed('READER-1@example.com');
    await world.subscribe('work@example.com', { token, name: '직장' });
    await world.sendDue();
    await world.confirm(await world.confirmationToken('work@example.com'));
    await world.subscribe('new@example.com', { token });
    await world.subscribed('stranger@example.com');

    expect((await exported(token)).map(({ email }) => email)).toEqual([
      'work@example.com',
      'READER-1@example.com',
    ]);
    expect((await exported(token))[0]).toMatchObject({
      name: '직장',
      categories: ['ECONOMY_AND_BUSINESS'],
      confirmedAt: expect.any(String) as string,
    });
    expect(await exported(otherToken)).toEqual([]);

    expect((await world.app.send(DeleteAccountDocument, {}, { token })).data).toEqual({
      deleteAccount: true,
    });
    for (const email of ['READER-1@example.com', 'work@example.com', 'new@example.com'])
      expect(await world.row(email)).toBeNull();
    expect(await world.row('stranger@example.com')).not.toBeNull();
  });

  it('is not for whoever asks for the address of somebody else, until that one confirms', async () => {
    const email = 'victim@example.com';
    await world.subscribed(email);
    world.clock.advance(3600);
    const { accessToken: token } = await world.app.login('reader-3');
    await world.subscribe(email, { token, name: '남' });
    // Or an export would tell which address is subscribed.
    await world.subscribe('nobody@example.com', { token, name: '남' });
    expect(await exported(token)).toEqual([]);
    await world.app.send(DeleteAccountDocument, {}, { token });
    expect(await world.row(email)).toMatchObject({ name: '홍길동' });
    // Whoever asked has left meanwhile.
    await world.sendDue();
    expect((await world.confirm(await world.confirmationToken(email))).errors).toEqual([]);
    expect(await world.row(email)).toMatchObject({ name: '남', userId: null });
  });

  it('goes after seven days unless it was confirmed; of who had unsubscribed before only the hash stays', async () => {
    const { app } = world;
    const never = new AbortController().signal;
    await world.subscribed('confirmed@example.com');
    await world.subscribe('unconfirmed@example.com');
    const { id } = await world.subscribed('again@example.com');
    await world.unsubscribe(await world.unsubscribeTokenOf('again@example.com'));
    await world.subscribe('again@example.com');
    await world.sendDue();
    world.clock.advance(6.9 * DAY);
    await app.workerContext.retention.apply(never);
    for (const email of ['unconfirmed@example.com', 'again@example.com'])
      expect(await world.row(email)).not.toBeNull();
    world.clock.advance(0.2 * DAY);
    await app.workerContext.retention.apply(never);
    for (const email of ['unconfirmed@example.com', 'again@example.com'])
      expect(await world.row(email)).toBeNull();
    expect(await world.row('confirmed@example.com')).not.toBeNull();

    const { newsletterSubscription: table } = app.context.database.prisma;
    expect(await table.findUnique({ where: { id } })).toMatchObject({
      email: '',
      name: '',
      emailKey: mailboxKey('again@example.com'),
    });
    world.clock.advance(3 * 366 * DAY);
    await app.workerContext.retention.apply(never);
    expect(await table.findUnique({ where: { id } })).toBeNull();
  });

  it('is in no log, no error and no audit entry: that knows the mailbox by its hash', async () => {
    const email = 'quiet-person@example.com';
    const { app } = world;
    await world.subscribe(email);
    world.mail.misbehave = () => ({ reply: 450 });
    await world.sendDue();
    world.mail.misbehave = () => 'break untaken';
    world.clock.advance(120);
    await world.sendDue();
    world.mail.misbehave = null;
    world.clock.advance(3600);
    await world.sendDue();
    const token = await world.confirmationToken(email);
    await world.confirm(token);
    const { errors } = await world.confirm(token);
    const unsubscribing = await world.unsubscribeTokenOf(email);
    for (const path of [`confirm?token=${token}`, `unsubscribe?token=${unsubscribing}`])
      for (const method of ['GET', 'POST']) await fetch(`${app.url}/newsletter/${path}`, { method });
    const { accessToken } = await app.login('admin');
    const { data } = await app.send(
      AuditLogDocument,
      { targetType: 'NewsletterSubscription', targetId: mailboxKey(email) },
      { token: accessToken },
    );
    expect(data!.auditLog.edges.map(({ node }) => node.action)).toEqual([
      'newsletter.unsubscribe',
      'newsletter.confirm',
      'newsletter.subscribe',
    ]);
    expect(app.logs.join('')).toContain('a confirmation mail could not be sent');
    for (const secret of ['quiet-person', token, unsubscribing])
      for (const place of [app.logs.join(''), JSON.stringify(errors), JSON.stringify(data)])
        expect(place).not.toContain(secret);
  });
});
