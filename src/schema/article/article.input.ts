import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ArticleCategory, ArticleStatus } from '../shared/enums';
import { PageArgs } from '../shared/arguments';
import { DateTime, Url } from '../shared/scalars';

@InputType({ description: 'Which articles a list has. All that is given must hold.' })
export class ArticleFilter {
  @Field(() => ArticleCategory, { nullable: true, description: 'Only of this category.' })
  category?: ArticleCategory | null;

  @Field(() => ID, { nullable: true, description: 'Only of this publisher.' })
  publisherId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Korean full text over title, content and comment; particles, spacing and ways of spelling and of writing amounts do not matter, and other names that the glossary has are found. Orders by relevance, then newest. 1 to 20 words in at most 200 characters; a blank text is no search. Articles that have all words come first; when they are few, those that have most of them follow. What no article has is taken for initial consonants (ㄱㅈㄱㄹ) or for letters typed on a keyboard in the wrong language (rlwnsrmafl).',
  })
  search?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Released then or later.' })
  releasedAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Released before then.' })
  releasedBefore?: Date | null;

  @Field(() => ArticleStatus, {
    nullable: true,
    description:
      '[ADMIN] for others than PUBLISHED, which are newest written first; absent means PUBLISHED for everyone.',
  })
  status?: ArticleStatus | null;
}

@ArgsType()
export class ArticlesArgs extends PageArgs {
  @Field(() => ArticleFilter, { nullable: true, description: 'Which articles; absent: every PUBLISHED one.' })
  filter?: ArticleFilter | null;
}

@InputType({ description: 'A hard expression, made easy.' })
export class PhraseInput {
  @Field(() => String, { description: '1 to 100 characters, as the text has it.' })
  expression!: string;

  @Field(() => String, { description: '1 to 500 characters.' })
  easy!: string;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class ArticleInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: '1 to 20,000 characters of plain text.' })
  content?: string | null;

  @Field(() => String, { nullable: true, description: '1 to 500 characters; null removes it.' })
  comment?: string | null;

  @Field(() => ArticleCategory, { nullable: true, description: 'Not null.' })
  category?: ArticleCategory | null;

  @Field(() => [PhraseInput], { nullable: true, description: 'At most 20, in place of those there are.' })
  phrases?: PhraseInput[] | null;
}

@InputType({ description: 'A new publisher.' })
export class CreatePublisherInput {
  @Field(() => String, { description: '1 to 100 characters; CONFLICT when another has it.' })
  name!: string;

  @Field(() => Url, { nullable: true, description: 'Its feed. Its pages are known by that domain.' })
  feedUrl?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether we follow it.' })
  enabled!: boolean;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class UpdatePublisherInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters; CONFLICT when another has it.' })
  name?: string | null;

  @Field(() => Url, { nullable: true, description: 'Its feed; null removes it.' })
  feedUrl?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether we follow it; not null.' })
  enabled?: boolean | null;
}
