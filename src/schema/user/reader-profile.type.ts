import { Field, Float, Int, ObjectType } from 'type-graphql';
import { ReaderType } from '../shared/enums';
import { DateTime } from '../shared/scalars';
import { User } from './user.type';

@ObjectType({ simpleResolvers: true })
export class ReaderTypeWeight {
  @Field(() => ReaderType)
  type!: ReaderType;

  @Field(() => Int)
  points!: number;

  @Field(() => Float)
  percent!: number;
}

@ObjectType({ simpleResolvers: true })
export class ReaderProfile {
  @Field(() => ReaderType, {
    description:
      'The strongest of the five; a tie goes to the earlier enum value; no points at all is LIFESTYLE_CONSUMER.',
  })
  type!: ReaderType;

  @Field(() => [ReaderTypeWeight], {
    description: 'All five, in enum order; percent is of all points, 0 when there are none.',
  })
  weights!: ReaderTypeWeight[];

  @Field(() => DateTime, { nullable: true })
  answeredAt!: Date | null;
}

@ObjectType({ simpleResolvers: true })
export class ReaderQuestion {
  @Field(() => Int)
  index!: number;

  @Field(() => String)
  title!: string;

  @Field(() => [String], { description: 'An answer is the place of one of them, from 0.' })
  options!: string[];
}

@ObjectType({ simpleResolvers: true })
export class ReaderProfileResult {
  @Field(() => ReaderProfile)
  profile!: ReaderProfile;

  @Field(() => User, {
    nullable: true,
    description: "Set when signed in, so that a client's cache is updated.",
  })
  user!: User | null;
}
