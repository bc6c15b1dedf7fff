import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { FaqService } from '../../domain/faq/faq.service';
import type { RequestContext } from '../request-context';
import { CacheSeconds, cost } from '../shared/field-policy';
import { CreateFaqInput, Faq, UpdateFaqInput } from './faq.type';

@Resolver(() => Faq)
export class FaqResolver {
  constructor(private readonly service: FaqService) {}

  @Query(() => [Faq], { description: '[public]', complexity: cost() })
  @CacheSeconds(60)
  faqs() {
    return this.service.list();
  }

  @Mutation(() => Faq, { description: '[ADMIN]' })
  createFaq(@Ctx() context: RequestContext, @Arg('input', () => CreateFaqInput) input: CreateFaqInput) {
    return this.service.create(context.signedIn, input);
  }

  @Mutation(() => Faq, { description: '[ADMIN]' })
  updateFaq(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateFaqInput) input: UpdateFaqInput,
  ) {
    return this.service.update(context.signedIn, id, input);
  }

  @Mutation(() => Faq, { description: '[ADMIN] the deleted entry' })
  deleteFaq(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string) {
    return this.service.delete(context.signedIn, id);
  }
}

export const faqResolvers = ({ faqs }: Services) => [new FaqResolver(faqs)];
