import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** Of a path in SMTP (RFC 5321, 4.5.3.1), without its angle brackets. */
const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;
/** Without quotation marks: what needs them is a comma, a blank or a line end, and no mailbox of a reader has one. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/** Nothing that the conversion to ASCII would drop or take for the end of a name. */
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.。-]+$/u;
/** Two labels at least, the last of which is no number: no address of a machine. */
const DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An e-mail address as mail is sent to it: trimmed, its domain in ASCII (경단.한국 is xn--…). Null for what is none, or
 * what could be read as more than one.
 */
export function mailAddress(text: string): string | null {
  const trimmed = text.length <= 2 * MAX_ADDRESS ? text.trim() : '';
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(0, at));
  const typed = trimmed.slice(at + 1);
  if (local.length > MAX_LOCAL_PART || !LOCAL_PART.test(local) || !TYPED_DOMAIN.test(typed)) return null;
  const domain = domainToASCII(typed);
  const address = `${local}@${domain}`;
  return DOMAIN.test(domain) && address.length <= MAX_ADDRESS ? address : null;
}

/** The same for every way to write one mailbox; says nothing about it to whoever does not know it. */
export function mailboxKey(address: string): string {
  const one = mailAddress(address) ?? address;
  return createHash('sha256').update(one.toLowerCase()).digest('hex');
}

const GMAIL = /@(?:gmail|googlemail)\.com$/;

/**
 * The same for addresses whose mail most providers put into one mailbox: what is behind a + names no other reader, nor do
 * dots at Gmail. For limits only: elsewhere they may be two.
 */
export function inboxKey(address: string): string {
  const plain = address.toLowerCase().replace(/(?<=[^@])\+[^@]*(?=@)/, '');
  return mailboxKey(GMAIL.test(plain) ? `${plain.replace(/@.*/, '').replaceAll('.', '')}@gmail.com` : plain);
}
