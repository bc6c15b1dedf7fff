import { isUtf8 } from 'node:buffer';
import { detect } from 'chardet';
import iconv from 'iconv-lite';

const META_PRESCAN_BYTES = 4_096;
const SAMPLE_BYTES = 65_536;
/** Above this share of undecodable characters a label is not believed. */
const TOLERATED_DAMAGE = 0.005;
const LESS_THAN = 0x3c;
const NOT_ASCII = /\P{ASCII}/gu;
/** Names of CP949 that iconv-lite does not know. */
const ALIASES: Record<string, string> = { 'x-windows-949': 'cp949', uhc: 'cp949', 'x-euc-kr': 'cp949' };
/** What servers say when nobody configured them; every byte sequence is valid in these. */
const MEANINGLESS = /^(?:us-)?ascii$|^iso-?8859-?1$|^latin-?1$|^windows-?1252$|^binary$/i;

/**
 * Turns a page's bytes into text: byte order mark, then valid UTF-8, then the HTTP header's and the page's own
 * label (whichever fits the bytes), then Korean CP949, then detection. EUC-KR is read as its superset CP949.
 */
export function decodeHtml(bytes: Buffer, contentType: string | undefined): string {
  const marked = byteOrderMark(bytes);
  if (marked) return iconv.decode(bytes, marked);
  if (isUtf8(bytes)) return bytes.toString('utf8');

  const labels = [charsetOf(contentType), metaCharset(bytes)].filter((label) => label !== undefined);
  const guesses = [...labels.filter((label) => !MEANINGLESS.test(label)), 'cp949', detect(sample(bytes))];
  let best: { text: string; damage: number } | undefined;
  for (const label of new Set([...guesses, ...labels])) {
    const encoding = label && known(label);
    if (!encoding) continue;
    const text = iconv.decode(bytes, encoding);
    const damage = damageOf(text);
    const plausible = labels.includes(label) || encoding !== 'cp949' || isMostlyHangul(text);
    if (damage <= TOLERATED_DAMAGE && plausible) return text;
    if (!best || damage < best.damage) best = { text, damage };
  }
  return best?.text ?? bytes.toString('utf8');
}

function byteOrderMark(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without the mark: what a document begins with, as XML 1.0 (appendix F) finds it.
  if (bytes[0] === LESS_THAN && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === LESS_THAN) return 'utf-16be';
  return undefined;
}

function charsetOf(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(contentType?.slice(0, 500) ?? '')?.[1]?.toLowerCase();
}

function metaCharset(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, META_PRESCAN_BYTES);
  for (const [tag] of head.matchAll(/<(?:meta|\?xml)\s[^>]*/gi)) {
    const label =
      charsetOf(tag) ?? /^<\?xml.*encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(tag)?.[1]?.toLowerCase();
    if (label) return label;
  }
  return undefined;
}

function known(label: string): string | undefined {
  const name = ALIASES[label] ?? label;
  return iconv.encodingExists(name) ? name : undefined;
}

/** The part of a page that tells encodings apart: from the first byte that is not ASCII. */
function sample(bytes: Buffer): Buffer {
  const start = Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  );
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

function damageOf(text: string): number {
  return count(text, /\ufffd/g) / Math.max(1, count(text, NOT_ASCII));
}

function isMostlyHangul(text: string): boolean {
  return count(text, /[가-힣]/g) >= count(text, NOT_ASCII) / 2;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
