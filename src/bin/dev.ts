import { migrateDatabase } from '../adapters/database/migrations';
import { migrateQueue } from '../adapters/queue/queue';
import { openTracing } from '../adapters/telemetry/tracing';
import { loadConfig } from '../config/config';
import { loadDevelopmentSettings } from '../config/development';
import { reachThisMachineDirectly } from '../config/environment';
import { createGatewayContext } from '../context/gateway';
import { ownRetrieval } from '../context/retrieval';
import { createSharedContext } from '../context/shared';
import { createWorkerContext } from '../context/worker';
import { claimDataDir } from '../dev/data-dir';
import { watchCollection } from '../dev/collection-watch';
import { relateSamples } from '../dev/demo-documents';
import { inventReaders } from '../dev/demo-readers';
import { freePort } from '../dev/embedded-postgres/embedded-postgres';
import { startExternalServices } from '../dev/external-services';
import { Progress } from '../dev/progress';
import { ensureDemoPublisher, seedDatabase } from '../dev/seed';
import { writeSampleInsights } from '../dev/sample-insights';
import { printSummary } from '../dev/summary';
import { UnhurriedRewriter } from '../dev/unhurried-rewriter';
import { ExtractiveRewriter } from '../domain/article/rewriting/extractive/extractive-rewriter';
import { startGateway } from '../http/gateway';
import { createLogger } from '../logger';
import { startWorker } from '../worker/worker';
import { runUntilStopped } from './process';

/** How long the built-in rewriter takes at least: its steps are there to be watched. */
const WATCHABLE_MS = 2_000;

/** `npm start`: the whole product on one machine. */
runUntilStopped(async (opened) => {
  let settings = loadDevelopmentSettings();
  // The sign-in must know its own address before the gateway listens.
  if (settings.port === 0) settings = loadDevelopmentSettings({ PORT: String(await freePort()) });
  if (settings.nodeEnv === 'production')
    throw new Error('npm start is for development; in production start dist/bin/server.js and worker.js.');
  reachThisMachineDirectly();
  opened.onClose(await claimDataDir(settings));
  const progress = new Progress(4);
  opened.onClose(() => progress.end());
  const external = await startExternalServices(settings, opened, progress);
  const config = loadConfig(external.environment);
  const logger = createLogger({ level: config.logLevel, pretty: true });
  progress.step('Bringing the tables up to date');
  await migrateDatabase(config.databaseUrl).catch((cause: unknown) => {
    throw new Error('The database cannot be used; is DATABASE_URL right?', { cause });
  });
  await migrateQueue(config.queueUrl);
  const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan');
  const shared = createSharedContext({ config, logger, opened, tracing });
  shared.metrics.watchProcess();
  progress.step('Writing the glossary and sample articles, where they are missing');
  const { prisma, pool } = shared.database;
  const seeded = await seedDatabase(prisma, new Date(), external.newsroom.url);
  if (seeded > 0) await inventReaders(pool, new Date());
  if (seeded > 0) await relateSamples(prisma, ownRetrieval(shared));
  await ensureDemoPublisher(prisma, external.newsroom.url);
  progress.step('Starting the gateway and a worker');
  const gateway = await startGateway(createGatewayContext(shared, opened));
  opened.onClose(() => gateway.stop());
  const rewriter = config.model ? undefined : new UnhurriedRewriter(new ExtractiveRewriter(), WATCHABLE_MS);
  const workerContext = createWorkerContext(shared, opened, rewriter && { rewriter });
  if (seeded > 0) await writeSampleInsights(workerContext, new Date());
  const worker = await startWorker(workerContext);
  opened.onClose(() => worker.stop());
  progress.end();
  printSummary({ config, external, webPort: settings.webPort, seeded, milliseconds: performance.now() });
  opened.onClose(watchCollection({ prisma, terminal: process.stdout }));
  // The clock would collect in minutes and train within the hour: whoever looks at this wants both now.
  for (const jobs of [workerContext.collectionJobs, workerContext.trainingJobs]) {
    const first = await prisma.$transaction((tx) => jobs.schedule(tx));
    if (first) await shared.nudges.tell([first]);
  }
});
