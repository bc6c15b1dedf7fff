import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { readerQuestions } from '../../domain/user/questionnaire';
import { profileOfUser } from '../../domain/user/reader-profile.service';
import type { ReaderProfileService } from '../../domain/user/reader-profile.service';
import type { User as UserRow } from '../../generated/prisma/client';
import type { RequestContext } from '../request-context';
import { CacheSeconds, cost } from '../shared/field-policy';
import { ReaderProfile, ReaderProfileResult, ReaderQuestion } from './reader-profile.type';
import { User } from './user.type';

@Resolver(() => User)
export class ReaderProfileResolver {
  constructor(private readonly service: ReaderProfileService) {}

  @Query(() => [ReaderQuestion], {
    description: '[public] in the order of the answers of answerReaderQuestions',
    complexity: cost(),
  })
  @CacheSeconds(60)
  readerQuestions() {
    return readerQuestions();
  }

  @Mutation(() => ReaderProfileResult, {
    description: '[public] saved in place of earlier answers when signed in',
  })
  answerReaderQuestions(
    @Ctx() context: RequestContext,
    @Arg('answers', () => [Int], { description: 'For each question the place of an option, from 0.' })
    answers: number[],
  ) {
    return this.service.answer(context.viewer, answers);
  }

  @FieldResolver(() => ReaderProfile, {
    nullable: true,
    description: '[USER: own] [ADMIN] null until the questionnaire is answered',
  })
  readerProfile(@Root() user: UserRow) {
    return profileOfUser(user);
  }
}
