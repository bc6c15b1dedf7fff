import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AppError, type Localized } from '../../errors';
import { MAX_DOCUMENT_LENGTH } from '../../schema/document-limits';

export const MAX_BODY_BYTES = 1024 * 1024;
/**
 * Values in one body; every one that is not expected costs a check, and 50,000 of them cost others their turn. An import
 * of 2,000 terms has seven a term.
 */
const MAX_VALUES = 14_000;
/** No smaller body holds too many of them to matter. */
const COUNTED_FROM_BYTES = 16 * 1024;
const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [...'"\\,[{'].map((sign) => sign.charCodeAt(0));

/**
 * The JSON of a POST; other content types give undefined, so that Apollo refuses them with its own words. Throws AppError
 * for what is refused, and what the connection breaks off with.
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const bytes = await bytesOf(request);
  if (!isJson(request.headers)) return undefined;
  if (bytes.length > COUNTED_FROM_BYTES && hasTooManyValues(bytes))
    throw refused({ ko: '본문에 값이 너무 많습니다.', en: 'The body holds too many values.' });
  const value = parsed(bytes.toString('utf8'));
  if (hasLongQuery(value)) throw new AppError('QUERY_TOO_COMPLEX');
  return value;
}

/** Plain events: an async iterator costs more than parsing what it brings. */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return;
      // The rest stays unread, and the socket open: the answer still has to go out.
      request.off('data', collect).pause();
      reject(tooLarge());
    };
    request.on('data', collect);
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused({ ko: '본문이 JSON이 아닙니다.', en: 'The body is not JSON.' });
  }
}

export function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

function refused(detail: Localized, status = 400): AppError {
  return new AppError('BAD_USER_INPUT', { detail, status });
}

function tooLarge(): AppError {
  return refused({ ko: '본문이 1MB를 넘습니다.', en: 'The body is over 1 MB.' }, 413);
}

/** Looks at the bytes only: to parse them first would be most of the cost. */
function hasTooManyValues(bytes: Buffer): boolean {
  let values = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) inText = !inText;
    else if (inText) at += byte === BACKSLASH ? 1 : 0;
    else if ((byte === COMMA || byte === BRACKET || byte === BRACE) && ++values > MAX_VALUES) return true;
  }
  return false;
}

function hasLongQuery(value: unknown): boolean {
  const { query } = (value ?? {}) as { query?: unknown };
  return typeof query === 'string' && query.length > MAX_DOCUMENT_LENGTH;
}
