import { sampleArticles } from '../../src/dev/sample-articles';
import { readArticles } from '../../src/dev/standins/newsroom/newsroom-articles';
import type { Prisma } from '../../src/adapters/database/database';
import { ExtractiveRewriter } from '../../src/domain/article/rewriting/extractive/extractive-rewriter';
import type { Glossary } from '../../src/domain/glossary/glossary';
import { seedReferenceData } from '../../src/domain/reference-data/reference-data';

const NOW = new Date('2026-11-30T00:00:00Z');

/** What `npm start` begins with, and the demonstration's newspaper as it would be rewritten and published. */
export async function seedSources(prisma: Prisma, glossary: Glossary): Promise<void> {
  await seedReferenceData(prisma, NOW);
  const { id: publisherId } = await prisma.publisher.create({ data: { name: '경단 연습신문' } });
  const samples = sampleArticles(NOW).map(({ slug: _slug, publisher: _publisher, ...article }) => article);
  // One by one: together they would take longer than a statement may on a busy machine.
  for (const { publishedAt, ...text } of [...samples, ...(await rewrittenArticles(glossary))])
    await prisma.article.create({
      data: { ...text, publisherId, status: 'PUBLISHED', publishedAt, releasedAt: publishedAt },
    });
  glossary.forget();
}

async function rewrittenArticles(glossary: Glossary) {
  const rewriter = new ExtractiveRewriter();
  const explainer = await glossary.explainer();
  const { signal } = new AbortController();
  return Promise.all(
    readArticles().map(async ({ title, paragraphs, publishedAt }) => {
      const original = { title, content: paragraphs.join('\n\n') };
      const {
        model: _model,
        promptVersion: _version,
        ...text
      } = await rewriter.rewrite(original, { signal, explainer });
      return { ...text, publishedAt: new Date(publishedAt) };
    }),
  );
}
