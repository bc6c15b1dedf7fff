import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { NewsletterIssueService } from '../../domain/newsletter/newsletter-issue.service';
import type { NewsletterJobService } from '../../domain/newsletter/newsletter-jobs.service';
import { GenerationJob } from '../job/job.type';
import type { RequestContext } from '../request-context';
import { IdempotencyKeyArg, PageArgs } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { ArticleCategory } from '../shared/enums';
import { NewsletterIssue, NewsletterIssueConnection } from './issue.type';

@Resolver(() => NewsletterIssue)
export class NewsletterIssueResolver {
  constructor(
    private readonly issues: NewsletterIssueService,
    private readonly jobs: NewsletterJobService,
  ) {}

  @Query(() => NewsletterIssueConnection, { description: '[ADMIN] newest first' })
  async newsletterIssues(@Args(() => PageArgs) args: PageArgs) {
    return toConnection(await this.issues.list(args));
  }

  @Mutation(() => GenerationJob, {
    description:
      '[ADMIN] writes this week’s issue of a category, unless there is one, and sends it to whoever has not got it; gives the job that waits or runs already, when there is one. MAIL_NOT_CONFIGURED without a mail server. A week without news is no issue: the job SUCCEEDED, with NEWSLETTER_EMPTY as a note in its steps',
  })
  sendNewsletter(
    @Ctx() context: RequestContext,
    @Arg('category', () => ArticleCategory, { description: 'Whose issue: only its subscribers get it.' })
    category: ArticleCategory,
    @IdempotencyKeyArg() key?: string | null,
  ) {
    return this.jobs.request(context.caller, category, key ?? null);
  }
}

export const newsletterIssueResolvers = ({ newsletterIssues, newsletterJobs }: Services) => [
  new NewsletterIssueResolver(newsletterIssues, newsletterJobs),
];
