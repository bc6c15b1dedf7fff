/** The tabs of the queue. What was taken down has no text to look at. */
export const QUEUE_STATUSES = ['IN_REVIEW', 'PUBLISHED', 'HIDDEN'] as const;
export type QueueStatus = (typeof QUEUE_STATUSES)[number];

export function isQueueStatus(value: unknown): value is QueueStatus {
  return QUEUE_STATUSES.includes(value as QueueStatus);
}
