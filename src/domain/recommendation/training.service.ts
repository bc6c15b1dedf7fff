import { BulkReader } from '../../adapters/database/bulk-read';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { GenerationJob } from '../../generated/prisma/client';
import type { Caller, JobIntake } from '../jobs/job-intake';
import type { JobOutcome, RunHandle } from '../jobs/job-runner.service';
import type { Clock } from '../shared/clock';
import { writeModel } from './model/model-file';
import { trainRecommender } from './training/train-recommender';
import { readTrainingData } from './training/training-data.sql';

export interface TrainingDeps {
  prisma: Prisma;
  databaseUrl: string;
  intake: JobIntake;
  clock: Clock;
}

const KIND = 'RECOMMENDATIONS' as const;
/** Serialises requests, so that one job waits at a time; any constant of our own. */
const REQUEST_LOCK = 7_301_003;
const LOADED_PERCENT = 30;
const TRAINED_PERCENT = 90;

/** Jobs that learn the recommender anew from what readers did. */
export class TrainingService {
  constructor(private readonly deps: TrainingDeps) {}

  /** A job that waits or runs already is everybody's job. */
  request(caller: Caller, key: string | null): Promise<GenerationJob> {
    const call = { operation: 'refreshRecommendations', key, arguments: {} };
    return this.deps.intake.ask(caller, call, (tx) => this.unfinishedOrNew(tx, caller));
  }

  /** The same for the clock. */
  async schedule(): Promise<void> {
    await this.deps.intake.schedule((tx) => this.unfinishedOrNew(tx, null));
  }

  private async unfinishedOrNew(tx: Transaction, caller: Caller | null): Promise<string> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${REQUEST_LOCK})`;
    const unfinished = await tx.generationJob.findFirst({
      where: { kind: KIND, status: { in: ['QUEUED', 'RUNNING'] } },
      select: { id: true },
    });
    if (unfinished) return unfinished.id;
    return this.deps.intake.create(tx, caller, { kind: KIND, input: {} }, 'recommendations.refresh');
  }

  /** The work of a job of kind RECOMMENDATIONS. */
  async run(handle: RunHandle): Promise<void> {
    const startedAt = performance.now();
    const readAt = this.deps.clock.now();
    const data = await this.read(handle, readAt);
    const training = progressOf(handle, 'training', LOADED_PERCENT, TRAINED_PERCENT);
    const model = await trainRecommender(data, {
      trainedAt: readAt.getTime() / 1000,
      onProgress: (_phase, fraction) => training.tell(fraction),
      signal: handle.signal,
    });
    await training.told();
    await handle.progress('saving', TRAINED_PERCENT);
    const statistics = {
      readers: data.readers,
      articles: data.items.length,
      views: data.log.item.length,
      impressions: data.impressions?.item.length ?? 0,
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    };
    const bytes = new Uint8Array(writeModel(model));
    await handle.succeed((tx) => this.save(tx, bytes, statistics));
  }

  private async read(handle: RunHandle, now: Date) {
    const reader = await BulkReader.open(this.deps.databaseUrl);
    const loading = progressOf(handle, 'loading', 0, LOADED_PERCENT);
    try {
      return await readTrainingData(reader, now, handle.signal, (fraction) => loading.tell(fraction));
    } finally {
      await reader.close();
      await loading.told();
    }
  }

  private async save(
    tx: Transaction,
    data: Uint8Array<ArrayBuffer>,
    statistics: Record<string, number>,
  ): Promise<JobOutcome> {
    const createdAt = this.deps.clock.now();
    await tx.recommendationModel.create({ data: { data, statistics, createdAt }, select: { version: true } });
    return {};
  }
}

/** Tells the row how far a phase is, at most every half second, and stops telling when the run was lost. */
function progressOf(handle: RunHandle, step: string, from: number, to: number) {
  const PAUSE_MS = 500;
  let last = -Infinity;
  let telling: Promise<void> = Promise.resolve();
  return {
    tell(fraction: number) {
      const now = performance.now();
      if (now - last < PAUSE_MS) return;
      last = now;
      const percent = Math.round(from + (to - from) * fraction);
      // A lost run aborts the signal, which the work watches.
      telling = handle.progress(step, percent).catch(() => {});
    },
    told: () => telling,
  };
}
