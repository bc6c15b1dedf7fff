import { Field, ObjectType } from 'type-graphql';
import { Article } from '../article/article.type';

@ObjectType({ simpleResolvers: true, description: 'What a view changed.' })
export class ArticleViewResult {
  @Field(() => Boolean, { description: 'False when this reader was already counted within 30 minutes.' })
  counted!: boolean;

  @Field(() => Article, { description: 'With its new viewCount.' })
  article!: Article;
}
