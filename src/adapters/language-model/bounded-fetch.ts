import { Agent, fetch as undiciFetch, type RequestInit as UndiciRequestInit } from 'undici';

/** The server sent more than the limit; the connection has been cut. */
export class ResponseTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`The response is larger than ${maxBytes} bytes`);
    this.name = 'ResponseTooLarge';
  }
}

/**
 * A fetch that reads at most `maxBytes` of a (decompressed) body and follows no redirect, so that neither
 * memory nor the API key depends on what the server does. It has no deadline of its own: pass a signal.
 */
export function boundedFetch(maxBytes: number): typeof fetch {
  // Node's own fetch gives up after 300 s; a local model may think for longer.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return async (input, init) => {
    const response = await undiciFetch(String(input), {
      ...(init as UndiciRequestInit),
      redirect: 'manual',
      dispatcher,
    });
    const { status, statusText } = response;
    const headers = [...response.headers];
    const body = response.body?.pipeThrough(limitBytes(maxBytes)) as ReadableStream<Uint8Array> | undefined;
    return new Response(body ?? null, { status, statusText, headers });
  };
}

function limitBytes(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > maxBytes) controller.error(new ResponseTooLarge(maxBytes));
      else controller.enqueue(chunk);
    },
  });
}
