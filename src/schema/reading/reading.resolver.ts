import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { ImpressionService } from '../../domain/reading/impression.service';
import type { ViewService } from '../../domain/reading/view.service';
import type { RequestContext } from '../request-context';
import { showsOnlyCards } from '../article/article-cards';
import { Article } from '../article/article.type';
import { pageSize } from '../shared/arguments';
import { Surface } from '../shared/enums';
import { CacheSeconds, cost } from '../shared/field-policy';
import { ArticleViewResult } from './reading.type';

@Resolver()
export class ReadingResolver {
  constructor(
    private readonly views: ViewService,
    private readonly impressions: ImpressionService,
  ) {}

  @Query(() => [Article], {
    description: '[public] by views of the current week, Monday 00:00 Asia/Seoul; filled up with the newest',
    complexity: cost(({ first }) => 200 + 12 * Number(first)),
  })
  @CacheSeconds(10)
  popularArticles(@Arg('first', () => Int, pageSize(10)) first: number, @Info() info: GraphQLResolveInfo) {
    return this.views.popular(first, showsOnlyCards(info));
  }

  @Mutation(() => ArticleViewResult, {
    description:
      '[public] history only when signed in; a repeat raises the dwell time without counting again',
  })
  recordArticleView(
    @Ctx() { reader }: RequestContext,
    @Arg('articleId', () => ID, { description: 'Of a published article, else NOT_FOUND.' }) articleId: string,
    @Arg('dwellSeconds', () => Int, {
      nullable: true,
      description: 'Time spent on it, 0 or more; the longest that was told counts.',
    })
    dwellSeconds?: number | null,
  ) {
    return this.views.record(reader, articleId, dwellSeconds ?? null);
  }

  @Mutation(() => Boolean, {
    description:
      '[public] what was shown: the denominator of every prediction. Once a day and article; always true',
  })
  recordImpressions(
    @Ctx() { reader }: RequestContext,
    @Arg('articleIds', () => [ID], { description: '1 to 100; those that are not published are ignored.' })
    articleIds: string[],
    @Arg('surface', () => Surface, { description: 'Where they were shown.' }) surface: Surface,
  ) {
    return this.impressions.record(reader, articleIds, surface);
  }
}

export const readingResolvers = ({ views, impressions }: Services) => [
  new ReadingResolver(views, impressions),
];
