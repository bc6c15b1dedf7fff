import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { waitUntil } from './wait-until';

export type Engine = 'PostgreSQL' | 'Redis';

/** A redis-server of its own, on 127.0.0.1. Without persistence: what it held is gone after a stop. */
export interface RedisServer {
  url: string;
  isRunning(): boolean;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Orderly, with SIGTERM. */
  stop(): Promise<void>;
  /** At once, with SIGKILL. */
  kill(): Promise<void>;
  /** Connections stay, nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Removes every key. */
  flush(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

/** redis-server on this machine, or null. */
export function redisServerPath(): string | null {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean)];
  return folders.map((folder) => path.join(folder, 'redis-server')).find((file) => existsSync(file)) ?? null;
}

/** The queue engines to test here: where redis-server is missing only PostgreSQL, except where CI is set. */
export function testedEngines(): Engine[] {
  if (redisServerPath() !== null || process.env.CI) return ['PostgreSQL', 'Redis'];
  process.stderr.write('skipped the tests of the Redis engine, because no redis-server is installed\n');
  return ['PostgreSQL'];
}

/** Throws when redis-server is not installed. */
export async function startRedis(): Promise<RedisServer> {
  const binary = redisServerPath();
  if (binary === null) throw new Error('redis-server is not installed');
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child;
    child = null;
    if (!ending) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    if (ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await gone;
  };
  const server: RedisServer = {
    url,
    isRunning: () => child !== null,
    async start() {
      const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
      const volatile = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
      child = spawn(binary, [...settings, ...volatile], { stdio: 'ignore' });
      await waitUntil('redis-server answers', () => ask(url, (redis) => redis.ping()).catch(() => null));
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    flush: async () => void (await ask(url, (redis) => redis.flushall())),
    async close() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}
