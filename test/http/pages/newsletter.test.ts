import { startNewsletterApp, type NewsletterApp } from '../../helpers/newsletter-app';

const EMAIL = 'reader@example.com';

describe('The pages of the newsletter', () => {
  let world: NewsletterApp;
  beforeEach(async () => {
    world = await startNewsletterApp();
  });
  afterEach(() => world.close());

  const ask = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(`${world.app.url}/newsletter/${path}`, {
      method,
      redirect: 'manual',
      ...init,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const newToken = async () => {
    await world.subscribe(EMAIL, {
      name: '홍<script>',
      categories: ['ECONOMY_AND_BUSINESS', 'SPORTS_AND_LEISURE'],
    });
    await world.sendDue();
    return world.confirmationToken(EMAIL);
  };

  it('confirm by a button', async () => {
    const token = await newToken();
    const page = await ask('GET', `confirm?token=${token}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('경제·기업, 스포츠·여가');
    expect(page.text).toContain('받는 이름: 홍&lt;script&gt;');
    expect(page.text).toMatch(/<form method="post">\s*<button>구독하기<\/button>/);
    expect(await world.row(EMAIL)).toMatchObject({ confirmedAt: null });

    const done = await ask('POST', `confirm?token=${token}`);
    expect(done.status).toBe(200);
    for (const part of [
      '홍&lt;script&gt; 님',
      '동의하셨어요',
      '무료로 해지',
      '보내는 곳: 경단',
      '서울시 중구 1',
    ])
      expect(done.text).toContain(part);
    expect(done.text).not.toContain('<form');
    expect((await world.row(EMAIL))!.confirmedAt).not.toBeNull();
    for (const method of ['GET', 'POST']) {
      const again = await ask(method, `confirm?token=${token}`);
      expect(again.status).toBe(404);
      expect(again.text).toContain('다시 신청해 주세요');
    }
  });

  it('unsubscribe by a button', async () => {
    await world.subscribed(EMAIL);
    const path = `unsubscribe?token=${await world.unsubscribeTokenOf(EMAIL)}`;
    expect((await ask('GET', path)).text).toContain('<button>구독 해지하기</button>');
    expect(await world.row(EMAIL)).not.toBeNull();
    for (let n = 0; n < 2; n++) {
      const done = await ask('POST', path);
      expect(done.status).toBe(200);
      expect(done.text).toContain('구독을 해지했어요');
    }
    expect(await world.row(EMAIL)).toBeNull();
    const { status, text } = await ask('GET', path);
    expect([status, text.includes('<form')]).toEqual([200, false]);
    expect(text).toContain('이미 해지했어요');
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'unsubscribe for mail programs by one click, as %s (RFC 8058): no cookie, no redirect',
    async (type) => {
      await world.subscribed(EMAIL);
      const path = `unsubscribe?token=${await world.unsubscribeTokenOf(EMAIL)}`;
      const body = type.startsWith('multipart')
        ? '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
        : 'List-Unsubscribe=One-Click';
      const headers = {
        'content-type': type,
        origin: 'https://mail.example',
        'sec-fetch-site': 'cross-site',
      };
      const { status, headers: answered } = await ask('POST', path, { body, headers });
      expect([status, answered.get('location'), answered.get('set-cookie')]).toEqual([200, null, null]);
      expect(await world.row(EMAIL)).toBeNull();
    },
  );

  it('say what to do with a link that is cut, unknown or twice there', async () => {
    for (const name of ['confirm', 'unsubscribe'])
      for (const query of [
        '',
        '?token=',
        '?token=x',
        `?token=${'A'.repeat(43)}`,
        '?token=a&token=b',
        '?token[]=a',
        '?token=%00',
      ])
        for (const method of ['GET', 'POST']) {
          const { status, text } = await ask(method, name + query);
          expect({ name, query, method, status }).toEqual({ name, query, method, status: 404 });
          expect(text).toContain(name === 'confirm' ? '새 메일을 보내 드릴게요' : '가장 최근에 받은 메일');
        }
  });

  it('are kept by no cache, run nothing, and tell the address with the token to nobody', async () => {
    const token = await newToken();
    for (const path of [`confirm?token=${token}`, 'unsubscribe?token=x'])
      for (const method of ['GET', 'POST']) {
        const { headers, text } = await ask(method, path);
        expect(headers.get('cache-control')).toBe('private, no-store');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        expect(headers.get('content-security-policy')).toContain("form-action 'self'");
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(text).not.toContain('<script');
        expect(text).toContain('name="robots" content="noindex"');
      }
    expect(world.app.logs.join('')).not.toContain(token);
  });

  it('lead where PUBLIC_URL says, whatever Host a request names', async () => {
    await world.app.query(
      'mutation ($email: EmailAddress!) { subscribeNewsletter(input: { email: $email, name: "x", categories: [OPINION_AND_ANALYSIS] }) }',
      { email: EMAIL },
      { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } },
    );
    await world.sendDue();
    const links = await world.mailsTo(EMAIL)[0]!.links();
    expect(links.map((link) => new URL(link).origin)).toEqual([world.app.config.publicUrl]);
  });

  it('say that they cannot be shown now while the database is away', async () => {
    const token = await newToken();
    jest
      .spyOn(world.app.context.services.subscriptions, 'offerOf')
      .mockRejectedValue(new Error('Connection terminated'));
    const { status, text } = await ask('GET', `confirm?token=${token}`);
    jest.restoreAllMocks();
    expect(status).toBe(503);
    expect(text).toContain('링크는 그대로 쓸 수 있어요');
  });
});
