import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../../src/config/config';
import type { Environment } from '../../src/config/environment';
import { ConfigError } from '../../src/config/settings';
import { testSigningKey } from '../helpers/app';
import { startChild } from '../helpers/child-process';
import { waitUntil } from '../helpers/wait-until';

const COMPLETE: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://gyeongdan:qX7vN2mLr9@db.internal/gyeongdan',
  PUBLIC_URL: 'https://api.gyeongdan.kr',
  KAKAO_REST_API_KEY: '4f1c9a7be02d4d6c8a51',
  KAKAO_CLIENT_SECRET: 'Zk29vQpL7xTn4RbW8sYd',
  KAKAO_ADMIN_KEY: 'b81f6c2d9e0a47f3a5c1',
  KAKAO_APP_ID: '123456',
  JWT_PRIVATE_KEYS: testSigningKey(),
};

function faultsOf(environment: Environment): string[] {
  try {
    loadConfig({ ...COMPLETE, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  it('of a complete production start is accepted, with introspection off', () => {
    const config = loadConfig(COMPLETE);
    expect(config).toMatchObject({ production: true, introspection: false, host: '0.0.0.0', port: 4000 });
    expect(config.queueUrl).toBe(COMPLETE.DATABASE_URL);
    expect(config.kakao.redirectUris).toEqual(['https://api.gyeongdan.kr/auth/kakao/callback']);
  });

  it('is production unless it says otherwise', () => {
    expect(loadConfig({ ...COMPLETE, NODE_ENV: undefined }).production).toBe(true);
    expect(faultsOf({ NODE_ENV: undefined, PUBLIC_URL: undefined })).toEqual(['PUBLIC_URL is missing']);
  });

  it('names every fault of a production start at once and none of the values', () => {
    const environment = {
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      PUBLIC_URL: undefined,
      KAKAO_CLIENT_SECRET: 'change-me',
      KAKAO_AUTH_URL: 'http://127.0.0.1:4001',
      JWT_PRIVATE_KEYS: 'not a key, but s3cret',
      CRAWLER_TRUSTED_ORIGINS: 'http://10.0.0.1',
      KAKAO_REDIRECT_URIS: 'http://evil.example/callback',
      PORT: 'eighty',
    };
    const faults = faultsOf(environment);
    for (const name of Object.keys(environment))
      expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
    expect(faults).toContain('PORT must be a whole number from 0 to 65535');
    const message = new ConfigError(faults).message;
    for (const value of ['hunter2', 'change-me', 's3cret', '10.0.0.1', 'evil.example', 'eighty', '4001'])
      expect(message).not.toContain(value);
  });

  it.each([
    [
      'a name that is nearly a setting',
      { CORS_ORIGIN: 'https://a.kr' },
      'CORS_ORIGIN is no setting: did you mean CORS_ORIGINS?',
    ],
    [
      'more jobs than connections',
      { JOB_CONCURRENCY: '8' },
      'JOB_CONCURRENCY must be less than QUEUE_CONNECTIONS',
    ],
    [
      'an admin that is no number',
      { ADMIN_KAKAO_IDS: '12,abc' },
      'ADMIN_KAKAO_IDS must be Kakao user numbers',
    ],
    [
      'a REST key of three letters',
      { KAKAO_REST_API_KEY: 'abc' },
      'KAKAO_REST_API_KEY is too weak to be real',
    ],
    [
      'a redirect to localhost',
      { KAKAO_REDIRECT_URIS: 'http://localhost:3000/c' },
      'KAKAO_REDIRECT_URIS must not lead to the reader’s own machine',
    ],
    [
      'a gateway that only its own machine reaches',
      { PUBLIC_URL: 'http://localhost:4000' },
      'PUBLIC_URL must not lead to the reader’s own machine',
    ],
    [
      'a web client on the reader’s own machine',
      { CORS_ORIGINS: 'https://a.kr,http://127.0.0.1:3000' },
      'CORS_ORIGINS must not lead to the reader’s own machine',
    ],
    [
      'half of a search',
      { GOOGLE_SEARCH_API_KEY: 'AIzaSyD4f1c9a7be02d4d6c8a51' },
      'GOOGLE_SEARCH_ENGINE_ID is missing: GOOGLE_SEARCH_API_KEY is of no use without it',
    ],
    [
      'the other half of another',
      { NAVER_CLIENT_SECRET: 'Zk29vQpL7x' },
      'NAVER_CLIENT_ID is missing: NAVER_CLIENT_SECRET is of no use without it',
    ],
    [
      'a door to Naver that there is not',
      { NAVER_SEARCH_API: 'cloud' },
      'NAVER_SEARCH_API must be one of hub, portal',
    ],
    [
      'embeddings without a server',
      { OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small' },
      'OPENAI_API_KEY is missing: OPENAI_EMBEDDING_MODEL is of no use without it',
    ],
  ])('refuses %s in words', (_, environment, fault) => {
    expect(faultsOf(environment as Environment)).toEqual([fault]);
  });

  it('of foreign variables and of many jobs over Redis is no fault', () => {
    const foreign = {
      DATADIR: '/x',
      XDG_DATA_DIRS: '/x',
      PORTS: '1',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=b',
      REDIS_PORT: '1',
    };
    expect(
      faultsOf({ ...foreign, QUEUE_URL: 'redis://:qX7vN2mLr9@queue.internal', JOB_CONCURRENCY: '50' }),
    ).toEqual([]);
  });

  it.each([
    ['a stand-in for Kakao', { KAKAO_AUTH_URL: 'https://kauth.kakao.com.evil.kr' }, 'KAKAO_AUTH_URL'],
    [
      'a stand-in for Google’s search',
      { GOOGLE_SEARCH_URL: 'http://127.0.0.1:4003/customsearch/v1' },
      'GOOGLE_SEARCH_URL',
    ],
    [
      'a stand-in for Naver’s search',
      { NAVER_SEARCH_URL: 'https://openapi.naver.com.evil.kr/v1' },
      'NAVER_SEARCH_URL',
    ],
    [
      'a stand-in for the public data portal',
      { ODCLOUD_URL: 'https://api.odcloud.kr.evil.kr' },
      'ODCLOUD_URL',
    ],
    ['an unencrypted data portal', { DATA_GO_KR_URL: 'http://apis.data.go.kr' }, 'DATA_GO_KR_URL'],
    [
      'an example key of a search',
      { NAVER_CLIENT_ID: 'a1b2c3d4', NAVER_CLIENT_SECRET: 'your-secret' },
      'NAVER_CLIENT_SECRET',
    ],
    ['an example secret', { KAKAO_CLIENT_SECRET: 'your-kakao-client-secret' }, 'KAKAO_CLIENT_SECRET'],
    ['a short secret', { KAKAO_CLIENT_SECRET: 'abc' }, 'KAKAO_CLIENT_SECRET'],
    ['a missing admin key', { KAKAO_ADMIN_KEY: undefined }, 'KAKAO_ADMIN_KEY'],
    [
      'an admin key that is the REST key',
      { KAKAO_ADMIN_KEY: COMPLETE.KAKAO_REST_API_KEY },
      'KAKAO_ADMIN_KEY',
    ],
    ['a missing app id', { KAKAO_APP_ID: undefined }, 'KAKAO_APP_ID'],
    ['a weak metrics token', { METRICS_TOKEN: 'metrics' }, 'METRICS_TOKEN'],
    [
      'a database anywhere without a password',
      { DATABASE_URL: 'postgresql://app@db.internal/x' },
      'DATABASE_URL',
    ],
    ['a guessable password', { DATABASE_URL: 'postgresql://app:postgres@db.internal/x' }, 'DATABASE_URL'],
    ['a guessable password of the queue', { QUEUE_URL: 'rediss://:changeme@redis.internal' }, 'QUEUE_URL'],
    ['everybody as a proxy', { TRUSTED_PROXIES: '10.0.0.0/8, 0.0.0.0/0' }, 'TRUSTED_PROXIES'],
    ['proxies that are no addresses', { TRUSTED_PROXIES: 'haproxy.internal' }, 'TRUSTED_PROXIES'],
    ['keys from two places', { JWT_PRIVATE_KEYS_FILE: '/nowhere.pem' }, 'JWT_PRIVATE_KEYS'],
    [
      'leases that end before the next sweep',
      { JOB_LEASE_SECONDS: '4', JOB_SWEEP_SECONDS: '5' },
      'JOB_LEASE_SECONDS',
    ],
    [
      'leases shorter than a busy event loop is silent',
      { JOB_LEASE_SECONDS: '5', JOB_SWEEP_SECONDS: '1' },
      'JOB_LEASE_SECONDS',
    ],
    [
      'traces over plain http',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ],
    ['plain http', { PUBLIC_URL: 'http://api.gyeongdan.kr' }, 'PUBLIC_URL'],
    [
      'a missing key file',
      { JWT_PRIVATE_KEYS: undefined, JWT_PRIVATE_KEYS_FILE: '/nowhere.pem' },
      'JWT_PRIVATE_KEYS_FILE',
    ],
  ])('refuses %s in production', (_what, environment, name) => {
    expect(faultsOf(environment)).toEqual([expect.stringContaining(name)]);
  });

  it('refuses a key file that every user of the machine can read', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-config-'));
    try {
      const file = path.join(folder, 'jwt.pem');
      writeFileSync(file, testSigningKey(), { mode: 0o644 });
      const settings = { JWT_PRIVATE_KEYS: undefined, JWT_PRIVATE_KEYS_FILE: file };
      expect(faultsOf(settings)).toEqual([expect.stringContaining('chmod 600')]);
      chmodSync(file, 0o600);
      expect(faultsOf(settings)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lets a database on this very machine do without a password', () => {
    expect(faultsOf({ DATABASE_URL: 'postgresql://gyeongdan@127.0.0.1/gyeongdan' })).toEqual([]);
  });

  it('a weak, missing or example secret stops a production start of both processes', async () => {
    for (const entry of ['server', 'worker'] as const) {
      const child = startChild(entry, {
        KAKAO_CLIENT_SECRET: 'changeme-7301',
        DATABASE_URL: 'redis://x:s3cret@y',
      });
      await waitUntil('it has ended', () => child.ended() !== null);
      expect(child.ended()).toBe(1);
      const output = child.output();
      for (const name of [
        'KAKAO_CLIENT_SECRET',
        'DATABASE_URL',
        'PUBLIC_URL',
        'JWT_PRIVATE_KEYS_FILE',
        'KAKAO_APP_ID',
      ])
        expect(output).toContain(`  - ${name} `);
      expect(output.match(/The configuration is not usable/g)).toHaveLength(1);
      expect(output).not.toMatch(/changeme-7301|s3cret|\bat .*\.ts/);
    }
  });

  it('allows stand-ins in development', () => {
    expect(
      faultsOf({
        NODE_ENV: 'development',
        KAKAO_AUTH_URL: 'http://127.0.0.1:4001',
        CRAWLER_TRUSTED_ORIGINS: 'http://127.0.0.1:4002',
      }),
    ).toEqual([]);
  });
});
