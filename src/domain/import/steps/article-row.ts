import { canonicalizeUrl, pageKeyOf } from '../../../adapters/crawler/canonical-url';
import { isShowable } from '../../../adapters/http/address-policy';
import type { Prisma } from '../../../generated/prisma/client';
import { MAX_LENGTH, type ArticleText } from '../../article/article-text';
import { classifyArticle } from '../../article/rewriting/extractive/category-classifier';
import { paragraphsOf } from '../../shared/text';
import type { ImportRun } from '../import-step';
import { oldCategory } from '../old-category';
import { oldPhrases } from '../old-phrases';
import type { OldRow } from '../old-table';
import {
  bounded,
  countOf,
  decoded,
  isTrue,
  pastTimeOf,
  plainLine,
  plainText,
  RowNotes,
  showableUrl,
} from '../old-text';
import { publisherOf, type OldPublisher } from './publishers';

export const ARTICLE_COLUMNS = {
  url: 'text',
  publisher: 'text',
  title: 'text',
  content: 'text',
  simpleTitle: 'text',
  simpleContent: 'text',
  comment: 'text',
  category: 'text',
  phrase: 'json',
  createdAt: 'time',
  updatedAt: 'time',
  publishedAt: 'time',
  imageUrl: 'text',
  viewCount: 'text',
  isValid: 'text',
} as const;

/** As the crawler cuts the text of a page. */
const MAX_ORIGINAL = 50_000;
/** What a shelf is told by. */
const MAX_CLASSIFIED = 20;

type Columns = Pick<
  Prisma.ArticleCreateManyInput,
  'sourceUrl' | 'imageUrl' | 'releasedAt' | 'viewCount' | 'status' | 'updatedAt'
> & { publishedAt: Date; createdAt: Date; isRewritten: boolean };

/** An article as it is kept here. */
export interface MovedArticle {
  text: ArticleText;
  original: { title: string; content: string } | null;
  publisher: OldPublisher;
  /** pageKeyOf its address; null where it has none. */
  page: string | null;
  rest: Columns;
  notes: RowNotes;
}

/** Null for a row without any text or without a title. */
export function articleOf(row: OldRow<typeof ARTICLE_COLUMNS>, run: ImportRun): MovedArticle | null {
  const notes = new RowNotes();
  const original = { title: plainLine(row.title), content: plainText(row.content) };
  const rewritten = { title: plainLine(row.simpleTitle), content: plainText(row.simpleContent) };
  const isRewritten = rewritten.content !== '';
  if (!isRewritten) notes.add('NEVER_REWRITTEN');
  const content = rewritten.content || original.content;
  const title = rewritten.title || original.title;
  if (content === '' || title === '') return null;
  const sourceUrl = sourceOf(row.url, run, notes);
  const imageUrl = showableUrl(row.imageUrl, run);
  if (row.imageUrl?.trim() && imageUrl === null) notes.add('IMAGE_UNUSABLE');
  const comment = plainText(row.comment);
  const times = timesOf(row, run.now, notes);
  const isPublished = isTrue(row.isValid) && isRewritten;
  return {
    text: {
      title: bounded(title, MAX_LENGTH.title, notes),
      content: bounded(content, MAX_LENGTH.content, notes),
      comment: comment === '' ? null : bounded(comment, MAX_LENGTH.comment, notes),
      category: categoryOf(row.category, original.title || title, content, notes),
      phrases: oldPhrases(row.phrase, notes),
    },
    original:
      original.content === ''
        ? null
        : {
            title: bounded(original.title || title, MAX_LENGTH.title, notes),
            content: bounded(original.content, MAX_ORIGINAL, notes),
          },
    publisher: publisherOf(row.publisher, sourceUrl, notes),
    page: sourceUrl === null ? null : pageKeyOf(sourceUrl),
    rest: {
      sourceUrl,
      imageUrl,
      ...times,
      releasedAt: isPublished ? times.publishedAt : null,
      viewCount: countOf(row.viewCount),
      status: isPublished ? 'PUBLISHED' : 'IN_REVIEW',
      isRewritten,
    },
    notes,
  };
}

function sourceOf(text: string | null, { trustedOrigins }: ImportRun, notes: RowNotes): string | null {
  const address = decoded(text?.trim() ?? '');
  if (address === '') {
    notes.add('NO_URL');
    return null;
  }
  try {
    const url = canonicalizeUrl(address);
    if (isShowable(new URL(url), trustedOrigins)) return url;
  } catch {
    // Said below.
  }
  notes.add('URL_UNUSABLE');
  return null;
}

/** `releasedAt` of what moves in is `publishedAt`, or else when it was created. */
function timesOf(row: OldRow<typeof ARTICLE_COLUMNS>, now: Date, notes: RowNotes) {
  const [published, created, updated] = [row.publishedAt, row.createdAt, row.updatedAt].map((time) =>
    pastTimeOf(time, now, notes),
  );
  const publishedAt = published ?? created ?? updated ?? now;
  const createdAt = created ?? publishedAt;
  return { publishedAt, createdAt, updatedAt: updated ?? createdAt };
}

function categoryOf(text: string | null, title: string, content: string, notes: RowNotes) {
  const known = oldCategory(text);
  if (known) return known;
  notes.add('CATEGORY_GUESSED');
  return classifyArticle(title, paragraphsOf(content).slice(0, MAX_CLASSIFIED));
}
