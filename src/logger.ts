import pino, { type DestinationStream, type Logger } from 'pino';
import pinoPretty from 'pino-pretty';

export type { Logger };

const SECRET_FIELDS = [
  'authorization', 'cookie', 'password', 'secret', 'clientSecret', 'apiKey', 'token', 'accessToken', 'refreshToken',
  'idToken', 'code', 'codeVerifier', 'state', 'nonce', 'variables',
]; // prettier-ignore

export interface LoggerOptions {
  level: string;
  /** Readable lines for a terminal instead of JSON. */
  pretty: boolean;
  destination?: DestinationStream;
}

/** JSON lines with the known secret-bearing fields cut out at the first two levels. */
export function createLogger({ level, pretty, destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    serializers: { error: serializeError },
  };
  if (destination) return pino(options, destination);
  // Not as a transport: its thread can outlive, and hold up, a process that exits.
  if (pretty) return pino(options, pinoPretty({ ignore: 'pid,hostname', sync: true }));
  return pino(options, pino.destination({ dest: 1, sync: false, minLength: 0 }));
}

/** Name, message, code and stack of an error and its causes; never arbitrary properties, which may hold a request. */
function serializeError(error: unknown): unknown {
  // By shape: errors of Node itself belong to another realm than the tests.
  if (!isErrorLike(error)) return String(error);
  const { code } = error;
  // An expected failure is told by its code; where it was thrown says nothing.
  if (error.name === 'AppError')
    return {
      errorCode: code,
      message: error.message,
      ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
    };
  return {
    name: error.name,
    message: error.message,
    ...(code !== undefined && { errorCode: code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
  };
}

function isErrorLike(error: unknown): error is Error & { code?: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error && 'stack' in error;
}
