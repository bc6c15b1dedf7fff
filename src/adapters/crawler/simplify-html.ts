import { decodeHTML } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
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
const MAX_NAME_LENGTH = 40;

/** The attributes that extraction looks at; all others are dropped. */
const ATTRIBUTES = new Set(
  (
    'id class name content property http-equiv itemprop itemtype rel href src type datetime role hidden ' +
    'style width height lang aria-hidden shadowrootmode data-src data-original data-lazy-src data-lazy srcset data-srcset data-org-src data-date-time'
  ).split(' '),
);
const VALUES = new Set(
  'content href src srcset data-src data-original data-lazy-src data-lazy data-srcset data-org-src'.split(
    ' ',
  ),
);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const HEAD = new Set('base link meta'.split(' '));
const STRUCTURE = new Set('html head body'.split(' '));
/** Their content is never read as markup (HTML, 13.2.5), to the page's end when they are never closed. */
const RAW_TEXT = new Set('script style xmp iframe noembed noframes textarea title'.split(' '));
/** Nothing in them is part of an article's text; one that is never closed holds the article as well. */
const SKIPPED = new Set('svg math template object select'.split(' '));
/** What a template that is a shadow root becomes. */
const SHADOW = 'shadow-root';
/** End tags that authors may leave out: a second one directly inside the first closes it. */
const SELF_CLOSING = new Set('p li dt dd tr td th option'.split(' '));

export interface SimplifiedHtml {
  /** A complete, balanced document without scripts and styles. */
  html: string;
  /** The texts of `<script type="application/ld+json">`. */
  jsonLd: string[];
  /** The texts of all other scripts, together at most a million characters. */
  scripts: string[];
  /** The texts of `<style>`. */
  styles: string[];
}

/**
 * Rebuilds a page so that parsing it is cheap whatever it holds: one pass in linear time; scripts, styles and
 * comments gone; few attributes, each bounded; nesting flattened beyond 64 levels, as browsers do beyond 512.
 * htmlparser2's tokenizer reads it, not its parser, whose stack of open elements costs quadratic time: 5 MB of unmatched
 * end tags took that 11 s and this 0.1 s.
 * @throws AppError PAGE_TOO_LARGE for more than 10,000 elements, 20,000 character references or 500,000
 * characters of text
 */
export function simplifyHtml(source: string): SimplifiedHtml {
  const simplifier = new Simplifier(source);
  const tokenizer = new Tokenizer({ decodeEntities: false }, simplifier);
  tokenizer.write(source);
  tokenizer.end();
  return simplifier.result();
}

const ignore = (): void => undefined;

class Simplifier implements TokenizerCallbacks {
  private readonly head: string[] = [];
  private readonly body: string[] = [];
  private readonly jsonLd: string[] = [];
  private readonly scripts: string[] = [];
  private readonly styles: string[] = [];
  private scriptLength = 0;
  /** Open elements; those beyond MAX_DEPTH are remembered but not written. */
  private readonly open: string[] = [];
  private readonly openCount = new Map<string, number>();
  private readonly unclosed = new Set<string>();
  /** The start tag that is being read. */
  private name = '';
  private attribute = '';
  private attributes = new Map<string, string>();
  /** The element whose content is no markup of ours, and what takes its text. */
  private inside: { name: string; take: (text: string) => void } | null = null;
  readonly oncomment = ignore;
  readonly oncdata = ignore;
  readonly ondeclaration = ignore;
  readonly onprocessinginstruction = ignore;
  readonly onattribentity = ignore;
  readonly ontextentity = ignore;
  readonly onend = ignore;
  private elements = 0;
  private references = 0;
  private textLength = 0;
  private hasTitle = false;

  constructor(private readonly source: string) {}

  result(): SimplifiedHtml {
    while (this.open.length > 0) this.closeTop();
    const html = `<!DOCTYPE html><html><head>${this.head.join('')}</head><body>${this.body.join('')}</body></html>`;
    return { html, jsonLd: this.jsonLd, scripts: this.scripts, styles: this.styles };
  }

  ontext(start: number, end: number): void {
    const source = this.source.slice(start, end);
    if (this.inside) return this.inside.take(source);
    const text = source.replace(/\s+/g, ' ').replaceAll('<', '&lt;');
    this.textLength += text.length;
    // The parser makes a node of each reference.
    this.references += text.split('&').length - 1;
    if (this.textLength > MAX_TEXT_LENGTH || this.references > MAX_REFERENCES)
      throw new AppError('PAGE_TOO_LARGE');
    this.body.push(text);
  }

  onopentagname(start: number, end: number): void {
    this.name = this.nameBetween(start, end);
    this.attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.nameBetween(start, end);
  }

  /** For an attribute without a value, too. */
  onattribend(): void {
    this.onattribdata(0, 0);
  }

  /** Of two attributes with one name the first counts. */
  onattribdata(start: number, end: number): void {
    const { attribute, attributes } = this;
    if (this.inside || !ATTRIBUTES.has(attribute) || attributes.has(attribute)) return;
    const maxLength = VALUES.has(attribute) ? MAX_VALUE_LENGTH : MAX_WORDS_LENGTH;
    attributes.set(attribute, this.source.slice(start, end).trimStart().slice(0, maxLength));
  }

  onopentagend(end: number): void {
    // Browsers show what is in it.
    const isShadow = this.name === 'template' && this.attributes.has('shadowrootmode');
    const name = isShadow ? SHADOW : this.name;
    if (this.inside || STRUCTURE.has(name)) return;
    if (SKIPPED.has(name) && !this.isClosedBehind(name, end)) return;
    if (RAW_TEXT.has(name) || SKIPPED.has(name)) {
      this.inside = { name, take: this.takerOf(name) };
      return;
    }
    // With scripts there is nothing in a noscript; its pictures are those that a script loads late.
    if (this.openCount.get('noscript')) this.attributes.delete('http-equiv');
    if (++this.elements > MAX_ELEMENTS) throw new AppError('PAGE_TOO_LARGE');
    const attributes = [...this.attributes].map(
      ([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`,
    );
    const tag = `<${name}${attributes.join('')}>`;
    if (HEAD.has(name)) this.head.push(tag);
    else if (VOID.has(name)) this.body.push(tag);
    else {
      if (SELF_CLOSING.has(name) && this.open.at(-1) === name) this.closeTop();
      this.open.push(name);
      this.openCount.set(name, (this.openCount.get(name) ?? 0) + 1);
      this.body.push(this.open.length <= MAX_DEPTH ? tag : ' ');
    }
  }

  onselfclosingtag(end: number): void {
    this.onopentagend(end);
  }

  onclosetag(start: number, end: number): void {
    const named = this.nameBetween(start, end);
    const name = named === 'template' && !this.inside ? SHADOW : named;
    if (this.inside) {
      if (this.inside.name === name) this.inside = null;
      return;
    }
    // Counting keeps a page of unmatched end tags from searching the whole stack each time.
    if (!this.openCount.get(name)) return;
    while (this.open.at(-1) !== name) this.closeTop();
    this.closeTop();
  }

  /** What becomes of the text in an element that is read no further. */
  private takerOf(name: string): (text: string) => void {
    const type = decodeHTML(this.attributes.get('type') ?? '');
    if (name === 'script' && /^application\/ld\+json/i.test(type)) return (text) => this.jsonLd.push(text);
    if (name === 'script') return (text) => this.takeScript(text);
    if (name === 'style') return (text) => this.styles.push(text);
    if (name !== 'title' || this.hasTitle) return ignore;
    this.hasTitle = true;
    return (text) => {
      const title = text.trimStart().slice(0, MAX_TITLE_LENGTH).replaceAll('<', '&lt;');
      this.head.push(`<title>${title}</title>`);
    };
  }

  private takeScript(text: string): void {
    this.scriptLength += text.length;
    if (this.scriptLength <= MAX_SCRIPT_LENGTH) this.scripts.push(text);
  }

  private closeTop(): void {
    const written = this.open.length <= MAX_DEPTH;
    const name = this.open.pop();
    if (name === undefined) return;
    this.openCount.set(name, (this.openCount.get(name) ?? 1) - 1);
    this.body.push(written ? `</${name}>` : ' ');
  }

  private isClosedBehind(name: string, start: number): boolean {
    if (this.unclosed.has(name)) return false;
    const end = new RegExp(`</${name}[\\s/>]`, 'gi');
    end.lastIndex = start;
    if (end.test(this.source)) return true;
    this.unclosed.add(name);
    return false;
  }

  private nameBetween(start: number, end: number): string {
    return this.source.slice(start, Math.min(end, start + MAX_NAME_LENGTH)).toLowerCase();
  }
}
