import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { ArticleCategory, ArticleStatus } from '../shared/enums';
import { DateTime, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true })
export class Publisher {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Url, { nullable: true, description: '[ADMIN]' })
  feedUrl!: string | null;

  @Field(() => Boolean, { nullable: true, description: '[ADMIN]' })
  enabled!: boolean | null;
}

@ObjectType({ simpleResolvers: true })
export class Phrase {
  @Field(() => String)
  expression!: string;

  @Field(() => String)
  easy!: string;
}

@ObjectType({ simpleResolvers: true })
export class OriginalArticle {
  @Field(() => String)
  title!: string;

  @Field(() => String)
  content!: string;
}

@ObjectType({ simpleResolvers: true })
export class ArticleRevision {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  content!: string;

  @Field(() => Boolean)
  proposed!: boolean;

  @Field(() => DateTime)
  createdAt!: Date;
}

@ObjectType({ simpleResolvers: true })
export class Article {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  content!: string;

  @Field(() => String, { nullable: true, description: 'One sentence the reader can take away.' })
  comment!: string | null;

  @Field(() => ArticleCategory)
  category!: ArticleCategory;

  @Field(() => [Phrase])
  phrases!: Phrase[];

  @Field(() => Publisher)
  publisher!: Publisher;

  @Field(() => Url, { nullable: true })
  sourceUrl!: string | null;

  @Field(() => Url, { nullable: true })
  imageUrl!: string | null;

  @Field(() => DateTime, {
    description: 'When the publisher published it; when unknown, when it was collected. For display.',
  })
  publishedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it first appeared here: the order of lists and cursors. Null while in review.',
  })
  releasedAt!: Date | null;

  @Field(() => Int)
  viewCount!: number;

  @Field(() => ArticleStatus, { nullable: true, description: '[ADMIN]' })
  status!: ArticleStatus | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const ArticleConnection = connectionTypes('Article', () => Article);
