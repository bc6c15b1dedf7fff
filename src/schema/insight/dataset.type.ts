import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime, Url } from '../shared/scalars';

@ObjectType({ simpleResolvers: true, description: 'A public data set that insights are drawn from.' })
export class Dataset {
  @Field(() => ID, {
    description: 'A word that stays, e.g. jinju-covid19; those of made-up samples begin with sample-.',
  })
  id!: string;

  @Field(() => String, { description: 'In Korean; of a made-up sample with (예시) behind it.' })
  name!: string;

  @Field(() => Url, {
    description: 'Where its source is described; of a made-up sample where the true figures are.',
  })
  sourceUrl!: string;

  @Field(() => [String], {
    description: 'The names of its columns in their order, at most 40; none before it was first read.',
  })
  columns!: string[];

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When its rows were last read, which happens at most once a day; null before; of a made-up sample when it was made.',
  })
  fetchedAt!: Date | null;
}
