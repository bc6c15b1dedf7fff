import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { RecommendationService } from '../../domain/recommendation/recommendation.service';
import type { TrainingJobService } from '../../domain/recommendation/training-jobs.service';
import { showsOnlyCards } from '../article/article-cards';
import { GenerationJob } from '../job/job.type';
import type { RequestContext } from '../request-context';
import { IdempotencyKeyArg, pageSize } from '../shared/arguments';
import { cost } from '../shared/field-policy';
import { ReaderProfileResult } from '../user/reader-profile.type';
import { Recommendation } from './recommendation.type';

@Resolver(() => Recommendation)
export class RecommendationResolver {
  constructor(
    private readonly service: RecommendationService,
    private readonly trainingJobs: TrainingJobService,
  ) {}

  @Query(() => [Recommendation], {
    description: '[USER] the best first, nothing that was read; popularity until the reader is known',
    complexity: cost(200),
  })
  recommendations(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, pageSize(10)) first: number,
    @Info() info: GraphQLResolveInfo,
  ) {
    return this.service.forReader(context.signedIn, first, showsOnlyCards(info));
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

export const recommendationResolvers = ({ recommendations, trainingJobs }: Services) => [
  new RecommendationResolver(recommendations, trainingJobs),
  new ReaderProfileRecommendationsResolver(recommendations),
];
