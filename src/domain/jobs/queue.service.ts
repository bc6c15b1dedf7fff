import type { Pool } from 'pg';
import type { Prisma } from '../../adapters/database/database';
import { badUserInput } from '../../errors';
import { audit } from '../audit/audit.service';
import { holdUser } from '../user/remove-user';
import type { Caller } from './job-intake';
import type { JobNudges } from './job-nudges';
import { JOB_KINDS, QUEUES, type JobKind, type JobKinds, type QueueName } from './kinds';
import { countJobs, pausedQueues, setPaused, type JobCounts } from './queues.sql';
import { claimUnnudged } from './runs.sql';

export interface QueueStatus extends JobCounts {
  id: QueueName;
  name: QueueName;
  paused: boolean;
}

/**
 * Looking at queues and steering them. All of it is read from rows: the engine holds nothing but nudges, which it may have lost, and which
 * are gone when they were followed.
 */
export class QueueService {
  constructor(private readonly deps: { prisma: Prisma; pool: Pool; nudges: JobNudges }) {}

  /** Each queue there is, in a fixed order. */
  async list(): Promise<QueueStatus[]> {
    const { pool } = this.deps;
    const [counts, paused] = await Promise.all([countJobs(pool), pausedQueues(pool)]);
    return QUEUES.map((name) => ({
      id: name,
      name,
      paused: paused.some((queue) => queue.name === name),
      ...sumOf(counts.filter(({ kind }) => queueOf(kind) === name)),
    }));
  }

  /**
   * Holds back every job of a queue that has not begun, or lets them go on. It is in a row, not in the engine, so nothing
   * that happens to workers, gateways or Redis changes it. Throws BAD_USER_INPUT for a name of no queue.
   */
  async setPaused({ viewer }: Caller, name: string, paused: boolean): Promise<QueueStatus> {
    const { prisma, pool, nudges } = this.deps;
    const queue = requireQueue(name);
    const changed = await prisma.$transaction(async (tx) => {
      await holdUser(tx, viewer.userId);
      if (!(await setPaused(tx, queue, paused))) return false;
      await audit(tx, viewer.userId, paused ? 'queue.pause' : 'queue.resume', { type: 'Queue', id: queue });
      return true;
    });
    // The first of those that have waited; the sweep tells of the others.
    if (changed && !paused) await nudges.tell(await claimUnnudged(pool, kindsOf(queue)));
    return (await this.list()).find((status) => status.name === queue)!;
  }
}

function requireQueue(name: string): QueueName {
  const known = QUEUES.find((one) => one === name);
  if (known) return known;
  const names = QUEUES.join(', ');
  throw badUserInput('name', { ko: `${names} 중 하나여야 합니다.`, en: `It must be one of ${names}.` });
}

function kindsOf(queue: QueueName): JobKinds {
  return Object.fromEntries(Object.entries<JobKind>(JOB_KINDS).filter(([, kind]) => kind.queue === queue));
}

/** Undefined for a kind of a newer version. */
function queueOf(kind: string): QueueName | undefined {
  return (JOB_KINDS as Record<string, JobKinds[keyof JobKinds]>)[kind]?.queue;
}

function sumOf(counts: readonly JobCounts[]): JobCounts {
  const sum = (key: 'waiting' | 'active' | 'delayed' | 'failed' | 'completed') =>
    counts.reduce((total, each) => total + each[key], 0);
  const ages = counts.map((each) => each.oldestWaitingSeconds).filter((age) => age !== null);
  return {
    waiting: sum('waiting'),
    active: sum('active'),
    delayed: sum('delayed'),
    failed: sum('failed'),
    completed: sum('completed'),
    oldestWaitingSeconds: ages.length > 0 ? Math.max(...ages) : null,
  };
}
