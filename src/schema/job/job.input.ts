import { ArgsType, Field } from 'type-graphql';
import { GenerationKind, GenerationStatus } from '../shared/enums';
import { PageArgs } from '../shared/page.args';

@ArgsType()
export class GenerationJobsArgs extends PageArgs {
  @Field(() => GenerationKind, { nullable: true })
  kind?: GenerationKind | null;

  @Field(() => GenerationStatus, { nullable: true })
  status?: GenerationStatus | null;
}
