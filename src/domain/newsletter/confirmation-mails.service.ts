import type { Prisma } from '../../adapters/database/database';
import { MailError, type Mailer } from '../../adapters/mail/mailer';
import type { Config } from '../../config/config';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';
import { confirmationMail } from './confirmation-mail';
import { newConfirmationToken } from './confirmation-token';
import { claimDueMail, settleMail, type DueMail } from './subscriptions.sql';
import { readWish } from './wish';

const AT_ONCE = 4;
/** A worker that was killed leaves its mail to another one after this; none takes so long to send. */
const LEASE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3600_000;
/** Some two days and a half. */
const MAX_ATTEMPTS = 64;
/** The server may have taken it: a second one comes no sooner than if it had been asked for. */
const DOUBTFUL_PAUSE_MS = 10 * 60_000;
/** Of this address, which another try would not change. */
const FOR_GOOD: readonly string[] = ['REJECTED', 'BLOCKED'];
/** Of every mail, for now. */
const FOR_ALL: readonly string[] = ['AWAY', 'REFUSED'];

export interface ConfirmationMailDeps {
  prisma: Prisma;
  clock: Clock;
  logger: Logger;
  /** Null: mails wait until there is a server. */
  mailer: Mailer | null;
  publicUrl: string;
  mail: Config['mail'];
}

/**
 * Sends the confirmation mails that are due. A mail is a row that one worker claims; killed in the middle it is sent
 * again: two such mails do less harm than none.
 */
export class ConfirmationMailService {
  constructor(private readonly deps: ConfirmationMailDeps) {}

  /** A few at a time, until none is due or no server is there. */
  async sendDue(signal: AbortSignal): Promise<void> {
    const state = { isAway: false };
    const sendAll = async () => {
      while (!signal.aborted && !state.isAway && (await this.sendOne(state)));
    };
    if (this.deps.mailer) await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  }

  /** Whether there was one. */
  private async sendOne(state: { isAway: boolean }): Promise<boolean> {
    const { prisma, clock, logger, mailer, mail, publicUrl } = this.deps;
    const { token, hash } = newConfirmationToken();
    const now = clock.now();
    const due = await claimDueMail(prisma, { hash, now, leaseUntil: later(now, LEASE_MS) });
    if (!due) return false;
    try {
      await mailer!.send(
        confirmationMail({ ...due, wish: readWish(due.offered), token, publicUrl, mail: mail! }),
      );
      await settleMail(prisma, hash, null);
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      state.isAway ||= FOR_ALL.includes(error.refusal);
      const nextAt = nextTry(error, due, clock.now());
      await settleMail(prisma, hash, nextAt);
      logger.warn({ error, nextAt }, 'a confirmation mail could not be sent');
    }
    return true;
  }
}

function nextTry({ refusal, doubtful }: MailError, { attempts }: DueMail, now: Date): Date | null {
  if (FOR_GOOD.includes(refusal) || attempts >= MAX_ATTEMPTS) return null;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS);
  return later(now, doubtful ? Math.max(pause, DOUBTFUL_PAUSE_MS) : pause);
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
