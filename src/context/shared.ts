import { openDatabase } from '../adapters/database/database';
import { PublicDataClient } from '../adapters/public-data/public-data-client';
import { KakaoClient } from '../adapters/kakao/kakao-client';
import { JobProducer } from '../adapters/queue/job-producer';
import { Metrics, type Upstream } from '../adapters/telemetry/metrics';
import { NO_TRACING, type Tracing } from '../adapters/telemetry/tracing';
import { upstreamObserver } from '../adapters/telemetry/upstream-observer';
import type { Config } from '../config/config';
import { failingFeeds } from '../domain/collection/failing-feeds';
import { Glossary } from '../domain/glossary/glossary';
import { DatasetService } from '../domain/insight/dataset.service';
import { JobIntake } from '../domain/jobs/job-intake';
import { JobNudges } from '../domain/jobs/job-nudges';
import { whetherPaused } from '../domain/jobs/queues.sql';
import { systemClock, type Clock } from '../domain/shared/clock';
import { UnlinkNoticeService } from '../domain/user/unlink-notice.service';
import { UnlinkService } from '../domain/user/unlink.service';
import type { Logger } from '../logger';
import type { Lifetime } from './lifetime';

/** What every process is built on. */
export type SharedContext = ReturnType<typeof createSharedContext>;

export interface ContextOptions {
  config: Config;
  logger: Logger;
  /** Told how to close what is opened here. */
  opened: Lifetime;
  tracing?: Tracing;
  /** Tests put another one in place of the real time. */
  clock?: Clock;
  onStatement?: (sql: string) => void;
}

export function createSharedContext(options: ContextOptions) {
  const { config, logger, opened, tracing = NO_TRACING, clock = systemClock, onStatement } = options;
  opened.onClose(() => tracing.close());
  const metrics = new Metrics();
  const observe = (upstream: Upstream) => upstreamObserver(upstream, { metrics, tracing });
  const database = openDatabase({
    url: config.databaseUrl,
    connections: config.connections.database,
    logger,
    metrics,
    ...(onStatement && { onStatement }),
  });
  opened.onClose(() => database.close());
  const { prisma, pool } = database;
  metrics.watchJobs(pool);
  metrics.watchQueues(() => whetherPaused(pool));
  metrics.watchFeeds(async () => (await failingFeeds(pool)).length);
  const producer = new JobProducer({ url: config.queueUrl, logger });
  opened.onClose(() => producer.close());
  const kakao = new KakaoClient({ ...config.kakao, clock: () => clock.now(), observe: observe('kakao') });
  const nudges = new JobNudges({ producer });
  const publicData = new PublicDataClient({
    key: config.publicDataKey,
    servers: config.publicDataServers,
    observe: observe('public-data'),
  });
  return {
    clock,
    config,
    logger,
    database,
    metrics,
    tracing,
    observe,
    kakao,
    datasets: new DatasetService({ prisma, clock, publicData }),
    glossary: new Glossary({ pool, clock }),
    unlinks: new UnlinkService({ prisma, kakao, clock, logger }),
    unlinkNotices: new UnlinkNoticeService({ prisma, clock, logger }),
    nudges,
    intake: new JobIntake({ prisma, nudges, tracing }),
  };
}
