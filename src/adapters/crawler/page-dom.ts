import { parseHTML } from 'linkedom';
import { hiddenClasses } from './hidden-classes';
import { simplifyHtml } from './simplify-html';

/** The part of the DOM that extraction uses; the compiler's own DOM types stay out of this server project. */
export interface PageNode {
  readonly nodeType: number;
  readonly childNodes: Iterable<PageNode>;
  readonly textContent: string | null;
}

export interface PageElement extends PageNode {
  readonly localName: string;
  readonly parentElement: PageElement | null;
  readonly previousElementSibling: PageElement | null;
  readonly nextElementSibling: PageElement | null;
  readonly nextSibling: PageNode | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  matches(selector: string): boolean;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  cloneNode(deep: boolean): PageElement;
  remove(): void;
}

export interface PageDocument extends Omit<PageElement, 'cloneNode'> {
  readonly title: string;
  readonly body: PageElement;
}

export const ELEMENT_NODE = 1;
export const TEXT_NODE = 3;

export interface ParsedPage {
  document: PageDocument;
  jsonLd: string[];
  /** The texts of all other inline scripts. */
  scripts: string[];
}

/**
 * Parses untrusted HTML, at a bounded cost; nothing in it runs.
 * @throws AppError PAGE_TOO_LARGE
 */
export function parsePage(source: string): ParsedPage {
  const { html, jsonLd, scripts, styles } = simplifyHtml(source);
  const { document } = parseHTML(html) as unknown as { document: PageDocument };
  hideByClass(document, hiddenClasses(styles));
  return { document, jsonLd, scripts };
}

/** Says at the elements themselves what the page's rules say of their classes. */
function hideByClass(document: PageDocument, hidden: ReadonlySet<string>): void {
  if (hidden.size === 0) return;
  for (const element of document.querySelectorAll('[class]')) {
    const classes = element.getAttribute('class')!.split(/\s+/);
    if (classes.some((name) => hidden.has(name))) element.setAttribute('style', 'display:none');
  }
}
