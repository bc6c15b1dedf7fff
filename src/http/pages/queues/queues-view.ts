import { DateTime } from 'luxon';
import type { QueueStatus } from '../../../domain/jobs/queue.service';
import type { QueueName } from '../../../domain/jobs/kinds';
import type { GenerationJob, GenerationKind } from '../../../generated/prisma/client';
import { failureOf } from '../../../schema/job/failure';

/** What the page of the queues shows, in words. */
export interface QueuesView {
  queues: Record<string, string | boolean>[];
  failedJobs: Record<string, string | number | null>[];
}

const QUEUES: Record<QueueName, string> = {
  articles: '기사',
  answers: '답변',
  bulk: '수집',
  training: '추천 학습',
};
const KINDS: Record<GenerationKind, string> = {
  ARTICLE: '기사',
  INSIGHT: '인사이트',
  NEWSLETTER: '뉴스레터',
  ANSWER: '답변',
  RECOMMENDATIONS: '추천 학습',
  COLLECTION: '수집',
};
const COUNT = new Intl.NumberFormat('ko-KR');

export function queuesView(queues: QueueStatus[], failedJobs: readonly GenerationJob[]): QueuesView {
  return {
    queues: queues.map(({ name, paused, oldestWaitingSeconds, ...status }) => ({
      name,
      label: QUEUES[name],
      paused,
      waiting: COUNT.format(status.waiting),
      active: COUNT.format(status.active),
      delayed: COUNT.format(status.delayed),
      failed: COUNT.format(status.failed),
      completed: COUNT.format(status.completed),
      oldestWaiting: oldestWaitingSeconds === null ? '–' : durationOf(oldestWaitingSeconds),
    })),
    failedJobs: failedJobs.map((job) => {
      const failure = failureOf(job, 'ko');
      return {
        id: job.id,
        kind: KINDS[job.kind],
        sourceUrl: job.sourceUrl,
        attempts: job.attempts,
        finishedAt: job.finishedAt && koreanTime(job.finishedAt),
        code: failure?.code ?? null,
        message: failure?.message ?? null,
      };
    }),
  };
}

function koreanTime(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Asia/Seoul' }).toFormat('yyyy-MM-dd HH:mm');
}

/** Its largest unit alone. */
function durationOf(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)}초`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}분`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)}시간` : `${Math.floor(seconds / 86_400)}일`;
}
