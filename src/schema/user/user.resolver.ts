import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { AccountService } from '../../domain/user/account.service';
import type { UserService } from '../../domain/user/user.service';
import type { Session as SessionRow } from '../../generated/prisma/client';
import type { RequestContext } from '../request-context';
import { IdArg, pageSize } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { Article } from '../article/article.type';
import { Role } from '../shared/enums';
import { cost, STATEMENT } from '../shared/field-policy';
import { Json } from '../shared/scalars';
import { LoginResolver } from './login.resolver';
import { ReaderProfileResolver } from './reader-profile.resolver';
import { Session, User, UserConnection, UsersArgs } from './user.type';

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly service: UserService,
    private readonly accounts: AccountService,
  ) {}

  @Query(() => User, { description: '[USER] the caller', complexity: cost(STATEMENT) })
  me(@Ctx() context: RequestContext) {
    return this.service.me(context.signedIn);
  }

  @Query(() => UserConnection, { description: '[ADMIN] newest first' })
  async users(@Args(() => UsersArgs) args: UsersArgs) {
    return toConnection(await this.service.list(args));
  }

  @Query(() => Json, {
    description:
      '[USER] everything kept about the caller: profile, readerProfile, and, newest first, sessions, jobs, answers, revisions, views, impressions, feedback, newsletterSubscriptions and auditEntries. ' +
      'Of these at most 5,000 together, fewer when they are long: `complete` is false when there are more, which `endCursor` as `after` gives. Ten a minute for a user',
    complexity: cost(6_000),
  })
  exportMyData(
    @Ctx() context: RequestContext,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the part before.' })
    after: string | null = null,
  ) {
    return this.accounts.exportOf(context.signedIn, after);
  }

  @Mutation(() => Boolean, {
    description: '[USER] deletes the account and unlinks Kakao; true. CONFLICT for the last ADMIN',
  })
  deleteAccount(@Ctx() context: RequestContext) {
    return this.accounts.deleteOwn(context.signedIn);
  }

  @Mutation(() => User, { description: '[ADMIN] CONFLICT for the last ADMIN, who cannot be demoted' })
  setUserRole(
    @Ctx() context: RequestContext,
    @IdArg('user') id: string,
    @Arg('role', () => Role, { description: 'The new one; ADMIN_KAKAO_IDS has no say any more.' }) role: Role,
  ) {
    return this.service.setRole(context.signedIn, id, role);
  }

  @FieldResolver(() => [Session], {
    nullable: true,
    description: '[USER: own] [ADMIN] those that are alive, the last used first, at most 100',
  })
  sessions(@Ctx() context: RequestContext, @Root() user: { id: string }) {
    return context.loaders.sessions.load(user.id);
  }

  @FieldResolver(() => [Article], {
    nullable: true,
    description: '[USER: own] what was read last, newest first, each article once; published ones',
    complexity: cost(STATEMENT),
  })
  recentArticles(
    @Ctx() context: RequestContext,
    @Root() user: { id: string },
    @Arg('first', () => Int, pageSize(3)) first: number,
  ) {
    return context.loaders.recentArticles.load({ id: user.id, first });
  }
}

@Resolver(() => Session)
export class SessionFieldResolver {
  @FieldResolver(() => Boolean, { description: 'Whether this request was made with it.' })
  current(@Ctx() context: RequestContext, @Root() session: SessionRow): boolean {
    return session.id === context.viewer?.sessionId;
  }
}

export const userResolvers = ({ users, readerProfiles, accounts, login, sessions }: Services) => [
  new UserResolver(users, accounts),
  new SessionFieldResolver(),
  new ReaderProfileResolver(readerProfiles),
  new LoginResolver(login, sessions),
];
