import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { ArticleStatus } from '../shared/enums';
import { cost } from '../shared/field-policy';
import { DateTime } from '../shared/scalars';

@ObjectType({ simpleResolvers: true, description: 'A chart of a public data set, with a short text.' })
export class Insight {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'The headline: what the chart shows, in easy Korean.' })
  title!: string;

  @Field(() => String, {
    description: 'Plain text in one paragraph of mostly five sentences, whose figures are all in the chart.',
    complexity: cost(5),
  })
  content!: string;

  @Field(() => ArticleStatus, { nullable: true, description: '[ADMIN] who can read it; never TAKEN_DOWN' })
  status!: ArticleStatus | null;

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was first published: the order of lists and cursors. Null until then.',
  })
  releasedAt!: Date | null;
}

export const InsightConnection = connectionTypes('Insight', () => Insight);
