import { AppError, type Localized } from '../../errors';
import { Prisma } from '../../generated/prisma/client';

const SOCKET_CODES =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CONNECTION_ENDED)$/;
// https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 53300 too many connections,
// 57014 statement timeout, 57P01–57P05 shutdown, crash, starting up, idle timeout, 25006 read-only after a failover,
// 40001 serialization, 40P01 deadlock, 55P03 lock timeout, 53100 disk full, 53200 memory, 53400 limit, 58030 I/O,
// 28P01 and 28000 a sign-in that is refused, 3D000 a database that does not exist.
const SQL_STATES =
  /^(08...|53[1-4]00|57014|57P0[1-5]|25006|25P03|28P01|28000|3D000|40001|40P01|55P03|58030)$/;
// P2034 is what Prisma makes of 40001 and 40P01, P1000 and P1003 of 28P01 and 3D000.
const PRISMA_CODES = /^P(1000|1001|1002|1003|1008|1017|2024|2028|2034|2037)$/;
const MESSAGES =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|connection error|Client has encountered|Can't reach database|Cannot use a pool after|not queryable/i;
const OUTAGE = [SOCKET_CODES, SQL_STATES, PRISMA_CODES];
// 42P01 no such table, 42703 no such column, 42704 no such type, 42883 no such function, 3F000 no such schema, 42501 no
// right to it; P2021, P2022 and P1010 are what Prisma makes of them.
const UNFIT = [/^(42P01|42703|42704|42883|3F000|42501)$/, /^P(2021|2022|1010)$/];

/**
 * True when the database could not be reached, let nobody in, did not answer or could not do it now; false for what a
 * retry would not heal.
 */
export function isDatabaseOutage(error: unknown): boolean {
  return someFault(
    error,
    (fault) =>
      hasCode(fault, OUTAGE) ||
      fault instanceof Prisma.PrismaClientInitializationError ||
      (typeof fault.message === 'string' && MESSAGES.test(fault.message)),
  );
}

/** True when the database lacks what was asked for: it is not migrated, its role has no rights, or the statement is wrong. */
export function isDatabaseUnfit(error: unknown): boolean {
  return someFault(error, (fault) => hasCode(fault, UNFIT));
}

interface Fault {
  code?: unknown;
  originalCode?: unknown;
  message?: unknown;
  errors?: unknown;
  meta?: { driverAdapterError?: unknown };
  cause?: unknown;
}

const hasCode = ({ code, originalCode }: Fault, known: RegExp[]) =>
  known.some((codes) => codes.test(String(code)) || codes.test(String(originalCode)));

/** Whether an error, what caused it or one that it gathers is such a fault. */
function someFault(error: unknown, isSuch: (fault: Fault) => boolean): boolean {
  let at = error;
  for (let depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    const fault: Fault = at;
    if (isSuch(fault)) return true;
    if (Array.isArray(fault.errors) && fault.errors.some((one) => someFault(one, isSuch))) return true;
    if (someFault(fault.meta?.driverAdapterError, isSuch)) return true;
    at = fault.cause;
  }
  return false;
}

/** An expected failure as it is; what is not expected as UPSTREAM_UNAVAILABLE or INTERNAL_SERVER_ERROR. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const isAway = isDatabaseOutage(error) || isDatabaseUnfit(error);
  const code = isAway ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
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
