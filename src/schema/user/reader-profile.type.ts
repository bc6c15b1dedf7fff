import { Field, Float, Int, ObjectType } from 'type-graphql';
import { READER_TYPES } from '../../domain/user/questionnaire';
import { ReaderType } from '../shared/enums';
import { DateTime } from '../shared/scalars';
import { User } from './user.type';

@ObjectType({ simpleResolvers: true, description: 'How much of one type is in a reader.' })
export class ReaderTypeWeight {
  @Field(() => ReaderType, { description: 'Which of the five.' })
  type!: ReaderType;

  @Field(() => Int, { description: 'What the answers gave it; 0 or more.' })
  points!: number;

  @Field(() => Float, { description: 'Share of all points, 0 to 100; 0 when there are none.' })
  percent!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the questionnaire says about a reader.' })
export class ReaderProfile {
  @Field(() => ReaderType, {
    description:
      'The strongest; in a tie the first of them in weights; LIFESTYLE_CONSUMER without any points.',
  })
  type!: ReaderType;

  @Field(() => [ReaderTypeWeight], { description: `All five, in this order: ${READER_TYPES.join(', ')}.` })
  weights!: ReaderTypeWeight[];

  @Field(() => DateTime, { nullable: true, description: 'When it was answered; null when unknown.' })
  answeredAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'A question of the questionnaire.' })
export class ReaderQuestion {
  @Field(() => Int, { description: 'Its place among the questions and so of its answer, from 0.' })
  index!: number;

  @Field(() => String, { description: 'The question, in Korean.' })
  title!: string;

  @Field(() => [String], { description: 'An answer is the place of one of them, from 0.' })
  options!: string[];
}

@ObjectType({ simpleResolvers: true, description: 'What the answers say, and what to read with it.' })
export class ReaderProfileResult {
  @Field(() => ReaderProfile, { description: 'What the answers say.' })
  profile!: ReaderProfile;

  @Field(() => User, { nullable: true, description: "Set when signed in, for a client's cache." })
  user!: User | null;
}
