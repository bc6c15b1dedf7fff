import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { TOKEN_KINDS } from '../../src/adapters/tokens/token-signer';
import {
  BeginKakaoLoginDocument,
  LoginWithKakaoCodeDocument,
  MeDocument,
  PublishersDocument,
  RefreshSessionDocument,
} from '../generated/operations';
import { startTestApp, testSigningKey, type Login, type TestApp } from '../helpers/app';

describe('a bearer token that is not a valid access token of ours', () => {
  const signingKey = testSigningKey();
  const privateKey = createPrivateKey(signingKey);
  const publicPem = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString();
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let app: TestApp;
  let login: Login;
  let header: jwt.JwtHeader;
  let claims: jwt.JwtPayload;

  beforeAll(async () => {
    app = await startTestApp({ environment: { JWT_PRIVATE_KEYS: signingKey } });
    login = await app.login('reader-1');
    const decoded = jwt.decode(login.accessToken, { complete: true })!;
    header = decoded.header;
    claims = decoded.payload as jwt.JwtPayload;
  });
  afterAll(() => app.close());

  interface Forgery {
    header?: object;
    claims?: object;
    key?: jwt.Secret | jwt.PrivateKey;
    algorithm?: jwt.Algorithm;
  }

  /** A token like the reader's, with some things changed; undefined takes a claim or header away. */
  function forge({
    header: headers,
    claims: more,
    key = privateKey,
    algorithm = 'ES256',
  }: Forgery = {}): string {
    const payload = JSON.parse(JSON.stringify({ ...claims, ...more })) as object;
    return jwt.sign(payload, key, {
      algorithm,
      header: { ...header, ...headers, alg: algorithm },
      allowInvalidAsymmetricKeyTypes: true,
    });
  }

  /** HS256 by hand: jsonwebtoken refuses to use a public key as a secret. */
  function hs256(): string {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', publicPem).update(signed).digest('base64url')}`;
  }

  async function kakaoIdToken(): Promise<string> {
    const { code, redirectUri, codeVerifier } = await app.agreedLogin('reader-1');
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: app.config.kakao.restApiKey,
      client_secret: app.config.kakao.clientSecret!,
      redirect_uri: redirectUri,
      code,
      code_verifier: codeVerifier,
    });
    const answer = await fetch(`${app.standin.url}/oauth/token`, { method: 'POST', body });
    return ((await answer.json()) as { id_token: string }).id_token;
  }

  async function loginState(): Promise<string> {
    const redirectUri = app.config.kakao.redirectUris[0]!;
    return (await app.send(BeginKakaoLoginDocument, { redirectUri })).data!.beginKakaoLogin.state;
  }

  const seconds = () => Math.floor(Date.now() / 1000);
  const FORGERIES: Record<string, () => string | Promise<string>> = {
    'alg none': () => forge({ key: '', algorithm: 'none' }),
    'HS256 signed with our public key': hs256,
    'RS256 with somebody’s key': () => forge({ key: rsa.privateKey, algorithm: 'RS256' }),
    'ES256 with somebody’s key': () => forge({ key: stranger.privateKey }),
    'an unknown kid': () => forge({ header: { kid: 'unknown' } }),
    'no kid': () => forge({ header: { kid: undefined } }),
    'a path-like kid': () => forge({ header: { kid: '../../../../dev/null' }, key: '', algorithm: 'none' }),
    'a SQL-like kid': () => forge({ header: { kid: "x' UNION SELECT 'key" } }),
    'a kid of a prototype': () => forge({ header: { kid: '__proto__' } }),
    'a jku header': () =>
      forge({
        key: stranger.privateKey,
        header: { kid: 'theirs', jku: `${app.standin.url}/.well-known/jwks.json` },
      }),
    'a jwk header': () =>
      forge({ key: stranger.privateKey, header: { jwk: stranger.publicKey.export({ format: 'jwk' }) } }),
    'a wrong aud': () => forge({ claims: { aud: 'somebody-else' } }),
    'the audience of refresh tokens': () => forge({ claims: { aud: TOKEN_KINDS.refresh.audience } }),
    'a wrong iss': () => forge({ claims: { iss: 'https://evil.example' } }),
    'a wrong typ': () => forge({ header: { typ: 'JWT' } }),
    'no type': () => forge({ header: { typ: undefined } }),
    'expired': () => forge({ claims: { exp: seconds() - 1 } }),
    'nbf in the future': () => forge({ claims: { nbf: seconds() + 60 } }),
    'no exp': () => forge({ claims: { exp: undefined } }),
    'an expiry that is text': () => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      return `${encode(header)}.${encode({ ...claims, exp: '9999999999' })}.${forge().split('.')[2]}`;
    },
    'no session': () => forge({ claims: { sid: undefined } }),
    'a session that is not text': () => forge({ claims: { sid: { $ne: null } } }),
    'a session that never was': () => forge({ claims: { sid: '00000000-0000-7000-8000-000000000000' } }),
    'a refresh token used as an access token': () => login.refreshToken,
    'a login state': loginState,
    'a Kakao id_token used as ours': kakaoIdToken,
    'no token at all': () => '',
    'nonsense': () => 'a.b.c',
    'a very long text': () => 'x'.repeat(10_000),
  }; // prettier-ignore

  it('is told apart from the real one', async () => {
    const { data } = await app.send(MeDocument, {}, { token: forge() });
    expect(data!.me.id).toBe(login.user.id);
  });

  it.each(Object.keys(FORGERIES))('is refused with 401 before anything runs: %s', async (name) => {
    const token = await FORGERIES[name]!();
    const headers = { authorization: `Bearer ${token}` };
    for (const query of ['{ me { id } }', '{ publishers { id } }']) {
      const logged = app.logs.length;
      app.statements.length = 0;
      const { status, data, errors, headers: answered } = await app.query(query, {}, { headers });
      expect({ status, data }).toEqual({ status: 401, data: null });
      expect(errors).toEqual([expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })]);
      expect(errors[0]).not.toHaveProperty('path');
      expect(answered.get('cache-control')).toBe('private, no-store');
      expect(app.statements.filter((sql) => !sql.includes('"Session"'))).toEqual([]);
      if (token.length > 20) expect(app.logs.slice(logged).join('\n')).not.toContain(token);
    }
  });

  it.each(['Basic cmVhZGVyOnBhc3N3b3Jk', 'Bearer', 'Token abc', 'bearer a b'])(
    'is refused when the header says %p',
    async (authorization) => {
      const { status } = await app.send(PublishersDocument, {}, { headers: { authorization } });
      expect(status).toBe(401);
    },
  );

  it('does not keep anybody from signing in, refreshing or signing out', async () => {
    const token = forge({ claims: { exp: seconds() - 1 } });
    const redirectUri = app.config.kakao.redirectUris[0]!;
    const begun = await app.send(BeginKakaoLoginDocument, { redirectUri }, { token });
    expect(begun.status).toBe(200);
    const { refreshToken } = await app.login('reader-2');
    const refreshed = await app.send(RefreshSessionDocument, { refreshToken }, { token });
    expect(refreshed.data!.refreshSession.user.name).toBe('독자 2');
    const mixed = await app.query(
      `mutation { beginKakaoLogin(redirectUri: "${redirectUri}") { url } revokeSession(id: "x") }`,
      {},
      { token },
    );
    expect(mixed.status).toBe(401);
  });

  it.each(Object.keys(FORGERIES).filter((name) => name !== 'a refresh token used as an access token'))(
    'is no refresh token either: %s',
    async (name) => {
      const refreshToken = await FORGERIES[name]!();
      const { data, errors } = await app.send(RefreshSessionDocument, { refreshToken });
      expect({ data, code: errors[0]!.extensions.code }).toEqual({ data: null, code: 'UNAUTHENTICATED' });
    },
  );

  it('an access token used as a refresh token is refused', async () => {
    const { errors } = await app.send(RefreshSessionDocument, { refreshToken: login.accessToken });
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('200 such requests cause no extra key fetch', async () => {
    const fetched = app.standin.requestCount('/.well-known/jwks.json');
    const idToken = await kakaoIdToken();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        app.send(
          MeDocument,
          {},
          { token: n % 2 ? idToken : forge({ key: stranger.privateKey, header: { kid: `k${n}` } }) },
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(app.standin.requestCount('/.well-known/jwks.json')).toBe(fetched);
  });

  it('200 logins with an id_token of an unknown kid cause no extra key fetch', async () => {
    await app.login('reader-1');
    const begun = performance.now();
    const keysFetched = () => app.standin.requestCount('/.well-known/jwks.json');
    const fetched = keysFetched();
    app.standin.misbehave({ path: '/oauth/token', behaviour: 'unknownKid', times: 200 });
    const codes = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const input = await app.agreedLogin('reader-1');
        return (await app.send(LoginWithKakaoCodeDocument, { input })).errors[0]?.extensions.code;
      }),
    );
    expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']));
    // One look in ten seconds is allowed, for a key that Kakao may have just begun to use.
    const seconds = (performance.now() - begun) / 1_000;
    expect(keysFetched() - fetched).toBeLessThanOrEqual(1 + Math.floor(seconds / 10));
    expect((await app.login('reader-1')).user.id).toBe(login.user.id);
  });
});
