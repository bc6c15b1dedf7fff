import { openTracing } from '../adapters/telemetry/tracing';
import { loadConfig } from '../config/config';
import { createAppContext } from '../context/context';
import { startGateway } from '../http/gateway';
import { createLogger } from '../logger';
import { runUntilStopped } from './process';

runUntilStopped(async () => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, pretty: false });
  const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan-gateway');
  const context = createAppContext(config, logger, { tracing });
  const gateway = await startGateway(context);
  logger.info({ url: gateway.url, connections: config.connections }, 'gateway is ready');
  return async () => {
    await gateway.stop();
    await context.close();
  };
});
