import pLimit from 'p-limit';
import type { Pool } from 'pg';
import { throughOutage } from '../../../adapters/database/through-outage';
import { MailError } from '../../../adapters/mail/mail-error';
import { MAIL_CONNECTIONS, type Mailer, type OutgoingMail } from '../../../adapters/mail/mailer';
import { AppError, TryLater } from '../../../errors';
import type { NewsletterIssue } from '../../../generated/prisma/client';
import type { RunHandle } from '../../jobs/job-runner.service';
import type { LetterWriter } from '../letter/letter';
import { unsubscribeHeaders, unsubscribeUrl } from '../links';
import {
  beginHandOver,
  settleDelivery,
  type DeliveryCounts,
  type Mailing,
  type Recipient,
  type Settlement,
} from './deliveries.sql';
import { Turns } from './turns';

export interface MailRoundOptions {
  pool: Pool;
  mailer: Mailer;
  writer: LetterWriter;
  handle: RunHandle;
  mailing: Mailing;
  publicUrl: string;
  domain: string;
  pauseMs: number;
}

const MOST_TRIES = 10;
const LONGEST_PAUSE_MS = 3_600_000;
/** While the database is away nobody knows of a mail that was taken: it is told as long as a worker may live so. */
const LONGEST_OUTAGE_MS = 600_000;
/** Failures in a row that are the server's, or ours, and no reader's. */
const MOST_TROUBLES = 8;

/** The reader has left between the claim and the last byte. */
class NotWanted extends Error {
  override name = 'NotWanted';
}

/** The mails of one run of a job. */
export class MailRound {
  counts: DeliveryCounts = { all: 0, ended: 0, dueInMs: null };
  /**
   * Only one mail at a time is between its last byte and the row that says so: a worker that is killed leaves at most one
   * in doubt, while the others of its connections are as far as they can be.
   */
  private readonly lastBytes = new Turns();
  private readonly limit = pLimit(MAIL_CONNECTIONS);
  private percent = -1;
  private troubles = 0;
  private blocked = 0;
  private hasAdvanced = false;
  private fault: unknown;

  constructor(private readonly options: MailRoundOptions) {}

  /** Tries each once. Throws RunLost, TryLater when the server is away, MAIL_REFUSED when it wants no mail of ours. */
  async send(issue: NewsletterIssue, recipients: readonly Recipient[]): Promise<void> {
    await Promise.all(
      recipients.map((recipient) =>
        this.limit(async () => {
          if (this.fault === undefined)
            await this.sendOne(issue, recipient).catch((error: unknown) => (this.fault ??= error));
        }),
      ),
    );
    if (this.fault !== undefined) throw this.fault;
  }

  /** Shows how far it is. */
  async tell(): Promise<void> {
    const { all, ended } = this.counts;
    const percent = all === 0 ? 0 : Math.floor((99 * ended) / all);
    if (percent === this.percent) return;
    this.percent = percent;
    await this.options.handle.progress('sending', percent);
  }

  private async sendOne(issue: NewsletterIssue, recipient: Recipient): Promise<void> {
    const { pool, mailing, mailer, handle } = this.options;
    handle.signal.throwIfAborted();
    let isOver = false;
    let release = () => {};
    const handOver = async () => {
      const done = await this.lastBytes.take();
      if (isOver) return done();
      release = done;
      handle.signal.throwIfAborted();
      if (await beginHandOver(pool, mailing, recipient.id)) return;
      // Throws when that is why.
      await handle.progress('sending', Math.max(this.percent, 0));
      throw new NotWanted();
    };
    try {
      const outcome: unknown = await mailer
        .send(this.mailTo(issue, recipient), handOver)
        .catch((error: unknown) => error);
      const settlement = this.settlementOf(outcome, recipient);
      await throughOutage(() => settleDelivery(pool, mailing, recipient.id, settlement), LONGEST_OUTAGE_MS);
      await this.learn(outcome, settlement);
    } finally {
      isOver = true;
      release();
    }
  }

  /** `outcome` is undefined for a mail that was taken. */
  private settlementOf(outcome: unknown, { attempts }: Recipient): Settlement {
    if (outcome === undefined) return { status: 'SENT', replyCode: 250 };
    const notTried: Settlement = { status: 'WAITING', isTry: false };
    if (!(outcome instanceof MailError)) return notTried;
    const { refusal, replyCode, doubtful } = outcome;
    if (doubtful) return { status: 'DOUBTFUL' };
    if (refusal === 'REFUSED') return notTried;
    if (refusal === 'AWAY') return { ...notTried, replyCode, pauseMs: this.options.pauseMs };
    if (refusal === 'LATER' && attempts + 1 < MOST_TRIES) {
      const pauseMs = Math.min(this.options.pauseMs * 2 ** attempts, LONGEST_PAUSE_MS);
      return { status: 'WAITING', replyCode, pauseMs };
    }
    return { status: 'FAILED', replyCode, isBounce: refusal === 'REJECTED' };
  }

  /** Throws when nothing more must be tried now. */
  private async learn(outcome: unknown, { status }: Settlement): Promise<void> {
    const { handle } = this.options;
    if (status !== 'WAITING') {
      this.counts.ended += 1;
      await this.tell();
    }
    if (outcome === undefined && !this.hasAdvanced) {
      this.hasAdvanced = true;
      await handle.advanced();
    }
    if (outcome instanceof NotWanted) return;
    if (outcome !== undefined && !(outcome instanceof MailError)) throw outcome;
    if (outcome?.refusal === 'REFUSED') throw new AppError('MAIL_REFUSED');
    this.blocked = outcome?.refusal === 'BLOCKED' ? this.blocked + 1 : 0;
    this.troubles = outcome?.refusal === 'AWAY' || outcome?.replyCode === 421 ? this.troubles + 1 : 0;
    if (this.blocked >= MOST_TROUBLES) throw new AppError('MAIL_REFUSED');
    if (this.troubles >= MOST_TROUBLES)
      throw new TryLater(this.options.pauseMs, new AppError('MAIL_UNAVAILABLE'));
  }

  private mailTo(
    issue: NewsletterIssue,
    { id, email, name, unsubscribeKey, consentedAt }: Recipient,
  ): OutgoingMail {
    const { writer, publicUrl } = this.options;
    const leaving = unsubscribeUrl(publicUrl, { id, unsubscribeKey });
    return {
      to: { name, address: email },
      subject: issue.subject,
      ...writer.addressed(issue, { name, consentedAt, unsubscribeUrl: leaving }),
      messageId: messageIdOf(this.options, issue, id),
      headers: {
        ...unsubscribeHeaders(leaving),
        Precedence: 'bulk',
      },
    };
  }
}

/** The same for each try of a mail: the server's log finds it by this. */
export function messageIdOf(
  { domain }: { domain: string },
  issue: Pick<NewsletterIssue, 'id'>,
  recipientId: string,
): string {
  return `${issue.id}.${recipientId}@${domain}`;
}
