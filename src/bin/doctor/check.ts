import { withinDeadline } from '../../adapters/http/deadline';

export interface Verdict {
  status: 'ok' | 'warn' | 'fail';
  /** What was seen, or what to do; never a secret. */
  message: string;
}
export type Finding = Verdict & { name: string };

export type Check = () => Promise<Verdict>;

const TIMEOUT_MS = 5_000;

export const ok = (message: string): Verdict => ({ status: 'ok', message });
export const warn = (message: string): Verdict => ({ status: 'warn', message });
export const fail = (message: string): Verdict => ({ status: 'fail', message });

/** Runs a check for at most 5 s; one that throws has failed, and only the kind of its error is told. */
export async function examine(name: string, check: Check): Promise<Finding> {
  const late = () => Object.assign(new Error('late'), { code: 'LATE' });
  const verdict = await withinDeadline({ timeoutMs: TIMEOUT_MS, late }, check).catch((error: unknown) =>
    fail(reasonOf(error)),
  );
  return { name, ...verdict };
}

/** `ECONNREFUSED`, `28P01`, …: messages may repeat an address with its password. */
function reasonOf(error: unknown): string {
  const { code, cause, name, message } = (error ?? {}) as Partial<
    Record<'code' | 'cause' | 'name' | 'message', unknown>
  >;
  if (typeof code === 'string') return CODES[code] ?? code;
  const reply = name === 'ReplyError' ? /^[A-Z]+/.exec(String(message))?.[0] : undefined;
  if (reply !== undefined) return CODES[reply] ?? reply;
  if (cause !== undefined) return reasonOf(cause);
  return typeof name === 'string' ? name : 'failed';
}

const CODES: Record<string, string> = {
  LATE: `no answer in ${TIMEOUT_MS / 1000} s`,
  ECONNREFUSED: 'nobody listens there (ECONNREFUSED)',
  ENOTFOUND: 'the host name is unknown (ENOTFOUND)',
  ETIMEDOUT: 'no connection in time (ETIMEDOUT)',
  '28P01': 'user name or password is wrong (28P01)',
  WRONGPASS: 'user name or password is wrong (WRONGPASS)',
  NOAUTH: 'Redis wants a password (NOAUTH)',
  '3D000': 'the database does not exist (3D000)',
};
