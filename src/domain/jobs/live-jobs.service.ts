import type { Pool } from 'pg';
import type { Prisma } from '../../adapters/database/database';
import type { LiveListener } from '../../adapters/live/live-listener';
import { LiveTopic } from '../../adapters/live/live-topic';
import type { LiveUpdates } from '../../adapters/live/live-updates';
import { AppError } from '../../errors';
import type { GenerationJob } from '../../generated/prisma/client';
import { requireId } from '../shared/paging';
import { NAMED } from './job.service';

/** Of the jobs to begin with. */
const MAX_FIRST = 500;

/** Jobs as they change. */
export class LiveJobService {
  private readonly jobs: LiveTopic<GenerationJob>;

  constructor(private readonly deps: { prisma: Prisma; pool: Pool; listener: LiveListener }) {
    this.jobs = new LiveTopic('job', deps.listener, (ids) => this.byIds(ids));
  }

  /** The job as it is, then each change of it; its end is none of this: it can be started over. Throws NOT_FOUND. */
  async updatesOf(id: string): Promise<LiveUpdates<GenerationJob>> {
    const jobId = requireId('id', id);
    if (!(await this.jobs.current(jobId))) throw new AppError('NOT_FOUND');
    return this.jobs.watch(jobId, () => [jobId]);
  }

  /** What waits, runs or has changed in the last ten minutes, the newest 500 of it; then each change of any job. */
  updatesOfAll(): LiveUpdates<GenerationJob> {
    return this.jobs.watch(null, (since) => this.recent(since));
  }

  private async byIds(ids: readonly string[]): Promise<Map<string, GenerationJob>> {
    const where = { id: { in: [...ids] }, kind: NAMED };
    const jobs = await this.deps.prisma.generationJob.findMany({ where });
    return new Map(jobs.map((job) => [job.id, job]));
  }

  /** The latest change comes last. */
  private async recent(since: Date | null): Promise<string[]> {
    const { rows } = await this.deps.pool.query<{ id: string }>({
      name: 'jobs-changed-lately',
      text: `SELECT id FROM "GenerationJob"
             WHERE status IN ('QUEUED', 'RUNNING') OR "updatedAt" > COALESCE($1::timestamptz, now() - interval '10 minutes')
             ORDER BY "updatedAt" DESC LIMIT $2`,
      values: [since, MAX_FIRST],
    });
    return rows.map(({ id }) => id).reverse();
  }
}
