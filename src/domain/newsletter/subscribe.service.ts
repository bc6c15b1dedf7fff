import { randomUUID } from 'node:crypto';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';
import { AppError, badUserInput } from '../../errors';
import type { NewsletterSubscription } from '../../generated/prisma/client';
import type { ArticleCategory } from '../article/category';
import { audit, type AuditTarget } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { inboxKey, mailboxKey } from '../shared/mail-address';
import { pageByCreation, type Page, type PageRequest } from '../shared/paging';
import { holdUser } from '../user/remove-user';
import { confirmationHash } from './confirmation-token';
import { applyOffer, keepWish, reduceSubscription } from './subscriptions.sql';
import { readUnsubscribeToken } from './unsubscribe-token';
import { readWish, wishOf, type SubscriptionInput, type Wish } from './wish';

/** Who asks, as limits and the audit log tell. */
export interface Subscriber {
  userId: string | null;
  /** Where the request came from. */
  address: string;
}

export interface SubscribeDeps {
  prisma: Prisma;
  clock: Clock;
  limits: RateLimits;
  /** Whether there is a server that mail is handed to. */
  sendsMail: boolean;
}

/** Subscriptions to the newsletter: asked for by anybody, confirmed and ended by whoever gets the mail. */
export class SubscribeService {
  constructor(private readonly deps: SubscribeDeps) {}

  /**
   * Keeps the wish, of which a worker sends a confirmation mail: the same answer after the same work for every address.
   * Throws BAD_USER_INPUT, RATE_LIMITED, UPSTREAM_UNAVAILABLE where no mail can be sent.
   */
  async subscribe({ userId, address: from }: Subscriber, input: SubscriptionInput): Promise<true> {
    const { prisma, clock, limits, sendsMail } = this.deps;
    const { address, wish } = wishOf(input, userId);
    if (!sendsMail) throw new AppError('UPSTREAM_UNAVAILABLE');
    const key = mailboxKey(address);
    await limits.take('subscription', from);
    await limits.take('subscribedMailbox', inboxKey(address));
    await prisma.$transaction(async (tx) => {
      if (userId !== null) await holdUser(tx, userId);
      await keepWish(tx, { id: randomUUID(), address, key, wish, now: clock.now() });
      await audit(tx, userId, 'newsletter.subscribe', mailbox(key));
    });
    return true;
  }

  /** What the mail with this token offers; null when it offers nothing any more. */
  async offerOf(token: string): Promise<Wish | null> {
    const hash = confirmationHash(token);
    const row = hash && (await this.deps.prisma.newsletterSubscription.findUnique({
      where: { confirmationHash: hash, confirmationExpiresAt: { gt: this.deps.clock.now() } },
      select: { offered: true },
    })); // prettier-ignore
    return row ? readWish(row.offered) : null;
  }

  /** Throws BAD_USER_INPUT that names the token when it is unknown, used or too old. */
  async confirm(token: string): Promise<NewsletterSubscription> {
    const { prisma, clock } = this.deps;
    const wish = await this.offerOf(token);
    const hash = confirmationHash(token);
    const confirmed =
      wish &&
      (await prisma.$transaction(async (tx) => {
        const userId = await present(tx, wish.userId);
        const row = await applyOffer(tx, { hash: hash!, wish, userId, now: clock.now() });
        if (row) await audit(tx, null, 'newsletter.confirm', mailbox(row.emailKey));
        return row;
      }));
    if (confirmed) return confirmed;
    throw badUserInput('token', {
      ko: '확인 링크가 이미 쓰였거나 48시간이 지났습니다. 뉴스레터를 다시 신청하면 새 메일이 갑니다.',
      en: 'The link was used before or is older than 48 hours. Subscribe again for a new mail.',
    });
  }

  /** Whether the subscription of a token goes on; null when there was never such a one. */
  async goesOn(token: string): Promise<boolean | null> {
    const named = readUnsubscribeToken(token);
    const row = named && (await this.deps.prisma.newsletterSubscription.findFirst({
      where: named,
      select: { email: true },
    })); // prettier-ignore
    return row && row.email !== '';
  }

  /** True, also when it was ended before. Throws BAD_USER_INPUT that names the token when there was never such a one. */
  async unsubscribe(token: string): Promise<true> {
    const { prisma, clock } = this.deps;
    const named = readUnsubscribeToken(token);
    if (named)
      await prisma.$transaction(async (tx) => {
        const key = await reduceSubscription(tx, named, clock.now());
        if (key !== null) await audit(tx, null, 'newsletter.unsubscribe', mailbox(key));
      });
    if ((await this.goesOn(token)) !== null) return true;
    throw badUserInput('token', {
      ko: '이 링크로 받는 뉴스레터가 없습니다. 가장 최근에 받은 메일의 링크를 눌러 주세요.',
      en: 'No newsletter is sent for this link. Use the one of the newest mail.',
    });
  }

  /** Newest first, without those that have ended. Throws BAD_USER_INPUT. */
  list({
    category,
    ...request
  }: PageRequest & { category?: ArticleCategory | null }): Promise<Page<NewsletterSubscription>> {
    const where = { email: { not: '' }, ...(category && { categories: { has: category } }) };
    return pageByCreation(this.deps.prisma.newsletterSubscription, where, request);
  }
}

/** The address itself is in no audit entry. */
function mailbox(key: string): AuditTarget {
  return { type: 'NewsletterSubscription', id: key };
}

/** Null for a user who has left meanwhile; who has not cannot until the commit. */
async function present(tx: Transaction, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  const held = await tx.$queryRaw<unknown[]>`
    SELECT id FROM "User" WHERE id = ${userId}::uuid FOR KEY SHARE`;
  return held.length > 0 ? userId : null;
}
