import { Redis } from 'ioredis';
import { askDatabase } from './database-checks';
import { fail, ok, warn, type Verdict } from './check';

/** Redis: reachable and evicting nothing. PostgreSQL: a direct connection, since notices do not pass a pooler. */
export function queueCheck(url: string): Promise<Verdict> {
  return /^rediss?:/.test(url) ? redis(url) : postgres(url);
}

async function redis(url: string): Promise<Verdict> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 4_000,
  });
  // The rejection of connect() says only that the connection is closed.
  let reason: unknown;
  client.on('error', (error) => (reason = error));
  try {
    await client.connect();
    const info = await client.info();
    const read = (key: string) => new RegExp(`^${key}:(.+?)\\r?$`, 'm').exec(info)?.[1];
    const what = `Redis ${read('redis_version') ?? 'of unknown version'}`;
    const policy = read('maxmemory_policy');
    return policy === 'noeviction'
      ? ok(what)
      : warn(`${what} evicts keys (${policy}): set maxmemory-policy noeviction`);
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}

function postgres(url: string): Promise<Verdict> {
  return askDatabase(url, (listener) =>
    askDatabase(url, async (speaker) => {
      const heard = new Promise<boolean>((resolve) => {
        listener.once('notification', () => resolve(true));
        setTimeout(() => resolve(false), 2_000).unref();
      });
      await listener.query('LISTEN gyeongdan_doctor');
      await speaker.query('NOTIFY gyeongdan_doctor');
      return (await heard)
        ? ok('PostgreSQL, direct connection')
        : fail('PostgreSQL sends no notices: QUEUE_URL must be a direct connection, no transaction pooler');
    }),
  );
}
