import type { Pool } from 'pg';
import { pageKeyOf } from '../../../adapters/crawler/canonical-url';
import type { Transaction } from '../../../adapters/database/database';
import { groupBy } from '../../shared/group-by';
import type { RelatedDocument } from './retrieval.service';

export interface StoredDocument extends RelatedDocument {
  id: string;
  articleId: string;
}

/** Of each article, the most alike first; articles without any are left out. What we hid or took down is not shown. One statement. */
export async function selectRelatedDocuments(
  pool: Pool,
  articleIds: readonly string[],
): Promise<Map<string, StoredDocument[]>> {
  const { rows } = await pool.query<StoredDocument>({
    name: 'related-documents',
    text: `SELECT d.id, d."articleId", d.title, d.link, d.snippet FROM "RelatedDocument" d
           WHERE d."articleId" = ANY($1::uuid[])
             AND NOT EXISTS (SELECT FROM "Article" a WHERE a."hiddenPage" = d.page)
           ORDER BY d."articleId", d.place`,
    values: [articleIds],
  });
  return groupBy(rows, ({ articleId }) => articleId);
}

/** Puts documents in place of those that an article has. */
export async function replaceRelatedDocuments(
  tx: Transaction,
  articleId: string,
  documents: readonly RelatedDocument[],
): Promise<void> {
  await tx.relatedDocument.deleteMany({ where: { articleId } });
  await tx.relatedDocument.createMany({
    data: placed(documents).map((document) => ({ ...document, articleId })),
  });
}

/** As rows that belong to one article. */
export function placed(documents: readonly RelatedDocument[]) {
  return documents.map(({ title, link, snippet }, place) => ({
    title,
    link,
    page: pageKeyOf(link),
    snippet,
    place,
  }));
}
