import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres/embedded-postgres';
import {
  DEVELOPMENT_KAKAO_FILE,
  STANDIN_DATA_KEY,
  STANDIN_MAIL_FROM,
  STANDIN_SETTINGS,
  type DevelopmentSettings,
} from '../config/development';
import type { Environment } from '../config/environment';
import { startKakaoStandin } from './standins/kakao/kakao-standin';
import { KAKAO_TEST_USERS } from './standins/kakao/kakao-test-users';
import { startMailStandin } from './standins/mail/mail-standin';
import { startNewsroom, type Newsroom } from './standins/newsroom/newsroom';
import type { Lifetime } from '../context/lifetime';
import { developmentSigningKeys, isFree } from './data-dir';
import { Progress } from './progress';
import { archived, sampleArticles } from './sample-articles';
import { startPublicDataStandin } from './standins/public-data/public-data-standin';

export interface ExternalServices {
  /** Settings that point the gateway and the worker at what was started. */
  environment: Environment;
  newsroom: Newsroom;
  /** Whether the login is the local stand-in. */
  kakaoStandin: boolean;
  /** Whether public data is asked of the local stand-in. */
  publicDataStandin: boolean;
  /** The page with the mails that were sent; null when a server of somebody is set. */
  inboxUrl: string | null;
}

const WATCH_MS = 500;
/** A newspaper on this machine would answer too fast for its crawling to be seen. */
const ARTICLE_PAUSE_MS = 1_500;
const LIVE_EVERY_MINUTES = 3;

/** Starts what a deployment has elsewhere: PostgreSQL, Kakao, public data, a mail server, a newspaper; not what is configured. */
export async function startExternalServices(
  settings: DevelopmentSettings,
  opened: Lifetime,
  progress = new Progress(1),
): Promise<ExternalServices> {
  const environment: Environment = {
    NODE_ENV: settings.nodeEnv,
    PORT: String(settings.port),
    WEB_URL: settings.webUrl,
    LOG_LEVEL: settings.logLevel,
    COLLECT_EVERY_MINUTES: settings.collectEveryMinutes,
    JWT_PRIVATE_KEYS_FILE: settings.signingKeysFile ?? developmentSigningKeys(settings.dataDir),
  };
  if (!settings.databaseUrl) {
    progress.step('Starting the embedded PostgreSQL');
    const postgres = await startEmbeddedPostgres({
      folder: settings.dataDir,
      say: (line) => progress.say(line),
    });
    opened.onClose(keepAlive(postgres, settings.dataDir));
    await postgres.ensureDatabase('gyeongdan');
    environment.DATABASE_URL = postgres.url('gyeongdan');
  }
  if (!settings.kakaoConfigured) Object.assign(environment, await kakaoStandin(settings, opened));
  if (!settings.publicDataConfigured) Object.assign(environment, await publicDataStandin(opened));
  let inboxUrl: string | null = null;
  if (!settings.mailConfigured) {
    const mail = await startMailStandin({ port: await preferred(settings.port + 3) });
    opened.onClose(() => mail.close());
    Object.assign(environment, { SMTP_URL: mail.smtpUrl, MAIL_FROM: STANDIN_MAIL_FROM });
    inboxUrl = mail.url;
  }
  const newsroom = await startNewsroom({
    port: await preferred(settings.port + 2),
    archive: sampleArticles(new Date()).map(archived),
    articlePauseMs: ARTICLE_PAUSE_MS,
    liveEveryMinutes: LIVE_EVERY_MINUTES,
  });
  opened.onClose(() => newsroom.close());
  // The playground takes the first one for the newsroom.
  environment.CRAWLER_TRUSTED_ORIGINS = [
    newsroom.url,
    newsroom.url.replace('127.0.0.1', 'localhost'),
    ...settings.trustedOrigins,
  ].join(',');
  return {
    environment,
    newsroom,
    kakaoStandin: !settings.kakaoConfigured,
    publicDataStandin: !settings.publicDataConfigured,
    inboxUrl,
  };
}

/** Starts PostgreSQL again, on its port, when it dies; returns what stops it for good. */
function keepAlive(first: EmbeddedPostgres, folder: string): () => Promise<void> {
  let postgres = first;
  let restarting: Promise<void> = Promise.resolve();
  let stopped = false;
  const restart = async () => {
    if (stopped || postgres.isAlive()) return;
    console.error('PostgreSQL has died; starting it again.');
    postgres = await startEmbeddedPostgres({ folder, port: postgres.port });
  };
  const watch = setInterval(() => {
    restarting = restarting.then(restart).catch((error: unknown) => console.error(String(error)));
  }, WATCH_MS);
  return async () => {
    stopped = true;
    clearInterval(watch);
    await restarting;
    await postgres.stop();
  };
}

async function kakaoStandin(settings: DevelopmentSettings, opened: Lifetime): Promise<Environment> {
  const redirectUris = [`${settings.publicUrl}/auth/kakao/callback`, ...settings.redirectUris];
  const { kakaoId: adminKakaoId } = KAKAO_TEST_USERS.find(({ login }) => login === 'admin')!;
  const port = await preferred(settings.port + 1);
  const standin = await startKakaoStandin({
    port,
    restApiKey: STANDIN_SETTINGS.KAKAO_REST_API_KEY,
    clientSecret: null,
    adminKey: STANDIN_SETTINGS.KAKAO_ADMIN_KEY,
    appId: Number(STANDIN_SETTINGS.KAKAO_APP_ID),
    webhookUrl: `http://127.0.0.1:${settings.port}/webhooks/kakao/unlink`,
    redirectUris,
  });
  opened.onClose(() => standin.close());
  const file = path.join(settings.dataDir, DEVELOPMENT_KAKAO_FILE);
  writeFileSync(file, standin.url);
  opened.onClose(() => rmSync(file, { force: true }));
  return {
    ...STANDIN_SETTINGS,
    KAKAO_AUTH_URL: standin.url,
    KAKAO_API_URL: standin.url,
    KAKAO_REDIRECT_URIS: settings.redirectUris.join(','),
    ADMIN_KAKAO_IDS: [adminKakaoId, ...settings.adminKakaoIds].join(','),
  };
}

async function publicDataStandin(opened: Lifetime): Promise<Environment> {
  const standin = await startPublicDataStandin({ key: STANDIN_DATA_KEY });
  opened.onClose(() => standin.close());
  return {
    PUBLIC_DATA_SERVICE_KEY: STANDIN_DATA_KEY,
    DATA_GO_KR_URL: standin.url,
    ODCLOUD_URL: standin.url,
  };
}

/** The port that the README names, or any other when it is taken. */
async function preferred(port: number): Promise<number> {
  return port <= 65_535 && (await isFree(port)) ? port : 0;
}
