import { setTimeout as delay } from 'node:timers/promises';
import { loadEnvFile } from '../config/environment';
import { ConfigError } from '../config/settings';
import { Lifetime } from '../context/lifetime';
import type { Logger } from '../logger';

const STOP_TIMEOUT_MS = 25_000;
/** A Ctrl-C reaches a process twice when npm hands it on, too. */
const SAME_SIGNAL_MS = 2_000;

/**
 * Runs a process until SIGINT, SIGTERM or SIGHUP, then closes in reverse what its start has opened. A start that fails closes
 * it, too, says why in one message and exits with 1. A second signal after some seconds, or a stop that hangs, ends the
 * process at once.
 */
export function runUntilStopped(start: (opened: Lifetime, stop: AbortSignal) => Promise<void>): void {
  loadEnvFile();
  const stopping = new AbortController();
  const opened = new Lifetime();
  const started = start(opened, stopping.signal).catch(async (error: unknown) => {
    if (!stopping.signal.aborted)
      process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    await close(opened);
    process.exit(stopping.signal.aborted ? 0 : 1);
  });
  let signalledAt = 0;
  const stop = async () => {
    if (stopping.signal.aborted) {
      if (performance.now() - signalledAt > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    signalledAt = performance.now();
    stopping.abort();
    await started;
    process.exit((await close(opened)) ? 0 : 1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

/** False when something could not be closed, which is told. One that hangs ends the process. */
async function close(opened: Lifetime): Promise<boolean> {
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  try {
    await opened.close();
    return true;
  } catch (error) {
    process.stderr.write(`stopping failed: ${describe(error)}\n`);
    return false;
  }
}

/** Repeats a step of the start until what it needs is there; throws when the process is to stop before. */
export async function persistently(
  step: () => Promise<void>,
  logger: Logger,
  stop: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      logger.warn({ error }, 'the start waits for what it needs');
      await delay(1_000, undefined, { signal: stop });
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message}\n  because: ${describe(error.cause)}` : error.message;
}
