import type { Pool } from 'pg';
import { JOB_KINDS, QUEUES, type JobKinds, type QueueName } from './kinds';
import { countJobs, pausedQueues, type JobCounts } from './queues.sql';

export interface QueueStatus extends JobCounts {
  id: QueueName;
  name: QueueName;
  paused: boolean;
}

/**
 * Looking at queues. All of it is read from rows: the engine holds nothing but nudges, which it may have lost, and which
 * are gone when they were followed.
 */
export class QueueService {
  constructor(private readonly deps: { pool: Pool }) {}

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
