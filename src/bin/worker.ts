import { migrateQueue } from '../adapters/queue/queue';
import { openTracing } from '../adapters/telemetry/tracing';
import { loadConfig } from '../config/config';
import { createAppContext } from '../context/context';
import { createLogger } from '../logger';
import { persistently, runUntilStopped } from './process';
import { startWorkerHttp } from '../http/worker-http';
import { startWorker } from '../worker/worker';

runUntilStopped(async (stop) => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, pretty: false });
  await persistently(() => migrateQueue(config.queueUrl), logger, stop);
  const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan-worker');
  const context = createAppContext(config, logger, { tracing });
  const http = await startWorkerHttp(context);
  const worker = await startWorker(context);
  logger.info({ concurrency: config.jobs.concurrency, connections: config.connections }, 'worker is ready');
  return async () => {
    await worker.stop();
    await http.stop();
    await context.close();
  };
});
