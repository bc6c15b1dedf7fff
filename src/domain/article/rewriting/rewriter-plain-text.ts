import { composed, cutText } from '../../../visible-text';

const MAX_PASSES = 5;
/**
 * Elements that are removed with their content. Looked for only before the last closing tag: from there on every opening
 * one would be searched to the text's end, in quadratic time.
 */
const BLOCKS = [
  ...['script', 'style', 'iframe'].map((tag) => [`<${tag}\\b[^<>]*>`, `</${tag}\\s*>`]),
  ['<!--', '-->'],
].map(([open, close]) => ({
  upToLast: new RegExp(`^[^]*${close}`, 'i'),
  block: new RegExp(`${open}[^]*?${close}`, 'gi'),
}));

/**
 * Text without HTML and Markdown markup, control and direction-changing characters, in Unicode form NFC. Paragraphs
 * (newlines) stay, runs of blanks become one. A "<" that starts no tag stays: whoever shows the text escapes it.
 */
export function toPlainText(text: string): string {
  let plain = composed(text).replace(/\r\n?/g, '\n');
  // Removing one tag can put another together ("<scr<b>ipt>"): repeat until nothing changes.
  for (let pass = 0, before = ''; pass < MAX_PASSES && before !== plain; pass += 1) {
    before = plain;
    for (const { upToLast, block } of BLOCKS)
      plain = plain.replace(upToLast, (part) => part.replace(block, ' '));
    plain = plain.replace(/<(?:br|\/p|\/div|\/li)\b[^<>]*>/gi, '\n').replace(/<\/?[a-z!][^<>]*>/gi, '');
  }
  return plain
    .replace(/!?\[([^[\]\n]{0,200})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}\)/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}[ \t]+|[*-][ \t]+|>[ \t]?|```.*$)/gm, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, (character) =>
      character === '\n' ? '\n' : character === '\t' ? ' ' : '',
    )
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same on one line. */
export function toPlainLine(text: string): string {
  return toPlainText(text).replace(/\s+/g, ' ');
}

/** At most `maxCharacters` UTF-16 units, cut behind a sentence or a word where there is one in the last third. */
export function truncateText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const cut = cutText(text, maxCharacters);
  const earliest = Math.floor((maxCharacters * 2) / 3);
  const sentenceEnd = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('.\n')) + 1;
  if (sentenceEnd > earliest) return cut.slice(0, sentenceEnd);
  const wordEnd = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
  return (wordEnd > earliest ? cut.slice(0, wordEnd) : cut).trimEnd();
}
