import type { Prisma } from '../../src/adapters/database/database';
import { seedDatabase } from '../../src/dev/seed';
import { readArticles } from '../../src/dev/standins/newsroom/newsroom-articles';
import { ExtractiveRewriter } from '../../src/domain/article/rewriting/extractive/extractive-rewriter';
import type { Glossary } from '../../src/domain/glossary/glossary';

const NOW = new Date('2026-11-30T00:00:00Z');

/** What `npm start` begins with, and the demonstration's newspaper as it would be rewritten and published. */
export async function seedSources(prisma: Prisma, glossary: Glossary): Promise<void> {
  await seedDatabase(prisma, NOW);
  const { id: publisherId } = await prisma.publisher.create({ data: { name: '경단 연습신문' } });
  const rewriter = new ExtractiveRewriter();
  const explainer = await glossary.explainer();
  const { signal } = new AbortController();
  for (const { title, paragraphs, publishedAt } of readArticles()) {
    const original = { title, content: paragraphs.join('\n\n') };
    const {
      model: _model,
      promptVersion: _version,
      ...text
    } = await rewriter.rewrite(original, { signal, explainer });
    const at = new Date(publishedAt);
    await prisma.article.create({
      data: { ...text, publisherId, status: 'PUBLISHED', publishedAt: at, releasedAt: at },
    });
  }
}
