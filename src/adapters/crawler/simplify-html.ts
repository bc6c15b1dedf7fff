import { decodeHTML } from 'entities';
import { AppError } from '../../errors';

/** Several times what news pages have; beyond, extraction would take seconds. */
const MAX_ELEMENTS = 10_000;
const MAX_REFERENCES = 20_000;
const MAX_TEXT_LENGTH = 500_000;
const MAX_SCRIPT_LENGTH = 1_000_000;
const MAX_DEPTH = 64;
const MAX_TITLE_LENGTH = 1_000;
/** Addresses and descriptions; every other attribute is a list of words, and searched for patterns. */
const MAX_VALUE_LENGTH = 2_100;
const MAX_WORDS_LENGTH = 300;

/** The attributes that extraction looks at; all others are dropped. */
const ATTRIBUTES = new Set(
  (
    'id class name content property itemprop itemtype rel href src type datetime role hidden ' +
    'style width height lang aria-hidden data-src data-original data-lazy-src data-lazy srcset data-srcset data-org-src data-date-time'
  ).split(' '),
);
const VALUES = new Set(
  'content href src srcset data-src data-original data-lazy-src data-lazy data-srcset data-org-src'.split(
    ' ',
  ),
);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const HEAD = new Set('base link meta title'.split(' '));
const STRUCTURE = new Set('html head body'.split(' '));
/** Their content is never read as markup (HTML, 13.2.5). */
const RAW_TEXT = new Set('script style xmp iframe noembed noframes textarea title'.split(' '));
/** Nothing in them is part of an article's text. */
const SKIPPED = new Set('svg math template object select'.split(' '));
/** End tags that authors may leave out: a second one directly inside the first closes it. */
const SELF_CLOSING = new Set('p li dt dd tr td th option'.split(' '));

export interface SimplifiedHtml {
  /** A complete, balanced document without scripts and styles. */
  html: string;
  /** The texts of `<script type="application/ld+json">`. */
  jsonLd: string[];
  /** The texts of all other scripts, together at most a million characters. */
  scripts: string[];
}

/**
 * Rebuilds a page so that parsing it is cheap whatever it holds: one pass in linear time; scripts, styles and
 * comments gone; few attributes, each bounded; nesting flattened beyond 64 levels, as browsers do beyond 512.
 * @throws AppError PAGE_TOO_LARGE for more than 10,000 elements, 20,000 character references or 500,000
 * characters of text
 */
export function simplifyHtml(source: string): SimplifiedHtml {
  return new Simplifier(source).run();
}

class Simplifier {
  private readonly head: string[] = [];
  private readonly body: string[] = [];
  private readonly jsonLd: string[] = [];
  private readonly scripts: string[] = [];
  private scriptLength = 0;
  /** Open elements; those beyond MAX_DEPTH are remembered but not written. */
  private readonly open: string[] = [];
  private readonly openCount = new Map<string, number>();
  private readonly unclosed = new Set<string>();
  private elements = 0;
  private references = 0;
  private textLength = 0;
  private hasTitle = false;
  private at = 0;

  constructor(private readonly source: string) {}

  run(): SimplifiedHtml {
    while (this.at < this.source.length) {
      const tag = this.source.indexOf('<', this.at);
      this.text(this.source.slice(this.at, tag === -1 ? undefined : tag));
      if (tag === -1) break;
      this.at = tag;
      this.markup();
    }
    while (this.open.length > 0) this.closeTop();
    const html = `<!DOCTYPE html><html><head>${this.head.join('')}</head><body>${this.body.join('')}</body></html>`;
    return { html, jsonLd: this.jsonLd, scripts: this.scripts };
  }

  private text(source: string): void {
    const text = source.replace(/\s+/g, ' ');
    if (text === '') return;
    this.textLength += text.length;
    // The parser makes a node of each reference.
    this.references += text.split('&').length - 1;
    if (this.textLength > MAX_TEXT_LENGTH || this.references > MAX_REFERENCES)
      throw new AppError('PAGE_TOO_LARGE');
    this.body.push(text);
  }

  private markup(): void {
    const next = this.source.charCodeAt(this.at + 1) | 0x20;
    if (next >= 0x61 && next <= 0x7a) return this.startTag();
    switch (this.source[this.at + 1]) {
      case '/':
        return this.endTag();
      case '!':
      case '?': {
        const comment = this.source.startsWith('<!--', this.at);
        // From the second character on, as `<!-->` and `<!--->` are whole comments.
        return this.skipPast(comment ? '-->' : '>', 2);
      }
      default:
        this.text('&lt;');
        this.at++;
    }
  }

  private skipPast(end: string, from: number): void {
    const found = this.source.indexOf(end, this.at + from);
    this.at = found === -1 ? this.source.length : found + end.length;
  }

  private endTag(): void {
    const name = this.name(this.at + 2);
    this.skipPast('>', 2);
    // Counting keeps a page of unmatched end tags from searching the whole stack each time.
    if (!this.openCount.get(name)) return;
    while (this.open.at(-1) !== name) this.closeTop();
    this.closeTop();
  }

  private startTag(): void {
    const name = this.name(this.at + 1);
    this.at += 1 + name.length;
    const attributes = this.attributes();
    if (SKIPPED.has(name) || (RAW_TEXT.has(name) && name !== 'title')) {
      const content = this.contentUntilEnd(name);
      if (name === 'script' && content) {
        if (/type="application\/ld\+json/i.test(decodeHTML(attributes))) this.jsonLd.push(content);
        else if ((this.scriptLength += content.length) <= MAX_SCRIPT_LENGTH) this.scripts.push(content);
      }
      return;
    }
    if (STRUCTURE.has(name)) return;
    if (++this.elements > MAX_ELEMENTS) throw new AppError('PAGE_TOO_LARGE');
    if (HEAD.has(name)) {
      const title = name === 'title' && (this.contentUntilEnd(name) ?? '').trimStart();
      if (title === false) this.head.push(`<${name}${attributes}>`);
      else if (!this.hasTitle) {
        this.head.push(`<title>${title.slice(0, MAX_TITLE_LENGTH).replaceAll('<', '&lt;')}</title>`);
        this.hasTitle = true;
      }
    } else if (VOID.has(name)) {
      this.body.push(`<${name}${attributes}>`);
    } else {
      if (SELF_CLOSING.has(name) && this.open.at(-1) === name) this.closeTop();
      this.open.push(name);
      this.openCount.set(name, (this.openCount.get(name) ?? 0) + 1);
      this.body.push(this.open.length <= MAX_DEPTH ? `<${name}${attributes}>` : ' ');
    }
  }

  private closeTop(): void {
    const written = this.open.length <= MAX_DEPTH;
    const name = this.open.pop();
    if (name === undefined) return;
    this.openCount.set(name, (this.openCount.get(name) ?? 1) - 1);
    this.body.push(written ? `</${name}>` : ' ');
  }

  /** Moves past `</name>` and returns what is before it; undefined, without moving, when it never comes. */
  private contentUntilEnd(name: string): string | undefined {
    if (!this.unclosed.has(name)) {
      const end = new RegExp(`</${name}[\\s/>]`, 'gi');
      end.lastIndex = this.at;
      const found = end.exec(this.source);
      if (found) {
        const content = this.source.slice(this.at, found.index);
        this.at = found.index;
        this.skipPast('>', 2);
        return content;
      }
      this.unclosed.add(name);
    }
    if (RAW_TEXT.has(name)) this.at = this.source.length;
    return undefined;
  }

  private name(from: number): string {
    const end = /[^a-z0-9:-]|$/gi;
    end.lastIndex = from;
    return this.source.slice(from, end.exec(this.source)?.index).slice(0, 40).toLowerCase();
  }

  /** Reads to the end of the tag; an unfinished tag swallows the rest of the page, as the standard says. */
  private attributes(): string {
    const attribute =
      /[\s/]*(?:(>)|([^\s=>/][^\s=>/]*|=[^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)?))?)/y;
    const seen = new Map<string, string>();
    for (;;) {
      attribute.lastIndex = this.at;
      const match = attribute.exec(this.source);
      if (!match) this.at = this.source.length;
      else this.at = attribute.lastIndex;
      if (!match || match[1]) break;
      const name = match[2]?.toLowerCase() ?? '';
      if (!ATTRIBUTES.has(name) || seen.has(name)) continue;
      const value = match[3] ?? match[4] ?? match[5] ?? '';
      seen.set(name, value.trimStart().slice(0, VALUES.has(name) ? MAX_VALUE_LENGTH : MAX_WORDS_LENGTH));
    }
    return [...seen].map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`).join('');
  }
}
