import { Arg, ArgsType, Field, ID, Int } from 'type-graphql';
import { MAX_PAGE_SIZE } from '../../domain/shared/paging';

// The arguments that several operations have, so that each is described once.

/** Options of `first`. */
export const pageSize = (defaultValue: number, max = MAX_PAGE_SIZE) => ({
  defaultValue,
  description: `How many at most: 1 to ${max}.`,
});

const AFTER = 'A cursor of the same list: what stands behind it.';

@ArgsType()
export class PageArgs {
  @Field(() => Int, pageSize(20))
  first!: number;

  @Field(() => String, { nullable: true, description: AFTER })
  after?: string | null;
}

export const AfterArg = () => Arg('after', () => String, { nullable: true, description: AFTER });

export const IdArg = (of: string) => Arg('id', () => ID, { description: `Id of the ${of}, a UUID.` });

export const InputArg = (type: () => object) =>
  Arg('input', type, {
    description: 'The values; BAD_USER_INPUT names the one at fault, e.g. `input.title`.',
  });

export const IdempotencyKeyArg = (of = 'job') =>
  Arg('idempotencyKey', () => String, {
    nullable: true,
    description: `The same key of the same caller gives the same ${of} for 24 hours; with other arguments it is CONFLICT. 1 to 200 characters.`,
  });
