import { Field, ID, InputType, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true })
export class Faq {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  question!: string;

  @Field(() => String)
  answer!: string;
}

@InputType()
export class CreateFaqInput {
  @Field(() => String)
  question!: string;

  @Field(() => String)
  answer!: string;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class UpdateFaqInput {
  @Field(() => String, { nullable: true })
  question?: string | null;

  @Field(() => String, { nullable: true })
  answer?: string | null;
}
