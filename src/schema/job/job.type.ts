import { ArgsType, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { GenerationKind, GenerationStatus } from '../shared/enums';
import { PageArgs } from '../shared/page.args';
import { DateTime, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true })
export class GenerationError {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => Boolean)
  retryable!: boolean;
}

@ObjectType({ simpleResolvers: true })
export class GenerationJob {
  @Field(() => ID)
  id!: string;

  @Field(() => GenerationKind)
  kind!: GenerationKind;

  @Field(() => GenerationStatus)
  status!: GenerationStatus;

  @Field(() => Int, { description: '0 to 100.' })
  progress!: number;

  @Field(() => String, { nullable: true, description: 'What is happening now: crawling, rewriting, saving.' })
  step!: string | null;

  @Field(() => Int)
  attempts!: number;

  @Field(() => Url, { nullable: true })
  sourceUrl!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The model that wrote it; "extractive" for the built-in rewriter.',
  })
  model!: string | null;

  @Field(() => Int)
  inputTokens!: number;

  @Field(() => Int)
  outputTokens!: number;

  @Field(() => Float)
  costUsd!: unknown;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
}

export const GenerationJobConnection = connectionTypes('GenerationJob', () => GenerationJob);

@ArgsType()
export class GenerationJobsArgs extends PageArgs {
  @Field(() => GenerationKind, { nullable: true })
  kind?: GenerationKind | null;

  @Field(() => GenerationStatus, { nullable: true })
  status?: GenerationStatus | null;
}
