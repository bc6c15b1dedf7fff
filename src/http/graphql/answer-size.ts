/** Of one answer; a page of a hundred whole articles has about one. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Shorter texts are counted as if each character took three bytes: to look at each would cost more than it tells. */
const SHORT = 64;

/** About how many bytes a value is as JSON, told for a tenth of what it costs to write it. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length < SHORT ? value.length * 3 : Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item);
  else for (const key in value) size += key.length + 4 + sizeOf((value as Record<string, unknown>)[key]);
  return size;
}
