import { AppError } from '../../errors';
import type { GenerationJob } from '../../generated/prisma/client';
import type { Caller, JobIntake } from '../jobs/job-intake';
import { requireLine, requireText } from '../shared/text';
import type { DatasetService } from './dataset.service';
import type { InsightJobInput } from './insight-job';

const MAX_TITLE = 100;
const MAX_DATASET_ID = 100;

/** Asking for jobs of kind INSIGHT. */
export class InsightJobService {
  constructor(private readonly deps: { intake: JobIntake; datasets: Pick<DatasetService, 'has'> }) {}

  /** Throws BAD_USER_INPUT, NOT_FOUND for a data set that there is not, CONFLICT. */
  async request(
    caller: Caller,
    asked: { title: string; datasetId: string },
    key: string | null,
  ): Promise<GenerationJob> {
    const input: InsightJobInput = {
      title: requireLine('title', asked.title, MAX_TITLE),
      datasetId: requireText('datasetId', asked.datasetId, MAX_DATASET_ID),
    };
    if (!this.deps.datasets.has(input.datasetId)) throw new AppError('NOT_FOUND', { argument: 'datasetId' });
    const call = { operation: 'requestInsight', key, arguments: input };
    return this.deps.intake.ask(caller, call, (tx) =>
      this.deps.intake.create(tx, caller, { kind: 'INSIGHT', input }, 'insight.request', input),
    );
  }
}
