import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GenerationKind } from '../shared/enums';

@ObjectType({
  simpleResolvers: true,
  description: '[ADMIN] what the calls of one model for one purpose were on one day in Asia/Seoul',
})
export class ModelSpending {
  @Field(() => String, { description: 'The day on which the calls began, e.g. 2026-01-01.' })
  day!: string;

  @Field(() => String, { description: 'As the server named it; as we asked for it where none answered.' })
  model!: string;

  @Field(() => GenerationKind, { description: 'The kind of the jobs that they were made for.' })
  purpose!: GenerationKind;

  @Field(() => Int, { description: 'How many there were, however they ended.' })
  calls!: number;

  @Field(() => Int, { description: 'What the model read, as far as the server told it.' })
  inputTokens!: number;

  @Field(() => Int, { description: 'What the model wrote, as far as the server told it.' })
  outputTokens!: number;

  @Field(() => Float, {
    description:
      'US dollars; a call that nobody knows the cost of counts for the most that it may have cost.',
  })
  costUsd!: number;

  @Field(() => Boolean, {
    description:
      'Whether the price of the model is not known, so that the dearest that is known was counted.',
  })
  priceAssumed!: boolean;
}
