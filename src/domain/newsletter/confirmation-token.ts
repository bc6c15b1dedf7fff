import { createHash, randomBytes } from 'node:crypto';

const FORM = /^[\w-]{43}$/;

/** The token of a confirmation mail; only its hash is kept. */
export function newConfirmationToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: sha256(token) };
}

/** Null for what none of ours can be. */
export function confirmationHash(token: string): string | null {
  return FORM.test(token) ? sha256(token) : null;
}

function sha256(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
