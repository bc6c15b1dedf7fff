import { decodeHTML } from 'entities';

/** So long a piece of a key is nowhere by chance, and makes the rest no easier to guess when a shorter one is told. */
const PIECE = 12;
/** What is encoded more often is nothing that a reader would decode. */
const MAX_LAYERS = 4;
const ESCAPED = /%([0-9a-f]{2})|\\u00([0-9a-f]{2})/gi;
const BETWEEN_LETTERS = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\\]+/gu;

/** Finds a key, or a long piece of it, in what a server wrote: plain, escaped, taken apart, in base64 or in hexadecimal. */
export class KeyEcho {
  private readonly pieces: RegExp;

  constructor(key: string) {
    const bytes = Buffer.from(key);
    const shifted = [0, 1, 2].map((by) => Buffer.concat([Buffer.alloc(by), bytes]).toString('base64'));
    // What stands at their ends depends on what is around the key.
    const inner = shifted.map((text) => text.replaceAll('=', '').slice(4, -4));
    const forms = [key, ...inner, ...inner.map(urlSafe), bytes.toString('hex')];
    this.pieces = new RegExp([...new Set(forms.flatMap(piecesOf))].map(escaped).join('|'), 'i');
  }

  isIn(text: string): boolean {
    if (this.pieces.test(text)) return true;
    const decoded = decodedOf(text);
    return decoded !== text && this.pieces.test(decoded);
  }
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/** One of them is whole in any part of the text that is twice as long. */
function piecesOf(text: string): string[] {
  if (text.length < 2 * PIECE) return text === '' ? [] : [text];
  return Array.from({ length: Math.floor(text.length / PIECE) }, (_, at) =>
    text.slice(at * PIECE, (at + 1) * PIECE),
  );
}

function escaped(text: string): string {
  return text.replace(/[^a-z0-9]/gi, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
}

function decodedOf(text: string): string {
  let decoded = text;
  for (let layer = 0, before = ''; layer < MAX_LAYERS && decoded !== before; layer += 1) {
    before = decoded;
    if (decoded.includes('&')) decoded = decodeHTML(decoded);
    decoded = decoded.replace(ESCAPED, (_, percent?: string, unicode?: string) =>
      String.fromCharCode(parseInt((percent ?? unicode)!, 16)),
    );
  }
  return decoded.replace(BETWEEN_LETTERS, '');
}
