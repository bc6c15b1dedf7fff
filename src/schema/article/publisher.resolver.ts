import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { PublisherService } from '../../domain/article/publisher.service';
import type { RequestContext } from '../request-context';
import { IdArg, InputArg } from '../shared/arguments';
import { CacheSeconds, cost, STATEMENT } from '../shared/field-policy';
import { CreatePublisherInput, UpdatePublisherInput } from './article.input';
import { Publisher } from './article.type';

@Resolver(() => Publisher)
export class PublisherResolver {
  constructor(private readonly service: PublisherService) {}

  @Query(() => [Publisher], {
    description: '[public] by name; ADMIN also gets those that only a page named. At most 1,000',
    complexity: cost(STATEMENT),
  })
  @CacheSeconds(60)
  publishers(@Ctx() context: RequestContext) {
    return this.service.list(context.viewer);
  }

  @Mutation(() => Publisher, { description: '[ADMIN] CONFLICT when the name is taken' })
  createPublisher(
    @Ctx() context: RequestContext,
    @InputArg(() => CreatePublisherInput) input: CreatePublisherInput,
  ) {
    return this.service.create(context.signedIn, input);
  }

  @Mutation(() => Publisher, { description: '[ADMIN] CONFLICT when the name is taken' })
  updatePublisher(
    @Ctx() context: RequestContext,
    @IdArg('publisher') id: string,
    @InputArg(() => UpdatePublisherInput) input: UpdatePublisherInput,
  ) {
    return this.service.update(context.signedIn, id, input);
  }
}
