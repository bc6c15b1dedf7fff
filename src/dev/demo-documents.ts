import type { Prisma } from '../adapters/database/database';
import { replaceRelatedDocuments } from '../domain/article/retrieval/related-documents.sql';
import type { RetrievalService } from '../domain/article/retrieval/retrieval.service';

/** For `npm start`: gives the sample articles the related documents that they would have, had they been written here. */
export async function relateSamples(prisma: Prisma, retrieval: RetrievalService): Promise<void> {
  const { signal } = new AbortController();
  const articles = await prisma.article.findMany({
    select: { id: true, title: true, content: true, sourceUrl: true },
  });
  for (const { id: articleId, ...article } of articles) {
    const { documents } = await retrieval.retrieve(article, { signal, jobId: null });
    await replaceRelatedDocuments(prisma, articleId, documents ?? []);
  }
}
