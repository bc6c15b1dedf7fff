import type { Transaction } from '../../../adapters/database/database';
import type { NewsletterIssue } from '../../../generated/prisma/client';
import type { Clock } from '../../shared/clock';
import type { NewsletterJobInput } from '../newsletter-job';
import { chooseLetterArticles, stillPublished } from './letter-articles.sql';
import type { LetterWriter } from './letter';

/** What an issue holds: chosen once, and without what was hidden or taken down since. */
export class WriteIssueService {
  constructor(private readonly deps: { writer: LetterWriter; clock: Clock }) {}

  /** The one issue of a category and week, written when there is none; null when it has nothing to tell. */
  async issueOf(tx: Transaction, input: NewsletterJobInput): Promise<NewsletterIssue | null> {
    const { category } = input;
    const week = new Date(input.week);
    // Nobody else writes it meanwhile, and none of its articles is taken down unnoticed.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`newsletter ${category} ${input.week}`}))`;
    const where = { category_week: { category, week } };
    const known = await tx.newsletterIssue.findUnique({ where });
    if (known && known.articleIds.length > 0) return this.refreshed(tx, known.id);
    const articles = await chooseLetterArticles(tx, { category, week, now: this.deps.clock.now() });
    if (articles.length === 0) return null;
    const content = {
      ...this.deps.writer.write({ category, week }, articles),
      articleIds: articles.map(({ id }) => id),
    };
    return tx.newsletterIssue.upsert({ where, create: { category, week, ...content }, update: content });
  }

  /** As it is to be sent now; null when nothing of it may be. */
  async refreshed(tx: Transaction, id: string): Promise<NewsletterIssue | null> {
    const issue = await tx.newsletterIssue.findUniqueOrThrow({ where: { id } });
    const articles = await stillPublished(tx, issue.articleIds);
    if (articles.length === issue.articleIds.length && issue.html !== '') return issue;
    const content = articles.length > 0 ? this.deps.writer.write(issue, articles) : { html: '', text: '' };
    const articleIds = articles.map(({ id }) => id);
    const written = await tx.newsletterIssue.update({
      where: { id },
      data: { ...content, articleIds },
    });
    return articles.length > 0 ? written : null;
  }
}

/** Empties the issues that hold an article which is taken down; the others are written anew before the next mail. */
export async function forgetIssuesWith(tx: Transaction, articleId: string): Promise<void> {
  await tx.newsletterIssue.updateMany({
    where: { articleIds: { has: articleId } },
    data: { subject: '', html: '', text: '' },
  });
}
