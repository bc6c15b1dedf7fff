const MAX_SECONDS = 86_400;

/**
 * Seconds that a server asks us to wait: `retry-after-ms` of model servers, or `Retry-After` as seconds or as an HTTP
 * date (RFC 9110, 10.2.3), rounded up and at most a day. Undefined when absent or unreadable.
 */
export function readRetryAfter(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = headers?.get('retry-after-ms')?.trim();
  const value = headers?.get('retry-after')?.trim();
  let seconds = Number.NaN;
  if (milliseconds) seconds = Number(milliseconds) / 1000;
  if (!Number.isFinite(seconds) && value) {
    if (/^\d+(\.\d+)?$/.test(value)) seconds = Number(value);
    else if (value.endsWith('GMT')) seconds = (Date.parse(value) - now) / 1000;
  }
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), MAX_SECONDS) : undefined;
}
