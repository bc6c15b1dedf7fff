import { setTimeout as delay } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Pool } from 'pg';
import type { Prisma } from '../../../adapters/database/database';
import type { Mailer } from '../../../adapters/mail/mailer';
import { AppError, TryLater } from '../../../errors';
import type { NewsletterIssue } from '../../../generated/prisma/client';
import type { Logger } from '../../../logger';
import { audit } from '../../audit/audit.service';
import type { RunHandle } from '../../jobs/job-runner.service';
import { JOB_KINDS } from '../../jobs/kinds';
import { someJobWaits } from '../../jobs/runs.sql';
import type { Clock } from '../../shared/clock';
import { YEARS_OF_CONSENT } from '../consent.service';
import type { LetterWriter } from '../letter/letter';
import type { WriteIssueService } from '../letter/write-issue.service';
import type { NewsletterJobInput } from '../newsletter-job';
import {
  claimDeliveries,
  countDeliveries,
  createDeliveries,
  doubtAbandoned,
  dropUnwanted,
  giveUpWaiting,
  type Mailing,
} from './deliveries.sql';
import { MailRound, messageIdOf } from './mail-round';

export interface SendNewsletterDeps {
  prisma: Prisma;
  pool: Pool;
  /** Null when no server takes our mail. */
  mailer: Mailer | null;
  writing: WriteIssueService;
  writer: LetterWriter;
  publicUrl: string;
  /** Of the sender's address. */
  domain: string;
  clock: Clock;
  logger: Logger;
  /** Before the second try of a mail; doubles with each. */
  pauseMs: number;
}

/** From the Monday of its week: what could not be sent until then is given up. */
const DAYS_TO_SEND = 8;
/** When others of its queue wait, a mailing lets them go first after so long. */
const SHARE_MS = 60_000;
/** For less than this it waits where it is, for longer it gives its place away. */
const SHORT_PAUSE_MS = 30_000;
const LEAST_PAUSE_MS = 250;
/** A job that lost this many workers runs alone, and must not for long. */
const STARTS_OF_SUSPECT = 3;

const KINDS_OF_QUEUE = Object.entries(JOB_KINDS)
  .filter(([, { queue }]) => queue === JOB_KINDS.NEWSLETTER.queue)
  .map(([kind]) => kind);

/** The work of a job of kind NEWSLETTER: the week's issue of a category goes to each of its readers, once. */
export class SendNewsletterService {
  constructor(private readonly deps: SendNewsletterDeps) {}

  async run(handle: RunHandle<NewsletterJobInput>): Promise<void> {
    const { mailer, pool, logger } = this.deps;
    if (!mailer) throw new AppError('MAIL_NOT_CONFIGURED');
    await handle.progress('writing', 0);
    const issue = await this.write(handle, (tx) => this.deps.writing.issueOf(tx, handle.run.input));
    if (!issue) return this.endEmpty(handle);
    const mailing = this.mailingOf(handle, issue);
    for (const id of await doubtAbandoned(pool, issue.id))
      logger.warn(
        { messageId: messageIdOf(this.deps, issue, id) },
        'a mail was at its last byte as its worker ended',
      );
    if (this.isCurrent(issue)) await createDeliveries(pool, mailing);
    await this.sendAll(handle, mailer, mailing, issue);
  }

  private async sendAll(
    handle: RunHandle<NewsletterJobInput>,
    mailer: Mailer,
    mailing: Mailing,
    first: NewsletterIssue,
  ): Promise<void> {
    const { pool } = this.deps;
    const startedAt = performance.now();
    const isSuspect = handle.run.attempts >= STARTS_OF_SUSPECT;
    const round = new MailRound({ ...this.deps, mailer, handle, mailing });
    round.counts = await countDeliveries(pool, first.id);
    await round.tell();
    for (let issue: NewsletterIssue | null = first; ;) {
      handle.signal.throwIfAborted();
      if (!this.isCurrent(issue)) await this.giveUp(issue);
      const recipients = await claimDeliveries(pool, mailing);
      if (recipients.length > 0) {
        // Something of it may have been hidden or taken down since the last mails.
        issue = await this.write(handle, (tx) => this.deps.writing.refreshed(tx, first.id));
        if (!issue) return this.endEmpty(handle);
        await round.send(issue, recipients);
      } else {
        const pauseMs = await this.pauseOf(mailing);
        if (pauseMs === null) return this.end(handle, mailing);
        if (pauseMs > SHORT_PAUSE_MS) throw new TryLater(pauseMs, new AppError('MAIL_UNAVAILABLE'));
        await delay(Math.max(pauseMs, LEAST_PAUSE_MS), undefined, { signal: handle.signal });
      }
      const hasHadItsShare = performance.now() - startedAt > SHARE_MS;
      if (isSuspect || (hasHadItsShare && (await someJobWaits(pool, KINDS_OF_QUEUE)))) throw new TryLater(0);
    }
  }

  /** How long until the next mail is due; null when none is left. */
  private async pauseOf(mailing: Mailing): Promise<number | null> {
    await dropUnwanted(this.deps.pool, mailing);
    return (await countDeliveries(this.deps.pool, mailing.issueId)).dueInMs;
  }

  private async end(handle: RunHandle, { issueId }: Mailing): Promise<void> {
    await handle.succeed(async (tx) => {
      await tx.$executeRaw`
        UPDATE "NewsletterIssue" SET "sentAt" = COALESCE(
          (SELECT max("settledAt") FROM "NewsletterDelivery" WHERE "issueId" = ${issueId}::uuid), "sentAt", statement_timestamp())
        WHERE id = ${issueId}::uuid`;
      const outcomes = await tx.newsletterDelivery.groupBy({
        by: ['status'],
        where: { issueId },
        _count: true,
      });
      const details = Object.fromEntries(
        outcomes.map(({ status, _count }) => [status.toLowerCase(), _count]),
      );
      this.deps.logger.info({ issueId, ...details }, 'a newsletter was sent');
      await audit(
        tx,
        handle.run.requestedById,
        'newsletter.sent',
        { type: 'NewsletterIssue', id: issueId },
        details,
      );
      return {};
    });
  }

  private async endEmpty(handle: RunHandle): Promise<void> {
    await handle.progress('writing', 0, 'NEWSLETTER_EMPTY');
    await handle.succeed(async () => ({}));
  }

  private async write(
    handle: RunHandle<NewsletterJobInput>,
    read: (tx: Parameters<Parameters<RunHandle['write']>[0]>[0]) => Promise<NewsletterIssue | null>,
  ): Promise<NewsletterIssue | null> {
    let issue: NewsletterIssue | null = null;
    await handle.write(async (tx) => {
      issue = await read(tx);
    });
    return issue;
  }

  private mailingOf({ run }: RunHandle, { id: issueId, category }: NewsletterIssue): Mailing {
    const consentSince = DateTime.fromJSDate(this.deps.clock.now())
      .minus({ years: YEARS_OF_CONSENT })
      .toJSDate();
    return { issueId, category, jobId: run.id, runId: run.runId, consentSince };
  }

  /** A job that is started anew long afterwards must not send what is old, where the deliveries of then may be forgotten. */
  private isCurrent({ week }: NewsletterIssue): boolean {
    return this.deps.clock.now().getTime() < week.getTime() + DAYS_TO_SEND * 86_400_000;
  }

  private async giveUp({ id }: NewsletterIssue): Promise<void> {
    const mails = await giveUpWaiting(this.deps.pool, id);
    if (mails > 0) this.deps.logger.error({ issueId: id, mails }, 'mails were given up after days');
  }
}
