import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { freePort } from '../../../src/dev/embedded-postgres/embedded-postgres';
import { seedDatabase } from '../../../src/dev/seed';
import { startTestApp, type TestApp, type TestAppOptions } from '../../helpers/app';
import { waitUntil } from '../../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../../..');

/** The built web client, in a process of its own. */
export interface WebServer {
  url: string;
  /** Everything it has printed. */
  output(): string;
  stop(): Promise<void>;
}

/** The gateway with the sample articles, and the web client in front of it. */
export interface WebClient {
  app: TestApp;
  /** Of the web client. */
  url: string;
  close(): Promise<void>;
}

export async function startWebClient(options: TestAppOptions = {}): Promise<WebClient> {
  const port = await freePort();
  const app = await startTestApp({ clientRedirectUris: [callbackAt(port)], ...options });
  await seedDatabase(app.context.database.prisma, new Date());
  const server = await startWebServer(port, app.url);
  return {
    app,
    url: server.url,
    async close() {
      await server.stop();
      await app.close();
    },
  };
}

export function callbackAt(port: number): string {
  return `http://localhost:${port}/auth/kakao/callback`;
}

/** `next start` over the one build that all test files share. */
export async function startWebServer(port: number, gatewayUrl: string): Promise<WebServer> {
  // `npm run test:web` has done it already, for a single file nobody has.
  const built = spawnSync(process.execPath, ['scripts/build-web.mjs'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`examples/web is not built: ${built.stdout}${built.stderr}`);
  const next = path.join(ROOT, 'examples/web/node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', '-p', String(port)], {
    cwd: path.join(ROOT, 'examples/web'),
    env: {
      PATH: process.env.PATH,
      GATEWAY_URL: gatewayUrl,
      // As its PUBLIC_URL, from which the pictures of charts come.
      GATEWAY_PUBLIC_URL: gatewayUrl.replace('127.0.0.1', 'localhost'),
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await waitUntil('the web client is ready', () => {
    if (hasEnded()) throw new Error(`the web client ended: ${output}`);
    return output.includes('Ready in');
  });
  return {
    url: `http://localhost:${port}`,
    output: () => output,
    async stop() {
      child.kill('SIGKILL');
      await waitUntil('the web client has ended', hasEnded);
    },
  };
}

/** Signs in by the login page and the stand-in's consent page; comes back to `returnTo`. */
export async function signIn(
  page: Page,
  { url }: Pick<WebClient, 'url'>,
  user: string,
  returnTo = '/',
): Promise<void> {
  await page.goto(`${url}/login?returnTo=${encodeURIComponent(returnTo)}`);
  await page.getByRole('link', { name: '카카오로 로그인' }).click();
  await page.locator(`button[name=user][value="${user}"]`).click();
  await page.getByRole('button', { name: '로그아웃' }).waitFor();
}
