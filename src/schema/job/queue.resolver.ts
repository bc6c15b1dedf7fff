import { Query, Resolver } from 'type-graphql';
import type { QueueService } from '../../domain/jobs/queue.service';
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
}
