import { migrateDatabase } from '../adapters/database/migrations';
import { migrateQueue } from '../adapters/queue/queue';
import { openTracing } from '../adapters/telemetry/tracing';
import { loadConfig } from '../config/config';
import { loadDevelopmentSettings } from '../config/development';
import { createGatewayContext } from '../context/gateway';
import { createSharedContext } from '../context/shared';
import { createWorkerContext } from '../context/worker';
import { claimDataDir } from '../dev/data-dir';
import { startExternalServices } from '../dev/external-services';
import { ensureDemoPublisher, seedDatabase } from '../dev/seed';
import { printSummary } from '../dev/summary';
import { startGateway } from '../http/gateway';
import { createLogger } from '../logger';
import { startWorker } from '../worker/worker';
import { runUntilStopped } from './process';

/** `npm start`: the whole product on one machine. */
runUntilStopped(async (opened) => {
  const settings = loadDevelopmentSettings();
  if (settings.nodeEnv === 'production')
    throw new Error('npm start is for development; in production start dist/bin/server.js and worker.js.');
  opened.onClose(await claimDataDir(settings));
  const external = await startExternalServices(settings, opened);
  const config = loadConfig(external.environment);
  const logger = createLogger({ level: config.logLevel, pretty: true });
  console.log('Preparing the database …');
  await migrateDatabase(config.databaseUrl).catch((cause: unknown) => {
    throw new Error('The database cannot be used; is DATABASE_URL right?', { cause });
  });
  await migrateQueue(config.queueUrl);
  const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan');
  const shared = createSharedContext({ config, logger, opened, tracing });
  shared.metrics.watchProcess();
  const seeded = await seedDatabase(shared.database.prisma, new Date());
  await ensureDemoPublisher(shared.database.prisma, external.newsroom.url);
  const gateway = await startGateway(createGatewayContext(shared, opened));
  opened.onClose(() => gateway.stop());
  const worker = await startWorker(createWorkerContext(shared, opened));
  opened.onClose(() => worker.stop());
  printSummary({ config, external, seeded, milliseconds: performance.now() });
});
