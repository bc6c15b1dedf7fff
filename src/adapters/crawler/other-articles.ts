import { articleText } from './article-text';
import { headlineForms } from './headline';
import { MIN_LINE_CHARACTERS } from './no-article';
import type { PageDocument, PageElement } from './page-dom';

const HEADLINES = 'h1, h2';
/** Headlines that are compared with the page's. */
const MAX_HEADLINES = 50;
/** Below it a box holds only the head of an article whose body is in the next one. */
const MIN_CHARACTERS = 100;

/** Removes the articles that an endless page shows behind its own, so that none of their text becomes ours. */
export function removeOtherArticles(document: PageDocument, title: string, declaresArticle: boolean): void {
  const forms = headlineForms(title);
  const isOwn = (headline: PageElement): boolean =>
    headlineForms(headline.textContent).some((form) => forms.includes(form));
  const headline = [...document.querySelectorAll(HEADLINES)].slice(0, MAX_HEADLINES).find(isOwn);
  const first = declaresArticle ? document.querySelector('article') : null;
  // Parts of one article may have headings of their own, but then the first one has, too.
  const plain = first?.querySelector(HEADLINES) ? null : first;
  for (const own of [headline?.closest('article') ?? plain, headline]) {
    for (let box = own; box && box !== document.body; box = box.parentElement) {
      const others = following(box).filter((other) => isOther(other, box!, isOwn));
      if (others.length === 0 || articleText(box).length < MIN_CHARACTERS) continue;
      for (const other of others) other.remove();
      return;
    }
  }
}

function isOther(other: PageElement, own: PageElement, isOwn: (headline: PageElement) => boolean): boolean {
  if (other.localName !== own.localName) return false;
  if (own.localName === 'article') return (other.textContent ?? '').trim().length >= MIN_LINE_CHARACTERS;
  const headline = other.querySelector('h1');
  return headline !== null && !isOwn(headline) && firstClass(other) === firstClass(own);
}

function firstClass(element: PageElement): string | undefined {
  return (element.getAttribute('class') ?? '').trim().split(/\s+/)[0];
}

function following(box: PageElement): PageElement[] {
  const found: PageElement[] = [];
  for (let at = box.nextElementSibling; at; at = at.nextElementSibling) found.push(at);
  return found;
}
