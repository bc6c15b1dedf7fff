import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici';
import { readBounded } from '../http/read-body';

/**
 * A fetch that reads a whole (decompressed) body of at most `maxBytes` and follows no redirect, so that neither
 * memory nor the API key depends on what the server does. It has no deadline of its own: pass a signal.
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
    const bytes = body && (await readBounded(body, { maxBytes, overflow: ok ? 'refuse' : 'truncate' }));
    return new Response(bytes as Uint8Array<ArrayBuffer> | null, {
      status,
      statusText,
      headers: [...headers],
    });
  };
}
