import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { unprivilegedIdentity } from '../src/dev/embedded-postgres/binaries';
import { freePort } from '../src/dev/embedded-postgres/embedded-postgres';
import { testSigningKey } from './helpers/app';
import { buildImage, filesBelow, type Image } from './helpers/dockerfile';
import { waitUntil } from './helpers/wait-until';

const ROOT = path.resolve(__dirname, '..');
const CANARY = 'canary-of-the-build-context';
/** Lie about in a checkout, and must not get into an image. */
const LEFT_LYING = [
  '.env',
  'jwt.pem',
  '.git/config',
  'src/.env.local',
  'src/http/key.pem',
  '.data/postgres-password',
];

describe('the image of the Dockerfile', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-image-'));
  const home = path.join(folder, 'home');
  const database = `image_${process.pid}`;
  const url = new URL(process.env.TEST_POSTGRES_URL!);
  url.pathname = `/${database}`;
  const identity = unprivilegedIdentity();
  let image: Image;
  let app: string;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    mkdirSync(home);
    if (identity) chownSync(home, identity.uid, identity.gid);
    const context = path.join(folder, 'context');
    checkout(context);
    for (const file of LEFT_LYING) {
      mkdirSync(path.dirname(path.join(context, file)), { recursive: true });
      writeFileSync(path.join(context, file), CANARY);
    }
    // What was fetched before is not fetched again.
    image = buildImage(context, path.join(folder, 'stages'), {
      PATH: process.env.PATH, HOME: process.env.HOME, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error',
    }); // prettier-ignore
    app = path.join(image.root, image.workdir);
    await superuser(`CREATE DATABASE ${database}`);
  }, 300_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await superuser(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  });

  async function settings(): Promise<Record<string, string>> {
    return {
      DATABASE_URL: url.href,
      PUBLIC_URL: 'https://api.gyeongdan.kr',
      KAKAO_REST_API_KEY: '4f1c9a7be02d4d6c8a51',
      KAKAO_CLIENT_SECRET: 'Zk29vQpL7xTn4RbW8sYd',
      KAKAO_ADMIN_KEY: 'b81f6c2d9e0a47f3a5c1',
      KAKAO_APP_ID: '123456',
      JWT_PRIVATE_KEYS: testSigningKey(),
      PORT: String(await freePort()),
      WORKER_PORT: String(await freePort()),
      DRAIN_SECONDS: '0',
    };
  }

  /** Runs a command in the image, as a user who owns nothing there. */
  function run([command, ...args]: string[], environment: Record<string, string> = {}) {
    const child = spawn(command!, args, {
      ...identity,
      cwd: app,
      env: { PATH: process.env.PATH, HOME: home, ...image.environment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = new Promise<number | NodeJS.Signals>((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal!)),
    );
    return {
      output: () => output,
      ended,
      stop: () => {
        child.kill(image.stopSignal as NodeJS.Signals);
        return ended;
      },
    };
  }

  const ownFiles = () => filesBelow(image.root).filter((file) => !file.includes('node_modules/'));

  it('runs as a user who is not root, and is stopped by a signal that the processes know', () => {
    expect(image).toMatchObject({
      user: 'node',
      stopSignal: 'SIGTERM',
      command: ['node', 'dist/bin/server.js'],
    });
    expect(image.environment.NODE_ENV).toBe('production');
  });

  it('has no development package, no embedded database and no test in it', () => {
    const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
    };
    const needless = Object.keys(packages).filter((name) => {
      const { dev, optional, devOptional } = packages[name]!;
      return (dev || optional || devOptional) && existsSync(path.join(app, name));
    });
    expect(needless).toEqual([]);
    const files = ownFiles();
    const top = new Set(files.map((file) => file.split(path.sep).slice(0, 2).join('/')));
    const expected = ['dist', 'package.json', 'prisma', 'prisma.config.ts', 'scripts'];
    expect([...top].sort()).toEqual(expected.map((name) => `app/${name}`));
    expect(files.filter((file) => /\.test\.|\.git/.test(file))).toEqual([]);
  });

  it('the image contains none of the secrets around it', () => {
    const files = ownFiles();
    expect(files.filter((file) => /\.env|\.pem/.test(file))).toEqual([]);
    for (const file of files)
      if (readFileSync(path.join(image.root, file)).includes(CANARY)) throw new Error(`${file} is secret`);
  });

  it('stops at once with one message where a setting is missing', async () => {
    for (const command of [image.command, ['node', 'dist/bin/worker.js']]) {
      const started = run(command);
      expect(await started.ended).toBe(1);
      expect(started.output().match(/The configuration is not usable/g)).toHaveLength(1);
      expect(started.output()).toContain('DATABASE_URL is missing');
    }
    expect(await run(image.healthCheck, { PORT: '1', WORKER_PORT: '1' }).ended).toBe(1);
  });

  it('migrates an empty database, then runs the worker and the gateway', async () => {
    const environment = await settings();
    const migration = run(['npm', 'run', 'migrate'], environment);
    expect([await migration.ended, migration.output()]).toEqual([
      0,
      expect.stringContaining('successfully applied'),
    ]);

    const worker = run(['node', 'dist/bin/worker.js'], environment);
    await waitUntil('the worker is ready', () => worker.output().includes('worker is ready'), 60_000);
    expect(await run(image.healthCheck, environment).ended).toBe(0);
    expect(await worker.stop()).toBe(0);

    const gateway = run(image.command, environment);
    const ready = () =>
      fetch(`http://127.0.0.1:${environment.PORT}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitUntil('the gateway is ready', ready, 60_000);
    expect(await run(image.healthCheck, environment).ended).toBe(0);
    expect(await gateway.stop()).toBe(0);
  }, 180_000);
});

/** The files that git knows of, as they are now. */
function checkout(folder: string): void {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of list.split('\0').filter((name) => name !== '' && existsSync(path.join(ROOT, name))))
    cpSync(path.join(ROOT, file), path.join(folder, file));
}

async function superuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL! });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
