import { generateKeyPairSync } from 'node:crypto';
import { Writable } from 'node:stream';
import { print } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { loadConfig, type Config } from '../../src/config/config';
import { createGatewayContext, type GatewayContext } from '../../src/context/gateway';
import { Lifetime } from '../../src/context/lifetime';
import { createSharedContext, type ContextOptions } from '../../src/context/shared';
import { createWorkerContext, type WorkerContext } from '../../src/context/worker';
import type { CrawlerOptions } from '../../src/adapters/crawler/crawler';
import type { Answerer } from '../../src/domain/answer/answerer';
import { startGateway } from '../../src/http/gateway';
import { createLogger } from '../../src/logger';
import { startWorker } from '../../src/worker/worker';
import { startKakaoStandin, type KakaoStandin } from '../../src/dev/standins/kakao/kakao-standin';
import { KAKAO_TEST_USERS } from '../../src/dev/standins/kakao/kakao-test-users';
import {
  BeginKakaoLoginDocument,
  LoginWithKakaoCodeDocument,
  type BeginKakaoLoginMutation,
  type LoginWithKakaoCodeMutation,
  type LoginWithKakaoCodeMutationVariables,
} from '../generated/operations';
import { Canaries } from './canaries';
import { createTestDatabase } from './test-database';

export interface Answer<T> {
  status: number;
  headers: Headers;
  data: T | null;
  errors: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; argument?: string; retryable?: boolean };
  }[];
}

export interface SendOptions {
  /** Access token for the Authorization header. */
  token?: string | undefined;
  headers?: Record<string, string>;
}

export type Login = LoginWithKakaoCodeMutation['loginWithKakaoCode'];
export type LoginInput = LoginWithKakaoCodeMutationVariables['input'];

export interface TestApp {
  url: string;
  config: Config;
  context: GatewayContext;
  workerContext: WorkerContext;
  standin: KakaoStandin;
  /** Every line that was logged. */
  logs: string[];
  /** Every SQL statement that was sent. */
  statements: string[];
  /** Sends a typed operation over HTTP. */
  send<T, V>(document: TypedDocumentNode<T, V>, variables: V, options?: SendOptions): Promise<Answer<T>>;
  /** Sends any text over HTTP. */
  query(query: string, variables?: object, options?: SendOptions): Promise<Answer<Record<string, unknown>>>;
  beginLogin(): Promise<BeginKakaoLoginMutation['beginKakaoLogin']>;
  /** What a client holds after the consent page. */
  agreedLogin(user: string): Promise<LoginInput>;
  /** Signs a test user in with the three requests a script needs. */
  login(user: string): Promise<Login>;
  /** A Kakao access token as a Kakao SDK hands it to an app. */
  kakaoAccessToken(user: string): Promise<string>;
  close(): Promise<void>;
}

export interface TestAppOptions extends Pick<ContextOptions, 'clock' | 'tracing'> {
  /** Shorter waits, another name resolution. */
  crawler?: Partial<CrawlerOptions>;
  /** Writes the answers of questions; without one they wait. */
  answerer?: Answerer;
  /** Where a client of its own takes readers back from Kakao, beside the gateway itself. */
  clientRedirectUris?: string[];
  /** Environment settings on top of the test's own. */
  environment?: Record<string, string>;
  /** The last word on the configuration, e.g. to run in production mode. */
  adjust?: (config: Config) => void;
  /** Runs the worker in this process too. */
  worker?: boolean;
  /** An own database; by default a fresh copy of the template that is dropped in the end. */
  databaseUrl?: string;
}

/** A signing key of tests: PEM of an EC P-256 private key. */
export function testSigningKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

const REST_API_KEY = 'rest-api-key-of-the-tests';
const CLIENT_SECRET = 'client-secret-of-the-tests';
const ADMIN_KEY = 'admin-key-of-the-tests';
const APP_ID = 4242;

/** The gateway (and, when asked for, the worker) over a real PostgreSQL and the Kakao stand-in. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: async () => {} }
    : await createTestDatabase();
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const redirectUri = `${publicUrl}/auth/kakao/callback`;
  const { clientRedirectUris = [] } = options;
  const standin = await startKakaoStandin({
    restApiKey: REST_API_KEY,
    clientSecret: CLIENT_SECRET,
    adminKey: ADMIN_KEY,
    appId: APP_ID,
    redirectUris: [redirectUri, ...clientRedirectUris],
    ...(options.clock && { clock: () => options.clock!.now() }),
  });
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    DATABASE_URL: database.url,
    JWT_PRIVATE_KEYS: testSigningKey(),
    KAKAO_REST_API_KEY: REST_API_KEY,
    KAKAO_CLIENT_SECRET: CLIENT_SECRET,
    KAKAO_ADMIN_KEY: ADMIN_KEY,
    KAKAO_APP_ID: String(APP_ID),
    KAKAO_AUTH_URL: standin.url,
    KAKAO_API_URL: standin.url,
    KAKAO_REDIRECT_URIS: clientRedirectUris.join(','),
    // Whole files come from one address and ask one publisher; the tests of the limits set their own.
    RATE_LIMIT_PER_ADDRESS: '0',
    RATE_LIMIT_PER_VIEWER: '0',
    CRAWLER_DELAY_SECONDS: '0',
    RATE_LIMIT_PER_USER: '0',
    RATE_LIMIT_QUESTIONS_PER_DAY: '0',
    RATE_LIMIT_SIGN_INS_PER_ADDRESS: '0',
    RATE_LIMIT_SUBSCRIPTIONS_PER_ADDRESS: '0',
    RATE_LIMIT_POINTS_PER_ADDRESS: '0',
    ADMIN_KAKAO_IDS: KAKAO_TEST_USERS[0]!.kakaoId,
    DRAIN_SECONDS: '0',
    METRICS_TOKEN: 'metrics-token-of-the-tests',
    // Nobody listens there: mail waits.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'newsletter@gyeongdan.example',
    WORKER_PORT: '0',
    LOG_LEVEL: 'debug',
    JOB_SWEEP_SECONDS: '0.5',
    // `npm run test:plain` runs the tests of HTTP once more where nothing is compiled, shared or kept.
    GRAPHQL_ENGINE: process.env.TEST_ENGINE ?? 'jit',
    ...options.environment,
  });
  options.adjust?.(config);
  const logs: string[] = [];
  const statements: string[] = [];
  const logger = createLogger({ level: config.logLevel, pretty: false, destination: collect(logs) });
  const opened = new Lifetime();
  const shared = createSharedContext({
    config,
    logger,
    opened,
    onStatement: (sql) => void statements.push(sql),
    ...(options.clock && { clock: options.clock }),
    ...(options.tracing && { tracing: options.tracing }),
  });
  const context = createGatewayContext(shared, opened);
  const workerContext = createWorkerContext(shared, opened, {
    ...(options.crawler && { crawling: options.crawler }),
    ...(options.answerer && { answerer: options.answerer }),
  });
  const gateway = await startGateway(context);
  const worker = options.worker ? await startWorker(workerContext) : null;
  const canaries = new Canaries(config);

  async function post<T>(body: object, { token, headers }: SendOptions = {}): Promise<Answer<T>> {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<T>>;
    canaries.assertAbsent('an error', JSON.stringify(errors));
    return { status: response.status, headers: response.headers, data, errors };
  }

  const app: TestApp = {
    url: gateway.url,
    config,
    context,
    workerContext,
    standin,
    logs,
    statements,
    send: (document, variables, sendOptions) => post({ query: printed(document), variables }, sendOptions),
    query: (query, variables, sendOptions) => post({ query, variables }, sendOptions),
    async beginLogin() {
      return (await app.send(BeginKakaoLoginDocument, { redirectUri })).data!.beginKakaoLogin;
    },
    async agreedLogin(user) {
      const { url, state, codeVerifier } = await app.beginLogin();
      return { code: await consent(url, user), redirectUri, state, codeVerifier };
    },
    async login(user) {
      const input = await app.agreedLogin(user);
      const { data, errors } = await app.send(LoginWithKakaoCodeDocument, { input });
      if (!data) throw new Error(`sign-in of ${user} failed: ${JSON.stringify(errors)}`);
      return data.loginWithKakaoCode;
    },
    async kakaoAccessToken(user) {
      const { code, codeVerifier } = await app.agreedLogin(user);
      const form = {
        grant_type: 'authorization_code',
        client_id: REST_API_KEY,
        client_secret: CLIENT_SECRET,
        redirect_uri: redirectUri,
        code,
        code_verifier: codeVerifier,
      };
      const response = await fetch(`${standin.url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      return ((await response.json()) as { access_token: string }).access_token;
    },
    async close() {
      await worker?.stop();
      await gateway.stop();
      try {
        // Tests of outages leave a database behind that cannot be asked.
        const { pool } = context.database;
        const reachable = await pool.query('SELECT 1').then(Boolean, () => false);
        if (reachable) await canaries.assertAbsentFromRows(pool);
        if (config.queueUrl.startsWith('redis')) await canaries.assertAbsentFromRedis(config.queueUrl);
        canaries.assertAbsent('the metrics', await context.metrics.registry.metrics());
      } finally {
        await opened.close();
        await standin.close();
        await database.drop();
      }
      canaries.assertAbsent('the logs', logs.join(''));
    },
  };
  return app;
}

/** Agrees on the stand-in's consent page; returns the code that Kakao hands to the redirect URI. */
export async function consent(authorizeUrl: string, user: string): Promise<string> {
  const response = await fetch(authorizeUrl, {
    method: 'POST',
    body: new URLSearchParams({ user }),
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  const code = location && new URL(location).searchParams.get('code');
  if (!code) throw new Error(`no code for ${user}: ${response.status} ${location}`);
  return code;
}

const texts = new WeakMap<object, string>();
function printed(
  document: TypedDocumentNode<unknown, never> | TypedDocumentNode<never, unknown> | object,
): string {
  let text = texts.get(document);
  if (text === undefined) texts.set(document, (text = print(document as Parameters<typeof print>[0])));
  return text;
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
}
