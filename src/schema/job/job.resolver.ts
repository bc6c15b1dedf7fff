import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { ArticleJobService } from '../../domain/article/rewriting/article-jobs.service';
import type { JobService } from '../../domain/jobs/job.service';
import { AppError, ERROR_KINDS, type ErrorCode, type Localized } from '../../errors';
import type { GenerationJob as JobRow } from '../../generated/prisma/client';
import { Article } from '../article/article.type';
import type { RequestContext } from '../request-context';
import { IdArg, IdempotencyKeyArg } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { Url } from '../shared/scalars';
import { User } from '../user/user.type';
import { GenerationError, GenerationJob, GenerationJobConnection, GenerationJobsArgs } from './job.type';

@Resolver(() => GenerationJob)
export class GenerationResolver {
  constructor(
    private readonly service: JobService,
    private readonly articleJobs: ArticleJobService,
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

  @Mutation(() => GenerationJob, { description: '[ADMIN] CONFLICT when it SUCCEEDED or FAILED' })
  cancelGenerationJob(@Ctx() context: RequestContext, @IdArg('job') id: string) {
    return this.service.cancel(context.caller, id);
  }

  @Mutation(() => GenerationJob, { description: '[ADMIN] begins anew; CONFLICT unless FAILED or CANCELED' })
  retryGenerationJob(@Ctx() context: RequestContext, @IdArg('job') id: string) {
    return this.service.retry(context.caller, id);
  }

  @FieldResolver(() => GenerationError, {
    nullable: true,
    description: 'Set when FAILED: a stable code and a sentence without secrets. Else null.',
  })
  error(@Ctx() context: RequestContext, @Root() job: JobRow): GenerationError | null {
    return job.status === 'FAILED' ? failureOf(job, context) : null;
  }

  @FieldResolver(() => GenerationError, {
    nullable: true,
    description: 'Why the last try failed, while the job is QUEUED for the next one. Else null.',
  })
  lastError(@Ctx() context: RequestContext, @Root() job: JobRow): GenerationError | null {
    return job.status === 'QUEUED' ? failureOf(job, context) : null;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Null for the clock, or one who has left.' })
  requestedBy(@Ctx() context: RequestContext, @Root() job: JobRow) {
    return job.requestedById === null ? null : context.loaders.user.load(job.requestedById);
  }

  @FieldResolver(() => Article, {
    nullable: true,
    description: 'What it wrote or is to rewrite, whatever its status; null when nothing (yet).',
  })
  article(@Ctx() context: RequestContext, @Root() job: JobRow) {
    return job.articleId === null ? null : context.loaders.articleOfAnyStatus.load(job.articleId);
  }
}

function failureOf({ errorCode, errorDetail }: JobRow, { language }: RequestContext): GenerationError | null {
  if (errorCode === null) return null;
  // A newer version's code, which this one has no sentence for, must not cost the whole list.
  const code = errorCode in ERROR_KINDS ? (errorCode as ErrorCode) : 'INTERNAL_SERVER_ERROR';
  const detail = errorDetail as Localized | null;
  const error = new AppError(code, detail ? { detail } : {});
  return { code: error.code, message: error.text(language), retryable: error.retryable };
}

export const jobResolvers = ({ jobs, articleJobs }: Services) => [new GenerationResolver(jobs, articleJobs)];
