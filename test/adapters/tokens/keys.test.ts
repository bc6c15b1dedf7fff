import { execFile } from 'node:child_process';
import fs, { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { KeyRing } from '../../../src/adapters/tokens/key-ring';
import { createLogger } from '../../../src/logger';
import { createKeys, keysIn, rotateKeys } from '../../../src/adapters/tokens/key-file';
import { testSigningKey } from '../../helpers/app';

const ROOT = path.resolve(__dirname, '../../..');
const run = promisify(execFile);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-keys-'));
  file = path.join(folder, 'jwt.pem');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run keys', () => {
  const keys = (command: string, settings: Record<string, string> = { JWT_PRIVATE_KEYS_FILE: file }) =>
    run(process.execPath, ['--require', './scripts/register-swc.cjs', 'src/bin/keys.ts', command], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...settings },
    });

  it('makes a file, lists it, and puts a new key in front of the one that signed', async () => {
    await keys('create');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [first] = keysIn(file);
    expect((await keys('list')).stdout).toContain(`${first!.kid}  signs since 20`);
    const { stdout } = await keys('rotate');
    const [signing, retired] = keysIn(file);
    expect(retired!.kid).toBe(first!.kid);
    expect(stdout).toContain(`${signing!.kid}  signs since`);
    expect(stdout).toContain(`${retired!.kid}  verifies; signed until`);
    expect(stdout).not.toContain('PRIVATE KEY');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('says what to do instead, and changes nothing', async () => {
    await expect(keys('rotate')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('keys -- create'),
    });
    await keys('create');
    const before = readFileSync(file, 'utf8');
    await expect(keys('create')).rejects.toMatchObject({ stderr: expect.stringContaining('exists') });
    await expect(keys('destroy')).rejects.toMatchObject({ stderr: expect.stringContaining('Usage') });
    expect(readFileSync(file, 'utf8')).toBe(before);
    const inline = { JWT_PRIVATE_KEYS: testSigningKey() };
    await expect(keys('rotate', inline)).rejects.toMatchObject({
      stderr: expect.stringContaining('two deployments'),
    });
    writeFileSync(file, 'no key at all');
    await expect(keys('rotate')).rejects.toMatchObject({
      stderr: expect.stringContaining('nothing was changed'),
    });
    expect(readFileSync(file, 'utf8')).toBe('no key at all');
  });

  it('takes a key out when nothing it signed can be alive any more', () => {
    const days = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);
    createKeys(file, days(0));
    const [oldest] = keysIn(file);
    rotateKeys(file, days(10));
    expect(rotateKeys(file, days(40))).toEqual([]);
    expect(keysIn(file)).toHaveLength(3);
    expect(rotateKeys(file, days(42))).toEqual([oldest!.kid]);
    expect(keysIn(file)).toHaveLength(3);
  });

  it('takes over a file that openssl wrote, or that a key was put behind by hand', () => {
    writeFileSync(file, `${testSigningKey()}\n${testSigningKey()}`);
    const before = keysIn(file).map(({ kid }) => kid);
    rotateKeys(file, new Date());
    expect(
      keysIn(file)
        .slice(1)
        .map(({ kid }) => kid),
    ).toEqual(before);
    expect(
      keysIn(file)
        .slice(1)
        .every(({ until }) => until !== null),
    ).toBe(true);
  });
});

describe('the keys of a running process', () => {
  it('are not looked for on disk for every made-up kid', () => {
    createKeys(file, new Date());
    const logger = createLogger({ level: 'silent', pretty: false });
    const keys = new KeyRing({ pems: [readFileSync(file, 'utf8')], file, logger });
    const looks = jest.spyOn(fs, 'statSync');
    try {
      for (let n = 0; n < 2_000; n++) expect(keys.find(`made-up-${n}`)).toBeUndefined();
      // At most 20 a second; the loop may take two of them.
      expect(looks.mock.calls.length).toBeLessThanOrEqual(60);
    } finally {
      looks.mockRestore();
    }
  });
});
