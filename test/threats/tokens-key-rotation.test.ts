import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jwt from 'jsonwebtoken';
import { createKeys, keysIn, rotateKeys } from '../../src/adapters/tokens/key-file';
import { MeDocument, RefreshSessionDocument } from '../generated/operations';
import { startTestApp, testSigningKey, type Login, type TestApp } from '../helpers/app';
import { waitUntil } from '../helpers/wait-until';

const ISSUER = 'http://gyeongdan.test';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-keys-'));
  file = path.join(folder, 'jwt.pem');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kidOf = (token: string) => jwt.decode(token, { complete: true })!.header.kid!;

describe('gateways over one key file', () => {
  let first: TestApp;
  let second: TestApp;

  async function gateway(databaseUrl?: string): Promise<TestApp> {
    return startTestApp({
      environment: { JWT_PRIVATE_KEYS: '', JWT_PRIVATE_KEYS_FILE: file },
      adjust: (config) => void (config.session.issuer = ISSUER),
      ...(databaseUrl && { databaseUrl }),
    });
  }
  beforeEach(async () => {
    createKeys(file, new Date());
    first = await gateway();
    second = await gateway(first.config.databaseUrl);
  });
  afterEach(async () => {
    await second.close();
    await first.close();
  });

  const statusAt = async (app: TestApp, { accessToken: token }: Login) =>
    (await app.send(MeDocument, {}, { token })).status;

  it('key rotation: tokens of the old key work until they expire, none fails', async () => {
    const old = await first.login('reader-1');
    const statuses: number[] = [];
    const logins: Login[] = [];
    let stop = false;
    const traffic = (async () => {
      for (let round = 0; !stop; round++) {
        const [here, there] = round % 2 ? [first, second] : [second, first];
        const login = await here.login(`reader-${1 + (round % 5)}`);
        logins.push(login);
        statuses.push(await statusAt(there, login), await statusAt(here, login), await statusAt(there, old));
      }
    })();
    const kidsSeen = () => new Set(logins.map(({ accessToken }) => kidOf(accessToken))).size;
    for (const kids of [1, 2, 3]) {
      await waitUntil(`tokens of ${kids} keys are in use`, () => kidsSeen() >= kids);
      if (kids < 3) rotateKeys(file, new Date());
    }
    stop = true;
    await traffic;
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refreshed = await second.send(RefreshSessionDocument, { refreshToken: old.refreshToken });
    expect(refreshed.errors).toEqual([]);
    expect(kidOf(refreshed.data!.refreshSession.accessToken)).toBe(keysIn(file)[0]!.kid);
  });

  it('keep what they know when the file is broken, and say so', async () => {
    const login = await first.login('reader-1');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, 'half a fi');
    expect(await statusAt(second, login)).toBe(200);
    const forged = jwt.sign({}, testSigningKey(), { algorithm: 'ES256', keyid: 'unknown' });
    expect((await second.send(MeDocument, {}, { token: forged })).status).toBe(401);
    expect(second.logs.join('')).toContain('unusable; the known ones stay');
    expect(await statusAt(second, await second.login('reader-2'))).toBe(200);
    writeFileSync(file, good);
    expect(await statusAt(second, login)).toBe(200);
  });

  it('publish the public halves, and nothing else, for whoever verifies our tokens', async () => {
    const { accessToken } = await first.login('reader-1');
    rotateKeys(file, new Date());
    await waitUntil('the new key is published', async () => (await published()).keys.length === 2);
    const response = await fetch(`${first.url}/.well-known/jwks.json`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const { keys } = (await response.json()) as { keys: Record<string, string>[] };
    for (const key of keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    const jwk = keys.find(({ kid }) => kid === kidOf(accessToken))!;
    const publicKey = createPublicKey({ format: 'jwk', key: jwk });
    expect(jwt.verify(accessToken, publicKey, { issuer: ISSUER })).toHaveProperty('sid');
  });

  const published = async () =>
    (await (await fetch(`${first.url}/.well-known/jwks.json`)).json()) as { keys: unknown[] };
});
