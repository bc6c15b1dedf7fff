import type { Prisma, Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import { audit } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { requireId } from '../shared/paging';
import { requireText } from '../shared/text';
import type { Viewer } from '../user/viewer-guard';
import type { Article } from './article';
import type { ArticleService } from './article.service';
import { cancelUnfinished } from './rewriting/article-jobs.service';

const MAX_REASON = 500;
/** What stands where the text was; titles cannot be empty. */
export const TAKEN_DOWN_TITLE = '내려진 기사';

/** For a publisher or a court: the text goes for good; the row, its address and its audit stay. */
export class TakeDownService {
  constructor(private readonly deps: { prisma: Prisma; articles: ArticleService; clock: Clock }) {}

  /** Purges every text of an article and ends its jobs. Repeating it changes nothing. Throws NOT_FOUND, BAD_USER_INPUT. */
  async takeDown(viewer: Viewer, id: string, reason: string): Promise<Article> {
    const articleId = requireId('id', id);
    const checkedReason = requireText('reason', reason, MAX_REASON);
    await this.deps.prisma.$transaction(async (tx) => {
      const [before] = await tx.$queryRaw<{ status: string; sourceUrl: string | null }[]>`
        SELECT status::text, "sourceUrl" FROM "Article" WHERE id = ${articleId}::uuid FOR UPDATE`;
      if (!before) throw new AppError('NOT_FOUND');
      if (before.status === 'TAKEN_DOWN') return;
      await this.purge(tx, articleId);
      const canceled = await cancelUnfinished(tx, articleId, before.sourceUrl);
      const canceledJobs = canceled > 0 ? { canceledJobs: canceled } : {};
      const details = { reason: checkedReason, from: before.status, ...canceledJobs };
      await audit(tx, viewer.userId, 'article.take_down', { type: 'Article', id: articleId }, details);
    });
    const [article] = await this.deps.articles.byIds([articleId]);
    return article!;
  }

  private async purge(tx: Transaction, articleId: string): Promise<void> {
    await tx.articleOriginal.deleteMany({ where: { articleId } });
    await tx.articleRevision.deleteMany({ where: { articleId } });
    await tx.article.update({
      where: { id: articleId },
      data: {
        title: TAKEN_DOWN_TITLE,
        content: '',
        comment: null,
        phrases: [],
        imageUrl: null,
        status: 'TAKEN_DOWN',
        updatedAt: this.deps.clock.now(),
      },
    });
  }
}
