import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Config } from '../../src/config/config';

/** What a token of ours or of Kakao looks like, whoever it was issued to. */
const SIGNED_TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/;
/** How every code and token of the Kakao stand-in begins. */
const KAKAO_SECRET = /standin-(code|access|refresh)-/;

const SECRET_SETTINGS = [
  'JWT_PRIVATE_KEYS',
  'KAKAO_CLIENT_SECRET',
  'KAKAO_ADMIN_KEY',
  'METRICS_TOKEN',
  'OPENAI_API_KEY',
  'FALLBACK_OPENAI_API_KEY',
  'GOOGLE_SEARCH_API_KEY',
  'NAVER_CLIENT_SECRET',
  'PUBLIC_DATA_SERVICE_KEY',
  'DATABASE_URL',
];

const TABLES = `
  SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
  WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;

/** The secrets of a running app, looked for wherever none of them may ever be. */
export class Canaries {
  private readonly secrets: string[];

  constructor({ session, kakao, metrics, model, fallbackModel, search, publicDataKey }: Config) {
    const keys = session.signingKeys.flatMap((pem) => pem.split('\n').filter((line) => line.length > 20));
    const others = [model, fallbackModel, search.google].map((each) => each?.apiKey);
    this.secrets = [
      ...keys,
      kakao.clientSecret,
      kakao.adminKey,
      metrics.token,
      search.naver?.clientSecret,
      publicDataKey,
      ...others,
    ].filter((secret): secret is string => typeof secret === 'string' && secret.length > 8);
  }

  /** Throws without repeating the secret. */
  assertAbsent(where: string, text: string): void {
    const index = this.secrets.findIndex((secret) => text.includes(secret));
    if (index >= 0) throw new Error(`a secret of the configuration is in ${where}`);
    assertNoToken(where, text);
  }

  /** Job payloads, errors, audit details, the queue's own rows: whatever the database keeps. */
  async assertAbsentFromRows(pool: Pool): Promise<void> {
    const tables = await pool.query<{ name: string }>(TABLES);
    for (const { name } of tables.rows) {
      const { rows } = await pool.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t LIMIT 2000`);
      this.assertAbsent(`table ${name}`, rows.map(({ text }) => text).join('\n'));
    }
  }

  /** The same for a queue in Redis: what BullMQ keeps of jobs are hashes. One that is away holds nothing to see. */
  async assertAbsentFromRedis(url: string): Promise<void> {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, commandTimeout: 2_000 });
    redis.on('error', () => {});
    try {
      if (
        !(await redis.connect().then(
          () => true,
          () => false,
        ))
      )
        return;
      const keys = await redis.keys('*').catch(() => []);
      this.assertAbsent('the keys of Redis', keys.join('\n'));
      for (const key of keys) {
        if ((await redis.type(key)) !== 'hash') continue;
        this.assertAbsent('a job in Redis', JSON.stringify(await redis.hgetall(key)));
      }
    } finally {
      redis.disconnect();
    }
  }
}

/** Throws when one of these settings is a secret that is in `text`. */
export function assertNoSecretSetting(where: string, settings: Record<string, string>, text: string): void {
  for (const name of SECRET_SETTINGS)
    for (const line of (settings[name] ?? '').split('\n').filter((part) => part.length > 8))
      if (!line.startsWith('-----') && text.includes(line)) throw new Error(`${name} is in ${where}`);
}

/** Throws when something that looks like a token of ours or of Kakao is in `text`, without repeating it. */
export function assertNoToken(where: string, text: string): void {
  for (const pattern of [SIGNED_TOKEN, KAKAO_SECRET]) {
    const found = pattern.exec(text);
    if (!found) continue;
    const before = text.slice(Math.max(0, found.index - 200), found.index);
    throw new Error(`a token is in ${where}, after: ${before}`);
  }
}
