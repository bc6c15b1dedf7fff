import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { ArticleCategory } from '../shared/enums';
import { cost, LONG_TEXT } from '../shared/field-policy';
import { DateTime } from '../shared/scalars';

@ObjectType({
  simpleResolvers: true,
  description: '[ADMIN] the newsletter of a category and a week in Asia/Seoul: there is one at most',
})
export class NewsletterIssue {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => ArticleCategory, {
    description: 'What its articles are about; whoever subscribed to it gets it.',
  })
  category!: ArticleCategory;

  @Field(() => String, {
    description: 'Begins with (광고). Empty from the takedown of one of its articles until it is sent again.',
  })
  subject!: string;

  @Field(() => String, {
    description:
      'A whole page, as readers get it, but for the name and the link to leave, which are each reader’s own. Empty when `subject` is.',
    complexity: cost(4 * LONG_TEXT),
  })
  html!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the last of its mails was taken or given up; null before. Later when it was sent to more readers.',
  })
  sentAt!: Date | null;

  @Field(() => Int, { description: 'Mails that the mail server has taken until now, one a reader at most.' })
  recipients!: number;
}

export const NewsletterIssueConnection = connectionTypes('NewsletterIssue', () => NewsletterIssue);
