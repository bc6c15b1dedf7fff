import type { Pool } from 'pg';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { runInThread } from '../../adapters/threads/thread';
import type { GenerationJob } from '../../generated/prisma/client';
import type { Caller, JobIntake } from '../jobs/job-intake';
import type { JobOutcome, RunHandle } from '../jobs/job-runner.service';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';
import type { TrainedModel, TrainInput } from './train-model.thread';
import { selectIsOutOfDate } from './recommendation.sql';

export interface TrainingDeps {
  prisma: Prisma;
  pool: Pool;
  logger: Logger;
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

  /** The same for the clock, unless nothing has happened since the last training; an admin's request always trains. */
  async schedule(): Promise<void> {
    if (!(await selectIsOutOfDate(this.deps.pool)))
      return this.deps.logger.info(
        'nothing was read, shown or published since the last training: none is needed',
      );
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
    const now = this.deps.clock.now();
    const input: TrainInput = { databaseUrl: this.deps.databaseUrl, now };
    let told: Promise<void> = Promise.resolve();
    const { bytes, statistics } = await runInThread<TrainedModel>(
      require.resolve('./train-model.thread'),
      input,
      {
        signal: handle.signal,
        onProgress: (step, fraction) => {
          const [from, to] = step === 'loading' ? [0, LOADED_PERCENT] : [LOADED_PERCENT, TRAINED_PERCENT];
          // A lost run aborts the signal, which ends the thread.
          told = handle.progress(step, Math.round(from + (to - from) * fraction)).catch(() => {});
        },
      },
    );
    await told;
    await handle.progress('saving', TRAINED_PERCENT);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    await handle.succeed((tx) => this.save(tx, bytes, { ...statistics, seconds }, now));
  }

  /** `createdAt` is when the training began to read: what happened later is not in the model. */
  private async save(
    tx: Transaction,
    data: Uint8Array<ArrayBuffer>,
    statistics: Record<string, number>,
    createdAt: Date,
  ): Promise<JobOutcome> {
    await tx.recommendationModel.create({ data: { data, statistics, createdAt }, select: { version: true } });
    return {};
  }
}
