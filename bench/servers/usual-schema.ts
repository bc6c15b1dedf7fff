import 'reflect-metadata';
import { applyMiddleware } from 'graphql-middleware';
import { deny, shield } from 'graphql-shield';
import type { GraphQLSchema } from 'graphql';
import { Arg, buildSchemaSync, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Prisma } from '../../src/adapters/database/database';
import { encodeCursor } from '../../src/domain/shared/paging';
import { permissions } from '../../src/schema/permissions';
import { ArticleCategory } from '../../src/schema/shared/enums';
import { DateTime, Url } from '../../src/schema/shared/scalars';

@ObjectType()
class Publisher {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType()
class Phrase {
  @Field(() => String)
  expression!: string;

  @Field(() => String)
  easy!: string;
}

@ObjectType()
class Article {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  comment!: string | null;

  @Field(() => ArticleCategory)
  category!: ArticleCategory;

  @Field(() => Publisher)
  publisher!: Publisher;

  @Field(() => Url, { nullable: true })
  imageUrl!: string | null;

  @Field(() => DateTime)
  publishedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  releasedAt!: Date | null;

  @Field(() => Int)
  viewCount!: number;

  @Field(() => String)
  content!: string;

  @Field(() => Url, { nullable: true })
  sourceUrl!: string | null;

  @Field(() => [Phrase])
  phrases!: unknown;
}

@ObjectType()
class ArticleEdge {
  @Field(() => Article)
  node!: Article;

  @Field(() => String)
  cursor!: string;
}

@ObjectType()
class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ObjectType()
class ArticleConnection {
  @Field(() => [ArticleEdge])
  edges!: ArticleEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

export interface UsualContext {
  prisma: Prisma;
  viewer: { userId: string; role: string } | null;
}

@Resolver()
class ArticleResolver {
  @Query(() => ArticleConnection)
  async articles(
    @Ctx() { prisma }: UsualContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
  ): Promise<ArticleConnection> {
    const rows = await prisma.article.findMany({
      where: { status: 'PUBLISHED' },
      include: { publisher: true },
      orderBy: [{ releasedAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    const edges = rows.slice(0, first).map((node) => ({
      node,
      cursor: encodeCursor({ at: node.releasedAt!, id: node.id }),
    }));
    return {
      edges,
      pageInfo: {
        hasNextPage: rows.length > first,
        hasPreviousPage: false,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  @Query(() => Article, { nullable: true })
  article(@Ctx() { prisma }: UsualContext, @Arg('id', () => ID) id: string): Promise<Article | null> {
    return prisma.article.findFirst({ where: { id, status: 'PUBLISHED' }, include: { publisher: true } });
  }
}

/** The same answer the way it is usually built: default resolvers, every field behind graphql-shield, Prisma include. */
export function usualSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers: [ArticleResolver], validate: false });
  const { Query, PageInfo, Article, ArticleConnection, ArticleEdge, Phrase, Publisher } = permissions;
  const rules = {
    Query: { articles: Query.articles, article: Query.article },
    PageInfo,
    Article: only(Article, schema, 'Article'),
    ArticleConnection,
    ArticleEdge,
    Phrase,
    Publisher: only(Publisher, schema, 'Publisher'),
  };
  return applyMiddleware(schema, shield(rules, { fallbackRule: deny, allowExternalErrors: true }));
}

/** The rules of the fields that this smaller schema has. */
function only<T extends object>(rules: T, schema: GraphQLSchema, type: string): T {
  const fields = Object.keys((schema.getType(type) as { getFields(): object }).getFields());
  return Object.fromEntries(Object.entries(rules).filter(([field]) => fields.includes(field))) as T;
}
