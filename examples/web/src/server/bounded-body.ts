import 'server-only';

/** A body is whole by then. */
const TIMEOUT_MS = 20_000;
/** What a reader sends is smaller; what is larger, of the desk, shares a bound with all that is being read. */
const SMALL_BYTES = 64 * 1024;
const MAX_HELD_BYTES = 32 * 1024 * 1024;
let heldBytes = 0;

/** The text of a body; the status of its refusal when it is too long, too slow, or there are too many. Then the rest is not read. */
export async function readBounded(request: Request, maxBytes: number): Promise<string | 408 | 413 | 503> {
  const decoder = new TextDecoder();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let text = '';
  let bytes = 0;
  let held = 0;
  try {
    for await (const chunk of request.body?.pipeThrough(new TransformStream(), { signal }) ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return 413;
      const more = Math.max(bytes - SMALL_BYTES, 0) - held;
      if (heldBytes + more > MAX_HELD_BYTES) return 503;
      held += more;
      heldBytes += more;
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return 408;
  } finally {
    heldBytes -= held;
  }
}
