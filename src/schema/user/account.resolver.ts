import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountService } from '../../domain/user/account.service';
import type { RequestContext } from '../request-context';
import { cost } from '../shared/field-policy';
import { Json } from '../shared/scalars';

@Resolver()
export class AccountResolver {
  constructor(private readonly service: AccountService) {}

  @Query(() => Json, { description: '[USER] everything kept about the caller', complexity: cost(6_000) })
  exportMyData(@Ctx() context: RequestContext) {
    return this.service.exportOf(context.signedIn);
  }

  @Mutation(() => Boolean, { description: '[USER] deletes the account and unlinks Kakao' })
  deleteAccount(@Ctx() context: RequestContext) {
    return this.service.deleteOwn(context.signedIn);
  }
}
