import { NewsletterSubscriptionsDocument } from '../../generated/operations';
import { startNewsletterApp, type NewsletterApp } from '../../helpers/newsletter-app';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('Subscribing to the newsletter', () => {
  let world: NewsletterApp;
  beforeAll(async () => {
    world = await startNewsletterApp();
  });
  afterEach(() => {
    world.mail.misbehave = null;
  });
  afterAll(() => world.close());

  let made = 0;
  const newAddress = () => `reader-${++made}@example.com`;
  const refusal = { code: 'BAD_USER_INPUT', argument: 'token' };

  it('sends a mail whose link confirms, once', async () => {
    const email = newAddress();
    expect(
      await world.subscribe(` ${email.toUpperCase().replace('EXAMPLE.COM', 'Example.Com')}\n`),
    ).toMatchObject({
      data: { subscribeNewsletter: true },
      errors: [],
    });
    const address = email.replace('reader', 'READER');
    expect(world.mailsTo(address)).toEqual([]);
    await world.sendDue();
    await world.sendDue();
    expect(world.mailsTo(address)).toHaveLength(1);

    const { data } = await world.confirm(await world.confirmationToken(address));
    expect(data).toMatchObject({
      confirmNewsletter: {
        email: address,
        name: '홍길동',
        categories: ['ECONOMY_AND_BUSINESS'],
        confirmed: true,
      },
    });
    const { errors } = await world.confirm(await world.confirmationToken(address));
    expect(errors[0]?.extensions).toMatchObject(refusal);
    expect(await world.row(address)).toMatchObject({ pending: null, offered: null, confirmationHash: null });
  });

  it('sends a mail that says who sends it, why, and what it takes, and is no advertisement', async () => {
    const email = newAddress();
    await world.subscribe(email, {
      name: '이름 <b>',
      categories: ['OPINION_AND_ANALYSIS', 'ECONOMY_AND_BUSINESS'],
    });
    await world.sendDue();
    const [mail] = world.mailsTo(email);
    expect(mail!.envelope).toEqual({ from: 'newsletter@gyeongdan.example', to: [email] });
    const { subject, from, to, text, html, headers } = await mail!.parsed();
    expect(subject).toBe('[경단] 뉴스레터 구독을 확인해 주세요');
    expect(from?.text).toBe('"경단" <newsletter@gyeongdan.example>');
    expect([to].flat()[0]?.value).toEqual([{ address: email, name: '' }]);
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    const token = await world.confirmationToken(email);
    for (const body of [text!, html as string]) {
      for (const part of [
        '경제·기업, 의견·분석',
        '그냥 두면 돼요',
        '서울시 중구 1, 02-000-0000',
        '보낸 곳: 경단',
      ])
        expect(body).toContain(part);
      expect(body).toContain(`${world.app.config.publicUrl}/newsletter/confirm?token=${token}`);
      // What a stranger wrote would make it a letter of theirs.
      expect(body).not.toContain('이름');
    }
    const { confirmationHash } = (await world.row(email))!;
    expect(confirmationHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(await world.row(email))).not.toContain(token);
  });

  it('answers and does the same for known and unknown addresses', async () => {
    const [confirmed, waiting, unknown] = [newAddress(), newAddress(), newAddress()];
    await world.subscribed(confirmed);
    await world.subscribe(waiting);
    const { statements } = world.app;
    const answers = [];
    for (const email of [confirmed, waiting, unknown]) {
      const before = statements.length;
      const { status, data, errors } = await world.subscribe(email, { name: '다른 이름' });
      answers.push({ status, data, errors, statements: statements.slice(before) });
    }
    expect(answers[0]).toMatchObject({ status: 200, data: { subscribeNewsletter: true }, errors: [] });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('changes nothing of a confirmed subscription before its new link is used', async () => {
    const email = newAddress();
    const before = await world.subscribed(email);
    world.clock.advance(11 * MINUTE);
    await world.subscribe(email.toUpperCase().replace('EXAMPLE.COM', 'example.com'), {
      name: '새 이름',
      categories: ['TECHNOLOGY_AND_CULTURE', 'OPINION_AND_ANALYSIS'],
    });
    await world.sendDue();
    const { name, categories, email: kept, confirmedAt } = (await world.row(email))!;
    expect({ name, categories, email: kept, confirmedAt }).toMatchObject({
      name: '홍길동', categories: ['ECONOMY_AND_BUSINESS'], email, confirmedAt: before.confirmedAt,
    }); // prettier-ignore
    expect((await world.mailsTo(email).at(-1)!.parsed()).subject).toBe(
      '[경단] 뉴스레터 구독 변경을 확인해 주세요',
    );

    const { data } = await world.confirm(await world.confirmationToken(email));
    expect(data).toMatchObject({
      confirmNewsletter: {
        id: before.id,
        name: '새 이름',
        categories: ['TECHNOLOGY_AND_CULTURE', 'OPINION_AND_ANALYSIS'],
      },
    });
    expect((await world.row(email))!.confirmedAt).toEqual(before.confirmedAt);
  });

  it('sends one mail however often the same is asked for, and another wish no sooner than ten minutes later', async () => {
    const email = newAddress();
    await Promise.all(Array.from({ length: 5 }, () => world.subscribe(email)));
    await world.sendDue();
    for (let n = 0; n < 3; n++) await world.subscribe(email);
    await world.sendDue();
    expect(world.mailsTo(email)).toHaveLength(1);
    const first = await world.confirmationToken(email);

    await world.subscribe(email, { name: '딴사람', categories: ['SPORTS_AND_LEISURE'] });
    world.clock.advance(9 * MINUTE);
    await world.sendDue();
    expect(world.mailsTo(email)).toHaveLength(1);
    // The first link still means what its mail said.
    const { data } = await world.confirm(first);
    expect(data).toMatchObject({
      confirmNewsletter: { name: '홍길동', categories: ['ECONOMY_AND_BUSINESS'] },
    });

    world.clock.advance(2 * MINUTE);
    await world.sendDue();
    await world.sendDue();
    expect(world.mailsTo(email)).toHaveLength(2);
    expect((await world.confirm(await world.confirmationToken(email))).data).toMatchObject({
      confirmNewsletter: { name: '딴사람', categories: ['SPORTS_AND_LEISURE'] },
    });
  });

  it('can be asked for again when no mail came through: ten minutes later the same wish is a new mail', async () => {
    const email = newAddress();
    await world.subscribe(email);
    await world.sendDue();
    const first = await world.confirmationToken(email);
    world.clock.advance(11 * MINUTE);
    await world.subscribe(email);
    await world.sendDue();
    expect(world.mailsTo(email)).toHaveLength(2);
    expect((await world.confirm(first)).errors[0]?.extensions).toMatchObject(refusal);
    expect((await world.confirm(await world.confirmationToken(email))).errors).toEqual([]);
  });

  it('is confirmed within 48 hours, or not', async () => {
    const [late, inTime] = [newAddress(), newAddress()];
    for (const email of [late, inTime]) await world.subscribe(email);
    await world.sendDue();
    world.clock.advance(2 * DAY - MINUTE);
    expect((await world.confirm(await world.confirmationToken(inTime))).errors).toEqual([]);
    world.clock.advance(2 * MINUTE);
    const { errors } = await world.confirm(await world.confirmationToken(late));
    expect(errors[0]?.extensions).toMatchObject(refusal);
    expect(await world.row(late)).toMatchObject({ confirmedAt: null });
    await world.subscribe(late);
    await world.sendDue();
    expect((await world.confirm(await world.confirmationToken(late))).errors).toEqual([]);
  });

  it.each([
    ['email', { email: 'no address' }],
    ['email', { email: '' }],
    ['email', { email: 'a@example.com\r\nBcc: b@example.com' }],
    ['name', { name: '' }],
    ['name', { name: ' \u3164 ' }],
    ['name', { name: 'x'.repeat(51) }],
    ['name', { name: '홍길동\r\nBcc: b@example.com' }],
    ['name', { name: '홍\u2028길동' }],
    ['name', { name: '홍\u202e길동' }],
    ['name', { name: '홍\u0007길동' }],
    ['categories', { categories: [] }],
    ['categories', { categories: ['OPINION_AND_ANALYSIS', 'OPINION_AND_ANALYSIS'] }],
    ['categories.0', { categories: ['NEWS'] }],
  ])('is refused, naming what is wrong: %s of %j', async (argument, wrong) => {
    const input = { email: newAddress(), name: '홍길동', categories: ['OPINION_AND_ANALYSIS'], ...wrong };
    const { data, errors } = await world.app.query(
      'mutation ($input: NewsletterInput!) { subscribeNewsletter(input: $input) }',
      { input },
    );
    expect(data?.subscribeNewsletter ?? null).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: `input.${argument}` });
    expect(errors[0]!.message).not.toContain(input.email || 'nothing');
  });

  it('takes a name of 50 characters in any script, and a domain in Korean', async () => {
    const name = '가'.repeat(48) + '👍';
    expect((await world.subscribe('hong@경단.한국', { name })).data).toEqual({ subscribeNewsletter: true });
    expect(await world.row('hong@xn--289a00j.xn--3e0b707e')).toMatchObject({ name });
  });

  it('is refused where no mail can be sent', async () => {
    const { services } = world.app.context;
    const deps = (services.subscriptions as unknown as { deps: { sendsMail: boolean } }).deps;
    deps.sendsMail = false;
    try {
      const { errors } = await world.subscribe(newAddress());
      expect(errors[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    } finally {
      deps.sendsMail = true;
    }
  });

  describe('and leaving it', () => {
    it('takes the link of any mail, any number of times, and ends no other subscription', async () => {
      const [leaving, staying] = [newAddress(), newAddress()];
      await world.subscribed(leaving);
      await world.subscribed(staying);
      const token = await world.unsubscribeTokenOf(leaving);
      for (let n = 0; n < 2; n++)
        expect(await world.unsubscribe(token)).toMatchObject({
          data: { unsubscribeNewsletter: true },
          errors: [],
        });
      expect(await world.row(leaving)).toBeNull();
      expect(await world.row(staying)).toMatchObject({ name: '홍길동', unsubscribedAt: null });
    });

    it('leaves nothing of the person but a hash, which lets old links work when they come back', async () => {
      const email = newAddress();
      const { id, emailKey } = await world.subscribed(email);
      const token = await world.unsubscribeTokenOf(email);
      await world.unsubscribe(token);
      const { prisma } = world.app.context.database;
      const left = await prisma.newsletterSubscription.findUniqueOrThrow({ where: { id } });
      expect(left).toMatchObject({
        email: '', name: '', categories: [], userId: null, pending: null, offered: null, confirmedAt: null, emailKey,
      }); // prettier-ignore
      expect(left.unsubscribedAt).not.toBeNull();
      expect(JSON.stringify(left)).not.toContain('reader-');

      world.clock.advance(HOUR);
      expect((await world.subscribed(email)).id).toBe(id);
      expect((await world.row(email))!.createdAt.getTime()).toBeGreaterThan(left.createdAt.getTime());
      expect((await world.unsubscribe(token)).data).toEqual({ unsubscribeNewsletter: true });
      expect(await world.row(email)).toBeNull();
    });

    it('takes back what was asked for and is not confirmed', async () => {
      const email = newAddress();
      await world.subscribed(email);
      const token = await world.unsubscribeTokenOf(email);
      world.clock.advance(HOUR);
      await world.subscribe(email, { name: '또' });
      await world.sendDue();
      const confirmation = await world.confirmationToken(email);
      await world.unsubscribe(token);
      expect((await world.confirm(confirmation)).errors[0]?.extensions).toMatchObject(refusal);
    });
  });

  describe('seen by staff', () => {
    const list = async (token: string, variables = {}) =>
      (await world.app.send(NewsletterSubscriptionsDocument, variables, { token })).data!
        .newsletterSubscriptions;

    it('is a list, newest first, of those that have not ended, by category', async () => {
      const { accessToken: token } = await world.app.login('admin');
      const [sports, both, unconfirmed, ended] = [newAddress(), newAddress(), newAddress(), newAddress()];
      await world.subscribed(sports, ['SPORTS_AND_LEISURE']);
      await world.subscribed(both, ['SPORTS_AND_LEISURE', 'POLITICS_AND_SOCIETY']);
      await world.subscribe(unconfirmed, { categories: ['POLITICS_AND_SOCIETY'] });
      await world.subscribed(ended, ['POLITICS_AND_SOCIETY']);
      await world.unsubscribe(await world.unsubscribeTokenOf(ended));

      const { edges } = await list(token, { category: 'POLITICS_AND_SOCIETY' });
      expect(edges.map(({ node: { email, confirmed } }) => [email, confirmed])).toEqual([
        [unconfirmed, false],
        [both, true],
      ]);
      const first = await list(token, { first: 2 });
      expect(first.edges.map(({ node }) => node.email)).toEqual([unconfirmed, both]);
      const second = await list(token, { first: 1, after: first.pageInfo.endCursor });
      expect(second.edges.map(({ node }) => node.email)).toEqual([sports]);
      expect(first.totalCount).toBe((await list(token, { first: 100 })).edges.length);
    });

    it('is nobody else’s business', async () => {
      const { accessToken: token } = await world.app.login('reader-1');
      for (const [options, code] of [[{}, 'UNAUTHENTICATED'], [{ token }, 'FORBIDDEN']] as const) {
        const { errors } = await world.app.send(NewsletterSubscriptionsDocument, {}, options);
        expect(errors[0]?.extensions.code).toBe(code);
      } // prettier-ignore
    });
  });
});
