import { Fault } from '@/graphql/fault';

/** A part of an export: what is no list is the same in each. */
export type ExportPart = Record<string, unknown> & { complete: boolean; endCursor: string | null };

/** Half a million entries, some hundred megabytes: what a browser can still hold. */
const MAX_PARTS = 100;
/** The gateway gives ten parts a minute. */
const WAIT_MS = 15_000;
const MAX_WAITS = 8;

interface Options {
  read(after: string | null): Promise<ExportPart>;
  /** Told after each part. */
  onProgress(entries: number): void;
  signal: AbortSignal;
}

/** All parts as one. `complete` is false when there is more than a browser can hold. Throws a Fault. */
export async function collectExport({ read, onProgress, signal }: Options): Promise<ExportPart> {
  let whole = await readPatiently(read, null, signal);
  for (let parts = 1; !whole.complete && parts < MAX_PARTS; parts++) {
    onProgress(entriesOf(whole));
    whole = joined(whole, await readPatiently(read, whole.endCursor, signal));
  }
  return whole;
}

function joined(whole: ExportPart, part: ExportPart): ExportPart {
  const lists = Object.entries(whole).flatMap(([name, value]) =>
    Array.isArray(value) ? [[name, value.concat(part[name])] as const] : [],
  );
  const { complete, endCursor } = part;
  return { ...whole, ...Object.fromEntries(lists), complete, endCursor };
}

async function readPatiently(read: Options['read'], after: string | null, signal: AbortSignal) {
  for (let waits = 0; ; waits++) {
    signal.throwIfAborted();
    try {
      return await read(after);
    } catch (error) {
      const isLimited = error instanceof Fault && error.code === 'RATE_LIMITED';
      if (!isLimited || after === null || waits === MAX_WAITS) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

export function entriesOf(part: ExportPart): number {
  return Object.values(part).reduce<number>(
    (sum, value) => sum + (Array.isArray(value) ? value.length : 0),
    0,
  );
}
