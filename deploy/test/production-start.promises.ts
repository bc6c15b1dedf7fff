import { generateKeyPairSync } from 'node:crypto';
import { loadConfig } from '../../src/config/config';
import { ConfigError, SETTING_NAMES } from '../../src/config/settings';
import { containerOf, filled } from './containers';
import {
  all,
  type Environment,
  EVERY_SECRET,
  settingsOf,
  synthesise,
  synthesiseOtherwise,
} from './synthesised';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const invented = (seed: string) => `${seed}-9fK2mQ7xVb4Tz1`;
/** What people fill in, of the form it really has. */
const FILLED_IN: Record<string, string> = {
  JWT_PRIVATE_KEYS: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  KAKAO_REST_API_KEY: invented('rest'),
  KAKAO_CLIENT_SECRET: invented('client'),
  KAKAO_ADMIN_KEY: invented('admin'),
  METRICS_TOKEN: invented('metrics'),
  SMTP_URL: 'smtps://mailer:k7QzT1vX@email-smtp.ap-northeast-2.amazonaws.com:465',
  PUBLIC_DATA_SERVICE_KEY: invented('data'),
  OPENAI_API_KEY: invented('sk'),
  FALLBACK_OPENAI_API_KEY: invented('gsk'),
  GOOGLE_SEARCH_API_KEY: invented('AIza'),
  NAVER_CLIENT_SECRET: invented('naver'),
};

/** What a container finds in its environment. */
function environmentOf(template: ReturnType<typeof synthesise>, process: 'gateway' | 'worker' | 'migrate') {
  const { container } = containerOf(template, process);
  const secrets = Object.fromEntries(
    all(template, 'AWS::SecretsManager::Secret').map((secret) => [String(secret.Name).split('/')[1], secret]),
  );
  const plain = container.Environment.map(({ Name, Value }) => [Name, Value]);
  const secret = container.Secrets.map(({ Name, ValueFrom }) => {
    const derived = { DATABASE_URL: 'database-url', QUEUE_URL: 'queue-url' }[Name];
    if (derived) return [Name, filled(secrets[derived]!.SecretString)];
    expect(JSON.stringify(ValueFrom)).toContain(`:${Name}::`);
    return [Name, FILLED_IN[Name]];
  });
  return Object.fromEntries([...plain, ...secret]) as Record<string, string>;
}

/** As a process of the image reads it: with nothing of this machine's own environment. */
function load(environment: Record<string, string>) {
  const hidden = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']));
  return loadConfig({ ...hidden, ...environment });
}

const environments: Environment[] = ['staging', 'production'];

describe.each(environments)('the containers of %s', (environment) => {
  const template = synthesise(environment);

  it.each(['gateway', 'worker'] as const)('have all that a %s needs to start in production', (process) => {
    const config = load(environmentOf(template, process));
    expect(config).toMatchObject({
      production: true,
      publicUrl: `https://${settingsOf(environment).domain}`,
      drainSeconds: 12,
      introspection: false,
    });
    expect(config.databaseUrl).toMatch(/^postgresql:.*sslmode=verify-full/);
    expect(config.queueUrl).toMatch(/^rediss:/);
  });

  it('believe the load balancer’s X-Forwarded-For, and nobody else’s', () => {
    const publicSubnets = all(template, 'AWS::EC2::Subnet').filter(
      ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
    );
    const { trustedProxies } = load(environmentOf(template, 'gateway'));
    expect(trustedProxies).toEqual(publicSubnets.map(({ CidrBlock }) => CidrBlock));
    expect(trustedProxies).toHaveLength(2);
  });

  it('have for migrations the database and nothing else', () => {
    const { DATABASE_URL, ...others } = environmentOf(template, 'migrate');
    expect(DATABASE_URL).toMatch(/sslmode=verify-full/);
    expect(others).toEqual({ NODE_ENV: 'production' });
  });
});

describe('with every optional secret', () => {
  const template = synthesiseOtherwise();

  it('both kinds of processes start', () => {
    for (const process of ['gateway', 'worker'] as const)
      expect(() => load(environmentOf(template, process))).not.toThrow();
  });

  it('a gateway has no key of a model or a search', () => {
    const names = Object.keys(environmentOf(template, 'gateway'));
    expect(names.filter((name) => /OPENAI|GOOGLE|NAVER/.test(name))).toEqual([]);
    expect(Object.keys(environmentOf(template, 'worker'))).toEqual(
      expect.arrayContaining(EVERY_SECRET.secrets),
    );
  });
});

it('a secret that nobody filled in keeps a process from starting, and is named', () => {
  const { KAKAO_ADMIN_KEY: _, ...environment } = environmentOf(synthesise('staging'), 'gateway');
  expect(() => load(environment)).toThrow(ConfigError);
  expect(() => load(environment)).toThrow(/KAKAO_ADMIN_KEY is missing/);
});
