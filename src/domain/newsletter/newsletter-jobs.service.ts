import type { Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { GenerationJob } from '../../generated/prisma/client';
import type { ArticleCategory } from '../article/category';
import type { Caller, JobIntake } from '../jobs/job-intake';
import { koreanWeekStart } from '../reading/korean-calendar';
import type { Clock } from '../shared/clock';
import type { NewsletterJobInput } from './newsletter-job';

export interface NewsletterJobDeps {
  intake: JobIntake;
  clock: Clock;
  /** Whether there is a server that takes our mail. */
  canSend: boolean;
}

/** Asking for this week's issue of a category to be sent. A job that waits or runs already is everybody's job. */
export class NewsletterJobService {
  constructor(private readonly deps: NewsletterJobDeps) {}

  /** Throws MAIL_NOT_CONFIGURED. */
  async request(caller: Caller, category: ArticleCategory, key: string | null): Promise<GenerationJob> {
    if (!this.deps.canSend) throw new AppError('MAIL_NOT_CONFIGURED');
    const call = { operation: 'sendNewsletter', key, arguments: { category } };
    return this.deps.intake.ask(caller, call, (tx) => this.create(tx, caller, category));
  }

  /** The same for the clock, unless no mail can be sent. The queue is to be told after the commit. */
  async schedule(tx: Transaction, category: ArticleCategory): Promise<GenerationJob | undefined> {
    if (!this.deps.canSend) return undefined;
    return tx.generationJob.findUniqueOrThrow({ where: { id: await this.create(tx, null, category) } });
  }

  private create(tx: Transaction, caller: Caller | null, category: ArticleCategory): Promise<string> {
    const input: NewsletterJobInput = { category, week: koreanWeekStart(this.deps.clock.now()) };
    const job = { kind: 'NEWSLETTER' as const, input };
    return this.deps.intake.createUnlessUnfinished(tx, caller, job, 'newsletter.send');
  }
}
