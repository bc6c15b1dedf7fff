import { decodeHTMLStrict } from 'entities';
import { DateTime } from 'luxon';
import { isShowable } from '../../adapters/http/address-policy';
import { MAX_URL_LENGTH } from '../../adapters/crawler/canonical-url';
import { isVisible } from '../../visible-text';
import { toPlainText, truncateText } from '../article/rewriting/rewriter-plain-text';
import type { ImportRun } from './import-step';
import type { Note } from './reasons';

/** &amp;quot; was escaped twice. */
const MAX_ESCAPES = 3;
const EARLIEST = Date.UTC(1970, 0, 1);

/** Notes of one row, each once. */
export class RowNotes {
  private readonly all = new Set<Note>();

  add(note: Note): void {
    this.all.add(note);
  }

  list(): Note[] {
    return [...this.all];
  }
}

/** A text of strangers as plain text: without markup and entities, its lines kept. Empty when nothing of it is seen. */
export function plainText(text: string | null): string {
  const plain = toPlainText(decoded(text ?? ''));
  return isVisible(plain) ? plain : '';
}

/** The same on one line. */
export function plainLine(text: string | null): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** At most so many characters, which is noted when it was more. */
export function bounded(text: string, max: number, notes: RowNotes): string {
  if (text.length <= max) return text;
  notes.add('TEXT_CUT');
  return truncateText(text, max);
}

export function decoded(text: string): string {
  let before = '';
  for (let pass = 0; pass < MAX_ESCAPES && before !== text; pass++) {
    before = text;
    text = decodeHTMLStrict(text);
  }
  return text;
}

/**
 * A time as OldTable reads it, or as somebody wrote it in Seoul, but none after the import; null for none, which is noted when
 * something stood there.
 */
export function pastTimeOf(text: string | null, now: Date, notes: RowNotes): Date | null {
  const written = text?.trim() ?? '';
  if (written === '') return null;
  const at = /^-?\d+$/.test(written) ? Number(written) : writtenTime(written);
  if (at > now.getTime()) {
    notes.add('DATE_IN_FUTURE');
    return now;
  }
  if (at >= EARLIEST) return new Date(at);
  notes.add('DATE_UNUSABLE');
  return null;
}

function writtenTime(text: string): number {
  const zone = { zone: 'Asia/Seoul' };
  const iso = DateTime.fromISO(text, zone);
  return (iso.isValid ? iso : DateTime.fromSQL(text, zone)).toMillis();
}

/** Truth as boolean, bit and number columns and their texts tell it; null counts as false. */
export function isTrue(text: string | null): boolean {
  return /^(t|true|1|y|yes)$/i.test(text?.trim() ?? '');
}

/** A whole number from 0 to what a column of ours holds. */
export function countOf(text: string | null): number {
  const number = Math.trunc(Number(text ?? 0));
  return Number.isNaN(number) ? 0 : Math.min(Math.max(number, 0), 2_147_483_647);
}

/** An address that readers' browsers may load, or null. */
export function showableUrl(text: string | null, { trustedOrigins }: ImportRun): string | null {
  const address = decoded(text?.trim() ?? '');
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.href.length <= MAX_URL_LENGTH && isShowable(url, trustedOrigins) ? url.href : null;
}
