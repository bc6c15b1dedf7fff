import { Script } from 'node:vm';
import { AppError } from '../../errors';

const CALL = new Script('work()');

/**
 * Runs synchronous work that the engine itself ends when it takes longer: loops and regular expressions
 * stop at once, a single built-in call (JSON.parse, normalize) first runs to its end.
 * @throws AppError PAGE_TOO_LARGE when the time is over; whatever `work` throws
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  try {
    return CALL.runInNewContext({ work }, { timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new AppError('PAGE_TOO_LARGE', { cause: error });
  }
}
