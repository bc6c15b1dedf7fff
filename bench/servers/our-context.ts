import { loadConfig } from '../../src/config';
import { createAppContext, type AppContext } from '../../src/context';
import { createLogger } from '../../src/logger';
import type { ServerSettings } from './child';

/** Our context as in production, logs on standard output. */
export function ourContext(settings: ServerSettings): { context: AppContext; statements: () => number } {
  const config = loadConfig({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: settings.issuer,
    DATABASE_URL: settings.databaseUrl,
    JWT_PRIVATE_KEYS: settings.signingKey,
    KAKAO_REST_API_KEY: 'sent-nowhere-rest-key',
    KAKAO_CLIENT_SECRET: 'sent-nowhere-client-secret',
    KAKAO_ADMIN_KEY: 'sent-nowhere-admin-key',
    KAKAO_APP_ID: '1',
    // One address sends everything; the limiter stays on, so that its cost is measured.
    RATE_LIMIT_PER_ADDRESS: '1000000',
    RATE_LIMIT_PER_USER: '1000000',
    RATE_LIMIT_PER_VIEWER: '1000000',
    LOG_LEVEL: 'info',
  });
  let statements = 0;
  const logger = createLogger({ level: config.logLevel, pretty: false });
  const context = createAppContext(
    config,
    logger,
    settings.countStatements ? { onStatement: () => void statements++ } : {},
  );
  return { context, statements: () => statements };
}
