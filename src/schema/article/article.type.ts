import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { ArticleCategory, ArticleStatus } from '../shared/enums';
import { cost, LONG_TEXT } from '../shared/field-policy';
import { DateTime, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true, description: 'A newspaper, agency or site that articles come from.' })
export class Publisher {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What readers know it by; no two have the same.' })
  name!: string;

  @Field(() => Url, { nullable: true, description: '[ADMIN] the address of its feed; null when it has none' })
  feedUrl!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '[ADMIN] whether we follow it; false at first for one that a crawled page named',
  })
  enabled!: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'A hard expression of an article, made easy.' })
export class Phrase {
  @Field(() => String, { description: 'The hard expression as the article has it.' })
  expression!: string;

  @Field(() => String, { description: 'What it means, in easy Korean.' })
  easy!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What somebody else wrote about the same, as a search found it. Nobody has checked it.',
})
export class RelatedDocument {
  @Field(() => ID, { description: 'A UUID; another one when the article is rewritten.' })
  id!: string;

  @Field(() => String, { description: 'Its headline, plain text of at most 200 characters.' })
  title!: string;

  @Field(() => Url, { description: 'Where it is.' })
  link!: string;

  @Field(() => String, { description: 'A piece of it, plain text of at most 500 characters; may be empty.' })
  snippet!: string;
}

@ObjectType({ simpleResolvers: true, description: '[ADMIN] the text that an article is rewritten from' })
export class OriginalArticle {
  @Field(() => String, { description: 'The title there.' })
  title!: string;

  @Field(() => String, {
    description: 'Plain text; line breaks part paragraphs.',
    complexity: cost(2 * LONG_TEXT),
  })
  content!: string;
}

@ObjectType({ simpleResolvers: true, description: '[ADMIN] a text that an article had or was offered' })
export class ArticleRevision {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'The title of that text.' })
  title!: string;

  @Field(() => String, { description: 'As in Article.content.', complexity: cost(LONG_TEXT) })
  content!: string;

  @Field(() => Boolean, { description: 'True for the one text that waits for publishArticle.' })
  proposed!: boolean;

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What was checked between the original and the rewritten text.',
})
export class FidelityReport {
  @Field(() => [String], {
    description:
      'Numbers, dates, percentages and amounts of the rewrite that the original does not support: exactly as they stand there, in order, each once.',
  })
  unsupportedFigures!: string[];

  @Field(() => [String], {
    description: 'Names (people, companies, institutions) of the rewrite that are not in the original.',
  })
  unsupportedNames!: string[];

  @Field(() => Boolean, { description: 'Whether there is none of either.' })
  passed!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: 'News, rewritten so that a person in their early twenties understands it.',
})
export class Article {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'The headline, in easy Korean.' })
  title!: string;

  @Field(() => String, {
    description: 'Plain text, blank lines between paragraphs; empty once TAKEN_DOWN.',
    complexity: cost(LONG_TEXT),
  })
  content!: string;

  @Field(() => String, { nullable: true, description: 'One sentence the reader can take away, or null.' })
  comment!: string | null;

  @Field(() => ArticleCategory, { description: 'What it is about: exactly one.' })
  category!: ArticleCategory;

  @Field(() => [Phrase], { description: 'Hard expressions of the text and what they mean; may be none.' })
  phrases!: Phrase[];

  @Field(() => Publisher, { description: 'Who published the original.' })
  publisher!: Publisher;

  @Field(() => Url, { nullable: true, description: 'Where the original is; null for a text that has none.' })
  sourceUrl!: string | null;

  @Field(() => Url, { nullable: true, description: "A picture on the publisher's server, or null." })
  imageUrl!: string | null;

  @Field(() => DateTime, {
    description: 'When the publisher published it; when unknown, when it was collected. For display.',
  })
  publishedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was first published here: the order of lists and cursors. Null until then.',
  })
  releasedAt!: Date | null;

  @Field(() => Int, { description: 'Views of all time; a reader counts once in 30 minutes.' })
  viewCount!: number;

  @Field(() => ArticleStatus, { nullable: true, description: '[ADMIN] who can read it' })
  status!: ArticleStatus | null;

  @Field(() => FidelityReport, {
    nullable: true,
    description:
      '[ADMIN] what the check of the present text found; null when there was no original to compare it with',
  })
  fidelity!: FidelityReport | null;

  @Field(() => DateTime, { description: 'When it was written here first.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When text or status last changed, for expectedUpdatedAt.' })
  updatedAt!: Date;
}

export const ArticleConnection = connectionTypes('Article', () => Article);
