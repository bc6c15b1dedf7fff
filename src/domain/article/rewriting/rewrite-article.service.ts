import type { Crawler } from '../../../adapters/crawler/crawler';
import type { Prisma, Transaction } from '../../../adapters/database/database';
import { isUniqueViolation } from '../../../adapters/database/database-errors';
import { AppError, TryLater, type ErrorCode } from '../../../errors';
import { saveRevision } from '../article-editing.service';
import { fidelityOf, stored } from '../fidelity/article-fidelity';
import type { FidelityInput, FidelityReport } from '../fidelity/check-fidelity';
import { takenDown, type ArticleText } from '../article-text';
import { publisherOfPage } from '../publisher.service';
import { placed, replaceRelatedDocuments } from '../retrieval/related-documents.sql';
import type { RelatedDocument, RetrievalService } from '../retrieval/retrieval.service';
import { audit } from '../../audit/audit.service';
import type { Glossary } from '../../glossary/glossary';
import type { TermExplainer } from '../../glossary/term-explainer';
import type { Clock } from '../../shared/clock';
import type { RunHandle } from '../../jobs/job-runner.service';
import { MAX_STARTS, type JobOutcome } from '../../jobs/runs.sql';
import type { ArticleJobInput } from './article-job';
import type { Rewrite, Rewriter } from './rewriter';

export interface RewriteArticleDeps {
  prisma: Prisma;
  crawler: Crawler;
  retrieval: RetrievalService;
  rewriter: Rewriter;
  clock: Clock;
  publishPolicy: PublishPolicy;
  glossary: Pick<Glossary, 'explainer'>;
}

/** Who puts a new article before readers: an admin, or the worker when its text is faithful. */
export type PublishPolicy = 'review' | 'auto-when-faithful';

/** A rewrite and what the check found in it. */
type CheckedRewrite = Rewrite & { fidelity: FidelityReport };

type PageInput = Exclude<ArticleJobInput, { task: 'regenerate' }>;
type CrawledPage = Awaited<ReturnType<Crawler['crawl']>>;

/** The work of a job of kind ARTICLE: a new article from a page, or another rewrite of one we have. */
export class RewriteArticleService {
  constructor(private readonly deps: RewriteArticleDeps) {}

  async run(handle: RunHandle<ArticleJobInput>): Promise<void> {
    const { input } = handle.run;
    // Before a page is fetched in vain.
    await this.deps.rewriter.ready?.();
    if (input.task === 'regenerate') await this.rewriteAgain(handle, input.articleId);
    else await this.createFromPage(handle, input);
  }

  private async createFromPage(handle: RunHandle, input: PageInput): Promise<void> {
    await handle.progress('crawling', 10);
    const { signal } = handle;
    const crawled = await this.deps.crawler.crawl(input.url, { signal, isUrgent: input.task === 'request' });
    const fromFeed = input.task === 'collect' && input.publishedAt ? new Date(input.publishedAt) : null;
    const page = { ...crawled, publishedAt: crawled.publishedAt ?? fromFeed };
    if (await this.linkKnown(handle, page.canonicalUrl)) return;
    const documents = await this.retrieve(handle, page, page.canonicalUrl);
    const rewrite = await this.rewrite(handle, page, documents);
    await handle.progress('saving', 90);
    const save = () => handle.succeed((tx) => this.saveNew(tx, handle, page, rewrite, documents));
    try {
      await save();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Between our look and our insert another job saved the same page, or a publisher that was new to us, too.
      if (!(await this.linkKnown(handle, page.canonicalUrl))) await save();
    }
  }

  /** Null when the search failed: the article does without, and the job's steps say why. */
  private async retrieve(
    handle: RunHandle,
    { title, content }: Original,
    sourceUrl: string | null,
  ): Promise<RelatedDocument[] | null> {
    await handle.progress('retrieving', 25);
    const { signal, run } = handle;
    const article = { title, content, sourceUrl };
    const { documents, note } = await this.deps.retrieval.retrieve(article, { signal, jobId: run.id });
    if (note) await handle.progress('retrieving', 35, note);
    return documents;
  }

  /** A rewrite of a model that is not faithful is offered once more; the built-in rewriter would only repeat itself. */
  private async rewrite(
    handle: RunHandle,
    original: Original,
    documents: RelatedDocument[] | null,
  ): Promise<CheckedRewrite> {
    await handle.progress('rewriting', 40);
    const explainer = await this.deps.glossary.explainer();
    const write = (objections?: FidelityReport) =>
      this.deps.rewriter.rewrite(original, {
        ...optionsOf(handle, objections ? 80 : 50),
        documents: documents ?? [],
        explainer,
        ...(objections && { objections }),
      });
    const draft = await write();
    await handle.progress('checking', 70);
    const first = checked(draft, original, explainer);
    if (first.fidelity.passed || first.promptVersion === null) return first;
    await handle.progress('rewriting', 75);
    const second = await write(first.fidelity).catch((error: unknown) => {
      // The first one can be reviewed; what it cost is spent.
      if (handle.signal.aborted || !(error instanceof AppError || error instanceof TryLater)) throw error;
      return null;
    });
    await handle.progress('checking', 85);
    return second ? checked(second, original, explainer) : first;
  }

  /** A page that is an article already is not rewritten: the job points at that article. */
  private async linkKnown(handle: RunHandle, sourceUrl: string): Promise<boolean> {
    const known = await this.deps.prisma.article.findUnique({
      where: { sourceUrl },
      select: { id: true, status: true },
    });
    if (known?.status === 'TAKEN_DOWN') throw takenDown();
    if (known) await handle.succeed(async () => ({ articleId: known.id }));
    return known !== null;
  }

  private async saveNew(
    tx: Transaction,
    { run }: RunHandle,
    page: CrawledPage,
    rewrite: CheckedRewrite,
    documents: RelatedDocument[] | null,
  ): Promise<JobOutcome> {
    const now = this.deps.clock.now();
    const text = textOf(rewrite);
    const publisherId = await publisherOfPage(tx, { url: page.canonicalUrl, siteName: page.siteName });
    const article = await tx.article.create({
      data: {
        ...text,
        ...stored(rewrite.fidelity),
        ...this.release(rewrite, now),
        publisherId,
        sourceUrl: page.canonicalUrl,
        imageUrl: page.imageUrl,
        publishedAt: page.publishedAt ?? now,
        createdAt: now,
        updatedAt: now,
        original: { create: { title: page.title, content: page.content } },
        related: { createMany: { data: placed(documents ?? []) } },
      },
    });
    await saveRevision(tx, text, rewrite.fidelity, {
      articleId: article.id,
      authorId: null,
      proposed: false,
      createdAt: now,
    });
    const details = { jobId: run.id, model: rewrite.model };
    await audit(tx, run.requestedById, 'article.generate', { type: 'Article', id: article.id }, details);
    if (article.status === 'PUBLISHED') await this.auditRelease(tx, run.id, article.id);
    return outcomeOf(article.id, rewrite);
  }

  private async rewriteAgain(handle: RunHandle, articleId: string): Promise<void> {
    const article = await this.deps.prisma.article.findUnique({
      where: { id: articleId },
      include: { original: true },
    });
    if (!article) throw new AppError('NOT_FOUND');
    if (article.status === 'TAKEN_DOWN') throw takenDown();
    if (!article.original && article.sourceUrl !== null) throw new AppError('ORIGINAL_PURGED');
    // Imported and seeded articles have no original: their own text is the best there is. It is kept as such,
    // or every rewrite would shorten the one before.
    const { title, content } = article.original ?? article;
    const original = { title, content, publishedAt: article.publishedAt };
    const documents = await this.retrieve(handle, original, article.sourceUrl);
    const rewrite = await this.rewrite(handle, original, documents);
    await handle.progress('saving', 90);
    await handle.succeed(async (tx) => {
      // Several rewrites of one article may end at the same moment.
      const [now] = await tx.$queryRaw<{ status: string }[]>`
        SELECT status::text FROM "Article" WHERE id = ${articleId}::uuid FOR UPDATE`;
      if (now?.status === 'TAKEN_DOWN') throw takenDown();
      // One that was there and is purged by now must not come back.
      if (!article.original)
        await tx.articleOriginal.upsert({
          where: { articleId },
          create: { articleId, title, content },
          update: {},
        });
      if (documents) await replaceRelatedDocuments(tx, articleId, documents);
      return this.saveAgain(tx, handle, articleId, rewrite);
    });
  }

  /** What readers have seen changes only on publish; a draft is simply replaced, and kept as a revision. */
  private async saveAgain(
    tx: Transaction,
    { run }: RunHandle,
    articleId: string,
    rewrite: CheckedRewrite,
  ): Promise<JobOutcome> {
    const now = this.deps.clock.now();
    const text = textOf(rewrite);
    const drafts = await tx.article.updateMany({
      where: { id: articleId, status: 'IN_REVIEW' },
      data: { ...text, ...stored(rewrite.fidelity), ...this.release(rewrite, now), updatedAt: now },
    });
    const proposed = drafts.count === 0;
    await saveRevision(tx, text, rewrite.fidelity, { articleId, authorId: null, proposed, createdAt: now });
    const details = { jobId: run.id, model: rewrite.model, proposed };
    await audit(tx, run.requestedById, 'article.regenerate', { type: 'Article', id: articleId }, details);
    if (!proposed && this.isReleased(rewrite)) await this.auditRelease(tx, run.id, articleId);
    return outcomeOf(articleId, rewrite);
  }

  private isReleased({ fidelity }: CheckedRewrite): boolean {
    return this.deps.publishPolicy === 'auto-when-faithful' && fidelity.passed;
  }

  /** What makes a draft public. */
  private release(rewrite: CheckedRewrite, now: Date) {
    return this.isReleased(rewrite) ? { status: 'PUBLISHED' as const, releasedAt: now } : {};
  }

  /** Nobody's deed: the policy's. */
  private async auditRelease(tx: Transaction, jobId: string, articleId: string): Promise<void> {
    const details = { jobId, policy: this.deps.publishPolicy };
    await audit(tx, null, 'article.publish', { type: 'Article', id: articleId }, details);
  }
}

type Original = FidelityInput['original'];

function checked(
  rewrite: Rewrite,
  { title, content, publishedAt }: Original,
  explainer: TermExplainer,
): CheckedRewrite {
  return { ...rewrite, fidelity: fidelityOf(textOf(rewrite), { title, content, publishedAt }, explainer) };
}

function textOf({ title, content, comment, category, phrases }: Rewrite): ArticleText {
  return { title, content, comment, category, phrases };
}

function optionsOf({ run, signal, progress }: RunHandle, percent: number) {
  const onFallback = (reason: ErrorCode) => progress('rewriting', percent, reason);
  return { signal, jobId: run.id, isLastTry: run.attempts >= MAX_STARTS, onFallback };
}

function outcomeOf(articleId: string, { model, promptVersion }: Rewrite): JobOutcome {
  return { articleId, model, promptVersion };
}
