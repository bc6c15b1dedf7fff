const FORM = /^[\w-]{43}$/;

/**
 * The token of the link with which a mail can be stopped. Made of a random key of the row: signing keys are changed and
 * thrown away, and a link must work for years.
 */
export function unsubscribeToken({ id, unsubscribeKey }: { id: string; unsubscribeKey: string }): string {
  return Buffer.from(`${id}${unsubscribeKey}`.replaceAll('-', ''), 'hex').toString('base64url');
}

/** What a token names; null for what none of ours can be. */
export function readUnsubscribeToken(token: string): { id: string; unsubscribeKey: string } | null {
  const bytes = FORM.test(token) ? Buffer.from(token, 'base64url') : null;
  // Written in another way it is another text: one link has one token.
  if (bytes?.toString('base64url') !== token) return null;
  return { id: uuid(bytes.subarray(0, 16)), unsubscribeKey: uuid(bytes.subarray(16)) };
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
