import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { PublisherService } from '../../domain/article/publisher.service';
import type { RequestContext } from '../request-context';
import { CacheSeconds, cost } from '../shared/field-policy';
import { CreatePublisherInput, UpdatePublisherInput } from './article.input';
import { Publisher } from './article.type';

@Resolver(() => Publisher)
export class PublisherResolver {
  constructor(private readonly service: PublisherService) {}

  @Query(() => [Publisher], { description: '[public]', complexity: cost() })
  @CacheSeconds(60)
  publishers(@Ctx() context: RequestContext) {
    return this.service.list(context.viewer);
  }

  @Mutation(() => Publisher, { description: '[ADMIN]' })
  createPublisher(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreatePublisherInput) input: CreatePublisherInput,
  ) {
    return this.service.create(context.signedIn, input);
  }

  @Mutation(() => Publisher, { description: '[ADMIN]' })
  updatePublisher(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdatePublisherInput) input: UpdatePublisherInput,
  ) {
    return this.service.update(context.signedIn, id, input);
  }
}
