import type { TestApp } from './app';
import type { ParityFacts } from './parity-operations';

/** An article in review with its original and revisions, a failed job, and an audit entry. */
export async function addParityRecords({ context }: TestApp): Promise<ParityFacts> {
  const { prisma } = context.database;
  const published = await prisma.article.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
  const reader = await prisma.user.findFirstOrThrow({ where: { role: 'USER' } });
  const admin = await prisma.user.findFirstOrThrow({ where: { role: 'ADMIN' } });
  const text = {
    title: '검토 중인 기사',
    content: '본문입니다.',
    comment: null,
    category: published.category,
  };
  const draft = await prisma.article.create({
    data: {
      ...text,
      phrases: [{ expression: '기준금리', easy: '중앙은행이 정하는 이자율' }],
      publisherId: published.publisherId,
      publishedAt: new Date('2026-01-02T03:04:05.678Z'),
      original: { create: { title: '원문', content: '원문 본문' } },
      revisions: { create: [{ ...text }, { ...text, authorId: admin.id, proposed: true }] },
    },
  });
  const job = await prisma.generationJob.create({
    data: {
      kind: 'ARTICLE',
      status: 'FAILED',
      input: { url: 'https://news.invalid/1' },
      sourceUrl: 'https://news.invalid/1',
      errorCode: 'PAGE_NOT_FOUND',
      attempts: 1,
      costUsd: '0.012345',
      articleId: draft.id,
      requestedById: admin.id,
      finishedAt: new Date('2026-01-02T03:05:00.000Z'),
    },
  });
  await prisma.auditEntry.create({
    data: {
      actorId: admin.id,
      action: 'article.update',
      targetType: 'Article',
      targetId: draft.id,
      details: { a: [1] },
    },
  });
  return {
    publishedId: published.id,
    draftId: draft.id,
    jobId: job.id,
    readerId: reader.id,
    publisherId: published.publisherId,
  };
}
