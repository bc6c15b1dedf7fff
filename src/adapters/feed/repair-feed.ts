import { escapeUTF8 } from 'entities';
import { Parser } from 'htmlparser2';

export interface RepairedFeed {
  /** Well-formed XML; empty when no element of a feed is there. */
  xml: string;
  /** How many items it holds. */
  items: number;
  /** Something was cut off, not closed, or beyond `maxItems`; what could be read is there. */
  isBroken: boolean;
}

const CONTAINERS = new Set(['rss', 'rdf', 'feed', 'channel']);
const ITEMS = new Set(['item', 'entry']);
/** What tells the address and the time of an item. Its texts, which may be large, are left out. */
const KEPT = new Set('title link guid id pubdate date published updated issued modified created'.split(' '));
/** Not allowed in XML 1.0, and of no meaning. */
const CONTROL_CHARACTERS = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;
/** Of a sentence, as in `3<5` and `<삼성전자> 주가`. */
const BARE_LESS_THAN = /<(?![A-Za-z_!?/])/g;
const ATTRIBUTE_NAME = /^[A-Za-z_][\w.:-]*$/;

/**
 * Writes the items of a feed anew as well-formed XML, whatever is wrong with it: bare `&` and `<`, elements that are
 * not closed, control characters, a cut-off end (its item is left out). A DOCTYPE's entities stay unknown. Each item
 * gets the address that its links are relative to as its `xml:base`.
 */
export function repairFeed(text: string, { url, maxItems }: { url: string; maxItems: number }): RepairedFeed {
  const writer = new FeedWriter(url, maxItems);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      ontext: (data) => writer.text(data),
      onclosetag: (name) => writer.close(name),
    },
    { xmlMode: true },
  );
  parser.write(text.replace(CONTROL_CHARACTERS, '').replace(BARE_LESS_THAN, '&lt;'));
  writer.isOver = true;
  parser.end();
  return { xml: writer.parts.join(''), items: writer.items, isBroken: writer.isBroken };
}

interface OpenElement {
  name: string;
  depth: number;
  /** What addresses in it are relative to. */
  base: string;
}

class FeedWriter {
  readonly parts: string[] = [];
  items = 0;
  isBroken = false;
  /** From here on elements are closed because the text has ended. */
  isOver = false;
  private depth = 0;
  private readonly containers: OpenElement[];
  private item: (OpenElement & { parts: string[] }) | null = null;
  /** The child of the item that is being kept. */
  private kept: OpenElement | null = null;

  constructor(
    url: string,
    private readonly maxItems: number,
  ) {
    this.containers = [{ name: '', depth: 0, base: url }];
  }

  open(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    const local = localName(name);
    const { depth } = this;
    if (ITEMS.has(local)) {
      if (this.item) this.isBroken = true;
      this.endItem();
      const base = resolve(attributes['xml:base'], this.containers.at(-1)!.base);
      this.item = { name, depth, base, parts: [startTag(name, { ...attributes, 'xml:base': base })] };
    } else if (!this.item && CONTAINERS.has(local)) {
      const base = resolve(attributes['xml:base'], this.containers.at(-1)!.base);
      this.containers.push({ name, depth, base });
      this.parts.push(startTag(name, attributes));
    } else if (this.item && KEPT.has(local)) this.openKept(this.item, name, attributes);
  }

  /** Deeper than a child of the item it belongs to something else, unless the child before it was never closed. */
  private openKept(
    item: NonNullable<FeedWriter['item']>,
    name: string,
    attributes: Record<string, string>,
  ): void {
    if (this.depth > item.depth + 1 && !this.kept) return;
    if (this.kept) this.isBroken = true;
    this.endKept();
    const base = resolve(attributes['xml:base'], item.base);
    const { href } = attributes;
    this.kept = { name, depth: this.depth, base };
    item.parts.push(
      startTag(name, { ...attributes, ...(href !== undefined && { href: resolve(href, base) }) }),
    );
  }

  text(data: string): void {
    if (this.kept) this.item!.parts.push(escapeUTF8(data));
  }

  close(name: string): void {
    const { depth } = this;
    if (this.kept?.depth === depth) this.endKept();
    if (this.item?.depth === depth) {
      // What the end cuts through may be half an address.
      if (this.isOver) this.item = this.kept = null;
      else this.endItem();
    } else if (this.containers.at(-1)!.depth === depth) {
      this.isBroken ||= this.isOver;
      this.containers.pop();
      this.parts.push(`</${name}>`);
    }
    this.depth -= 1;
  }

  private endKept(): void {
    if (this.kept) this.item!.parts.push(`</${this.kept.name}>`);
    this.kept = null;
  }

  private endItem(): void {
    if (!this.item) return;
    this.endKept();
    if (this.items < this.maxItems) {
      this.items += 1;
      this.parts.push(...this.item.parts, `</${this.item.name}>`);
    } else this.isBroken = true;
    this.item = null;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function startTag(name: string, attributes: Record<string, string>): string {
  const written = Object.entries(attributes)
    .filter(([attribute]) => ATTRIBUTE_NAME.test(attribute))
    .map(([attribute, value]) => ` ${attribute}="${escapeUTF8(value)}"`);
  return `<${name}${written.join('')}>`;
}

function resolve(address: string | undefined, base: string): string {
  const trimmed = address?.trim();
  return trimmed && URL.canParse(trimmed, base) ? new URL(trimmed, base).href : base;
}
