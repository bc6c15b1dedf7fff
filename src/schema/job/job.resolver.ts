import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { ArticleJobService } from '../../domain/article/rewriting/article-jobs.service';
import type { CollectionJobService } from '../../domain/collection/collection-jobs.service';
import type { JobService } from '../../domain/jobs/job.service';
import type { RunStep } from '../../domain/jobs/runs.sql';
import type { FeedReport as FeedReportRow, GenerationJob as JobRow } from '../../generated/prisma/client';
import { Article } from '../article/article.type';
import { Insight } from '../insight/insight.type';
import type { RequestContext } from '../request-context';
import { IdArg, IdempotencyKeyArg } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { Url } from '../shared/scalars';
import { User } from '../user/user.type';
import { failureOf } from './failure';
import {
  FeedReport,
  GenerationError,
  GenerationJob,
  GenerationJobConnection,
  GenerationJobsArgs,
  GenerationStep,
} from './job.type';
import { QueueResolver } from './queue.resolver';

@Resolver(() => GenerationJob)
export class GenerationResolver {
  constructor(
    private readonly service: JobService,
    private readonly articleJobs: ArticleJobService,
    private readonly collectionJobs: CollectionJobService,
  ) {}

  @Query(() => GenerationJob, { nullable: true, description: '[ADMIN] null when absent' })
  generationJob(@IdArg('job') id: string) {
    return this.service.byId(id);
  }

  @Query(() => GenerationJobConnection, { description: '[ADMIN] newest first' })
  async generationJobs(@Args(() => GenerationJobsArgs) args: GenerationJobsArgs) {
    return toConnection(await this.service.list(args));
  }

  @Mutation(() => GenerationJob, {
    description: '[ADMIN] a known canonical URL returns its existing job; CONFLICT once TAKEN_DOWN',
  })
  requestArticle(
    @Ctx() context: RequestContext,
    @Arg('url', () => Url, { description: 'Of the page; fragment and tracking parameters do not count.' })
    url: string,
    @IdempotencyKeyArg() key?: string | null,
  ) {
    return this.articleJobs.requestArticle(context.caller, url, key ?? null);
  }

  @Mutation(() => GenerationJob, {
    description:
      '[ADMIN] replaces a text in review; of any other article it writes a proposed revision, and the public text changes only on publish. CONFLICT once TAKEN_DOWN',
  })
  regenerateArticle(
    @Ctx() context: RequestContext,
    @IdArg('article') id: string,
    @IdempotencyKeyArg() key?: string | null,
  ) {
    return this.articleJobs.regenerateArticle(context.caller, id, key ?? null);
  }

  @Mutation(() => GenerationJob, {
    description: '[ADMIN] all enabled feeds now; gives the job that waits or runs already, when there is one',
  })
  collectNews(@Ctx() context: RequestContext, @IdempotencyKeyArg() key?: string | null) {
    return this.collectionJobs.request(context.caller, key ?? null);
  }

  @Mutation(() => GenerationJob, { description: '[ADMIN] CONFLICT when it SUCCEEDED or FAILED' })
  cancelGenerationJob(@Ctx() context: RequestContext, @IdArg('job') id: string) {
    return this.service.cancel(context.caller, id);
  }

  @Mutation(() => GenerationJob, {
    description:
      '[ADMIN] begins anew; CONFLICT unless FAILED, CANCELED, or QUEUED with BUDGET_EXCEEDED as its lastError',
  })
  retryGenerationJob(@Ctx() context: RequestContext, @IdArg('job') id: string) {
    return this.service.retry(context.caller, id);
  }

  @Subscription(() => GenerationJob, {
    description:
      '[ADMIN] the current state first, then every change. Without an id: what waits, runs or has changed in the last ten minutes, at most 500, then every change of any job',
    subscribe: ({ args, context }) => {
      const { id } = args as { id?: string | null };
      const { liveJobs } = (context as RequestContext).live;
      return id == null ? liveJobs.updatesOfAll() : liveJobs.updatesOf(id);
    },
  })
  generationJobUpdated(
    @Root() job: JobRow,
    @Arg('id', () => ID, { nullable: true, description: 'Id of the job, a UUID; of all jobs without it.' })
    _id?: string | null,
  ) {
    return job;
  }

  @FieldResolver(() => GenerationError, {
    nullable: true,
    description: 'Set when FAILED: a stable code and a sentence without secrets. Else null.',
  })
  error(@Ctx() context: RequestContext, @Root() job: JobRow): GenerationError | null {
    return job.status === 'FAILED' ? failureOf(job, context.language) : null;
  }

  @FieldResolver(() => GenerationError, {
    nullable: true,
    description:
      'Why the last try failed, or why it could not begin, while the job is QUEUED for the next one. Else null.',
  })
  lastError(@Ctx() context: RequestContext, @Root() job: JobRow): GenerationError | null {
    return job.status === 'QUEUED' ? failureOf(job, context.language) : null;
  }

  @FieldResolver(() => [GenerationStep], {
    description: 'What the present or last try did, oldest first; the newest 20.',
  })
  steps(@Ctx() context: RequestContext, @Root() job: JobRow): GenerationStep[] {
    return (job.steps as unknown as RunStep[]).map(({ step, at, note }) => ({
      step,
      at: new Date(at),
      note: failureOf({ errorCode: note, errorDetail: null }, context.language),
    }));
  }

  @FieldResolver(() => [FeedReport], {
    nullable: true,
    description:
      'Of each feed that a COLLECTION has read, by the name of its publisher. Null for other kinds.',
  })
  collection(@Ctx() context: RequestContext, @Root() job: JobRow) {
    return job.kind === 'COLLECTION' ? context.loaders.feedReports.load(job.id) : null;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Null for the clock, or one who has left.' })
  requestedBy(@Ctx() context: RequestContext, @Root() job: JobRow) {
    return job.requestedById === null ? null : context.loaders.user.load(job.requestedById);
  }

  @FieldResolver(() => Article, {
    nullable: true,
    description:
      'What it wrote, is to rewrite or is asked about, whatever its status; null when nothing (yet).',
  })
  article(@Ctx() context: RequestContext, @Root() job: JobRow) {
    return job.articleId === null ? null : context.loaders.articleOfAnyStatus.load(job.articleId);
  }

  @FieldResolver(() => Insight, {
    nullable: true,
    description: 'What a job of kind INSIGHT has written, whatever its status; null when nothing (yet).',
  })
  insight(@Ctx() context: RequestContext, @Root() job: JobRow) {
    return job.insightId === null ? null : context.loaders.insightOfAnyStatus.load(job.insightId);
  }
}

@Resolver(() => FeedReport)
export class FeedReportResolver {
  @FieldResolver(() => GenerationError, {
    nullable: true,
    description: 'Why the feed, or some of its items, could not be read; null when all could.',
  })
  error(@Ctx() context: RequestContext, @Root() { errorCode }: FeedReportRow): GenerationError | null {
    return failureOf({ errorCode, errorDetail: null }, context.language);
  }
}

export const jobResolvers = ({ jobs, articleJobs, collectionJobs, queues }: Services) => [
  new GenerationResolver(jobs, articleJobs, collectionJobs),
  new FeedReportResolver(),
  new QueueResolver(queues),
];
