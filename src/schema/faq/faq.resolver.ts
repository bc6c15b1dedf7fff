import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { FaqService } from '../../domain/faq/faq.service';
import type { RequestContext } from '../request-context';
import { IdArg, InputArg } from '../shared/arguments';
import { CacheSeconds, cost, STATEMENT } from '../shared/field-policy';
import { CreateFaqInput, Faq, UpdateFaqInput } from './faq.type';

@Resolver(() => Faq)
export class FaqResolver {
  constructor(private readonly service: FaqService) {}

  @Query(() => [Faq], { description: '[public] oldest first, at most 1,000', complexity: cost(STATEMENT) })
  @CacheSeconds(60)
  faqs() {
    return this.service.list();
  }

  @Mutation(() => Faq, { description: '[ADMIN] CONFLICT when the question exists, or 1,000 others' })
  createFaq(@Ctx() context: RequestContext, @InputArg(() => CreateFaqInput) input: CreateFaqInput) {
    return this.service.create(context.signedIn, input);
  }

  @Mutation(() => Faq, { description: '[ADMIN] CONFLICT when another entry has the question' })
  updateFaq(
    @Ctx() context: RequestContext,
    @IdArg('entry') id: string,
    @InputArg(() => UpdateFaqInput) input: UpdateFaqInput,
  ) {
    return this.service.update(context.signedIn, id, input);
  }

  @Mutation(() => Faq, { description: '[ADMIN] the deleted entry' })
  deleteFaq(@Ctx() context: RequestContext, @IdArg('entry') id: string) {
    return this.service.delete(context.signedIn, id);
  }
}

export const faqResolvers = ({ faqs }: Services) => [new FaqResolver(faqs)];
