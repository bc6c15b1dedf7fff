import type { Transaction } from '../../adapters/database/database';
import { runInThread } from '../../adapters/threads/thread';
import type { GenerationJob } from '../../generated/prisma/client';
import type { Logger } from '../../logger';
import type { Caller, JobIntake } from '../jobs/job-intake';
import type { RunHandle } from '../jobs/job-runner.service';
import type { Clock } from '../shared/clock';
import { selectIsOutOfDate } from './recommendation.sql';
import type { TrainedModel, TrainInput } from './train-model.thread';

export interface TrainingDeps {
  intake: JobIntake;
  databaseUrl: string;
  clock: Clock;
  logger: Logger;
}

const KIND = 'RECOMMENDATIONS' as const;
/** Serialises requests, so that one job waits at a time; any constant of our own. */
const REQUEST_LOCK = 7_301_003;
const LOADED_PERCENT = 30;
const TRAINED_PERCENT = 90;

/** Learning the recommender anew, as a job. One that waits or runs already is everybody's job. */
export class TrainingService {
  constructor(private readonly deps: TrainingDeps) {}

  request(caller: Caller, key: string | null): Promise<GenerationJob> {
    const call = { operation: 'refreshRecommendations', key, arguments: {} };
    return this.deps.intake.ask(caller, call, (tx) => this.unfinishedOrNew(tx, caller));
  }

  /** The same for the clock, unless nothing has happened since the last training. The queue is to be told after the commit. */
  async schedule(tx: Transaction): Promise<GenerationJob | undefined> {
    if (!(await selectIsOutOfDate(tx))) {
      this.deps.logger.info('nothing was read, shown or published since the last training: none is needed');
      return undefined;
    }
    return tx.generationJob.findUniqueOrThrow({ where: { id: await this.unfinishedOrNew(tx, null) } });
  }

  /** The work of the job: learns from what readers did. */
  async run(handle: RunHandle): Promise<void> {
    const startedAt = performance.now();
    // When the training begins to read: what happens later is not in the model.
    const createdAt = this.deps.clock.now();
    const input: TrainInput = { databaseUrl: this.deps.databaseUrl, now: createdAt };
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
    const data = { data: bytes, statistics: { ...statistics, seconds }, createdAt };
    await handle.succeed(async (tx) => {
      await tx.recommendationModel.create({ data, select: { version: true } });
      return {};
    });
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
}
