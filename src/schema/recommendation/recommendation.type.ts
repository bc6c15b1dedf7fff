import { Field, Float, ObjectType } from 'type-graphql';
import { Article } from '../article/article.type';

@ObjectType({ simpleResolvers: true })
export class Recommendation {
  @Field(() => Article)
  article!: Article;

  @Field(() => Float, {
    description:
      'Predicted probability, 0 to 1, that this reader opens the article within 24 hours of being shown it.',
  })
  score!: number;

  @Field(() => String, { description: 'Why, in Korean.' })
  reason!: string;
}
