import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { QUEUES } from '../../domain/jobs/kinds';
import type { QueueService } from '../../domain/jobs/queue.service';
import type { RequestContext } from '../request-context';
import { cost } from '../shared/field-policy';
import { QueueStatus } from './job.type';

/** Counting some hundred thousand jobs that have ended. */
const COUNTING_JOBS = 4_000;

@Resolver(() => QueueStatus)
export class QueueResolver {
  constructor(private readonly service: QueueService) {}

  @Query(() => [QueueStatus], {
    description: '[ADMIN] every queue there is, counted by its jobs: also when Redis is away or was emptied',
    complexity: cost(COUNTING_JOBS),
  })
  queues() {
    return this.service.list();
  }

  @Mutation(() => QueueStatus, {
    description:
      '[ADMIN] no job of a paused queue begins until it is resumed, whatever is restarted meanwhile; those that run go on. The same again changes nothing',
    complexity: cost(COUNTING_JOBS),
  })
  pauseQueue(
    @Ctx() context: RequestContext,
    @Arg('name', () => String, { description: `One of ${QUEUES.join(', ')}.` }) name: string,
    @Arg('paused', () => Boolean, { description: 'False lets its jobs begin again, at once.' })
    paused: boolean,
  ) {
    return this.service.setPaused(context.caller, name, paused);
  }
}
