import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { pageKeyOf } from '../../adapters/crawler/canonical-url';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import {
  Prisma as Values,
  type Article as ArticleRow,
  type ArticleRevision,
} from '../../generated/prisma/client';
import { forgetAnswersFrom } from '../answer/answers.sql';
import { audit } from '../audit/audit.service';
import type { Glossary } from '../glossary/glossary';
import type { Clock } from '../shared/clock';
import { forgetIssuesWith } from '../newsletter/letter/write-issue.service';
import { requireId } from '../shared/paging';
import { requireText } from '../shared/text';
import { holdUser } from '../user/remove-user';
import type { Viewer } from '../user/viewer-guard';
import type { Article, Phrase } from './article';
import { checkedEdit, takenDown, type ArticleEdit, type ArticleText } from './article-text';
import { selectArticlesByIds } from './articles.sql';
import { fidelityOf, stored } from './fidelity/article-fidelity';
import type { FidelityReport } from './fidelity/check-fidelity';
import { cancelUnfinished } from './rewriting/article-jobs.service';

const MAX_REASON = 500;
/** What stands where the text was; titles cannot be empty. */
const NO_TEXT = { title: '내려진 기사', content: '', comment: null, phrases: [], fidelity: Values.DbNull };

type LockedArticle = Pick<ArticleRow, 'status' | 'sourceUrl' | 'releasedAt' | 'publishedAt' | 'updatedAt'>;
type Work = (tx: Transaction, before: LockedArticle) => Promise<{ details?: Record<string, unknown> } | null>;

/** What an ADMIN does to an article. All of it throws NOT_FOUND, and CONFLICT for one that was taken down. */
export class ArticleEditingService {
  constructor(private readonly deps: { prisma: Prisma; pool: Pool; clock: Clock; glossary: Glossary }) {}

  /** An edit that changes nothing is none. Throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT when `expectedUpdatedAt` is no longer true. */
  async update(
    viewer: Viewer,
    id: string,
    edit: ArticleEdit,
    expectedUpdatedAt: Date | null,
  ): Promise<Article> {
    const articleId = requireId('id', id);
    const changes = checkedEdit(edit);
    const glossary = await this.deps.glossary.explainer();
    return this.edit(viewer, articleId, 'article.update', async (tx, before) => {
      const present = textOf(await tx.article.findUniqueOrThrow({ where: { id: articleId } }));
      const fields = fieldsThatDiffer(changes, present);
      // Also for who sends the same twice: what they want is there.
      if (fields.length === 0) return null;
      if (expectedUpdatedAt !== null && before.updatedAt.getTime() !== expectedUpdatedAt.getTime())
        throw new AppError('CONFLICT', {
          argument: 'expectedUpdatedAt',
          detail: {
            ko: '그 사이에 기사가 바뀌었습니다. 다시 읽은 뒤 고쳐 주세요.',
            en: 'The article has changed since. Read it again.',
          },
        });
      const original = await tx.articleOriginal.findUnique({ where: { articleId } });
      const text = { ...present, ...changes };
      const fidelity =
        original && fidelityOf(text, { ...original, publishedAt: before.publishedAt }, glossary);
      await tx.article.update({
        where: { id: articleId },
        data: { ...changes, ...stored(fidelity), updatedAt: this.laterThan(before.updatedAt) },
      });
      const createdAt = this.deps.clock.now();
      await saveRevision(tx, text, fidelity, {
        articleId,
        authorId: viewer.userId,
        proposed: false,
        createdAt,
      });
      return { details: { fields } };
    });
  }

  /** Puts an article before readers, or its proposed revision in place of the present text. */
  async publish(viewer: Viewer, id: string): Promise<Article> {
    const articleId = requireId('id', id);
    return this.edit(viewer, articleId, 'article.publish', async (tx, before) => {
      const proposal = await tx.articleRevision.findFirst({ where: { articleId, proposed: true } });
      if (before.status === 'PUBLISHED' && !proposal) return null;
      await tx.article.update({
        where: { id: articleId },
        data: {
          ...(proposal && { ...textOf(proposal), ...stored(proposal.fidelity) }),
          status: 'PUBLISHED',
          hiddenPage: null,
          releasedAt: before.releasedAt ?? this.deps.clock.now(),
          updatedAt: this.laterThan(before.updatedAt),
        },
      });
      if (!proposal) return {};
      await tx.articleRevision.update({ where: { id: proposal.id }, data: { proposed: false } });
      return { details: { revisionId: proposal.id } };
    });
  }

  async hide(viewer: Viewer, id: string): Promise<Article> {
    const articleId = requireId('id', id);
    return this.edit(viewer, articleId, 'article.hide', async (tx, before) => {
      if (before.status === 'HIDDEN') return null;
      await tx.article.update({
        where: { id: articleId },
        data: {
          status: 'HIDDEN',
          hiddenPage: pageOf(before.sourceUrl),
          updatedAt: this.laterThan(before.updatedAt),
        },
      });
      return {};
    });
  }

  /**
   * For a publisher or a court: purges every text of an article, and answers and newsletters that hold it, and ends its jobs; the row, its
   * address and its audit stay. Repeating it changes nothing.
   */
  async takeDown(viewer: Viewer, id: string, reason: string): Promise<Article> {
    const articleId = requireId('id', id);
    const details = { reason: requireText('reason', reason, MAX_REASON) };
    return this.change(viewer, articleId, 'article.take_down', async (tx, { status, sourceUrl }) => {
      if (status === 'TAKEN_DOWN') return null;
      await tx.articleOriginal.deleteMany({ where: { articleId } });
      await tx.articleRevision.deleteMany({ where: { articleId } });
      const page = pageOf(sourceUrl);
      // Also where others found it.
      await tx.relatedDocument.deleteMany({
        where: { OR: [{ articleId }, ...(page === null ? [] : [{ page }])] },
      });
      const updatedAt = this.deps.clock.now();
      await tx.article.update({
        where: { id: articleId },
        data: { ...NO_TEXT, imageUrl: null, status: 'TAKEN_DOWN', hiddenPage: page, updatedAt },
      });
      const canceledJobs = await cancelUnfinished(tx, articleId, sourceUrl);
      await forgetAnswersFrom(tx, articleId, page);
      await forgetIssuesWith(tx, articleId);
      return { details: { ...details, from: status, ...(canceledJobs > 0 && { canceledJobs }) } };
    });
  }

  /** As `change`, of an article that was not taken down. */
  private edit(viewer: Viewer, articleId: string, action: string, work: Work): Promise<Article> {
    return this.change(viewer, articleId, action, async (tx, before) => {
      if (before.status === 'TAKEN_DOWN') throw takenDown();
      return work(tx, before);
    });
  }

  /** Works on a locked article, and audits it unless `work` returns null: nothing to do. Throws NOT_FOUND. */
  private async change({ userId }: Viewer, articleId: string, action: string, work: Work): Promise<Article> {
    await this.deps.prisma.$transaction(async (tx) => {
      await holdUser(tx, userId);
      const [before] = await tx.$queryRaw<LockedArticle[]>`
        SELECT status::text, "sourceUrl", "releasedAt", "publishedAt", "updatedAt" FROM "Article" WHERE id = ${articleId}::uuid FOR UPDATE`;
      if (!before) throw new AppError('NOT_FOUND');
      const done = await work(tx, before);
      if (done) await audit(tx, userId, action, { type: 'Article', id: articleId }, done.details);
    });
    const [article] = await selectArticlesByIds(this.deps.pool, [articleId]);
    if (!article) throw new AppError('NOT_FOUND');
    return article;
  }

  /** Now, and never what it was: two changes within a millisecond must not look like one to `expectedUpdatedAt`. */
  private laterThan(before: Date): Date {
    return new Date(Math.max(this.deps.clock.now().getTime(), before.getTime() + 1));
  }
}

function pageOf(sourceUrl: string | null): string | null {
  return sourceUrl === null ? null : pageKeyOf(sourceUrl);
}

function fieldsThatDiffer(changes: Partial<ArticleText>, present: ArticleText): string[] {
  return Object.entries(changes)
    .filter(([field, value]) => !isDeepStrictEqual(value, present[field as keyof ArticleText]))
    .map(([field]) => field);
}

/** The written part of a stored article or revision; its JSON was checked when it was written. */
function textOf(row: Pick<ArticleRevision, keyof ArticleText>): ArticleText {
  const { title, content, comment, category } = row;
  return { title, content, comment, category, phrases: row.phrases as unknown as Phrase[] };
}

/** Keeps a text that an article has or is offered; an earlier open proposal gives way to a new one. */
export async function saveRevision(
  tx: Transaction,
  text: ArticleText,
  fidelity: FidelityReport | null,
  revision: Pick<ArticleRevision, 'articleId' | 'authorId' | 'proposed' | 'createdAt'>,
): Promise<void> {
  const { articleId, proposed } = revision;
  if (proposed)
    await tx.articleRevision.updateMany({ where: { articleId, proposed: true }, data: { proposed: false } });
  await tx.articleRevision.create({ data: { ...text, ...stored(fidelity), ...revision } });
}
