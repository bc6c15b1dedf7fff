import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTestApp, type TestApp } from '../helpers/app';

const ROOT = path.resolve(__dirname, '../..');

describe('a program of src/bin', () => {
  let app: TestApp;
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-commands-'));

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  /** What it says of what went wrong, and its exit code. */
  async function outcome(args: string[], environment: Record<string, string>, pipe = '') {
    const program = `${process.execPath} --require ./scripts/register-swc.cjs ${args.join(' ')}`;
    const child = spawn('sh', ['-c', `{ ${program}; echo "code $?" >&2; } ${pipe}`], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, DATA_DIR: folder, ...environment },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.resume();
    await new Promise((resolve) => child.once('close', resolve));
    const [, said, code] = /^([^]*)code (\d+)\n$/.exec(stderr)!;
    return { code: Number(code), stderr: said };
  }

  it('admin says that the last admin stays, and no more', async () => {
    const { prisma } = app.context.database;
    const kakaoId = '77';
    await prisma.user.create({ data: { kakaoId, name: '관리자', role: 'ADMIN', lastLoginAt: new Date() } });
    const environment = { DATABASE_URL: app.config.databaseUrl };
    expect(await outcome(['src/bin/admin.ts', 'revoke', kakaoId], environment)).toEqual({
      code: 1,
      stderr: 'This is the last admin.\n',
    });
  });

  it('doctor goes on when nobody reads any more, as behind head', async () => {
    const nothing = await outcome(['src/bin/doctor.ts'], {}, '| true');
    expect(nothing).toEqual({ code: 1, stderr: '' });
  });

  it('npm start says in production what to start instead, and touches nothing', async () => {
    const { code, stderr } = await outcome(['src/bin/dev.ts'], { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^npm start is for development; in production start dist\/bin\/server.js .*\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('Without the development packages, as after npm ci with NODE_ENV=production', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-without-'));
  beforeAll(() => {
    for (const part of ['package.json', 'scripts'])
      cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['start', 'test', 'build', 'check', 'schema', 'bench', 'recommend:evaluate'])(
    'npm run %s says so in one sentence',
    (script) => {
      const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', script], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^Development packages are missing .*: run `npm ci --include=dev`.*\n$/);
    },
  );
});
