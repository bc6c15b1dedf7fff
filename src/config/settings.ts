import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import type { Environment } from './environment';
import { isRange } from './production-faults';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
  .transform((url) => url.replace(/\/$/, ''));
const integer = (min: number, max: number, fallback: number) => {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(rule).int(rule).min(min, rule).max(max, rule).default(fallback);
};
const decimal = (min: number, max: number, fallback: number) => {
  const rule = `must be a number from ${min} to ${max}`;
  return z.coerce.number(rule).min(min, rule).max(max, rule).default(fallback);
};
const optionalDecimal = (min: number, max: number) => {
  const rule = `must be a number from ${min} to ${max}`;
  return z.coerce.number(rule).min(min, rule).max(max, rule).optional();
};
const oneOf = <const Choice extends string>(...choices: Choice[]) =>
  z.enum(choices, `must be one of ${choices.join(', ')}`);

/** Every setting with its shape and default. */
export const SETTINGS = z.object({
  NODE_ENV: oneOf('development', 'test', 'production').default('production'),
  HOST: z.string().optional(),
  PORT: integer(0, 65_535, 4000),
  PUBLIC_URL: httpUrl.optional(),
  WEB_URL: httpUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
  DIRECT_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' })
    .optional(),
  QUEUE_URL: z
    .url({ protocol: /^(postgres(ql)?|rediss?)$/, error: 'must be a postgresql:// or redis:// URL' })
    .optional(),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent').default('info'),
  CORS_ORIGINS: list.transform((origins) => origins.map((origin) => origin.replace(/\/$/, ''))),
  GRAPHQL_ENGINE: oneOf('jit', 'js').default('jit'),
  ONLY_PERSISTED_DOCUMENTS: oneOf('true', 'false').default('false'),
  PERSISTED_DOCUMENTS_FILE: list,
  DRAIN_SECONDS: decimal(0, 60, 1.5),
  DATABASE_CONNECTIONS: integer(1, 200, 10),
  // Each of the four queues holds one to listen on.
  QUEUE_CONNECTIONS: integer(6, 100, 8),
  JWT_PRIVATE_KEYS: z.string().optional(),
  JWT_PRIVATE_KEYS_FILE: z.string().optional(),
  KAKAO_REST_API_KEY: z.string().min(1, 'is missing'),
  KAKAO_CLIENT_SECRET: z.string().optional(),
  KAKAO_ADMIN_KEY: z.string().optional(),
  KAKAO_APP_ID: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .positive('must be positive')
    .optional(),
  KAKAO_AUTH_URL: httpUrl.default('https://kauth.kakao.com'),
  KAKAO_API_URL: httpUrl.default('https://kapi.kakao.com'),
  KAKAO_REDIRECT_URIS: list,
  ADMIN_KAKAO_IDS: list.refine(
    (ids) => ids.every((id) => /^\d{1,20}$/.test(id)),
    'must be Kakao user numbers',
  ),
  TRUSTED_PROXIES: list.refine((ranges) => ranges.every(isRange), 'must be addresses or CIDR ranges'),
  RATE_LIMIT_PER_ADDRESS: integer(0, 1_000_000, 1_200),
  RATE_LIMIT_PER_VIEWER: integer(0, 1_000_000, 600),
  RATE_LIMIT_PER_USER: integer(0, 1_000_000, 600),
  RATE_LIMIT_SIGN_INS_PER_ADDRESS: integer(0, 1_000_000, 60),
  RATE_LIMIT_POINTS_PER_ADDRESS: integer(0, 100_000_000, 200_000),
  RATE_LIMIT_SUBSCRIPTIONS_PER_ADDRESS: integer(0, 1_000_000, 30),
  RATE_LIMIT_QUESTIONS_PER_DAY: integer(0, 1_000_000, 50),
  METRICS_TOKEN: z.string().optional(),
  WORKER_PORT: integer(0, 65_535, 9464),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  RETENTION_SESSIONS_DAYS: integer(0, 36_500, 90),
  RETENTION_JOBS_DAYS: integer(0, 36_500, 180),
  RETENTION_ORIGINALS_DAYS: integer(0, 36_500, 365),
  RETENTION_AUDIT_DAYS: integer(0, 36_500, 730),
  RETENTION_ANSWERS_DAYS: integer(0, 36_500, 365),
  RETENTION_VIEWS_DAYS: integer(0, 36_500, 730),
  RETENTION_ANONYMOUS_VIEWS_DAYS: integer(0, 36_500, 90),
  PUBLISH_POLICY: oneOf('review', 'auto-when-faithful').default('review'),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: httpUrl.default('https://api.openai.com/v1'),
  OPENAI_MODEL: z.string().default('gpt-4o-mini'),
  OPENAI_TIMEOUT_SECONDS: integer(1, 600, 60),
  OPENAI_REQUESTS_PER_MINUTE: integer(0, 100_000, 0),
  OPENAI_USD_PER_MILLION_INPUT_TOKENS: optionalDecimal(0, 1_000_000),
  OPENAI_USD_PER_MILLION_OUTPUT_TOKENS: optionalDecimal(0, 1_000_000),
  FALLBACK_OPENAI_API_KEY: z.string().optional(),
  FALLBACK_OPENAI_BASE_URL: httpUrl.default('https://api.openai.com/v1'),
  FALLBACK_OPENAI_MODEL: z.string().default('gpt-4o-mini'),
  FALLBACK_OPENAI_TIMEOUT_SECONDS: integer(1, 600, 60),
  FALLBACK_OPENAI_REQUESTS_PER_MINUTE: integer(0, 100_000, 0),
  FALLBACK_OPENAI_USD_PER_MILLION_INPUT_TOKENS: optionalDecimal(0, 1_000_000),
  FALLBACK_OPENAI_USD_PER_MILLION_OUTPUT_TOKENS: optionalDecimal(0, 1_000_000),
  REWRITER_OF_LAST_RESORT: oneOf('none', 'built-in').default('none'),
  DAILY_BUDGET_USD: optionalDecimal(0, 1_000_000),
  OPENAI_EMBEDDING_MODEL: z.string().optional(),
  OPENAI_USD_PER_MILLION_EMBEDDING_TOKENS: optionalDecimal(0, 1_000_000),
  GOOGLE_SEARCH_API_KEY: z.string().optional(),
  GOOGLE_SEARCH_ENGINE_ID: z.string().optional(),
  GOOGLE_SEARCH_URL: httpUrl.optional(),
  NAVER_CLIENT_ID: z.string().optional(),
  NAVER_CLIENT_SECRET: z.string().optional(),
  NAVER_SEARCH_API: oneOf('hub', 'portal').default('hub'),
  NAVER_SEARCH_URL: httpUrl.optional(),
  SEARCH_TIMEOUT_SECONDS: decimal(0.1, 60, 5),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' })
    // Nodemailer takes options from there, even one that does without TLS.
    .refine((url) => !url.includes('?'), 'must have no query')
    .optional(),
  MAIL_FROM: z.email('must be an address').optional(),
  MAIL_SENDER: z.string().max(100).default('경단'),
  MAIL_SENDER_CONTACT: z.string().max(300).optional(),
  MAIL_PER_MINUTE: integer(0, 100_000, 600),
  PUBLIC_DATA_SERVICE_KEY: z.string().optional(),
  DATA_GO_KR_URL: httpUrl.default('https://apis.data.go.kr'),
  ODCLOUD_URL: httpUrl.default('https://api.odcloud.kr'),
  CRAWLER_USER_AGENT: z.string().default('GyeongdanBot/1.0'),
  CRAWLER_TRUSTED_ORIGINS: list,
  CRAWLER_DELAY_SECONDS: decimal(0, 600, 1),
  COLLECT_EVERY_MINUTES: integer(0, 1_440, 0),
  JOB_CONCURRENCY: integer(1, 100, 4),
  JOB_LEASE_SECONDS: integer(2, 600, 15),
  JOB_SWEEP_SECONDS: decimal(0.2, 60, 5),
  JOB_BACKOFF_SECONDS: decimal(0.01, 60, 2),
});
export type Settings = z.infer<typeof SETTINGS>;

/** Every setting there is. */
export const SETTING_NAMES = Object.keys(SETTINGS.shape);

/** All faults of a configuration at once; names settings, never their values. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(['The configuration is not usable:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

/** Shorter names than this resemble too many foreign variables. */
const SHORTEST_NAME = 8;

/** The settings of an environment, null when one is not usable, and all that is wrong with them; never a value. */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): { settings: z.infer<Schema> | null; faults: string[] } {
  const { data, error } = schema.safeParse(environment);
  const faults = (error?.issues ?? []).map(({ path, message }) => {
    const name = path.join('.');
    return `${name} ${environment[name] === undefined ? 'is missing' : message}`;
  });
  faults.push(
    ...misspelledNames(environment),
    ...concurrencyFaults(environment),
    ...halfSetFaults(environment),
  );
  return { settings: data ?? null, faults };
}

function misspelledNames(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.length >= SHORTEST_NAME && !SETTING_NAMES.includes(name))
    .flatMap((name) => {
      const meant = SETTING_NAMES.find((setting) => distance(name, setting) <= (name.length < 12 ? 1 : 2));
      return meant === undefined ? [] : [`${name} is no setting: did you mean ${meant}?`];
    });
}

/** Settings that are of no use without another one. */
const NEEDED_BESIDE: Record<string, string> = {
  GOOGLE_SEARCH_API_KEY: 'GOOGLE_SEARCH_ENGINE_ID',
  GOOGLE_SEARCH_ENGINE_ID: 'GOOGLE_SEARCH_API_KEY',
  NAVER_CLIENT_ID: 'NAVER_CLIENT_SECRET',
  NAVER_CLIENT_SECRET: 'NAVER_CLIENT_ID',
  OPENAI_EMBEDDING_MODEL: 'OPENAI_API_KEY',
  FALLBACK_OPENAI_API_KEY: 'OPENAI_API_KEY',
  SMTP_URL: 'MAIL_FROM',
  MAIL_FROM: 'SMTP_URL',
};

function halfSetFaults(environment: Environment): string[] {
  return Object.entries(NEEDED_BESIDE)
    .filter(([name, other]) => environment[name] !== undefined && environment[other] === undefined)
    .map(([name, other]) => `${other} is missing: ${name} is of no use without it`);
}

/** A job holds a connection of the queue in PostgreSQL while it runs, and the worker needs one more. */
function concurrencyFaults(environment: Environment): string[] {
  const { JOB_CONCURRENCY, QUEUE_CONNECTIONS } = SETTINGS.shape;
  const jobs = JOB_CONCURRENCY.safeParse(environment.JOB_CONCURRENCY);
  const connections = QUEUE_CONNECTIONS.safeParse(environment.QUEUE_CONNECTIONS);
  const inRedis = /^rediss?:/.test(environment.QUEUE_URL ?? '');
  return !inRedis && jobs.success && connections.success && jobs.data >= connections.data
    ? ['JOB_CONCURRENCY must be less than QUEUE_CONNECTIONS']
    : [];
}
