import {
  Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription,
} from 'type-graphql'; // prettier-ignore
import type { Services } from '../../context/gateway';
import type { AnswerJobService } from '../../domain/answer/answer-jobs.service';
import type { AnswerService } from '../../domain/answer/answer.service';
import type { Answer as AnswerRow } from '../../generated/prisma/client';
import { Article, RelatedDocument } from '../article/article.type';
import type { RequestContext } from '../request-context';
import { IdArg, IdempotencyKeyArg, PageArgs } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { cost, LONG_TEXT, STATEMENT } from '../shared/field-policy';
import { User } from '../user/user.type';
import { Answer, AnswerConnection } from './answer.type';

@Resolver(() => Answer)
export class AnswerResolver {
  constructor(
    private readonly service: AnswerService,
    private readonly jobs: AnswerJobService,
  ) {}

  @Query(() => Answer, {
    nullable: true,
    description: "[USER: own] [ADMIN] null when absent or another reader's",
    complexity: cost(STATEMENT),
  })
  answer(@Ctx() context: RequestContext, @IdArg('answer') id: string) {
    return this.service.byId(context.signedIn, id);
  }

  @Mutation(() => Answer, {
    description:
      '[USER] QUEUED at first: answerUpdated tells how it grows. RATE_LIMITED until midnight in Seoul after 50 a day, or as many as the service allows',
  })
  askQuestion(
    @Ctx() context: RequestContext,
    @Arg('question', () => String, { description: 'In one line; 2 to 500 characters.' }) question: string,
    @Arg('articleId', () => ID, {
      nullable: true,
      description: 'Id of the published article that it is about, a UUID; NOT_FOUND for any other.',
    })
    articleId?: string | null,
    @IdempotencyKeyArg('answer') key?: string | null,
  ) {
    return this.jobs.ask(context.caller, { question, articleId: articleId ?? null }, key ?? null);
  }

  @Subscription(() => Answer, {
    description:
      "[USER: own] the current state first, then every change, at most ten a second; NOT_FOUND for another reader's",
    subscribe: ({ args, context }) => {
      const { live, signedIn } = context as RequestContext;
      return live.liveAnswers.updatesOf(signedIn, (args as { id: string }).id);
    },
  })
  answerUpdated(@Root() answer: AnswerRow, @IdArg('answer') _id: string) {
    return answer;
  }

  @FieldResolver(() => String, {
    description:
      'Plain text in Korean; [1] names the first of the sources. Grows while RUNNING, empty until then and when FAILED or CANCELED. It says so when nothing supports an answer, and when what it rested on is not public any more.',
    complexity: cost(LONG_TEXT),
  })
  async text(@Ctx() context: RequestContext, @Root() answer: AnswerRow) {
    return (await context.loaders.shownAnswer.load(answer)).text;
  }

  @FieldResolver(() => Article, {
    nullable: true,
    description: 'The one that it was asked about; null for none, and when it is not published any more.',
  })
  article(@Ctx() context: RequestContext, @Root() { articleId }: AnswerRow) {
    return articleId === null ? null : context.loaders.publishedArticle.load(articleId);
  }

  @FieldResolver(() => [RelatedDocument], {
    description:
      'What the text rests on, in the order of its numbers, with up to 300 characters of each: terms, FAQs and articles of ours, and documents of others. None until SUCCEEDED, and once one of them is hidden or deleted.',
  })
  async sources(@Ctx() context: RequestContext, @Root() answer: AnswerRow) {
    return (await context.loaders.shownAnswer.load(answer)).sources;
  }
}

@Resolver(() => User)
export class UserAnswersResolver {
  constructor(private readonly service: AnswerService) {}

  @FieldResolver(() => AnswerConnection, {
    nullable: true,
    description: '[USER: own] newest first',
    complexity: cost(STATEMENT),
  })
  async answers(@Root() user: { id: string }, @Args(() => PageArgs) args: PageArgs) {
    return toConnection(await this.service.listOf(user.id, args));
  }
}

export const answerResolvers = ({ answers, answerJobs }: Services) => [
  new AnswerResolver(answers, answerJobs),
  new UserAnswersResolver(answers),
];
