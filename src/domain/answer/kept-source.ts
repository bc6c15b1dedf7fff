import { randomUUID } from 'node:crypto';
import { pageKeyOf } from '../../adapters/crawler/canonical-url';
import { cutText } from '../../visible-text';
import type { Passage } from './answerer';

const MAX_TITLE = 200;
const MAX_SNIPPET = 300;

/** What an answer rests on, as `Answer.sources` keeps it. */
export interface KeptSource {
  /** Its own: clients keep things by their ids, and another answer quotes another part of the same. */
  id: string;
  kind: Passage['kind'];
  /** Id of the row that it was taken from. */
  of: string;
  title: string;
  snippet: string;
  /** Of a document: where it is, and pageKeyOf(link). */
  link?: string;
  page?: string;
}

export function keptSources(passages: readonly Passage[]): KeptSource[] {
  return passages.map(({ kind, id, title, text, link }) => ({
    id: randomUUID(),
    kind,
    of: id,
    title: cutText(title, MAX_TITLE),
    snippet: cutText(text, MAX_SNIPPET).trim(),
    ...(link !== null && { link, page: pageKeyOf(link) }),
  }));
}

/** What an answer may not rest on once it is hidden: articles of ours, and pages of documents. */
export interface QuotedPlaces {
  articleIds: string[];
  pages: string[];
}

export function quotedPlaces(passages: readonly Passage[]): QuotedPlaces {
  return {
    articleIds: passages.filter(({ kind }) => kind === 'article').map(({ id }) => id),
    pages: passages.flatMap(({ link }) => (link === null ? [] : pageKeyOf(link))),
  };
}
