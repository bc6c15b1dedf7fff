import { AppError, type Localized } from '../../errors';
import { Prisma } from '../../generated/prisma/client';

const SOCKET_CODES =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CONNECTION_ENDED)$/;
// https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 53300 too many connections,
// 57014 statement timeout, 57P01–57P05 shutdown, crash, starting up, idle timeout, 25006 read-only after a failover,
// 40001 serialization, 40P01 deadlock, 55P03 lock timeout, 53100 disk full, 53200 memory, 53400 limit, 58030 I/O.
const SQL_STATES = /^(08...|53[1-4]00|57014|57P0[1-5]|25006|25P03|40001|40P01|55P03|58030)$/;
// P2034 is what Prisma makes of 40001 and 40P01.
const PRISMA_CODES = /^P(1001|1002|1008|1017|2024|2028|2034|2037)$/;
const MESSAGES =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|connection error|Client has encountered|Can't reach database|Cannot use a pool after|not queryable/i;

/** True when the database could not be reached, did not answer or could not do it now; false for what a retry would not heal. */
export function isDatabaseOutage(error: unknown): boolean {
  for (
    let at = error, depth = 0;
    typeof at === 'object' && at !== null && depth < 5;
    at = (at as { cause?: unknown }).cause, depth++
  ) {
    const { code, originalCode, message, errors, meta } = at as {
      code?: unknown;
      originalCode?: unknown;
      message?: unknown;
      errors?: unknown;
      meta?: { driverAdapterError?: unknown };
    };
    for (const known of [SOCKET_CODES, SQL_STATES, PRISMA_CODES])
      if (known.test(String(code)) || known.test(String(originalCode))) return true;
    if (at instanceof Prisma.PrismaClientInitializationError) return true;
    if (typeof message === 'string' && MESSAGES.test(message)) return true;
    if (Array.isArray(errors) && errors.some(isDatabaseOutage)) return true;
    if (isDatabaseOutage(meta?.driverAdapterError)) return true;
  }
  return false;
}

/** An expected failure as it is; what is not expected as UPSTREAM_UNAVAILABLE or INTERNAL_SERVER_ERROR. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = isDatabaseOutage(error) ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
  return new AppError(code, { cause: error });
}

/** True when a unique constraint refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** For `catch`: tells as CONFLICT that a unique constraint refused a row, and throws everything else as it is. */
export function conflictOver(argument: string, detail: Localized): (error: unknown) => never {
  return (error) => {
    throw isUniqueViolation(error) ? new AppError('CONFLICT', { argument, detail }) : error;
  };
}
