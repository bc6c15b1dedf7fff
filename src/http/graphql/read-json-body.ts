import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AppError, type Localized } from '../../errors';
import { MAX_DOCUMENT_LENGTH } from '../../schema/document-limits';
import type { HeldBytes } from '../held-bytes';

export const MAX_BODY_BYTES = 1024 * 1024;
/**
 * Values in one body; every one that is not expected costs a check, and 50,000 of them cost others their turn. An import
 * of 2,000 terms has seven a term.
 */
const MAX_VALUES = 14_000;
/** A piece costs as much as a thousand bytes: beyond so many they must hold something each, as a network's packets do. */
const FREE_PIECES = 1_000;
const MIN_BYTES_A_PIECE = 128;
/** No smaller body holds too many of them to matter. */
const COUNTED_FROM_BYTES = 16 * 1024;
const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [...'"\\,[{'].map((sign) => sign.charCodeAt(0));

/**
 * The JSON of a POST; other content types give undefined, so that Apollo refuses them with its own words. Throws AppError
 * for what is refused, also when `address` has too much under way, and what the connection breaks off with.
 */
export async function readJsonBody(
  request: IncomingMessage,
  held: HeldBytes,
  address: string,
): Promise<unknown> {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
    throw refused({ ko: '압축한 본문은 받지 않습니다.', en: 'Compressed bodies are not taken.' }, 415);
  let kept = 0;
  const keep = (size: number) => {
    held.add(address, size - kept);
    kept = size;
    return held.refusal(address);
  };
  const bytes = await bytesOf(request, keep).finally(() => keep(0));
  if (!isJson(headers)) return undefined;
  if (!/^(?:utf-?8|us-ascii)$/i.test(charsetOf(headers)))
    throw refused({ ko: '본문은 UTF-8이어야 합니다.', en: 'The body must be UTF-8.' }, 415);
  if (bytes.length > COUNTED_FROM_BYTES && hasTooManyValues(bytes))
    throw refused({ ko: '본문에 값이 너무 많습니다.', en: 'The body holds too many values.' });
  const value = parsed(textOf(bytes));
  if (hasLongQuery(value)) throw new AppError('QUERY_TOO_COMPLEX');
  return value;
}

/**
 * Plain events: an async iterator costs more than parsing what it brings. `keep` is told what memory a large body has so
 * far, and says whether it may have that.
 */
function bytesOf(request: IncomingMessage, keep: (size: number) => AppError | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let body: Buffer = Buffer.alloc(0);
    let size = 0;
    let pieces = 0;
    const collect = (piece: Buffer) => {
      if (size + piece.length > MAX_BODY_BYTES) return refuse(tooLarge());
      if (++pieces > FREE_PIECES + size / MIN_BYTES_A_PIECE) return refuse(inTooManyPieces());
      if (size === 0) {
        // Most bodies are of one piece, which is taken as it is.
        body = piece;
      } else {
        if (size + piece.length > body.length) body = grown(body, size, piece.length);
        piece.copy(body, size);
      }
      size += piece.length;
      const fault = size > COUNTED_FROM_BYTES ? keep(body.length) : null;
      if (fault) refuse(fault);
    };
    const refuse = (fault: AppError) => {
      // The rest stays unread, and the socket open: the answer still has to go out.
      request.off('data', collect).pause();
      reject(fault);
    };
    request.on('data', collect);
    request.once('end', () => resolve(body.subarray(0, size)));
    request.once('error', reject);
  });
}

/** The first `size` bytes in a buffer that takes `more`, and as much again. */
function grown(bytes: Buffer, size: number, more: number): Buffer {
  const larger = Buffer.allocUnsafe(2 * (size + more));
  bytes.copy(larger, 0, 0, size);
  return larger;
}

/** Bytes that are no UTF-8 are refused: decoded loosely they would be stored as U+FFFD. A BOM is left out. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw refused({ ko: '본문이 UTF-8이 아닙니다.', en: 'The body is not UTF-8.' });
  }
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

function charsetOf(headers: IncomingHttpHeaders): string {
  return /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
}

function refused(detail: Localized, status = 400): AppError {
  return new AppError('BAD_REQUEST', { detail, status });
}

function tooLarge(): AppError {
  return refused({ ko: '본문이 1MB를 넘습니다.', en: 'The body is over 1 MB.' }, 413);
}

function inTooManyPieces(): AppError {
  return refused({ ko: '본문이 너무 잘게 나뉘어 있습니다.', en: 'The body comes in too many pieces.' }, 413);
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
