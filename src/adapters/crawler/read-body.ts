import type { IncomingHttpHeaders } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { AppError } from '../../errors';

export interface ReadBodyOptions {
  /** Bytes after decompression (and before it). */
  maxBytes: number;
  /** What happens beyond maxBytes: PAGE_TOO_LARGE, or the first maxBytes are returned. */
  overflow: 'refuse' | 'truncate';
  signal: AbortSignal;
}

/**
 * Reads and decompresses an HTTP body (gzip, deflate, br), holding at most `maxBytes` and one chunk in memory.
 * @throws AppError PAGE_TOO_LARGE; PAGE_NOT_HTML for a content encoding nobody asked for; stream errors
 */
export async function readBody(
  body: Readable,
  headers: IncomingHttpHeaders,
  { maxBytes, overflow, signal }: ReadBodyOptions,
): Promise<Buffer> {
  if (overflow === 'refuse' && Number(headers['content-length']) > maxBytes) {
    throw new AppError('PAGE_TOO_LARGE');
  }
  const chunks: Buffer[] = [];
  const read = meter(maxBytes);
  const received = meter(maxBytes);
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      chunks.push(chunk.subarray(0, maxBytes - read.size));
      read.add(chunk);
    }
  };
  // Compressed bytes can be endless and yield nothing, so they are counted as well.
  const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      received.add(chunk);
      yield chunk;
    }
  };
  try {
    const decompress = await decompressor(body, headers);
    if (decompress) await pipeline(body, count, decompress, collect, { signal });
    else await pipeline(body, collect, { signal });
  } catch (error) {
    // A pipeline may report how its other streams ended instead of what ended them.
    const isFull = Math.max(read.size, received.size) > maxBytes;
    if (!isFull) throw error;
    if (overflow === 'refuse') throw new AppError('PAGE_TOO_LARGE');
  }
  return Buffer.concat(chunks);
}

function meter(maxBytes: number): { size: number; add(chunk: Buffer): void } {
  return {
    size: 0,
    add(chunk) {
      this.size += chunk.length;
      if (this.size > maxBytes) throw new RangeError(`The body is longer than ${maxBytes} bytes.`);
    },
  };
}

async function decompressor(body: Readable, headers: IncomingHttpHeaders): Promise<Transform | undefined> {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  switch (encoding) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      // Servers send both RFC 1950 (whose first byte ends in 8) and bare RFC 1951 under this name.
      return (((await firstByte(body)) ?? 8) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      throw new AppError('PAGE_NOT_HTML');
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
