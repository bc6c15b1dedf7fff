import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { articlePath, readArticles } from '../../src/dev/standins/newsroom/newsroom-articles';
import { consent } from '../helpers/app';
import { waitUntil } from '../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../..');
const START_TIMEOUT_MS = 90_000;

interface Running {
  child: ChildProcess;
  output: () => string;
  /** Milliseconds until readiness. */
  readyAfter: number;
}

describe('npm start', () => {
  const isRoot = process.getuid?.() === 0;
  const folders: string[] = [];
  const running: ChildProcess[] = [];
  /** What the first test leaves: a copy spares a later one the cluster, the migrations and the sample articles. */
  let used: string | null = null;
  let port: number;
  let url: string;

  beforeAll(() => {
    execFileSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: 'inherit' });
  }, START_TIMEOUT_MS);
  beforeEach(async () => {
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
  });
  afterEach(async () => {
    for (const child of running.splice(0)) {
      await stop(child, 'SIGINT').catch(() => {});
      // Whatever a failed test left of its group.
      if (isAlive(-child.pid!)) process.kill(-child.pid!, 'SIGKILL');
    }
  }, START_TIMEOUT_MS);
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function newDataDir(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-start-'));
    chmodSync(folder, 0o755);
    folders.push(folder);
    return path.join(folder, 'data');
  }

  function dataDir(): string {
    const folder = newDataDir();
    if (used) execFileSync('cp', ['-a', used, folder]);
    return folder;
  }

  async function start(
    folder: string,
    how: { npm?: boolean; uid?: number; gid?: number; env?: Record<string, string> } = {},
  ): Promise<Running> {
    const { npm, env, ...identity } = how;
    const startedAt = Date.now();
    const [command, args] = npm ? ['npm', ['start']] : [process.execPath, ['dist/bin/dev.js']];
    const child = spawn(command, args, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATA_DIR: folder,
        PORT: String(port),
        ADMIN_KAKAO_IDS: '2000003',
        ...env,
      },
      // A group of its own, as in a terminal: Ctrl-C reaches npm and what it started.
      detached: true,
      ...identity,
    });
    running.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => (text += more));
    await waitUntil(
      'it is ready',
      () => {
        if (child.exitCode !== null) throw new Error(`npm start exited with ${child.exitCode}: ${text}`);
        return text.includes('경단 is ready');
      },
      START_TIMEOUT_MS,
    ).catch((error: unknown) => {
      throw new Error(`npm start said no more than: ${text}`, { cause: error });
    });
    return { child, output: () => text, readyAfter: Date.now() - startedAt };
  }

  /** What another start says, which must end by itself. */
  async function refusal(folder: string): Promise<string> {
    const rival = spawn(process.execPath, ['dist/bin/dev.js'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: String(port) },
    });
    let said = '';
    rival.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    expect(await exitCode(rival)).toBe(1);
    return said;
  }

  /** What it says in another terminal, which does not know PORT. */
  const doctor = (folder: string) => said(folder, 'dist/bin/doctor.js');

  async function said(folder: string, program: string, ...args: string[]): Promise<string> {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, DATA_DIR: folder },
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    await exitCode(child);
    return text;
  }

  /** Of an environment that sends even Node's own fetch through a proxy, which is not there. */
  function behindProxy(folder: string): Record<string, string> {
    const preload = path.join(path.dirname(folder), 'proxied.cjs');
    const undici = JSON.stringify(require.resolve('undici'));
    writeFileSync(
      preload,
      `const { EnvHttpProxyAgent, setGlobalDispatcher } = require(${undici}); setGlobalDispatcher(new EnvHttpProxyAgent());`,
    );
    const proxy = 'http://127.0.0.1:1';
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
    return {
      NODE_OPTIONS: `--require ${preload}`,
      ...Object.fromEntries(names.map((name) => [name, proxy])),
    };
  }

  it('brings everything up, says what to click, starts again on what is there and leaves nothing behind', async () => {
    const folder = newDataDir();
    const first = await start(folder, { npm: true });
    expect(first.output()).toMatch(
      /Compiling .*\n.*PostgreSQL.*\n.*data folder.*\n.*tables.*\n.*sample articles.*\n.*gateway/,
    );
    expect(first.output()).toContain(`http://localhost:${port}/graphql`);
    expect(first.output()).toMatch(/Kakao +http:\/\/127\.0\.0\.1:\d+\/_users +\(stand-in\)/);
    expect(first.output()).toMatch(/choose admin .* or reader-1/);
    expect(first.output()).toMatch(/requestArticle\(url: "http:/);
    expect(await articleCount()).toBeGreaterThanOrEqual(30);
    expect(await roleAfterLogin('admin')).toBe('ADMIN');
    expect(await roleAfterLogin('reader-1')).toBe('USER');
    expect(await roleAfterLogin('reader-2')).toBe('ADMIN');
    expect(await doctor(folder)).toContain('Everything that is needed works.');
    expect(await said(folder, 'scripts/migrate.mjs')).toBe('No pending migrations to apply.\n');
    expect(await said(folder, 'dist/bin/admin.js', 'grant', '77')).toContain('will be ADMIN from the first');
    expect(await said(folder, 'dist/bin/admin.js', 'revoke', '77')).toBe(
      'Kakao 77 will be USER from the first sign-in on.\n',
    );
    const postgres = postmasterPid(folder);
    const { popularArticles } = await graphql<{ popularArticles: { viewCount: number }[] }>(
      '{ popularArticles(first: 5) { viewCount } }',
      {},
    );
    expect(popularArticles.every(({ viewCount }) => viewCount > 0)).toBe(true);
    await collectedIsWritten(first);
    await stop(first.child, 'SIGINT');
    expect(isAlive(postgres)).toBe(false);
    expect(afterBanner(first)).toBe('');

    const second = await start(folder, { npm: true, env: { ...behindProxy(folder), PORT: '0' } });
    console.log(`second start ready after ${second.readyAfter} ms`);
    expect(second.output()).not.toMatch(/with 36 sample articles|data folder is created/);
    port = Number(/http:\/\/localhost:(\d+)\/graphql/.exec(second.output())![1]);
    url = `http://127.0.0.1:${port}`;
    expect(port).toBeGreaterThan(0);
    expect(await articleCount()).toBeGreaterThanOrEqual(30);
    expect(await roleAfterLogin('admin')).toBe('ADMIN');
    await waitUntil('an article of the demo newspaper is written', async () => {
      const { status, error } = await requestedArticle(second);
      if (error) throw new Error(JSON.stringify(error));
      return status === 'SUCCEEDED';
    });
    await collectedIsWritten(second);
    await stop(second.child, 'SIGINT');
    expect(afterBanner(second)).toBe('');
    used = folder;
  });

  it('refuses to start twice, starts PostgreSQL again when it dies, and attaches to it when killed with -9', async () => {
    const folder = dataDir();
    const first = await start(folder);
    expect(await refusal(folder)).toContain('already running');
    const unused = newDataDir();
    expect(await refusal(unused)).toContain(`Port ${port} is taken`);
    expect(existsSync(unused)).toBe(false);

    const dead = postmasterPid(folder);
    process.kill(dead, 'SIGKILL');
    await waitUntil('articles are listed again', () => articleCount().catch(() => null));
    const postgres = postmasterPid(folder);
    expect(postgres).not.toBe(dead);

    await stop(first.child, 'SIGKILL');
    expect(isAlive(postgres)).toBe(true);
    const second = await start(folder);
    expect(postmasterPid(folder)).toBe(postgres);
    await stop(second.child, 'SIGINT');
    expect(isAlive(postgres)).toBe(false);
    expect(existsSync(path.join(folder, 'postgres/postmaster.pid'))).toBe(false);
  });

  it.each([
    ['SIGTERM', 1],
    ['SIGHUP', 1],
    ['SIGINT', 2],
  ] as const)(
    'stops in order and silently in the middle of a job when npm and all it started get %s, %d times',
    async (signal, times) => {
      const folder = dataDir();
      const running = await start(folder, { npm: true });
      const { child } = running;
      await waitUntil('a job runs', async () => (await requestedArticle(running, 1)).status === 'RUNNING');
      const postgres = postmasterPid(folder);
      const ended = exitCode(child);
      for (let n = 0; n < times; n += 1) {
        if (isAlive(-child.pid!)) process.kill(-child.pid!, signal);
        await delay(300);
      }
      await ended;
      await waitUntil('all has ended', () => !isAlive(-child.pid!) && !isAlive(postgres));
      expect(afterBanner(running)).toBe('');
    },
  );

  it('ends with npm, whichever signal that alone got, and lets the next start wait for that', async () => {
    const folder = dataDir();
    let { child } = await start(folder, { npm: true });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      const postgres = postmasterPid(folder);
      child.kill(signal);
      ({ child } = await start(folder, { npm: true }));
      expect([signal, isAlive(postgres)]).toEqual([signal, false]);
    }
    await stop(child, 'SIGINT');
  });

  (isRoot ? it : it.skip)('runs as an ordinary user too', async () => {
    const folder = newDataDir();
    const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
    const identity = { uid: id('-u'), gid: id('-g') };
    mkdirSync(folder);
    chownSync(folder, identity.uid, identity.gid);
    const { child } = await start(folder, identity);
    expect(await articleCount()).toBeGreaterThanOrEqual(30);
    await stop(child, 'SIGINT');
  });

  async function graphql<T>(query: string, variables: object, token?: string): Promise<T> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  async function articleCount(): Promise<number> {
    const { articles } = await graphql<{ articles: { totalCount: number } }>(
      '{ articles(first: 1) { totalCount } }',
      {},
    );
    return articles.totalCount;
  }

  async function roleAfterLogin(user: string): Promise<string> {
    const { me } = await graphql<{ me: { role: string } }>('{ me { role } }', {}, await signIn(user));
    return me.role;
  }

  let adminToken: { of: Running; token: string } | undefined;

  /** The job of the n-th article of the demo newspaper; asking again finds the same one. */
  /** The next start has its newspaper at another address, and what waits of this one would fail there. */
  async function collectedIsWritten({ output }: Running): Promise<void> {
    const token = await signIn('admin');
    await waitUntil('what was collected is written', async () => {
      const { waiting, running } = await graphql<Record<'waiting' | 'running', { totalCount: number }>>(
        `
          {
            waiting: generationJobs(status: QUEUED) {
              totalCount
            }
            running: generationJobs(status: RUNNING) {
              totalCount
            }
          }
        `,
        {},
        token,
      );
      return output().includes('Collected') && waiting.totalCount + running.totalCount === 0;
    });
  }

  async function requestedArticle(running: Running, n = 0): Promise<{ status: string; error: unknown }> {
    const newsroom = /Newsroom +(\S+)/.exec(running.output())![1]!;
    if (adminToken?.of !== running) adminToken = { of: running, token: await signIn('admin') };
    const { requestArticle: job } = await graphql<{ requestArticle: { status: string; error: unknown } }>(
      'mutation ($url: URL!) { requestArticle(url: $url) { status error { code message } } }',
      { url: newsroom + articlePath(readArticles()[n]!) },
      adminToken.token,
    );
    return job;
  }

  async function signIn(user: string): Promise<string> {
    const redirectUri = `http://localhost:${port}/auth/kakao/callback`;
    const begin = await graphql<{ beginKakaoLogin: { url: string; state: string; codeVerifier: string } }>(
      'mutation ($redirectUri: URL!) { beginKakaoLogin(redirectUri: $redirectUri) { url state codeVerifier } }',
      { redirectUri },
    );
    const { url: authorizeUrl, state, codeVerifier } = begin.beginKakaoLogin;
    const input = { code: await consent(authorizeUrl, user), redirectUri, state, codeVerifier };
    const login = await graphql<{ loginWithKakaoCode: { accessToken: string } }>(
      'mutation ($input: KakaoCodeInput!) { loginWithKakaoCode(input: $input) { accessToken } }',
      { input },
    );
    return login.loginWithKakaoCode.accessToken;
  }
});

/** What it said behind the lines of the start, but what the demo newspaper brings. */
function afterBanner({ output }: Running): string {
  const lines = output().split('Ctrl-C stops everything.')[1]!.trim().split('\n');
  return lines.filter((line) => !/^\s*(Collected|Written) {2,}/.test(line)).join('\n');
}

function postmasterPid(folder: string): number {
  return Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Signals the whole group, as a terminal does, and waits for the end. */
async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = exitCode(child);
  process.kill(-child.pid!, signal);
  await ended;
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
