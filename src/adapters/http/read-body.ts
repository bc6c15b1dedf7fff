import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Far more than 64 KiB reads and TLS records make of an honest body; each piece costs memory of its own. */
const MAX_PIECES = 20_000;
/** What misconfigured servers name although nothing is encoded. */
const NO_ENCODING = new Set(['', 'identity', 'none', 'utf-8', 'utf8']);
const ZLIB_ERROR = /^(?:Z_|ERR__ERROR|ERR_BROTLI)/;
const TOLERANT = { finishFlush: constants.Z_SYNC_FLUSH };

/** The server sent more than the limit; the rest was not read. */
export class BodyTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`The body is larger than ${maxBytes} bytes or comes in too many pieces.`);
    this.name = 'BodyTooLarge';
  }
}

/** The body is not what its Content-Encoding says, or names one that we do not know: asking again does not help. */
export class BodyUndecodable extends Error {
  constructor(encoding: string, options?: ErrorOptions) {
    super(`The body cannot be decoded as ${encoding.slice(0, 40)}.`, options);
    this.name = 'BodyUndecodable';
  }
}

export interface BodyLimits {
  maxBytes: number;
  /** What happens beyond maxBytes: BodyTooLarge, the default, or the first maxBytes are returned. */
  overflow?: 'refuse' | 'truncate';
}

/**
 * Reads a body that is not compressed (any more), holding at most `maxBytes` and one chunk.
 * @throws BodyTooLarge; stream errors
 */
export async function readBounded(
  body: AsyncIterable<Uint8Array>,
  { maxBytes, overflow = 'refuse' }: BodyLimits,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size <= maxBytes && chunks.length <= MAX_PIECES) continue;
    if (overflow === 'refuse') throw new BodyTooLarge(maxBytes);
    break;
  }
  return Buffer.concat(chunks);
}

/**
 * A body's pieces as they come, of at most `maxBytes` together.
 * @throws BodyTooLarge; stream errors
 */
export async function* boundedPieces(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let pieces = 0;
  for await (const piece of body) {
    size += piece.length;
    pieces += 1;
    if (size > maxBytes || pieces > MAX_PIECES) throw new BodyTooLarge(maxBytes);
    yield piece;
  }
}

/**
 * Reads and decompresses an HTTP body (gzip, deflate, br), as tolerantly as browsers do: a missing trailer is fine.
 * @throws BodyTooLarge, also for compressed bytes beyond `maxBytes`; BodyUndecodable; stream errors
 */
export async function readBody(
  body: Readable,
  headers: IncomingHttpHeaders,
  limits: BodyLimits,
): Promise<Buffer> {
  const { maxBytes, overflow = 'refuse' } = limits;
  if (overflow === 'refuse' && Number(headers['content-length']) > maxBytes) throw new BodyTooLarge(maxBytes);
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  const decompress = await decompressor(body, encoding);
  if (!decompress) return readBounded(body, limits);
  let read: Buffer | undefined;
  let isTooLarge = false;
  // Compressed bytes can be endless and yield nothing, so they are counted as well.
  const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let received = 0;
    for await (const chunk of source) {
      received += chunk.length;
      isTooLarge = received > maxBytes;
      if (isTooLarge) return;
      yield chunk;
    }
  };
  try {
    await pipeline(
      body,
      count,
      decompress,
      async (source) => void (read = await readBounded(source, limits)),
    );
  } catch (error) {
    // A pipeline may report how its other streams ended instead of what ended them.
    if (error instanceof BodyTooLarge) throw error;
    if (!read && ZLIB_ERROR.test((error as NodeJS.ErrnoException).code ?? ''))
      throw new BodyUndecodable(encoding, { cause: error });
    if (!read) throw error;
  }
  if (!read || (isTooLarge && overflow === 'refuse')) throw new BodyTooLarge(maxBytes);
  return read;
}

async function decompressor(body: Readable, encoding: string): Promise<Transform | undefined> {
  if (NO_ENCODING.has(encoding)) return undefined;
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(TOLERANT);
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      // Servers send both RFC 1950 (whose first byte ends in 8) and bare RFC 1951 under this name.
      return (((await firstByte(body)) ?? 8) & 0x0f) === 8
        ? createInflate(TOLERANT)
        : createInflateRaw(TOLERANT);
    default:
      throw new BodyUndecodable(encoding);
  }
}

async function firstByte(body: Readable): Promise<number | undefined> {
  for (;;) {
    const chunk = body.read() as Buffer | null;
    if (chunk) {
      body.unshift(chunk);
      return chunk[0];
    }
    if (body.readableEnded || body.destroyed) return undefined;
    await new Promise<void>((resolve) => {
      for (const event of ['readable', 'end', 'error', 'close']) body.once(event, () => resolve());
    });
  }
}
