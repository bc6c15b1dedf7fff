import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentWith, type Environment } from './environment';
import { ConfigError, readSettings, SETTINGS } from './settings';

/** Where the web client takes the login's answer in development. */
const clientRedirectUris = (port: string) =>
  ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}/auth/kakao/callback`);

/** What the stand-in for Kakao and the gateway agree on in development. */
export const STANDIN_SETTINGS = {
  KAKAO_REST_API_KEY: 'standin-rest-api-key',
  KAKAO_ADMIN_KEY: 'standin-admin-key',
  KAKAO_APP_ID: '1000001',
};
/** Opens the stand-in for the public data portal. */
export const STANDIN_DATA_KEY = 'standin-service-key';

/** Who the mails of development are from. */
export const STANDIN_MAIL_FROM = 'newsletter@gyeongdan.example';

/** In DATA_DIR, when nothing else is configured. */
export const DEVELOPMENT_KEYS_FILE = 'jwt-private-key.pem';
/** In DATA_DIR while its `npm start` runs: the number of that process. */
export const DEVELOPMENT_PID_FILE = 'dev.pid';
/** In DATA_DIR: where its `npm start` has the stand-in for Kakao, which another terminal cannot know. */
export const DEVELOPMENT_KAKAO_FILE = 'dev.kakao';

export type DevelopmentSettings = ReturnType<typeof loadDevelopmentSettings>;

/**
 * What `npm start` and the commands need to know before a database and a login exist. Throws ConfigError that lists every
 * fault of what is set.
 */
export function loadDevelopmentSettings(overrides: Environment = {}) {
  const environment = environmentWith(overrides);
  const schema = SETTINGS.partial({ DATABASE_URL: true, KAKAO_REST_API_KEY: true });
  const { settings: s, faults } = readSettings(schema, environment);
  if (!s || faults.length > 0) throw new ConfigError(faults);
  const webPort = environment.WEB_PORT ?? '3000';
  return {
    nodeEnv: environment.NODE_ENV ?? 'development',
    dataDir: path.resolve(s.DATA_DIR),
    port: s.PORT,
    publicUrl: s.PUBLIC_URL ?? `http://localhost:${s.PORT}`,
    webUrl: s.WEB_URL ?? `http://localhost:${webPort}`,
    /** Of `npm run web`, as it is set for both. */
    webPort,
    databaseUrl: s.DATABASE_URL ?? null,
    /** Past any pooler. */
    directDatabaseUrl: s.DIRECT_DATABASE_URL ?? s.DATABASE_URL ?? null,
    signingKeysFile: environment.JWT_PRIVATE_KEYS_FILE ?? null,
    kakaoConfigured: s.KAKAO_REST_API_KEY !== undefined,
    publicDataConfigured: s.PUBLIC_DATA_SERVICE_KEY !== undefined,
    mailConfigured: s.SMTP_URL !== undefined,
    redirectUris:
      environment.KAKAO_REDIRECT_URIS === undefined ? clientRedirectUris(webPort) : s.KAKAO_REDIRECT_URIS,
    adminKakaoIds: s.ADMIN_KAKAO_IDS,
    trustedOrigins: s.CRAWLER_TRUSTED_ORIGINS,
    /** Days after which rows go; 0 keeps them. */
    retention: { views: s.RETENTION_VIEWS_DAYS, originals: s.RETENTION_ORIGINALS_DAYS },
    collectEveryMinutes: environment.COLLECT_EVERY_MINUTES ?? '3',
    // One line a request would push the summary off the screen.
    logLevel: environment.LOG_LEVEL ?? 'warn',
  };
}

/**
 * What the doctor looks at: the configured deployment (`overrides` null), or the `npm start` of this folder with the
 * settings that it chose itself.
 */
export function loadDoctorSettings(): { overrides: Environment | null; dataDir: string } {
  const settings = loadDevelopmentSettings();
  const { nodeEnv, dataDir, databaseUrl, signingKeysFile: file, kakaoConfigured } = settings;
  if (nodeEnv === 'production' || (databaseUrl !== null && !startRuns(dataDir)))
    return { overrides: null, dataDir };
  const kakaoFile = path.join(dataDir, DEVELOPMENT_KAKAO_FILE);
  const standin = existsSync(kakaoFile) ? readFileSync(kakaoFile, 'utf8') : undefined;
  return {
    overrides: {
      NODE_ENV: 'development',
      ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
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

function startRuns(dataDir: string): boolean {
  try {
    return process.kill(Number(readFileSync(path.join(dataDir, DEVELOPMENT_PID_FILE), 'utf8')), 0);
  } catch {
    return false;
  }
}

/** The file of the signing keys; null when they are set inline. */
export function signingKeysFile(): string | null {
  const { JWT_PRIVATE_KEYS: inline } = environmentWith({});
  const { signingKeysFile: file, dataDir } = loadDevelopmentSettings();
  return inline ? null : (file ?? path.join(dataDir, DEVELOPMENT_KEYS_FILE));
}
