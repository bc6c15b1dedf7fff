import { Field, Float, ObjectType } from 'type-graphql';
import { Article } from '../article/article.type';

@ObjectType({ simpleResolvers: true, description: 'An article for a reader, and why.' })
export class Recommendation {
  @Field(() => Article, { description: 'Published, and not read yet by a signed-in reader.' })
  article!: Article;

  @Field(() => Float, {
    description:
      'Predicted probability, 0 to 1, that this reader opens the article within 24 hours of being shown it.',
  })
  score!: number;

  @Field(() => String, { description: 'Why: a sentence in Korean.' })
  reason!: string;
}
