import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isP256, pemBlocks } from './adapters/tokens/signing-keys';
import { isRange, productionFaults } from './production-faults';

/** Everything the processes are told from outside; see .env.example for what each setting means. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** Origin under which browsers reach the gateway, without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string;
  queueUrl: string;
  logLevel: string;
  corsOrigins: string[];
  engine: 'jit' | 'js';
  introspection: boolean;
  /** Seconds that readiness fails before the server stops taking requests. */
  drainSeconds: number;
  connections: { database: number; queue: number };
  /** `signingKeysFile` when the keys came from one: it may be rewritten while the process runs. */
  session: { signingKeys: string[]; signingKeysFile: string | null; issuer: string };
  kakao: {
    restApiKey: string;
    clientSecret: string | null;
    /** Unlinks accounts, and authenticates Kakao's webhook. */
    adminKey: string | null;
    /** The app that a client's access token must have been issued for. */
    appId: number | null;
    authBaseUrl: string;
    apiBaseUrl: string;
    issuer: string;
    redirectUris: string[];
  };
  adminKakaoIds: string[];
  /** Addresses and CIDR ranges whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Requests a minute; 0 switches a limit off. */
  rateLimits: { perAddress: number; perViewer: number; perUser: number; signInsPerAddress: number };
  /** `token` opens /metrics; `workerPort` is where the worker process serves its own. */
  metrics: { token: string | null; workerPort: number };
  /** Base URL of an OTLP/HTTP collector. */
  tracing: { endpoint: string | null };
  /** Days after which rows go; 0 keeps them. src/domain/retention says which rows. */
  retention: {
    sessionDays: number;
    jobDays: number;
    originalDays: number;
    auditDays: number;
    viewDays: number;
    anonymousViewDays: number;
  };
  model: {
    apiKey: string;
    baseUrl: string;
    name: string;
    timeoutMs: number;
    /** Over all workers together; 0 for no limit. */
    requestsPerMinute: number;
    usdPerMillionTokens: { input: number; output: number };
  } | null;
  crawler: { userAgent: string; trustedOrigins: string[] };
  /** `backoffSeconds`: before the first retry of a failed attempt; doubles with each. */
  jobs: { concurrency: number; leaseSeconds: number; sweepSeconds: number; backoffSeconds: number };
}

/** All faults of a configuration at once; names settings, never their values. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(['The configuration is not usable:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

export type Environment = Record<string, string | undefined>;

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, ''));
const integer = (min: number, max: number, fallback: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const SETTINGS = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  HOST: z.string().optional(),
  PORT: integer(0, 65_535, 4000),
  PUBLIC_URL: httpUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
  QUEUE_URL: z
    .url({ protocol: /^(postgres(ql)?|rediss?)$/, error: 'must be a postgresql:// or redis:// URL' })
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  CORS_ORIGINS: list.transform((origins) => origins.map((origin) => origin.replace(/\/$/, ''))),
  GRAPHQL_ENGINE: z.enum(['jit', 'js']).default('jit'),
  DRAIN_SECONDS: z.coerce.number().min(0).max(60).default(1.5),
  DATABASE_CONNECTIONS: integer(1, 200, 10),
  QUEUE_CONNECTIONS: integer(2, 100, 8),
  JWT_PRIVATE_KEYS: z.string().optional(),
  JWT_PRIVATE_KEYS_FILE: z.string().optional(),
  KAKAO_REST_API_KEY: z.string().min(1, 'is missing'),
  KAKAO_CLIENT_SECRET: z.string().optional(),
  KAKAO_ADMIN_KEY: z.string().optional(),
  KAKAO_APP_ID: z.coerce.number().int().positive().optional(),
  KAKAO_AUTH_URL: httpUrl.default('https://kauth.kakao.com'),
  KAKAO_API_URL: httpUrl.default('https://kapi.kakao.com'),
  KAKAO_REDIRECT_URIS: list,
  ADMIN_KAKAO_IDS: list,
  TRUSTED_PROXIES: list.refine((ranges) => ranges.every(isRange), 'must be addresses or CIDR ranges'),
  RATE_LIMIT_PER_ADDRESS: integer(0, 1_000_000, 1_200),
  RATE_LIMIT_PER_VIEWER: integer(0, 1_000_000, 600),
  RATE_LIMIT_PER_USER: integer(0, 1_000_000, 600),
  RATE_LIMIT_SIGN_INS_PER_ADDRESS: integer(0, 1_000_000, 60),
  METRICS_TOKEN: z.string().optional(),
  WORKER_PORT: integer(0, 65_535, 9464),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  RETENTION_SESSIONS_DAYS: integer(0, 36_500, 90),
  RETENTION_JOBS_DAYS: integer(0, 36_500, 180),
  RETENTION_ORIGINALS_DAYS: integer(0, 36_500, 365),
  RETENTION_AUDIT_DAYS: integer(0, 36_500, 730),
  RETENTION_VIEWS_DAYS: integer(0, 36_500, 730),
  RETENTION_ANONYMOUS_VIEWS_DAYS: integer(0, 36_500, 90),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: httpUrl.default('https://api.openai.com/v1'),
  OPENAI_MODEL: z.string().default('gpt-4o-mini'),
  OPENAI_TIMEOUT_SECONDS: integer(1, 600, 60),
  OPENAI_REQUESTS_PER_MINUTE: integer(0, 100_000, 0),
  OPENAI_USD_PER_MILLION_INPUT_TOKENS: z.coerce.number().min(0).default(0),
  OPENAI_USD_PER_MILLION_OUTPUT_TOKENS: z.coerce.number().min(0).default(0),
  CRAWLER_USER_AGENT: z.string().default('GyeongdanBot/1.0'),
  CRAWLER_TRUSTED_ORIGINS: list,
  JOB_CONCURRENCY: integer(1, 100, 4),
  JOB_LEASE_SECONDS: integer(2, 600, 15),
  JOB_SWEEP_SECONDS: z.coerce.number().min(0.2).max(60).default(5),
  JOB_BACKOFF_SECONDS: z.coerce.number().min(0.01).max(60).default(2),
});
type Settings = z.infer<typeof SETTINGS>;

/** Every setting there is. */
export const SETTING_NAMES = Object.keys(SETTINGS.shape);

/**
 * Reads the process environment, with `overrides` on top; empty strings count as absent.
 * Throws ConfigError that lists every fault.
 */
export function loadConfig(overrides: Environment = {}): Config {
  const environment = environmentWith(overrides);
  const parsed = SETTINGS.safeParse(environment);
  const faults: string[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = issue.path.join('.');
      faults.push(`${name} ${environment[name] === undefined ? 'is missing' : issue.message}`);
    }
  }
  const keys = signingKeys(environment, faults);
  if (environment.NODE_ENV === undefined || environment.NODE_ENV === 'production')
    faults.push(...productionFaults(environment));
  if (!parsed.success || faults.length > 0) throw new ConfigError([...new Set(faults)]);
  return configOf(parsed.data, keys);
}

/** What `npm start` needs to know before a database and a login exist. */
export interface DevelopmentSettings {
  nodeEnv: string;
  dataDir: string;
  port: number;
  publicUrl: string;
  databaseUrl: string | null;
  signingKeysFile: string | null;
  kakaoConfigured: boolean;
  redirectUris: string[];
  adminKakaoIds: string[];
  trustedOrigins: string[];
  logLevel: string;
}

/** Where the example client (NextJS) takes the login's answer in development. */
const CLIENT_REDIRECT_URI = 'http://localhost:3000/auth/kakao/callback';

/** What the stand-in for Kakao and the gateway agree on in development. */
export const STANDIN_SETTINGS = {
  KAKAO_REST_API_KEY: 'standin-rest-api-key',
  KAKAO_ADMIN_KEY: 'standin-admin-key',
  KAKAO_APP_ID: '1000001',
};

/** In DATA_DIR, when nothing else is configured. */
export const DEVELOPMENT_KEYS_FILE = 'jwt-private-key.pem';
/** In DATA_DIR: the port that its `npm start` has, which another terminal cannot know. */
export const DEVELOPMENT_PORT_FILE = 'dev.port';

/** Throws ConfigError that lists every fault of what is set. */
export function loadDevelopmentSettings(): DevelopmentSettings {
  const environment = environmentWith({});
  const parsed = SETTINGS.partial({ DATABASE_URL: true, KAKAO_REST_API_KEY: true }).safeParse(environment);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const s = parsed.data;
  return {
    nodeEnv: environment.NODE_ENV ?? 'development',
    dataDir: path.resolve(s.DATA_DIR),
    port: s.PORT,
    publicUrl: s.PUBLIC_URL ?? `http://localhost:${s.PORT}`,
    databaseUrl: s.DATABASE_URL ?? null,
    signingKeysFile: environment.JWT_PRIVATE_KEYS_FILE ?? null,
    kakaoConfigured: s.KAKAO_REST_API_KEY !== undefined,
    redirectUris:
      environment.KAKAO_REDIRECT_URIS === undefined ? [CLIENT_REDIRECT_URI] : s.KAKAO_REDIRECT_URIS,
    adminKakaoIds: s.ADMIN_KAKAO_IDS,
    trustedOrigins: s.CRAWLER_TRUSTED_ORIGINS,
    // One line a request would push the summary off the screen.
    logLevel: environment.LOG_LEVEL ?? 'warn',
  };
}

/** Takes the settings of `.env` in the working folder, when there is one; the real environment wins. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** What a command needs to find the database. */
export function loadCommandSettings(): { databaseUrl: string | null; dataDir: string } {
  const { databaseUrl, dataDir } = loadDevelopmentSettings();
  return { databaseUrl, dataDir };
}

/**
 * What the doctor looks at: the configured deployment (`overrides` null), or the `npm start` of this folder with the
 * settings that it chose itself.
 */
export function loadDoctorSettings(): { overrides: Environment | null; dataDir: string } {
  const environment = environmentWith({});
  const { dataDir, port, signingKeysFile: file, kakaoConfigured } = loadDevelopmentSettings();
  if (environment.NODE_ENV === 'production' || environment.DATABASE_URL !== undefined)
    return { overrides: null, dataDir };
  const portFile = path.join(dataDir, DEVELOPMENT_PORT_FILE);
  const startPort = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : port;
  const standin = `http://127.0.0.1:${startPort + 1}`;
  return {
    overrides: {
      NODE_ENV: 'development',
      JWT_PRIVATE_KEYS_FILE: file ?? path.join(dataDir, DEVELOPMENT_KEYS_FILE),
      ...(!kakaoConfigured && {
        ...STANDIN_SETTINGS,
        KAKAO_AUTH_URL: standin,
        KAKAO_API_URL: standin,
      }),
    },
    dataDir,
  };
}

/** The file of the signing keys; null when they are set inline. */
export function signingKeysFile(): string | null {
  const { JWT_PRIVATE_KEYS: inline } = environmentWith({});
  const { signingKeysFile: file, dataDir } = loadDevelopmentSettings();
  return inline ? null : (file ?? path.join(dataDir, DEVELOPMENT_KEYS_FILE));
}

/** The process environment with `overrides` on top and without empty values: also what child processes get. */
export function environmentWith(overrides: Environment): Environment {
  const entries = Object.entries({ ...process.env, ...overrides });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.trim() !== ''));
}

function configOf(s: Settings, keys: string[]): Config {
  const publicUrl = s.PUBLIC_URL ?? `http://localhost:${s.PORT}`;
  const production = s.NODE_ENV === 'production';
  return {
    production,
    host: s.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: s.PORT,
    publicUrl,
    dataDir: path.resolve(s.DATA_DIR),
    databaseUrl: s.DATABASE_URL,
    queueUrl: s.QUEUE_URL ?? s.DATABASE_URL,
    logLevel: s.LOG_LEVEL,
    corsOrigins: s.CORS_ORIGINS,
    engine: s.GRAPHQL_ENGINE,
    introspection: !production,
    drainSeconds: s.DRAIN_SECONDS,
    connections: { database: s.DATABASE_CONNECTIONS, queue: s.QUEUE_CONNECTIONS },
    session: {
      signingKeys: keys,
      signingKeysFile: s.JWT_PRIVATE_KEYS === undefined ? (s.JWT_PRIVATE_KEYS_FILE ?? null) : null,
      issuer: publicUrl,
    },
    kakao: {
      restApiKey: s.KAKAO_REST_API_KEY,
      clientSecret: s.KAKAO_CLIENT_SECRET ?? null,
      adminKey: s.KAKAO_ADMIN_KEY ?? null,
      appId: s.KAKAO_APP_ID ?? null,
      authBaseUrl: s.KAKAO_AUTH_URL,
      apiBaseUrl: s.KAKAO_API_URL,
      issuer: s.KAKAO_AUTH_URL,
      redirectUris: [...new Set([`${publicUrl}/auth/kakao/callback`, ...s.KAKAO_REDIRECT_URIS])],
    },
    adminKakaoIds: s.ADMIN_KAKAO_IDS,
    trustedProxies: s.TRUSTED_PROXIES,
    rateLimits: {
      perAddress: s.RATE_LIMIT_PER_ADDRESS,
      perViewer: s.RATE_LIMIT_PER_VIEWER,
      perUser: s.RATE_LIMIT_PER_USER,
      signInsPerAddress: s.RATE_LIMIT_SIGN_INS_PER_ADDRESS,
    },
    metrics: { token: s.METRICS_TOKEN ?? null, workerPort: s.WORKER_PORT },
    tracing: { endpoint: s.OTEL_EXPORTER_OTLP_ENDPOINT ?? null },
    retention: {
      sessionDays: s.RETENTION_SESSIONS_DAYS,
      jobDays: s.RETENTION_JOBS_DAYS,
      originalDays: s.RETENTION_ORIGINALS_DAYS,
      auditDays: s.RETENTION_AUDIT_DAYS,
      viewDays: s.RETENTION_VIEWS_DAYS,
      anonymousViewDays: s.RETENTION_ANONYMOUS_VIEWS_DAYS,
    },
    model: s.OPENAI_API_KEY
      ? {
          apiKey: s.OPENAI_API_KEY,
          baseUrl: s.OPENAI_BASE_URL,
          name: s.OPENAI_MODEL,
          timeoutMs: s.OPENAI_TIMEOUT_SECONDS * 1000,
          requestsPerMinute: s.OPENAI_REQUESTS_PER_MINUTE,
          usdPerMillionTokens: {
            input: s.OPENAI_USD_PER_MILLION_INPUT_TOKENS,
            output: s.OPENAI_USD_PER_MILLION_OUTPUT_TOKENS,
          },
        }
      : null,
    crawler: { userAgent: s.CRAWLER_USER_AGENT, trustedOrigins: s.CRAWLER_TRUSTED_ORIGINS },
    jobs: {
      concurrency: s.JOB_CONCURRENCY,
      leaseSeconds: s.JOB_LEASE_SECONDS,
      sweepSeconds: s.JOB_SWEEP_SECONDS,
      backoffSeconds: s.JOB_BACKOFF_SECONDS,
    },
  };
}

/** PEM texts of the EC P-256 keys, the first of which signs. */
function signingKeys(environment: Environment, faults: string[]): string[] {
  const { JWT_PRIVATE_KEYS: inline, JWT_PRIVATE_KEYS_FILE: file } = environment;
  const name = inline ? 'JWT_PRIVATE_KEYS' : 'JWT_PRIVATE_KEYS_FILE';
  if (!inline && !file) {
    faults.push('JWT_PRIVATE_KEYS_FILE (or JWT_PRIVATE_KEYS) is missing');
    return [];
  }
  if (inline && file)
    faults.push('JWT_PRIVATE_KEYS and JWT_PRIVATE_KEYS_FILE contradict each other: set one of them');
  if (!inline && !existsSync(file!)) {
    faults.push(`${name} names a file that does not exist`);
    return [];
  }
  const pems = pemBlocks(inline ?? readFileSync(file!, 'utf8'));
  const usable = pems.filter(isP256);
  if (pems.length === 0 || usable.length < pems.length)
    faults.push(`${name} must hold EC P-256 private keys in PEM form`);
  return usable;
}
