import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isP256, pemBlocks } from '../adapters/tokens/signing-keys';
import { environmentWith, type Environment } from './environment';
import { productionFaults } from './production-faults';
import { ConfigError, readSettings, SETTINGS, type Settings } from './settings';

/** What the anonymous readers of one address may weigh in an hour: new ones, views of one article, views and impressions. */
const ANONYMOUS_READING = { newViewer: 60, anonymousView: 10, anonymousReading: 2_000 };
const UNBOUNDED_READING = { newViewer: 0, anonymousView: 0, anonymousReading: 0 };
/** Of one mailbox in a day, each a mail that somebody may not want. */
const SUBSCRIPTIONS_OF_MAILBOX = 5;
/** Of one user in a minute: each takes as long as hundreds of pages. */
const EXPORTS = 10;

/**
 * Reads the process environment, with `overrides` on top; empty strings count as absent.
 * Throws ConfigError that lists every fault.
 */
export function loadConfig(overrides: Environment = {}): Config {
  const environment = environmentWith(overrides);
  const { settings, faults } = readSettings(SETTINGS, environment);
  const keys = signingKeys(environment, faults);
  if (environment.NODE_ENV === undefined || environment.NODE_ENV === 'production')
    faults.push(...productionFaults(environment));
  if (!settings || faults.length > 0) throw new ConfigError([...new Set(faults)]);
  return configOf(settings, keys);
}

/** Everything the processes are told from outside; see .env.example for what each setting means. */
export type Config = ReturnType<typeof configOf>;

function configOf(s: Settings, signingKeys: string[]) {
  const publicUrl = s.PUBLIC_URL ?? `http://localhost:${s.PORT}`;
  const production = s.NODE_ENV === 'production';
  return {
    production,
    host: s.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: s.PORT,
    /** Origin under which browsers reach the gateway, without a trailing slash. */
    publicUrl,
    /** Of the readers' web client, without a trailing slash; null: the gateway shows its articles itself. */
    webUrl: s.WEB_URL ?? null,
    dataDir: path.resolve(s.DATA_DIR),
    databaseUrl: s.DATABASE_URL,
    /** The same database past any pooler: notices do not pass one. */
    directDatabaseUrl: s.DIRECT_DATABASE_URL ?? s.DATABASE_URL,
    queueUrl: s.QUEUE_URL ?? s.DATABASE_URL,
    logLevel: s.LOG_LEVEL,
    corsOrigins: s.CORS_ORIGINS,
    engine: s.GRAPHQL_ENGINE,
    introspection: !production,
    /** Files of the documents that clients were built with; `only`: others are refused. */
    persistedDocuments: { files: persistedFiles(s), only: s.ONLY_PERSISTED_DOCUMENTS === 'true' },
    /** Seconds that readiness fails before the server stops taking requests. */
    drainSeconds: s.DRAIN_SECONDS,
    connections: { database: s.DATABASE_CONNECTIONS, queue: s.QUEUE_CONNECTIONS },
    session: {
      signingKeys,
      /** When the keys came from one: it may be rewritten while the process runs. */
      signingKeysFile: s.JWT_PRIVATE_KEYS === undefined ? (s.JWT_PRIVATE_KEYS_FILE ?? null) : null,
      issuer: publicUrl,
    },
    kakao: {
      restApiKey: s.KAKAO_REST_API_KEY,
      clientSecret: s.KAKAO_CLIENT_SECRET ?? null,
      /** Unlinks accounts, and authenticates Kakao's webhook. */
      adminKey: s.KAKAO_ADMIN_KEY ?? null,
      /** The app that a client's access token must have been issued for. */
      appId: s.KAKAO_APP_ID ?? null,
      authBaseUrl: s.KAKAO_AUTH_URL,
      apiBaseUrl: s.KAKAO_API_URL,
      issuer: s.KAKAO_AUTH_URL,
      redirectUris: [...new Set([`${publicUrl}/auth/kakao/callback`, ...s.KAKAO_REDIRECT_URIS])],
    },
    adminKakaoIds: s.ADMIN_KAKAO_IDS,
    /** Addresses and CIDR ranges whose X-Forwarded-For is believed. */
    trustedProxies: s.TRUSTED_PROXIES,
    /**
     * Requests a minute, of `cost` points in ten seconds; 0 switches a limit off. Of anonymous readers in an hour, and off
     * when addresses are not limited.
     */
    rateLimits: {
      address: s.RATE_LIMIT_PER_ADDRESS,
      socket: s.RATE_LIMIT_PER_ADDRESS,
      viewer: s.RATE_LIMIT_PER_VIEWER,
      user: s.RATE_LIMIT_PER_USER,
      export: s.RATE_LIMIT_PER_USER === 0 ? 0 : EXPORTS,
      signIn: s.RATE_LIMIT_SIGN_INS_PER_ADDRESS,
      cost: s.RATE_LIMIT_POINTS_PER_ADDRESS,
      /** In an hour. */
      subscription: s.RATE_LIMIT_SUBSCRIPTIONS_PER_ADDRESS,
      subscribedMailbox: s.RATE_LIMIT_SUBSCRIPTIONS_PER_ADDRESS === 0 ? 0 : SUBSCRIPTIONS_OF_MAILBOX,
      ...(s.RATE_LIMIT_PER_ADDRESS === 0 ? UNBOUNDED_READING : ANONYMOUS_READING),
    },
    /** Of one reader on a day in Asia/Seoul; 0 for no limit. */
    questionsPerDay: s.RATE_LIMIT_QUESTIONS_PER_DAY,
    /** `token` opens /metrics; `workerPort` is where the worker process serves its own. */
    metrics: { token: s.METRICS_TOKEN ?? null, workerPort: s.WORKER_PORT },
    /** Base URL of an OTLP/HTTP collector. */
    tracing: { endpoint: s.OTEL_EXPORTER_OTLP_ENDPOINT ?? null },
    /** Days after which rows go; 0 keeps them. src/domain/retention says which rows. */
    retention: {
      sessionDays: s.RETENTION_SESSIONS_DAYS,
      jobDays: s.RETENTION_JOBS_DAYS,
      originalDays: s.RETENTION_ORIGINALS_DAYS,
      auditDays: s.RETENTION_AUDIT_DAYS,
      answerDays: s.RETENTION_ANSWERS_DAYS,
      viewDays: s.RETENTION_VIEWS_DAYS,
      anonymousViewDays: s.RETENTION_ANONYMOUS_VIEWS_DAYS,
    },
    /** Who puts new articles before readers. */
    publishPolicy: s.PUBLISH_POLICY,
    model: modelOf(s, 'OPENAI'),
    /** Compares related documents with their article, on the first model's server. */
    embedding: s.OPENAI_EMBEDDING_MODEL
      ? {
          name: s.OPENAI_EMBEDDING_MODEL,
          /** As a language model that writes nothing. */
          usdPerMillionTokens: { input: s.OPENAI_USD_PER_MILLION_EMBEDDING_TOKENS, output: 0 },
        }
      : null,
    /** Asked when the first one cannot answer. */
    fallbackModel: modelOf(s, 'FALLBACK_OPENAI'),
    /** Who writes when no model can. */
    rewriterOfLastResort: s.REWRITER_OF_LAST_RESORT,
    /** Of a day in Asia/Seoul, for all models together; null for no bound. */
    dailyBudgetUsd: s.DAILY_BUDGET_USD ?? null,
    /** Where related documents are looked for; among our own articles when nothing is set. */
    search: {
      timeoutMs: s.SEARCH_TIMEOUT_SECONDS * 1000,
      google:
        s.GOOGLE_SEARCH_API_KEY && s.GOOGLE_SEARCH_ENGINE_ID
          ? { apiKey: s.GOOGLE_SEARCH_API_KEY, engineId: s.GOOGLE_SEARCH_ENGINE_ID, url: s.GOOGLE_SEARCH_URL }
          : null,
      naver:
        s.NAVER_CLIENT_ID && s.NAVER_CLIENT_SECRET
          ? {
              clientId: s.NAVER_CLIENT_ID,
              clientSecret: s.NAVER_CLIENT_SECRET,
              api: s.NAVER_SEARCH_API,
              url: s.NAVER_SEARCH_URL,
            }
          : null,
    },
    /** Where mail is handed in and who it is from; null: none is sent. */
    mail:
      s.SMTP_URL && s.MAIL_FROM
        ? {
            url: s.SMTP_URL,
            from: { name: s.MAIL_SENDER, address: s.MAIL_FROM },
            /** Who sends and how to reach them, as 정보통신망법 제50조 wants it in each mail. */
            contact: s.MAIL_SENDER_CONTACT ?? s.MAIL_FROM,
            /** Of each worker; 0 for no limit. */
            perMinute: s.MAIL_PER_MINUTE,
          }
        : null,
    /** Opens data.go.kr and odcloud.kr; without it only what needs no key is read. */
    publicDataKey: s.PUBLIC_DATA_SERVICE_KEY ?? null,
    publicDataServers: { 'data.go.kr': s.DATA_GO_KR_URL, 'odcloud.kr': s.ODCLOUD_URL },
    crawler: {
      userAgent: s.CRAWLER_USER_AGENT,
      trustedOrigins: s.CRAWLER_TRUSTED_ORIGINS,
      /** Between two requests to one host, which come one at a time then; 0 for neither. */
      delaySeconds: s.CRAWLER_DELAY_SECONDS,
    },
    /** How often feeds are read; 0 for each day at 05:00 in Seoul. */
    collectEveryMinutes: s.COLLECT_EVERY_MINUTES,
    jobs: {
      concurrency: s.JOB_CONCURRENCY,
      leaseSeconds: s.JOB_LEASE_SECONDS,
      sweepSeconds: s.JOB_SWEEP_SECONDS,
      /** Before the first retry of a failed attempt; doubles with each. */
      backoffSeconds: s.JOB_BACKOFF_SECONDS,
    },
  };
}

/** The list of the web client. Without that folder no list is read, unless only listed documents are taken. */
const WEB_CLIENT_DOCUMENTS = path.resolve(__dirname, '../../examples/web/persisted-documents.json');

function persistedFiles({ PERSISTED_DOCUMENTS_FILE: given, ONLY_PERSISTED_DOCUMENTS: only }: Settings) {
  if (given.length > 0) return given.map((file) => path.resolve(file));
  return only === 'true' || existsSync(WEB_CLIENT_DOCUMENTS) ? [WEB_CLIENT_DOCUMENTS] : [];
}

/** A language model; null without a key. */
function modelOf(s: Settings, prefix: 'OPENAI' | 'FALLBACK_OPENAI') {
  const apiKey = s[`${prefix}_API_KEY`];
  if (!apiKey) return null;
  return {
    apiKey,
    baseUrl: s[`${prefix}_BASE_URL`],
    name: s[`${prefix}_MODEL`],
    timeoutMs: s[`${prefix}_TIMEOUT_SECONDS`] * 1000,
    /** Over all workers together; 0 for no limit. */
    requestsPerMinute: s[`${prefix}_REQUESTS_PER_MINUTE`],
    /** Undefined: what the table of prices says. */
    usdPerMillionTokens: {
      input: s[`${prefix}_USD_PER_MILLION_INPUT_TOKENS`],
      output: s[`${prefix}_USD_PER_MILLION_OUTPUT_TOKENS`],
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
