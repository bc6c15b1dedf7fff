import { unsubscribeToken } from './unsubscribe-token';

/** The gateway serves them at PUBLIC_URL. */
export const CONFIRM_PATH = '/newsletter/confirm';
export const UNSUBSCRIBE_PATH = '/newsletter/unsubscribe';

export function confirmUrl(publicUrl: string, token: string): string {
  return `${publicUrl}${CONFIRM_PATH}?token=${token}`;
}

/** For the text of a mail and for its header List-Unsubscribe. */
export function unsubscribeUrl(
  publicUrl: string,
  subscription: Parameters<typeof unsubscribeToken>[0],
): string {
  return `${publicUrl}${UNSUBSCRIBE_PATH}?token=${unsubscribeToken(subscription)}`;
}

/** One click at the reader's mail program, without a page of ours (RFC 8058). */
export function unsubscribeHeaders(url: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
