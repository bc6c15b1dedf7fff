import pLimit from 'p-limit';
import { asAppError, isDatabaseOutage } from '../../adapters/database/database-errors';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { FeedPage, FeedReader, FeedReading } from '../../adapters/feed/feed-reader';
import type { HostTurns } from '../../adapters/rate-limiter/host-turns';
import type { Metrics } from '../../adapters/telemetry/metrics';
import { AppError, TryLater, type ErrorCode } from '../../errors';
import type { Logger } from '../../logger';
import type { ArticleJobInput } from '../article/rewriting/article-job';
import { audit } from '../audit/audit.service';
import type { JobIntake } from '../jobs/job-intake';
import type { JobNudges } from '../jobs/job-nudges';
import { RunLost, type RunHandle } from '../jobs/job-runner.service';
import type { Nudge } from '../jobs/runs.sql';
import type { Clock } from '../shared/clock';
import { FAILING_MS } from './failing-feeds';
import { feedsToRead, knownPages, saveReport, saveState, type Feed, type FeedFindings } from './feeds.sql';

export interface CollectionDeps {
  prisma: Prisma;
  feeds: FeedReader;
  /** Null when publishers' servers may be asked at any time. */
  turns: HostTurns | null;
  intake: JobIntake;
  nudges: JobNudges;
  clock: Clock;
  metrics: Metrics;
  logger: Logger;
}

const FEEDS_AT_ONCE = 4;
/** Starts in which a passing fault of a feed is hoped to pass. */
const HOPEFUL_STARTS = 3;
/** A feed that may be asked only later than this is left to the next collection. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** Rows of one statement: on a busy machine it has 2 s. */
const ROWS_AT_ONCE = 500;
/** Entries that the queue is told of at a time. */
const NUDGES_AT_ONCE = 100;

/** The work of a job of kind COLLECTION: new links of all enabled feeds become jobs of kind ARTICLE. */
export class CollectionService {
  /** One after the other here, instead of waiting for a lock of the database. */
  private readonly saving = pLimit(1);

  constructor(private readonly deps: CollectionDeps) {}

  /** Feeds that were reported stay so when the job comes back: for a host's turn, a passing fault, a dead worker. */
  async run(handle: RunHandle): Promise<void> {
    const feeds = await feedsToRead(this.deps.prisma, handle.run.id);
    await handle.progress('collecting', 0);
    const limit = pLimit(FEEDS_AT_ONCE);
    let ended = 0;
    const reading = feeds.map((feed) =>
      limit(async () => {
        await this.collect(handle, feed);
        await handle.progress('collecting', Math.round((99 * ++ended) / feeds.length));
      }),
    );
    const faults = (await Promise.allSettled(reading)).flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    handle.signal.throwIfAborted();
    const waits = faults.filter((fault) => fault instanceof TryLater).map(({ afterMs }) => afterMs);
    const fault = faults.find((one) => !(one instanceof TryLater));
    if (fault !== undefined) throw fault;
    if (waits.length > 0) throw new TryLater(Math.min(...waits));
    await handle.succeed(async () => ({}));
  }

  /** Throws what the job has to come back for; every other fault is the feed's own and reported. */
  private async collect(handle: RunHandle, feed: Feed): Promise<void> {
    let reading: FeedReading | null;
    try {
      reading = await this.deps.feeds.read(feed.url, feed, handle.signal);
    } catch (error) {
      handle.signal.throwIfAborted();
      return this.reportFailure(handle, feed, error);
    }
    const nudges = await this.saving(() => this.save(handle, feed, reading)).catch((error: unknown) => {
      if (handle.signal.aborted || error instanceof RunLost || isDatabaseOutage(error)) throw error;
      return this.reportFailure(handle, feed, error).then(() => []);
    });
    for (let from = 0; from < nudges.length; from += NUDGES_AT_ONCE)
      await this.deps.nudges.tell(nudges.slice(from, from + NUDGES_AT_ONCE));
  }

  private async save(
    handle: RunHandle,
    feed: Feed,
    reading: FeedReading | null,
  ): Promise<(Nudge & { delayMs: number })[]> {
    let nudges: (Nudge & { delayMs: number })[] = [];
    let findings: FeedFindings = { found: 0, new: 0, known: 0, failed: 0, errorCode: null };
    await handle.write(async (tx) => {
      if (reading) {
        nudges = await this.queueNew(tx, handle, reading.pages);
        const failed = reading.unusable.length;
        const { length: pages } = reading.pages;
        findings = {
          found: pages + failed,
          new: nudges.length,
          known: pages - nudges.length,
          failed,
          // Of several reasons the one that concerns the whole feed.
          errorCode: reading.unusable.includes('FEED_INCOMPLETE')
            ? 'FEED_INCOMPLETE'
            : (reading.unusable[0] ?? null),
        };
      }
      const { etag, lastModified } = reading?.version ?? feed;
      const state = {
        etag,
        lastModified,
        readAt: this.deps.clock.now(),
        failingSince: null,
        errorCode: null,
      };
      await saveState(tx, feed, state);
      await this.report(tx, handle, feed, findings);
    });
    const { metrics, logger } = this.deps;
    for (const outcome of ['new', 'known', 'failed'] as const)
      metrics.feedItems.inc({ outcome }, findings[outcome]);
    logger.info({ jobId: handle.run.id, publisher: feed.publisher, ...findings }, 'a feed was read');
    return nudges;
  }

  /** A page that nobody asked for before becomes a job, at the end of its host's queue; the newest ones first. */
  private async queueNew(
    tx: Transaction,
    { run }: RunHandle,
    pages: readonly FeedPage[],
  ): Promise<(Nudge & { delayMs: number })[]> {
    const different = differentPages(pages);
    const known = await knownPages(
      tx,
      different.map(({ url }) => url),
    );
    const fresh = different.filter(({ url }) => !known.has(url));
    if (fresh.length === 0) return [];
    const query = <Row>(sql: string, values: unknown[]) => tx.$queryRawUnsafe<Row[]>(sql, ...values);
    const hosts = fresh.map(({ url }) => new URL(url).host);
    const delays = await this.deps.turns?.queueUp(query, hosts);
    const jobs = fresh.map(({ url, publishedAt }, n) => ({
      kind: 'ARTICLE' as const,
      input: {
        task: 'collect',
        url,
        publishedAt: publishedAt?.toISOString() ?? null,
      } satisfies ArticleJobInput,
      subject: url,
      sourceUrl: url,
      delayMs: delays?.[n] ?? 0,
    }));
    const nudges = [];
    for (let from = 0; from < jobs.length; from += ROWS_AT_ONCE)
      nudges.push(
        ...(await this.deps.intake.createFollowing(tx, run, jobs.slice(from, from + ROWS_AT_ONCE))),
      );
    return nudges;
  }

  /** A fault that may pass is thrown as long as there is hope, and the job's next start tries the feed again. */
  private async reportFailure(handle: RunHandle, feed: Feed, error: unknown): Promise<void> {
    const waits = error instanceof TryLater;
    if (waits && error.afterMs <= LONGEST_WAIT_MS) throw error;
    const failure = waits ? new AppError('PAGE_UNREACHABLE', { cause: error }) : asAppError(error);
    if (isDatabaseOutage(error)) throw error;
    if (!waits && failure.retriedByItself && handle.run.attempts < HOPEFUL_STARTS) throw failure;
    const now = this.deps.clock.now();
    const failingSince = feed.failingSince ?? now;
    const save = (tx: Transaction) =>
      this.saveFailure(tx, handle, feed, { failingSince, errorCode: failure.code });
    await this.saving(() => handle.write(save));
    const { logger } = this.deps;
    const what = { error: failure, publisher: feed.publisher, errorCode: failure.code, failingSince };
    if (now.getTime() - failingSince.getTime() >= FAILING_MS)
      logger.error(what, 'a feed has failed for days');
    else logger.warn(what, 'a feed could not be read');
  }

  private async saveFailure(
    tx: Transaction,
    handle: RunHandle,
    feed: Feed,
    failure: { failingSince: Date; errorCode: ErrorCode },
  ): Promise<void> {
    const { etag, lastModified } = feed;
    await saveState(tx, feed, { etag, lastModified, ...failure });
    const nothing = { found: 0, new: 0, known: 0, failed: 0 };
    await this.report(tx, handle, feed, { ...nothing, errorCode: failure.errorCode });
  }

  private async report(
    tx: Transaction,
    { run }: RunHandle,
    feed: Feed,
    findings: FeedFindings,
  ): Promise<void> {
    const { publisherId } = feed;
    await saveReport(tx, run.id, publisherId, findings);
    const target = { type: 'Publisher' as const, id: publisherId };
    await audit(tx, run.requestedById, 'publisher.collect', target, { jobId: run.id, ...findings });
  }
}

/** Each page once, as http or https alone, the newest first; those without a time keep their place behind them. */
function differentPages(pages: readonly FeedPage[]): FeedPage[] {
  const byAddress = new Map<string, FeedPage>();
  for (const page of pages) {
    const address = page.url.replace(/^https?:/, '');
    if (!byAddress.has(address)) byAddress.set(address, page);
  }
  const time = ({ publishedAt }: FeedPage) => publishedAt?.getTime() ?? -Infinity;
  return [...byAddress.values()].sort((a, b) => (time(a) === time(b) ? 0 : time(b) - time(a)));
}
