import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/config';
import { SETTING_NAMES } from '../../src/config/settings';

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  networks: string[] | Record<string, { ipv4_address?: string }>;
  depends_on?: Record<string, { condition: string }>;
  [key: string]: unknown;
}

const read = (file: string) => readFileSync(path.join(__dirname, '..', file), 'utf8');
const text = read('compose.yaml');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** deploy/.env as somebody filled it in. */
const filledIn = {
  ...parseEnv(read('compose.env.example')),
  TAG: '1',
  DOMAIN: 'api.gyeongdan.kr',
  POSTGRES_PASSWORD: '5f0c9e7ab1d24c68',
  JWT_PRIVATE_KEYS: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n'),
  KAKAO_APP_ID: '123456',
  KAKAO_REST_API_KEY: '4f1c9a7be02d4d6c8a51',
  KAKAO_CLIENT_SECRET: 'Zk29vQpL7xTn4RbW8sYd',
  KAKAO_ADMIN_KEY: 'b81f6c2d9e0a47f3a5c1',
} as Record<string, string>;

/** As compose puts values into its file; throws its message where a value is missing. */
function interpolated(from: string, values: Record<string, string>): string {
  return from.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind?: string, rest = '') => {
    if (values[name]) return values[name];
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest as string;
  });
}
const { services } = parse(interpolated(text, filledIn), { merge: true }) as {
  services: Record<string, Service>;
};
const OURS = ['migrate', 'gateway-1', 'gateway-2', 'worker'];

/** What the process finds: env_file first, then environment. */
function load(name: string) {
  const hidden = Object.fromEntries(SETTING_NAMES.map((setting) => [setting, '']));
  return loadConfig({ ...hidden, ...filledIn, ...services[name]!.environment });
}

describe('deploy/compose.yaml', () => {
  it('is what the specification of compose allows', () => {
    const schema = JSON.parse(read('node_modules/dclint/schemas/compose.schema.json')) as object;
    const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(
      schema,
    );
    validate(parse(interpolated(text, filledIn), { merge: true }));
    expect(validate.errors).toBeNull();
    expect(validate({ services: { gateway: { imagee: 'gyeongdan' } } })).toBe(false);
  });

  it('gives gateways and the worker all they need to start in production', () => {
    for (const name of ['gateway-1', 'gateway-2', 'worker'])
      expect(load(name)).toMatchObject({
        production: true,
        publicUrl: 'https://api.gyeongdan.kr',
        databaseUrl: 'postgresql://gyeongdan:5f0c9e7ab1d24c68@postgres:5432/gyeongdan',
        queueUrl: 'redis://redis:6379',
      });
  });

  it.each(['TAG', 'DOMAIN', 'POSTGRES_PASSWORD'])('does not start without %s', (name) => {
    expect(() => interpolated(text, { ...filledIn, [name]: '' })).toThrow(name);
  });

  it('migrates before a gateway or a worker starts', () => {
    expect(services.migrate).toMatchObject({ command: ['node', 'scripts/migrate.mjs'], restart: 'no' });
    for (const name of ['gateway-1', 'gateway-2', 'worker'])
      expect(services[name]!.depends_on!.migrate).toEqual({ condition: 'service_completed_successfully' });
  });

  it('runs one image, which may write nothing and has no rights', () => {
    for (const name of OURS)
      expect(services[name]).toMatchObject({ image: 'gyeongdan:1', read_only: true, cap_drop: ['ALL'] });
  });

  it('shows nobody but Caddy to the world, and believes nobody else’s X-Forwarded-For', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['caddy']);
    const { front } = services.caddy!.networks as Record<string, { ipv4_address: string }>;
    expect(load('gateway-1').trustedProxies).toEqual([front!.ipv4_address]);
  });

  it('keeps PostgreSQL and Redis in a network without a way out', () => {
    for (const name of ['postgres', 'redis']) expect(services[name]!.networks).toEqual(['data']);
    expect(parse(text)).toMatchObject({ networks: { data: { internal: true }, front: { internal: true } } });
  });

  it('starts again whatever ends, and knows of each part whether it is well', () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service.restart).toBe(name === 'migrate' ? 'no' : 'unless-stopped');
      // Caddy looks after the gateways itself.
      if (name !== 'caddy') expect(service).toHaveProperty('healthcheck');
    }
  });

  it('lets a gateway go on for longer than Caddy takes to notice that it stops', () => {
    const caddyfile = read('Caddyfile');
    const seconds = (setting: string) => Number(new RegExp(`${setting} (\\d+)s`).exec(caddyfile)![1]);
    expect(load('gateway-1').drainSeconds).toBeGreaterThan(
      seconds('health_interval') + seconds('health_timeout'),
    );
    expect(caddyfile).toContain('health_uri /health/ready');
    expect(caddyfile).toContain('reverse_proxy gateway-1:4000 gateway-2:4000');
  });
});

it('deploy/compose.env.example names settings that exist, and those of compose.yaml', () => {
  const own = ['IMAGE', 'TAG', 'DOMAIN', 'POSTGRES_PASSWORD'];
  const named = Object.keys(parseEnv(read('compose.env.example')));
  expect(named.filter((name) => !own.includes(name) && !SETTING_NAMES.includes(name))).toEqual([]);
  expect(own.filter((name) => !named.includes(name))).toEqual([]);
});
