import path from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';

const LOADS_TYPESCRIPT = ['--require', path.resolve(__dirname, '../../../scripts/register-swc.cjs')];

/** Where nothing is compiled, in jest and in a bench, a thread has to be told how to load TypeScript. */
export function loaderOf(file: string): { execArgv?: string[] } {
  return file.endsWith('.ts') ? { execArgv: LOADS_TYPESCRIPT } : {};
}

type Message<Output> = { progress: [phase: string, fraction: number] } | { output: Output };

export interface ThreadOptions {
  /** Aborting ends the thread at once, whatever it is computing. */
  signal?: AbortSignal;
  onProgress?: (phase: string, fraction: number) => void;
}

/**
 * Runs a module that calls `answerStarter` in a thread of its own and resolves with its answer. Rejects with what was
 * thrown there (its class is lost, its fields are not) or with the signal's reason.
 */
export async function runInThread<Output>(
  module: string,
  input: unknown,
  { signal, onProgress }: ThreadOptions = {},
): Promise<Output> {
  signal?.throwIfAborted();
  const thread = new Worker(module, {
    workerData: input,
    ...loaderOf(module),
  });
  let abort: () => void = () => {};
  try {
    return await new Promise<Output>((resolve, reject) => {
      abort = () => reject(signal!.reason as Error);
      signal?.addEventListener('abort', abort);
      thread.on('message', (message: Message<Output>) => {
        if ('output' in message) resolve(message.output);
        else onProgress?.(...message.progress);
      });
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`the thread ended with ${code} before it had answered`)));
    });
  } finally {
    signal?.removeEventListener('abort', abort);
    await thread.terminate();
  }
}

const PROGRESS_MS = 500;

/** The thread's side: `work` gets what the starter sent. Typed arrays of the answer are moved, not copied. */
export function answerStarter<Input, Output>(
  work: (input: Input, progress: (phase: string, fraction: number) => void) => Promise<Output>,
): void {
  let told = -Infinity;
  const send = (message: Message<Output>) => parentPort!.postMessage(message, [...buffersIn(message)]);
  const answer = work(workerData as Input, (phase, fraction) => {
    if (performance.now() - told < PROGRESS_MS) return;
    told = performance.now();
    send({ progress: [phase, fraction] });
  });
  // What is thrown reaches the starter as the thread's error.
  void answer.then((output) => send({ output }));
}

/** Small ones may be pieces of Node's shared pool, which cannot be moved. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.buffer.byteLength > Buffer.poolSize)
      found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) buffersIn(part, found);
  return found;
}
