import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { PageArgs } from '../shared/arguments';
import { connectionTypes } from '../shared/connection.type';
import { ArticleCategory } from '../shared/enums';
import { DateTime, EmailAddress } from '../shared/scalars';

@ObjectType({
  simpleResolvers: true,
  description:
    '[public] for whoever has the confirmation mail, [ADMIN] an address that asked for the newsletter',
})
export class NewsletterSubscription {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => EmailAddress, { description: 'As mail is sent to it.' })
  email!: string;

  @Field(() => String, { description: 'How the newsletter calls its reader: one line.' })
  name!: string;

  @Field(() => [ArticleCategory], { description: 'Each has an issue of its own every week.' })
  categories!: ArticleCategory[];

  @Field(() => DateTime, { description: 'When it was asked for first.' })
  createdAt!: Date;
}

export const NewsletterSubscriptionConnection = connectionTypes(
  'NewsletterSubscription',
  () => NewsletterSubscription,
);

@ArgsType()
export class NewsletterSubscriptionsArgs extends PageArgs {
  @Field(() => ArticleCategory, { nullable: true, description: 'Only those that ask for this one.' })
  category?: ArticleCategory | null;
}

@InputType({ description: 'What somebody wants to get by mail.' })
export class NewsletterInput {
  @Field(() => EmailAddress, { description: 'Where to. Blanks around it and its case do not count.' })
  email!: string;

  @Field(() => String, { description: '1 to 50 characters, no line ends.' })
  name!: string;

  @Field(() => [ArticleCategory], { description: 'At least one, none twice.' })
  categories!: ArticleCategory[];
}
