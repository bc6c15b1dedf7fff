import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { SubscribeService } from '../../domain/newsletter/subscribe.service';
import type { NewsletterSubscription as SubscriptionRow } from '../../generated/prisma/client';
import type { RequestContext } from '../request-context';
import { InputArg } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { cost, STATEMENT } from '../shared/field-policy';
import {
  NewsletterInput,
  NewsletterSubscription,
  NewsletterSubscriptionConnection,
  NewsletterSubscriptionsArgs,
} from './newsletter.type';

const TokenArg = (of: string) => Arg('token', () => String, { description: `Of the link in ${of}.` });

@Resolver(() => NewsletterSubscription)
export class SubscriptionResolver {
  constructor(private readonly service: SubscribeService) {}

  @Query(() => NewsletterSubscriptionConnection, {
    description: '[ADMIN] newest first, also those that are not confirmed yet; without those that have ended',
  })
  async newsletterSubscriptions(@Args(() => NewsletterSubscriptionsArgs) args: NewsletterSubscriptionsArgs) {
    return toConnection(await this.service.list(args));
  }

  @Mutation(() => Boolean, {
    description:
      '[public] sends a confirmation mail, to one address every ten minutes at most; true, whether the address is known or not. ' +
      'Nothing is sent to it, or changes for it, before its link was used, within 48 hours. 30 an hour from one place, 5 a day for one mailbox. ' +
      'UPSTREAM_UNAVAILABLE where no mail server is set',
    complexity: cost(STATEMENT),
  })
  subscribeNewsletter(
    @Ctx() { viewer, address }: RequestContext,
    @InputArg(() => NewsletterInput) input: NewsletterInput,
  ) {
    return this.service.subscribe({ userId: viewer?.userId ?? null, address }, input);
  }

  @Mutation(() => NewsletterSubscription, {
    description:
      '[public] puts into force what the mail offered, in place of what was there. Once: BAD_USER_INPUT afterwards, after 48 hours, and for a newer mail',
    complexity: cost(STATEMENT),
  })
  confirmNewsletter(@TokenArg('a confirmation mail') token: string) {
    return this.service.confirm(token);
  }

  @Mutation(() => Boolean, {
    description:
      '[public] ends the subscription and forgets the address; true, also when that was done before. BAD_USER_INPUT for an unknown token',
    complexity: cost(STATEMENT),
  })
  unsubscribeNewsletter(@TokenArg('any issue that the address got') token: string) {
    return this.service.unsubscribe(token);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether its link was used: nothing else is sent to it before.',
  })
  confirmed(@Root() { confirmedAt }: SubscriptionRow): boolean {
    return confirmedAt != null;
  }
}

export const newsletterResolvers = ({ subscriptions }: Services) => [new SubscriptionResolver(subscriptions)];
