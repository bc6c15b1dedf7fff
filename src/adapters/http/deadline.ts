export interface Deadline {
  timeoutMs: number;
  /** Made when the time is over; what the caller then sees. */
  late: () => Error;
  /** The caller's own signal, whose reason is thrown as it is. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` and ends it when the time is over or the caller aborts, whatever it is waiting for. Not by
 * AbortSignal.any with a timeout: on Node 20 20,000 finished calls of one job kept 8 MB until the time was over.
 * @throws `late()`, the signal's reason, and whatever `work` throws
 */
export async function withinDeadline<T>(
  { timeoutMs, late, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const call = new AbortController();
  const ended = new Promise<never>((_resolve, reject) => {
    call.signal.addEventListener('abort', () => reject(call.signal.reason as Error), { once: true });
  });
  const cancel = (): void => call.abort(signal?.reason);
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => call.abort(late()), timeoutMs);
  try {
    return await Promise.race([work(call.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
