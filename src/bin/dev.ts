import { openTracing } from '../adapters/telemetry/tracing';
import { createAppContext } from '../context/context';
import { loadConfig } from '../config/config';
import { loadDevelopmentSettings } from '../config/development';
import { claimDataDir } from '../dev/data-dir';
import { printSummary } from '../dev/summary';
import { startNeighbours } from '../dev/neighbours';
import { startGateway } from '../http/gateway';
import { createLogger } from '../logger';
import { migrateDatabase } from '../adapters/database/migrations';
import { runUntilStopped } from './process';
import { startWorker } from '../worker/worker';
import { seedDatabase } from '../dev/seed';
import { migrateQueue } from '../adapters/queue/queue';
import { ensureDemoPublisher } from '../dev/demo-publisher';

/** `npm start`: the whole product on one machine. */
runUntilStopped(async () => {
  const startedAt = Date.now();
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const settings = loadDevelopmentSettings();
    closers.push(await claimDataDir(settings));
    const neighbours = await startNeighbours(settings, closers);
    const config = loadConfig(neighbours.environment);
    const logger = createLogger({ level: config.logLevel, pretty: true });
    await migrateDatabase(config.databaseUrl).catch((cause: unknown) => {
      throw new Error('The database cannot be used; is DATABASE_URL right?', { cause });
    });
    await migrateQueue(config.queueUrl);
    const tracing = await openTracing(config.tracing.endpoint, 'gyeongdan');
    const context = createAppContext(config, logger, { tracing });
    closers.push(() => context.close());
    const seeded = await seedDatabase(context.database.prisma, new Date());
    await ensureDemoPublisher(context.database.prisma, neighbours.newsroom);
    const gateway = await startGateway(context);
    closers.push(() => gateway.stop());
    const worker = await startWorker(context);
    closers.push(() => worker.stop());
    printSummary({ config, neighbours, seeded, milliseconds: Date.now() - startedAt });
    return closeAll;
  } catch (error) {
    await closeAll();
    throw error;
  }
});
