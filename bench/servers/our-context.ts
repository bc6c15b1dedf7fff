import { loadConfig } from '../../src/config/config';
import { createGatewayContext, type GatewayContext } from '../../src/context/gateway';
import { Lifetime } from '../../src/context/lifetime';
import { createSharedContext } from '../../src/context/shared';
import { createLogger } from '../../src/logger';
import type { ServerSettings } from './child';

/** Environment settings of a gateway in production over the bench's database. */
export function productionSettings({
  issuer,
  databaseUrl,
  signingKey,
  perAddress = 1_000_000,
  trustedProxies = '',
}: ServerSettings): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: issuer,
    DATABASE_URL: databaseUrl,
    JWT_PRIVATE_KEYS: signingKey,
    KAKAO_REST_API_KEY: 'sent-nowhere-rest-key',
    KAKAO_CLIENT_SECRET: 'sent-nowhere-client-secret',
    KAKAO_ADMIN_KEY: 'sent-nowhere-admin-key',
    KAKAO_APP_ID: '1',
    // One address sends everything; the limiter stays on, so that its cost is measured.
    RATE_LIMIT_PER_ADDRESS: String(perAddress),
    TRUSTED_PROXIES: trustedProxies,
    RATE_LIMIT_PER_USER: '1000000',
    RATE_LIMIT_PER_VIEWER: '1000000',
    RATE_LIMIT_POINTS_PER_ADDRESS: '100000000',
    LOG_LEVEL: 'info',
  };
}

/** Our context as in production, logs on standard output. */
export function ourContext(settings: ServerSettings): { context: GatewayContext; statements: () => number } {
  const config = loadConfig({ ...productionSettings(settings), PORT: '0' });
  // One user asks for all of them.
  config.rateLimits.export = 0;
  if (settings.manyReaders)
    Object.assign(config.rateLimits, { newViewer: 0, anonymousView: 0, anonymousReading: 0 });
  let statements = 0;
  const logger = createLogger({ level: config.logLevel, pretty: false });
  const { countStatements, frozenAt, keep } = settings;
  const opened = new Lifetime();
  const shared = createSharedContext({
    config,
    logger,
    opened,
    ...(countStatements && { onStatement: () => void statements++ }),
    ...(frozenAt !== undefined && { clock: { now: () => new Date(frozenAt) } }),
  });
  const context = createGatewayContext(shared, opened, keep === undefined ? {} : { keep });
  return { context, statements: () => statements };
}
