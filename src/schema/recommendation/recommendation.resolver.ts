import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { FeedbackService } from '../../domain/recommendation/feedback.service';
import type { RecommendationService } from '../../domain/recommendation/recommendation.service';
import type { TrainingJobService } from '../../domain/recommendation/training-jobs.service';
import { showsOnlyCards } from '../article/article-cards';
import { GenerationJob } from '../job/job.type';
import type { RequestContext } from '../request-context';
import { IdempotencyKeyArg, pageSize } from '../shared/arguments';
import { cost, STATEMENT } from '../shared/field-policy';
import { ReaderProfileResult } from '../user/reader-profile.type';
import { Recommendation } from './recommendation.type';

const ArticleIdArg = () =>
  Arg('articleId', () => ID, { description: 'Of a published article, else NOT_FOUND.' });

@Resolver(() => Recommendation)
export class RecommendationResolver {
  constructor(
    private readonly service: RecommendationService,
    private readonly trainingJobs: TrainingJobService,
    private readonly feedback: FeedbackService,
  ) {}

  @Query(() => [Recommendation], {
    description:
      '[USER] the best first, nothing that was read or hidden; popularity until the reader is known. At most 4 of 10 are of one category, ' +
      'more only when the reader opens more of it, and at most 2 tell the same story, as long as there are others',
    complexity: cost(200),
  })
  recommendations(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, pageSize(10)) first: number,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.service.forReader(context.signedIn, first, showsOnlyCards(info));
  }

  @Mutation(() => Boolean, {
    description:
      '[USER] not for me: not recommended again, nor what is much like it, from now on. Always true; a later `moreLike` takes it back',
    complexity: cost(STATEMENT),
  })
  hideRecommendation(@Ctx() context: RequestContext, @ArticleIdArg() articleId: string) {
    return this.feedback.say('HIDE', context.signedIn, articleId);
  }

  @Mutation(() => Boolean, {
    description:
      '[USER] more of this kind, from now on; the article may have been read. Always true; a later `hideRecommendation` takes it back',
    complexity: cost(STATEMENT),
  })
  moreLike(@Ctx() context: RequestContext, @ArticleIdArg() articleId: string) {
    return this.feedback.say('MORE', context.signedIn, articleId);
  }

  @Mutation(() => GenerationJob, { description: '[ADMIN] learns anew; returns a job that has not ended yet' })
  refreshRecommendations(@Ctx() context: RequestContext, @IdempotencyKeyArg() key?: string | null) {
    return this.trainingJobs.request(context.caller, key ?? null);
  }
}

const AFTER_QUESTIONNAIRE = 10;

@Resolver(() => ReaderProfileResult)
export class ReaderProfileRecommendationsResolver {
  constructor(private readonly service: RecommendationService) {}

  @FieldResolver(() => [Recommendation], {
    description: `What fits the answers, at once: the best ${AFTER_QUESTIONNAIRE}, the best first.`,
  })
  recommendations(
    @Ctx() { viewer }: RequestContext,
    @Root() { profile }: ReaderProfileResult,
    @Info() info: GraphQLResolveInfo,
  ) {
    const cards = showsOnlyCards(info);
    if (viewer) return this.service.forReader(viewer, AFTER_QUESTIONNAIRE, cards);
    return this.service.forProfile(profile, AFTER_QUESTIONNAIRE, cards);
  }
}

export const recommendationResolvers = ({ recommendations, trainingJobs, feedback }: Services) => [
  new RecommendationResolver(recommendations, trainingJobs, feedback),
  new ReaderProfileRecommendationsResolver(recommendations),
];
