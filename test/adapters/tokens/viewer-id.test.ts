import { ViewerIds } from '../../../src/adapters/tokens/viewer-id';
import { KeyRing } from '../../../src/adapters/tokens/key-ring';
import { createLogger } from '../../../src/logger';
import { startTestApp, testSigningKey, type TestApp } from '../../helpers/app';

const QUERY = '{ publishers { id } }';

describe('an anonymous reader', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ environment: { CORS_ORIGINS: 'https://gyeongdan.kr' } });
  });
  afterAll(() => app.close());

  const nameAfter = async (headers: Record<string, string> = {}, token?: string) =>
    (await app.query(QUERY, {}, { headers, token })).headers.get('viewer-id');

  it('is given a name once, and keeps it by sending it back', async () => {
    const name = (await nameAfter())!;
    expect(app.context.viewerIds.read(name)).toMatch(/^[\w-]{22}$/);
    expect(await nameAfter({ 'viewer-id': name })).toBeNull();
    expect(await nameAfter()).not.toBe(name);
  });

  it('gets a new one for a name that is forged, foreign, cut or silly', async () => {
    const name = (await nameAfter())!;
    const [id, kid, mac] = name.split('.') as [string, string, string];
    const keys = new KeyRing({
      pems: [testSigningKey()],
      file: null,
      logger: createLogger({ level: 'silent', pretty: false }),
    });
    const foreign = new ViewerIds(keys).issue();
    const changed = `${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`;
    const forged = [
      `${changed}.${kid}.${mac}`,
      foreign,
      name.slice(0, -1),
      `${name}x`,
      `${id}.${kid}.`,
      '..',
      'x'.repeat(5_000),
    ];
    for (const wrong of forged) {
      expect(app.context.viewerIds.read(wrong)).toBeNull();
      expect(await nameAfter({ 'viewer-id': wrong })).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    }
  });

  it('keeps the name when the signing key is replaced', async () => {
    const [old, next] = [testSigningKey(), testSigningKey()];
    const logger = createLogger({ level: 'silent', pretty: false });
    const name = new ViewerIds(new KeyRing({ pems: [old], file: null, logger })).issue();
    const rotated = new ViewerIds(new KeyRing({ pems: [next, old], file: null, logger }));
    expect(rotated.read(name)).toBe(name.split('.')[0]);
    expect(rotated.issue().split('.')[1]).not.toBe(name.split('.')[1]);
  });

  it('is never named in an answer that a shared cache may keep, and a signed-in one nowhere', async () => {
    const search = `?query=${encodeURIComponent(QUERY)}`;
    const cached = await fetch(`${app.url}/graphql${search}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(cached.headers.get('cache-control')).toContain('public');
    expect(cached.headers.get('viewer-id')).toBeNull();
    expect(await nameAfter({}, (await app.login('reader-1')).accessToken)).toBeNull();
  });

  it('may read and send it from the web client’s origin', async () => {
    const origin = 'https://gyeongdan.kr';
    const preflight = await fetch(`${app.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'viewer-id',
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('viewer-id');
    const answer = await app.query(QUERY, {}, { headers: { origin } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('viewer-id');
  });
});
