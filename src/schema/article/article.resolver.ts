import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { ArticleEditingService } from '../../domain/article/article-editing.service';
import type { ArticleService } from '../../domain/article/article.service';
import type { Article as PublishedArticle } from '../../domain/article/article';
import { isOfSyllables, isSearch } from '../../domain/article/search-words';
import { requirePageSize } from '../../domain/shared/paging';
import type { ArticleRevision as RevisionRow, User as UserRow } from '../../generated/prisma/client';
import type { RequestContext } from '../request-context';
import { IdArg, InputArg, pageSize } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { CacheSeconds, cost, STATEMENT } from '../shared/field-policy';
import { ArticleCategory } from '../shared/enums';
import { DateTime } from '../shared/scalars';
import { User } from '../user/user.type';
import { ArticleInput, ArticlesArgs } from './article.input';
import { showsOnlyCards } from './article-cards';
import { PublisherResolver } from './publisher.resolver';
import {
  Article,
  ArticleConnection,
  ArticleRevision,
  OriginalArticle,
  RelatedDocument,
} from './article.type';

const MAX_SIMILAR = 20;

@Resolver(() => Article)
export class ArticleResolver {
  constructor(
    private readonly service: ArticleService,
    private readonly editing: ArticleEditingService,
  ) {}

  @Query(() => ArticleConnection, {
    description: '[public] newest released first; with a search, the most relevant first',
    complexity: cost(({ filter }, counted) => STATEMENT + searchCost(filter?.search) * (counted ? 2 : 1)),
  })
  @CacheSeconds(10)
  async articles(
    @Ctx() context: RequestContext,
    @Args(() => ArticlesArgs) args: ArticlesArgs,
    @Info() info: GraphQLResolveInfo,
  ) {
    const page = await this.service.list(context, args, showsOnlyCards(info));
    return { ...toConnection(page), suggestion: page.suggestion };
  }

  @Query(() => Article, {
    nullable: true,
    description: '[public] null when absent or not published (ADMIN sees every status)',
    complexity: cost(STATEMENT),
  })
  @CacheSeconds(10)
  article(@Ctx() context: RequestContext, @IdArg('article') id: string) {
    return this.service.byId(context.viewer, id);
  }

  @Mutation(() => Article, {
    description:
      '[ADMIN] CONFLICT when expectedUpdatedAt is given and the article has changed since, unless it is so already; or once TAKEN_DOWN',
  })
  updateArticle(
    @Ctx() context: RequestContext,
    @IdArg('article') id: string,
    @InputArg(() => ArticleInput) input: ArticleInput,
    @Arg('expectedUpdatedAt', () => DateTime, {
      nullable: true,
      description: 'What updatedAt was when the text was read. Absent: whoever is last wins.',
    })
    expectedUpdatedAt?: Date | null,
  ) {
    return this.editing.update(context.signedIn, id, input, expectedUpdatedAt ?? null);
  }

  @Mutation(() => Article, {
    description: '[ADMIN] shows it to everybody; also applies a proposed revision. CONFLICT once TAKEN_DOWN',
  })
  publishArticle(@Ctx() context: RequestContext, @IdArg('article') id: string) {
    return this.editing.publish(context.signedIn, id);
  }

  @Mutation(() => Article, { description: '[ADMIN] from all but ADMIN; CONFLICT once TAKEN_DOWN' })
  hideArticle(@Ctx() context: RequestContext, @IdArg('article') id: string) {
    return this.editing.hide(context.signedIn, id);
  }

  @Mutation(() => Article, {
    description:
      '[ADMIN] publisher or court asked: text and original are purged, the row and its audit stay. Cannot be undone',
  })
  takeDownArticle(
    @Ctx() context: RequestContext,
    @IdArg('article') id: string,
    @Arg('reason', () => String, { description: 'For the audit log: 1 to 500 characters.' }) reason: string,
  ) {
    return this.editing.takeDown(context.signedIn, id, reason);
  }

  @Subscription(() => Article, {
    description: '[public] each article when it is published',
    subscribe: ({ args, context }) => {
      const { category, since } = args as { category?: ArticleCategory | null; since?: Date | null };
      return (context as RequestContext).live.liveArticles.published(category ?? null, since ?? null);
    },
  })
  articlePublished(
    @Root() article: PublishedArticle,
    @Arg('category', () => ArticleCategory, { nullable: true, description: 'Only of this shelf.' })
    _category?: ArticleCategory | null,
    @Arg('since', () => DateTime, {
      nullable: true,
      description:
        'Begins with what was released since, oldest first, the newest 100: nothing is missed between a page and its subscription, or over a reconnection.',
    })
    _since?: Date | null,
  ) {
    return article;
  }

  @FieldResolver(() => [Article], {
    description:
      'Published ones, the most alike first; may be none. Not selectable inside another similarArticles.',
    complexity: cost(250),
  })
  similarArticles(
    @Ctx() context: RequestContext,
    @Root() article: { id: string },
    @Arg('first', () => Int, pageSize(3, MAX_SIMILAR)) first: number,
  ) {
    return context.loaders.similarArticles.load({
      id: article.id,
      first: requirePageSize(first, MAX_SIMILAR),
    });
  }

  @FieldResolver(() => [RelatedDocument], {
    description:
      'What others write about the same, the most alike first: at most 5, looked for each time the article is written.',
    complexity: cost(10),
  })
  relatedDocuments(@Ctx() context: RequestContext, @Root() article: { id: string }) {
    return context.loaders.relatedDocuments.load(article.id);
  }

  @FieldResolver(() => OriginalArticle, { nullable: true, description: '[ADMIN] null when it is not kept' })
  original(@Ctx() context: RequestContext, @Root() article: { id: string }) {
    return context.loaders.original.load(article.id);
  }

  @FieldResolver(() => [ArticleRevision], {
    nullable: true,
    description: '[ADMIN] the newest 100, newest first; a proposed one has proposed = true',
  })
  revisions(@Ctx() context: RequestContext, @Root() article: { id: string }) {
    return context.loaders.revisions.load(article.id);
  }
}

function searchCost(search: string | null | undefined): number {
  if (!isSearch(search)) return 0;
  return isOfSyllables(search) ? 4_500 : 2_000;
}

@Resolver(() => ArticleConnection)
export class ArticleConnectionResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What was probably meant, when a search found nothing or little, or what was taken for it; null when nothing better is known.',
  })
  suggestion(@Root() page: { suggestion?: string | null }): string | null {
    return page.suggestion ?? null;
  }
}

@Resolver(() => ArticleRevision)
export class ArticleRevisionResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Null for a rewriter, or one who has left.' })
  author(@Ctx() context: RequestContext, @Root() revision: RevisionRow): Promise<UserRow | null> | null {
    return revision.authorId === null ? null : context.loaders.user.load(revision.authorId);
  }
}

export const articleResolvers = ({ articles, articleEditing, publishers }: Services) => [
  new ArticleResolver(articles, articleEditing),
  new ArticleConnectionResolver(),
  new ArticleRevisionResolver(),
  new PublisherResolver(publishers),
];
