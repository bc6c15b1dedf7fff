import { randomBytes, randomUUID } from 'node:crypto';
import { unsubscribeToken } from '../../src/domain/newsletter/unsubscribe-token';
import { startNewsletterApp, type NewsletterApp } from '../helpers/newsletter-app';

const VICTIM = 'victim@example.com';

describe('mail', () => {
  let world: NewsletterApp;
  beforeEach(async () => {
    world = await startNewsletterApp();
  });
  afterEach(() => world.close());

  const rows = () => world.app.context.database.prisma.newsletterSubscription.count();

  it('line breaks, commas and unicode tricks in an address reach nobody', async () => {
    for (const email of [
      `a@example.com\r\nBcc: ${VICTIM}`, `a@example.com\nTo: ${VICTIM}`, `a@example.com, ${VICTIM}`, `a@example.com;${VICTIM}`, `a@example.com ${VICTIM}`,
      `"a@example.com,${VICTIM}"@example.com`, `a@example.com>,<${VICTIM}`, `Hong <${VICTIM}>`, `a@example.com\u2028Bcc:${VICTIM}`, `a\u0000@example.com`,
      `a@example.com%0d%0aBcc:${VICTIM}`, `${'a'.repeat(320)}@example.com`, `a＠example.com`, `a@ex\u200bample.com`, `"a b"@example.com`, `a@[127.0.0.1]`,
    ]) {
      const { errors } = await world.subscribe(email);
      expect({ email, ...errors[0]?.extensions }).toMatchObject({ email, code: 'BAD_USER_INPUT' });
    } // prettier-ignore
    await world.sendDue();
    expect([await rows(), world.mail.mails.length]).toEqual([0, 0]);
  });

  it('a name with a line break, a comma or an address in it makes no second recipient and no header', async () => {
    const { errors } = await world.subscribe('a@example.com', { name: `홍\r\nBcc: ${VICTIM}` });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.name' });
    const names = [
      `홍, ${VICTIM}`,
      `홍 <${VICTIM}>`,
      `"${VICTIM}"`,
      `=?UTF-8?B?Qmcj?= ${VICTIM}`,
      'https://evil.example',
    ];
    for (const [n, name] of names.entries()) await world.subscribe(`name-${n}@example.com`, { name });
    await world.sendDue();
    expect(world.mail.mails.map(({ envelope }) => envelope.to).sort()).toEqual(
      names.map((_, n) => [`name-${n}@example.com`]),
    );
    for (const { source } of world.mail.mails) {
      expect(source.toString()).not.toContain(VICTIM);
      expect(source.toString()).not.toContain('evil.example');
    }
  });

  it('1,000 subscriptions of other people’s addresses are one mail for each address', async () => {
    const emails = Array.from({ length: 500 }, (_, n) => `person-${n}@example.com`);
    for (const email of [...emails, ...emails])
      expect((await world.subscribe(email)).data).toEqual({ subscribeNewsletter: true });
    for (let n = 0; n < 3; n++) await world.sendDue();
    expect(world.mail.mails).toHaveLength(500);
    expect(new Set(world.mail.mails.map(({ envelope }) => envelope.to[0])).size).toBe(500);
  });

  it('a token that is guessed, used, cut, or of another link opens nothing', async () => {
    await world.subscribe(VICTIM);
    await world.sendDue();
    const token = await world.confirmationToken(VICTIM);
    const { id, emailKey, confirmationHash } = (await world.row(VICTIM))!;
    const wrong = [
      '', 'x', token.slice(0, -1), `${token}A`, token.toLowerCase(), ` ${token}`, randomBytes(32).toString('base64url'), id, emailKey,
      confirmationHash!, await world.unsubscribeTokenOf(VICTIM), "' OR ''='", '한'.repeat(10_000),
    ]; // prettier-ignore
    for (const guess of wrong) {
      const { errors } = await world.confirm(guess);
      expect({ guess, ...errors[0]?.extensions }).toMatchObject({
        guess,
        code: 'BAD_USER_INPUT',
        argument: 'token',
      });
    }
    expect((await world.confirm(token)).errors).toEqual([]);
    expect((await world.confirm(token)).errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });

    const other = await world.subscribed('other@example.com');
    const { unsubscribeKey } = (await world.row(VICTIM))!;
    for (const guess of [
      token, id, emailKey, unsubscribeKey,
      unsubscribeToken({ id, unsubscribeKey: randomUUID() }),
      unsubscribeToken({ id: randomUUID(), unsubscribeKey }),
      unsubscribeToken({ id: other.id, unsubscribeKey }),
      unsubscribeToken({ id, unsubscribeKey: id }),
    ]) {
      const { errors } = await world.unsubscribe(guess);
      expect({ guess, ...errors[0]?.extensions }).toMatchObject({ guess, code: 'BAD_USER_INPUT', argument: 'token' });
    } // prettier-ignore
    for (const email of [VICTIM, 'other@example.com']) expect(await world.row(email)).not.toBeNull();
  });

  it('a scanner that opens every link of a mail confirms nothing and ends nothing', async () => {
    await world.subscribe(VICTIM);
    await world.sendDue();
    const links = await world.mailsTo(VICTIM)[0]!.links();
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const link of links) expect((await fetch(link, { method })).status).toBeLessThan(500);
    expect(await world.row(VICTIM)).toMatchObject({ confirmedAt: null });
    await world.confirm(await world.confirmationToken(VICTIM));
    const token = await world.unsubscribeTokenOf(VICTIM);
    for (const method of ['GET', 'HEAD'])
      await fetch(`${world.app.url}/newsletter/unsubscribe?token=${token}`, { method });
    expect(await world.row(VICTIM)).not.toBeNull();
  });
});

describe('subscribing, limited', () => {
  let world: NewsletterApp;
  beforeAll(async () => {
    world = await startNewsletterApp({
      RATE_LIMIT_SUBSCRIPTIONS_PER_ADDRESS: '10',
      TRUSTED_PROXIES: '127.0.0.1',
    });
  });
  afterAll(() => world.close());

  const from = (address: string, email: string) =>
    world.app.query(
      'mutation ($email: EmailAddress!) { subscribeNewsletter(input: { email: $email, name: "x", categories: [OPINION_AND_ANALYSIS] }) }',
      { email },
      { headers: { 'x-forwarded-for': address } },
    );

  it('too many subscriptions from one place are refused, with when to come back', async () => {
    const codes = [];
    for (let n = 0; n < 12; n++)
      codes.push((await from('203.0.113.1', `a${n}@example.com`)).errors[0]?.extensions);
    expect(codes.filter((fault) => fault === undefined)).toHaveLength(10);
    expect(codes.at(-1)).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: expect.any(Number) as number,
    });
    expect((await from('203.0.113.2', 'b@example.com')).errors).toEqual([]);
  });

  it('one address is asked for five times a day, whoever asks and however it is written', async () => {
    const codes = [];
    for (let n = 0; n < 7; n++)
      codes.push(
        (await from(`203.0.113.${100 + n}`, n % 2 ? VICTIM : VICTIM.toUpperCase())).errors[0]?.extensions
          .code,
      );
    expect(codes).toEqual([...Array<undefined>(5).fill(undefined), 'RATE_LIMITED', 'RATE_LIMITED']);
  });

  it('one mailbox is asked for five times a day, under all the addresses that reach it', async () => {
    const emails = Array.from({ length: 7 }, (_, n) => `${'one'.slice(0, n % 3)}.${'one'.slice(n % 3)}+${n}@gmail.com`);
    const codes = [];
    for (const [n, email] of emails.entries())
      codes.push((await from(`203.0.114.${n}`, email.replace(/^\./, ''))).errors[0]?.extensions.code);
    expect(codes).toEqual([...Array<undefined>(5).fill(undefined), 'RATE_LIMITED', 'RATE_LIMITED']);
  }); // prettier-ignore
});
