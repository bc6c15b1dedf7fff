import { canonicalizeUrl } from '../../../adapters/crawler/canonical-url';
import type { Transaction } from '../../../adapters/database/database';
import { AppError } from '../../../errors';
import { Prisma, type GenerationJob } from '../../../generated/prisma/client';
import type { Caller, JobIntake } from '../../jobs/job-intake';
import { cancelRuns } from '../../jobs/runs.sql';
import { requireId } from '../../shared/paging';
import { takenDown } from '../article-text';
import type { ArticleJobInput } from './article-job';

/** Asking for jobs of kind ARTICLE. */
export class ArticleJobService {
  constructor(private readonly deps: { intake: JobIntake }) {}

  /** A page that was asked for before, or is an article already, gives its existing job. CONFLICT once taken down. */
  requestArticle(caller: Caller, url: string, key: string | null): Promise<GenerationJob> {
    const sourceUrl = canonicalizeUrl(url);
    const call = { operation: 'requestArticle', key, arguments: { url: sourceUrl } };
    return this.deps.intake.ask(caller, call, async (tx) => {
      const article = await tx.article.findUnique({
        where: { sourceUrl },
        select: { id: true, status: true },
      });
      if (article?.status === 'TAKEN_DOWN') throw takenDown();
      const known = await requestOf(tx, sourceUrl, article?.id ?? null);
      if (known) await bringForward(tx, known);
      return (
        known ??
        this.create(tx, caller, { task: 'request', url: sourceUrl }, { subject: sourceUrl, sourceUrl })
      );
    });
  }

  /** Throws NOT_FOUND, or CONFLICT for an article that was taken down. */
  regenerateArticle(caller: Caller, id: string, key: string | null): Promise<GenerationJob> {
    const articleId = requireId('id', id);
    const call = { operation: 'regenerateArticle', key, arguments: { articleId } };
    return this.deps.intake.ask(caller, call, async (tx) => {
      const article = await tx.article.findUnique({
        where: { id: articleId },
        select: { status: true, sourceUrl: true },
      });
      if (!article) throw new AppError('NOT_FOUND');
      if (article.status === 'TAKEN_DOWN') throw takenDown();
      const about = { articleId, sourceUrl: article.sourceUrl };
      return this.create(tx, caller, { task: 'regenerate', articleId }, about);
    });
  }

  private create(
    tx: Transaction,
    caller: Caller,
    input: ArticleJobInput,
    about: { subject?: string; sourceUrl: string | null; articleId?: string },
  ): Promise<string> {
    const action = input.task === 'request' ? 'article.request' : 'article.request_regeneration';
    return this.deps.intake.create(tx, caller, { kind: 'ARTICLE', input, ...about }, action, about);
  }
}

/** The oldest request for an address or for the article that it became; each half is a look-up in an index. */
async function requestOf(tx: Transaction, url: string, articleId: string | null): Promise<string | null> {
  const [known] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, "createdAt", kind, input FROM "GenerationJob" WHERE subject = ${url}
      UNION ALL
      SELECT id, "createdAt", kind, input FROM "GenerationJob" WHERE "articleId" = ${articleId}::uuid
    ) found
    WHERE kind = 'ARTICLE' AND input->>'task' IN ('request', 'collect')
    ORDER BY "createdAt" LIMIT 1`;
  return known?.id ?? null;
}

/** What waits at the end of a collection's queue does so no longer once somebody asks for it. */
async function bringForward(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "GenerationJob"
    SET input = jsonb_build_object('task', 'request', 'url', input->>'url'), dispatch = dispatch + 1, "nextAttemptAt" = now(),
        "nudgedAt" = now(), "updatedAt" = now()
    WHERE id = ${id}::uuid AND status = 'QUEUED' AND input->>'task' = 'collect'`;
}

/** Ends the unfinished jobs of one article or of its address, of whatever kind. Returns how many. */
export function cancelUnfinished(
  tx: Transaction,
  articleId: string,
  sourceUrl: string | null,
): Promise<number> {
  return cancelRuns(tx, Prisma.sql`"articleId" = ${articleId}::uuid OR "sourceUrl" = ${sourceUrl}`);
}
