import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { GenerationStatus } from '../shared/enums';
import { DateTime } from '../shared/scalars';

@ObjectType({
  simpleResolvers: true,
  description: "[USER: own] [ADMIN] a reader's question and its answer, which is written from sources only",
})
export class Answer {
  @Field(() => ID, { description: 'A UUID, for answer and answerUpdated.' })
  id!: string;

  @Field(() => String, { description: 'As it was asked, in one line.' })
  question!: string;

  @Field(() => GenerationStatus, { description: 'Where it stands.' })
  status!: GenerationStatus;

  @Field(() => DateTime, { description: 'When it was asked.' })
  createdAt!: Date;
}

export const AnswerConnection = connectionTypes('Answer', () => Answer);
