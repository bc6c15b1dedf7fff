import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { cost } from '../shared/field-policy';

@ObjectType({ simpleResolvers: true, description: 'A frequently asked question.' })
export class Faq {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'At most 300 characters.' })
  question!: string;

  @Field(() => String, { description: 'Plain text, at most 5,000 characters.', complexity: cost(10) })
  answer!: string;
}

@InputType({ description: 'A new question.' })
export class CreateFaqInput {
  @Field(() => String, { description: '1 to 300 characters.' })
  question!: string;

  @Field(() => String, { description: '1 to 5,000 characters.' })
  answer!: string;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class UpdateFaqInput {
  @Field(() => String, { nullable: true, description: '1 to 300 characters.' })
  question?: string | null;

  @Field(() => String, { nullable: true, description: '1 to 5,000 characters.' })
  answer?: string | null;
}
