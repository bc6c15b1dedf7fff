import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici';
import { boundedPieces, readBounded } from '../http/read-body';

/**
 * A fetch that reads a whole (decompressed) body of at most `maxBytes`, of an event stream piece by piece, and follows no
 * redirect, so that neither memory nor the API key depends on what the server does. It has no deadline of its own: pass a signal.
 * @throws BodyTooLarge; the first `maxBytes` of an error's body are enough
 */
export function boundedFetch(maxBytes: number): typeof fetch {
  // Node's own fetch gives up after 300 s; a local model may think for longer.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return async (input, init) => {
    const { body, ok, status, statusText, headers } = await undiciFetch(String(input), {
      ...(init as UndiciRequestInit),
      redirect: 'manual',
      dispatcher,
    });
    const told = { status, statusText, headers: [...headers] };
    if (body && ok && isEventStream(headers))
      return new Response(ReadableStream.from(boundedPieces(body, maxBytes)), told);
    const bytes = body && (await readBounded(body, { maxBytes, overflow: ok ? 'refuse' : 'truncate' }));
    return new Response(bytes as Uint8Array<ArrayBuffer> | null, told);
  };
}

export function isEventStream(headers: { get(name: string): string | null }): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}
