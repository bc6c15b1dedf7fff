import type { IncomingMessage } from 'node:http';

/** What is left of a body is read up to here, though nobody wants it, so that the connection can go on. */
const MAX_UNWANTED_BYTES = 64 * 1024;

/** Whether more of a body is to come than is worth reading when nobody wants it: its connection is closed instead. */
export function leavesMuchUnread({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  const length = Number(headers['content-length'] ?? 0);
  return headers['transfer-encoding'] !== undefined || length > MAX_UNWANTED_BYTES;
}
