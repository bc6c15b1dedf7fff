import type { Prisma } from '../../adapters/database/database';
import { auditEach } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { askForConsentAgain, endOldConsents } from './subscriptions.sql';

const BATCH = 1_000;
/** 정보통신망법 시행령 제62조의3. */
export const YEARS_OF_CONSENT = 2;
export const ASKED_DAYS_BEFORE = 30;
const DAY_MS = 86_400_000;

/** A consent counts for two years (정보통신망법 제50조의 수신동의 확인): it is asked for again before, and then ends. */
export class ConsentService {
  constructor(private readonly deps: { prisma: Prisma; clock: Clock }) {}

  /** At most 1,000 of each; 'more' when there may be others. */
  async renewOrEnd(): Promise<'more' | undefined> {
    const { prisma, clock } = this.deps;
    const now = clock.now();
    const until = new Date(now.getTime() + ASKED_DAYS_BEFORE * DAY_MS);
    const ended = await prisma.$transaction(async (tx) => {
      const keys = await endOldConsents(tx, now, BATCH);
      const targets = keys.map((id) => ({ type: 'NewsletterSubscription' as const, id }));
      if (targets.length > 0) await auditEach(tx, null, 'newsletter.lapse', targets);
      return keys.length;
    });
    const asked = await askForConsentAgain(prisma, { now, until, most: BATCH });
    return Math.max(ended, asked) === BATCH ? 'more' : undefined;
  }
}
