import { ConfigError, loadConfig, type Environment } from '../src/config';
import { testSigningKey } from './helpers/app';

const COMPLETE: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://gyeongdan@db.internal/gyeongdan',
  PUBLIC_URL: 'https://api.gyeongdan.kr',
  KAKAO_REST_API_KEY: '4f1c9a7be02d4d6c8a51',
  KAKAO_CLIENT_SECRET: 'Zk29vQpL7xTn4RbW8sYd',
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
    const message = new ConfigError(faults).message;
    for (const value of ['hunter2', 'change-me', 's3cret', '10.0.0.1', 'evil.example', 'eighty', '4001'])
      expect(message).not.toContain(value);
  });

  it.each([
    ['a stand-in for Kakao', { KAKAO_AUTH_URL: 'https://kauth.kakao.com.evil.kr' }, 'KAKAO_AUTH_URL'],
    ['an example secret', { KAKAO_CLIENT_SECRET: 'your-kakao-client-secret' }, 'KAKAO_CLIENT_SECRET'],
    ['a short secret', { KAKAO_CLIENT_SECRET: 'abc' }, 'KAKAO_CLIENT_SECRET'],
    ['plain http', { PUBLIC_URL: 'http://api.gyeongdan.kr' }, 'PUBLIC_URL'],
    [
      'a missing key file',
      { JWT_PRIVATE_KEYS: undefined, JWT_PRIVATE_KEYS_FILE: '/nowhere.pem' },
      'JWT_PRIVATE_KEYS_FILE',
    ],
  ])('refuses %s in production', (_what, environment, name) => {
    expect(faultsOf(environment)).toEqual([expect.stringContaining(name)]);
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
