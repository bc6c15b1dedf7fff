import { canonicalizeUrl, pageKeyOf } from '../../../adapters/crawler/canonical-url';
import { isShowable } from '../../../adapters/http/address-policy';
import { truncateText } from '../../article/rewriting/rewriter-plain-text';
import {
  MAX_DOCUMENTS,
  MAX_SNIPPET,
  MAX_TITLE,
  type RelatedDocument,
} from '../../article/retrieval/retrieval.service';
import {
  merged,
  moved,
  referredTables,
  reported,
  type ImportRun,
  type ImportStep,
  type Outcome,
} from '../import-step';
import { ledgerKey, type Reference } from '../ledger';
import type { OldRow } from '../old-table';
import { decoded, plainLine } from '../old-text';

const COLUMNS = { articleId: 'text', title: 'text', link: 'text', snippet: 'text' } as const;
type Row = OldRow<typeof COLUMNS>;

interface Related {
  isTakenDown: boolean;
  /** Keys of the pages that it has. */
  pages: Set<string>;
  /** The place behind the last one. */
  next: number;
}

/** What others write about an article: at most as many as a search of ours would keep. */
export const documentsStep: ImportStep<typeof COLUMNS> = {
  name: 'documents',
  table: 'article_related_documents',
  columns: COLUMNS,
  orderBy: (table) => `${table.column('articleId')}, ${table.column('id')}`,
  batchRows: 1_000,
  begin: async (run, table) => {
    const articleTables = referredTables(run, table, 'articles');
    /** How many each article has by now, of all that are dealt with. */
    const counts = new Map<string, number>();
    return async (rows) => {
      const articles = await run.ledger.resolve(
        articleTables,
        rows.map(({ articleId }) => articleId),
      );
      const documents = rows.map((row) => documentOf(row, run));
      const related = await relatedOf(run, [...articles.values()], counts);
      const keys = rows.map(({ articleId }, at) => {
        const article = articles.get(articleId ?? '');
        return article && documents[at] ? keyOf(article.newId, documents[at].page) : null;
      });
      const before = await run.ledger.byKeys(keys.filter((key) => key !== null));
      const written: (RelatedDocument & { articleId: string; page: string; place: number })[] = [];
      const counted = new Map<string, number>();
      const outcomes = rows.map(({ articleId }, at): Outcome => {
        const reference = articles.get(articleId ?? '');
        const of = reference && related.get(reference.newId);
        if (!reference || !of) return reported('ARTICLE_NOT_MOVED');
        if (of.isTakenDown) return reported('ARTICLE_TAKEN_DOWN');
        const document = documents[at];
        if (!document) return reported('LINK_UNUSABLE');
        const id = reference.newId;
        if (of.pages.has(document.page) || before.has(keys[at]!)) return merged(id);
        const count = (counts.get(id) ?? 0) + (counted.get(id) ?? 0);
        if (count >= MAX_DOCUMENTS) return reported('TOO_MANY');
        counted.set(id, (counted.get(id) ?? 0) + 1);
        of.pages.add(document.page);
        written.push({ ...document, articleId: id, place: of.next++ });
        return moved(id, keys[at]!);
      });
      return {
        outcomes,
        write: async (tx) => {
          await tx.relatedDocument.createMany({ data: written });
        },
        done: () => {
          for (const [id, count] of counted) counts.set(id, (counts.get(id) ?? 0) + count);
        },
      };
    };
  },
};

const keyOf = (articleId: string, page: string) => ledgerKey('document', articleId, page);

function documentOf(
  { title, link, snippet }: Row,
  { trustedOrigins }: ImportRun,
): (RelatedDocument & { page: string }) | null {
  try {
    const address = canonicalizeUrl(decoded(link?.trim() ?? ''));
    if (!isShowable(new URL(address), trustedOrigins)) return null;
    return {
      title: truncateText(plainLine(title), MAX_TITLE) || new URL(address).hostname,
      link: address,
      page: pageKeyOf(address),
      snippet: truncateText(plainLine(snippet), MAX_SNIPPET),
    };
  } catch {
    return null;
  }
}

/** What the articles have; those that are gone are left out. */
async function relatedOf(
  { prisma }: ImportRun,
  articles: readonly Reference[],
  counts: Map<string, number>,
): Promise<Map<string, Related>> {
  const rows = await prisma.article.findMany({
    where: { id: { in: articles.map(({ newId }) => newId) } },
    select: { id: true, status: true, related: { select: { page: true, place: true } } },
  });
  const found = new Map<string, Related>();
  for (const { newId, isPretended } of articles)
    if (isPretended) found.set(newId, { isTakenDown: false, pages: new Set(), next: 0 });
  for (const { id, status, related } of rows) {
    if (!counts.has(id)) counts.set(id, related.length);
    const next = Math.max(-1, ...related.map(({ place }) => place)) + 1;
    found.set(id, {
      isTakenDown: status === 'TAKEN_DOWN',
      pages: new Set(related.map(({ page }) => page)),
      next,
    });
  }
  return found;
}
