import { migrateQueue } from '../adapters/queue/queue';
import { openTracing } from '../adapters/telemetry/tracing';
import { loadConfig } from '../config/config';
import { createSharedContext } from '../context/shared';
import { createWorkerContext } from '../context/worker';
import { startWorkerHttp } from '../http/worker-http';
import { createLogger } from '../logger';
import { concurrencyOf, startWorker } from '../worker/worker';
import { persistently, runUntilStopped } from './process';

runUntilStopped(async (opened, stop) => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, pretty: false });
  await persistently(() => migrateQueue(config.queueUrl), logger, stop);
  const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan-worker');
  const context = createWorkerContext(createSharedContext({ config, logger, opened, tracing }), opened);
  context.metrics.watchProcess();
  const http = await startWorkerHttp(context);
  opened.onClose(() => http.stop());
  await http.readiness.reached(stop);
  const worker = await startWorker(context);
  opened.onClose(() => worker.stop());
  logger.info(
    { concurrency: concurrencyOf(config.jobs.concurrency), connections: config.connections },
    'worker is ready',
  );
});
