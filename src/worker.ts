import { migrateQueue } from './adapters/queue/queue';
import { loadConfig } from './config';
import { createAppContext } from './context';
import { createLogger } from './logger';
import { persistently, runUntilStopped } from './process';
import { startWorker } from './processors/worker';

runUntilStopped(async (stop) => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, pretty: false });
  await persistently(() => migrateQueue(config.queueUrl), logger, stop);
  const context = createAppContext(config, logger);
  const worker = await startWorker(context);
  logger.info({ concurrency: config.jobs.concurrency, connections: config.connections }, 'worker is ready');
  return async () => {
    await worker.stop();
    await context.close();
  };
});
