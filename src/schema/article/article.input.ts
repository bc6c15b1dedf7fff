import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ArticleCategory, ArticleStatus } from '../shared/enums';
import { PageArgs } from '../shared/page.args';
import { DateTime, Url } from '../shared/scalars';

@InputType()
export class ArticleFilter {
  @Field(() => ArticleCategory, { nullable: true })
  category?: ArticleCategory | null;

  @Field(() => ID, { nullable: true })
  publisherId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Korean full text over title and content; particles and spacing do not matter. Orders by relevance, then newest.',
  })
  search?: string | null;

  @Field(() => DateTime, { nullable: true })
  releasedAfter?: Date | null;

  @Field(() => DateTime, { nullable: true })
  releasedBefore?: Date | null;

  @Field(() => ArticleStatus, {
    nullable: true,
    description: '[ADMIN] for other statuses than PUBLISHED; absent means PUBLISHED for everyone.',
  })
  status?: ArticleStatus | null;
}

@ArgsType()
export class ArticlesArgs extends PageArgs {
  @Field(() => ArticleFilter, { nullable: true })
  filter?: ArticleFilter | null;
}

@InputType()
export class PhraseInput {
  @Field(() => String)
  expression!: string;

  @Field(() => String)
  easy!: string;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class ArticleInput {
  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  content?: string | null;

  @Field(() => String, { nullable: true })
  comment?: string | null;

  @Field(() => ArticleCategory, { nullable: true })
  category?: ArticleCategory | null;

  @Field(() => [PhraseInput], { nullable: true })
  phrases?: PhraseInput[] | null;
}

@InputType()
export class CreatePublisherInput {
  @Field(() => String)
  name!: string;

  @Field(() => Url, { nullable: true })
  feedUrl?: string | null;

  @Field(() => Boolean, { defaultValue: true })
  enabled!: boolean;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class UpdatePublisherInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => Url, { nullable: true })
  feedUrl?: string | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;
}
