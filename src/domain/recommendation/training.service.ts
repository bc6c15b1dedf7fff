import type { Transaction } from '../../adapters/database/database';
import { runInThread } from '../../adapters/threads/thread';
import type { RunHandle } from '../jobs/job-runner.service';
import type { JobOutcome } from '../jobs/runs.sql';
import type { Clock } from '../shared/clock';
import { storeModel } from './recommendation.sql';
import type { TrainedModel, TrainInput } from './train-model.thread';

export interface TrainingDeps {
  databaseUrl: string;
  clock: Clock;
}

const LOADED_PERCENT = 30;
const TRAINED_PERCENT = 90;

/** The work of a job of kind RECOMMENDATIONS: learns the recommender anew from what readers did. */
export class TrainingService {
  constructor(private readonly deps: TrainingDeps) {}

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
        onProgress: (phase, fraction) => {
          const step = phase === 'loading' ? phase : 'training';
          const [from, to] = step === 'loading' ? [0, LOADED_PERCENT] : [LOADED_PERCENT, TRAINED_PERCENT];
          // A lost run aborts the signal, which ends the thread.
          told = handle.progress(step, Math.round(from + (to - from) * fraction)).catch(() => {});
        },
      },
    );
    await told;
    await handle.progress('saving', TRAINED_PERCENT);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    // When the training began to read: what happened later is not in the model.
    const model = { data: bytes, statistics: { ...statistics, seconds }, createdAt: now };
    const version = await storeModel(this.deps.databaseUrl, model);
    await handle.succeed((tx) => this.publish(tx, version));
  }

  private async publish(tx: Transaction, version: number): Promise<JobOutcome> {
    await tx.recommendationModel.update({
      where: { version },
      data: { published: true },
      select: { version: true },
    });
    return {};
  }
}
