import type { Transaction } from '../../adapters/database/database';
import type { GenerationJob } from '../../generated/prisma/client';
import type { Logger } from '../../logger';
import type { Caller, JobIntake } from '../jobs/job-intake';
import { selectIsOutOfDate } from './recommendation.sql';

/** Asking for jobs that learn the recommender anew. A job that waits or runs already is everybody's job. */
export class TrainingJobService {
  constructor(private readonly deps: { intake: JobIntake; logger: Logger }) {}

  request(caller: Caller, key: string | null): Promise<GenerationJob> {
    const call = { operation: 'refreshRecommendations', key, arguments: {} };
    return this.deps.intake.ask(caller, call, (tx) => this.create(tx, caller));
  }

  /** The same for the clock, unless nothing has happened since the last training. The queue is to be told after the commit. */
  async schedule(tx: Transaction): Promise<GenerationJob | undefined> {
    if (!(await selectIsOutOfDate(tx))) {
      this.deps.logger.info('nothing was read, shown or published since the last training: none is needed');
      return undefined;
    }
    return tx.generationJob.findUniqueOrThrow({ where: { id: await this.create(tx, null) } });
  }

  private create(tx: Transaction, caller: Caller | null): Promise<string> {
    const job = { kind: 'RECOMMENDATIONS' as const, input: {} };
    return this.deps.intake.createUnlessUnfinished(tx, caller, job, 'recommendations.refresh');
  }
}
