import { openTracing } from '../adapters/telemetry/tracing';
import { loadConfig } from '../config/config';
import { createGatewayContext } from '../context/gateway';
import { createSharedContext } from '../context/shared';
import { startGateway } from '../http/gateway';
import { createLogger } from '../logger';
import { runUntilStopped } from './process';

runUntilStopped(async (opened, stop) => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, pretty: false });
  const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan-gateway');
  const shared = createSharedContext({ config, logger, opened, tracing });
  shared.metrics.watchProcess();
  const gateway = await startGateway(createGatewayContext(shared, opened));
  opened.onClose(() => gateway.stop());
  logger.info({ url: gateway.url, connections: config.connections }, 'gateway listens');
  await gateway.readiness.reached(stop);
  logger.info('gateway is ready');
});
