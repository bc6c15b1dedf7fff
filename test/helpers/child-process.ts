import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { Answer } from './app';
import { assertNoSecretSetting, assertNoToken } from './canaries';
import { modelSettings, type GenerationApp } from './generation-app';
import { waitUntil } from './wait-until';

const ROOT = path.resolve(__dirname, '../..');

/** A gateway or worker in a process of its own. */
export interface ChildProcess {
  pid: number;
  /** Everything it has printed, its log lines included. */
  output(): string;
  /** Its exit code, or the signal that ended it; null while it runs. */
  ended(): number | NodeJS.Signals | null;
  signal(name: NodeJS.Signals): void;
  /** Sends a signal, lets a stopped process continue, and waits for the end. */
  stop(name?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Runs src/bin/worker.ts, src/bin/server.ts or `file` with these settings and nothing of our own environment but PATH. */
export function startChild(
  entry: 'worker' | 'server',
  settings: Record<string, string>,
  file = `src/bin/${entry}.ts`,
): ChildProcess {
  const child = spawn(process.execPath, ['--require', './scripts/register-swc.cjs', file], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const started: ChildProcess = {
    pid: child.pid!,
    output: () => output,
    ended: () => child.exitCode ?? child.signalCode,
    signal: (name) => void child.kill(name),
    async stop(name = 'SIGKILL') {
      if (started.ended() === null) {
        child.kill(name);
        child.kill('SIGCONT');
      }
      await waitUntil('the process has ended', () => started.ended() !== null);
      assertNoToken(`the output of the ${entry}`, output);
      assertNoSecretSetting(`the output of the ${entry}`, settings, output);
      return started.ended()!;
    },
  };
  return started;
}

/** The program at the end of a chain of wrappers: shells, npm, buildah. */
export function innermost(pid: number): number {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return stdout === '' ? pid : innermost(Number(stdout.split('\n')[0]));
}

/** Starts a process and waits for the line that says it is ready. */
export async function startReadyChild(
  entry: 'worker' | 'server',
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const child = startChild(entry, settings);
  await waitUntil(`the ${entry} is ready`, () => {
    if (child.ended() !== null) throw new Error(`the ${entry} ended: ${child.output()}`);
    return child.output().includes(entry === 'worker' ? 'worker is ready' : 'gateway is ready');
  });
  return child;
}

/** Where a gateway that is ready listens. */
export function urlOf(gateway: ChildProcess): string {
  return /"url":"([^"]+)"/.exec(gateway.output())![1]!;
}

/** Sends a typed operation to a gateway of its own process. */
export async function sendTo<T, V>(
  gateway: ChildProcess,
  document: TypedDocumentNode<T, V>,
  variables: V,
  token?: string,
): Promise<Pick<Answer<T>, 'data' | 'errors'>> {
  const response = await fetch(`${urlOf(gateway)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer<T>>;
  assertNoToken('an error', JSON.stringify(errors));
  return { data, errors };
}

/** Settings for processes that work on the same database and queue as the app; short leases and sweeps. */
export function childSettings({ app, model, pages }: GenerationApp): Record<string, string> {
  const { config } = app;
  return {
    NODE_ENV: 'test',
    PUBLIC_URL: config.publicUrl,
    PORT: '0',
    DATABASE_URL: config.databaseUrl,
    QUEUE_URL: config.queueUrl,
    JWT_PRIVATE_KEYS: config.session.signingKeys.join('\n'),
    KAKAO_REST_API_KEY: config.kakao.restApiKey,
    KAKAO_AUTH_URL: config.kakao.authBaseUrl,
    KAKAO_API_URL: config.kakao.apiBaseUrl,
    ...modelSettings(model),
    OPENAI_TIMEOUT_SECONDS: '30',
    CRAWLER_TRUSTED_ORIGINS: pages.url,
    CRAWLER_DELAY_SECONDS: String(config.crawler.delaySeconds),
    DRAIN_SECONDS: '0',
    WORKER_PORT: '0',
    JOB_LEASE_SECONDS: '2',
    JOB_SWEEP_SECONDS: '0.2',
    JOB_BACKOFF_SECONDS: '0.05',
  };
}
