import {
  CreatePublisherDocument,
  MeDocument,
  PublishersDocument,
  PublishersForAdminDocument,
} from '../generated/operations';
import { consent, startTestApp, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';

/** `name=value` of the cookies an answer sets. */
function cookiesOf(response: Response): Map<string, string> {
  return new Map(
    response.headers.getSetCookie().map((line) => {
      const pair = line.split(';')[0]!;
      return [pair.slice(0, pair.indexOf('=')), pair];
    }),
  );
}

describe('the browser session of the playground', () => {
  const clock = new TestClock();
  let app: TestApp;
  let origin: string;
  let cookie: string;

  beforeAll(async () => {
    app = await startTestApp({ clock });
    origin = app.config.publicUrl;
    cookie = cookiesOf(await finished(await begun(), 'admin')).get('gyeongdan')!;
  });
  afterAll(() => app.close());

  interface Begun {
    cookie: string;
    location: string;
  }

  async function begun(): Promise<Begun> {
    const response = await fetch(`${app.url}/auth/kakao`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    return {
      cookie: cookiesOf(response).get('gyeongdan-login')!,
      location: response.headers.get('location')!,
    };
  }

  const callback = (query: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/auth/kakao/callback?${new URLSearchParams(query).toString()}`, {
      headers,
      redirect: 'manual',
    });

  async function finished({ cookie: pending, location }: Begun, user: string): Promise<Response> {
    const state = new URL(location).searchParams.get('state')!;
    return callback({ code: await consent(location, user), state }, { cookie: pending });
  }

  const ours = (more: Record<string, string> = {}) => ({ headers: { cookie, origin, ...more } });

  it('is a cookie that scripts cannot read and other sites do not send along', async () => {
    const response = await finished(await begun(), 'reader-1');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/graphql');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const line = response.headers.getSetCookie().find((text) => text.startsWith('gyeongdan='))!;
    expect(line).toMatch(/; Path=\//);
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).not.toMatch(/Domain=/);
    expect(response.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^gyeongdan-login=;.*Max-Age=0/),
    );
  });

  it('signs its page in', async () => {
    const { data } = await app.send(MeDocument, {}, ours());
    expect(data!.me).toMatchObject({ role: 'ADMIN', sessions: [expect.objectContaining({ current: true })] });
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a site with a similar name', { origin: 'http://localhost.evil.example' }],
    ['an unnamed site', { origin: 'null' }],
    ['a client on another port of this machine', { origin: 'http://localhost:3000' }],
  ])('a foreign Origin with the playground cookie does nothing: %s', async (_who, headers) => {
    const read = await app.send(MeDocument, {}, ours(headers));
    expect(read.errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    const input = { name: '남의 이름으로' };
    const written = await app.send(CreatePublisherDocument, { input }, ours(headers));
    expect(written.errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect(await app.context.database.prisma.publisher.count({ where: input })).toBe(0);
  });

  it('is worth nothing without an Origin', async () => {
    const { errors } = await app.send(MeDocument, {}, { headers: { cookie } });
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'a form post with the playground cookie does nothing: %s',
    async (contentType) => {
      const query = 'mutation { createPublisher(input: { name: "양식" }) { id } }';
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': contentType },
        body: contentType.includes('urlencoded')
          ? new URLSearchParams({ query }).toString()
          : JSON.stringify({ query }),
      });
      expect(response.status).toBe(400);
      expect(await app.context.database.prisma.publisher.count({ where: { name: '양식' } })).toBe(0);
    },
  );

  it('a GET mutation with the playground cookie does nothing', async () => {
    const get = (query: string) =>
      fetch(`${app.url}/graphql?${new URLSearchParams({ query }).toString()}`, {
        headers: { cookie, origin, 'apollo-require-preflight': 'true' },
      });
    const read = await get('{ me { id } }');
    expect(JSON.stringify(await read.json())).toContain('UNAUTHENTICATED');
    expect(read.headers.get('cache-control')).toBe('private, no-store');
    expect((await get('mutation { createPublisher(input: { name: "주소" }) { id } }')).status).toBe(405);
    expect(await app.context.database.prisma.publisher.count({ where: { name: '주소' } })).toBe(0);
  });

  it('gives way to a bearer token', async () => {
    const { accessToken: token, user } = await app.login('reader-2');
    const { data } = await app.send(MeDocument, {}, { token, ...ours() });
    expect(data!.me.id).toBe(user.id);
    expect((await app.send(MeDocument, {}, { token: 'expired', ...ours() })).status).toBe(401);
  });

  it('is no bearer token, and a bearer token is no cookie', async () => {
    const token = cookie.slice('gyeongdan='.length);
    expect((await app.send(MeDocument, {}, { token })).status).toBe(401);
    const { accessToken } = await app.login('reader-2');
    const { errors } = await app.send(MeDocument, {}, ours({ cookie: `gyeongdan=${accessToken}` }));
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('leaves what is public to a visitor whose session is over or forged', async () => {
    const { status, errors } = await app.send(PublishersDocument, {}, ours({ cookie: 'gyeongdan=forged' }));
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
  });

  it('is renewed while somebody works, and over after twelve quiet hours', async () => {
    const working = cookiesOf(await finished(await begun(), 'admin')).get('gyeongdan')!;
    clock.advance(16 * 60);
    const { headers } = await app.send(MeDocument, {}, ours({ cookie: working }));
    const renewed = cookiesOf({ headers } as Response).get('gyeongdan')!;
    expect(renewed).not.toBe(working);
    clock.advance(11.9 * 3600);
    expect((await app.send(MeDocument, {}, ours({ cookie: renewed }))).data!.me.role).toBe('ADMIN');
    const { errors } = await app.send(MeDocument, {}, ours({ cookie: working }));
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('ends when its own page signs out, and not when another site says so', async () => {
    const mine = cookiesOf(await finished(await begun(), 'admin')).get('gyeongdan')!;
    const signOut = (from: string) =>
      fetch(`${app.url}/auth/logout`, { method: 'POST', headers: { cookie: mine, origin: from } });
    expect((await signOut('https://evil.example')).status).toBe(204);
    expect((await app.send(MeDocument, {}, ours({ cookie: mine }))).data).not.toBeNull();
    expect(cookiesOf(await signOut(origin)).get('gyeongdan')).toBe('gyeongdan=');
    expect((await app.send(MeDocument, {}, ours({ cookie: mine }))).data).toBeNull();
  });

  describe('is not begun', () => {
    const NOTICE = '/graphql?notice=sign-in-failed';

    async function expectRefused(response: Response, location = NOTICE): Promise<void> {
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toBe(location);
      expect(cookiesOf(response).has('gyeongdan')).toBe(false);
    }

    it('by a login that another browser began', async () => {
      const { location } = await begun();
      const query = {
        code: await consent(location, 'admin'),
        state: new URL(location).searchParams.get('state')!,
      };
      await expectRefused(await callback(query));
      await expectRefused(await callback(query, { cookie: (await begun()).cookie }));
      await expectRefused(await callback(query, { cookie: 'gyeongdan-login=%7Bbroken' }));
    });

    it('when the reader says no at Kakao, which it says', async () => {
      const { cookie: pending, location } = await begun();
      const body = new URLSearchParams({ cancel: '' });
      const back = await fetch(location, { method: 'POST', body, redirect: 'manual' });
      const { search } = new URL(back.headers.get('location')!);
      const answer = await callback(Object.fromEntries(new URLSearchParams(search)), { cookie: pending });
      await expectRefused(answer, '/graphql?notice=sign-in-cancelled');
    });

    it.each([
      ['access_denied', 'sign-in-cancelled'],
      ['server_error', 'kakao-unavailable'],
      ['temporarily_unavailable', 'kakao-unavailable'],
      ['invalid_scope', 'sign-in-failed'],
    ])('when Kakao sends no code but %s: %s', async (error, notice) => {
      const { cookie: pending, location } = await begun();
      const state = new URL(location).searchParams.get('state')!;
      const answer = await callback({ error, state }, { cookie: pending });
      await expectRefused(answer, `/graphql?notice=${notice}`);
      await expectRefused(await callback({ error, state: 'foreign' }, { cookie: pending }));
      await expectRefused(await callback({ error, state }));
    });

    it('when Kakao is away, which it says', async () => {
      const started = await begun();
      app.standin.misbehave({ path: '/oauth/token', behaviour: 'serverError' });
      await expectRefused(await finished(started, 'admin'), '/graphql?notice=kakao-unavailable');
    });
  });

  it('lets an admin see what is for admins', async () => {
    const { errors } = await app.send(PublishersForAdminDocument, {}, ours());
    expect(errors).toEqual([]);
  });
});
