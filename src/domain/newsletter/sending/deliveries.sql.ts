import type { Pool } from 'pg';
import { plannedAnew } from '../../../adapters/database/planned-anew';
import type { DeliveryStatus } from '../../../generated/prisma/client';
import type { ArticleCategory } from '../../article/category';

/** Which mails a run of a job may send. */
export interface Mailing {
  issueId: string;
  category: ArticleCategory;
  jobId: string;
  runId: string;
  /** Whoever consented before is asked again first. */
  consentSince: Date;
}

export interface Recipient {
  id: string;
  email: string;
  name: string;
  unsubscribeKey: string;
  consentedAt: Date;
  /** Tries so far. */
  attempts: number;
}

/** What became of one mail. */
export interface Settlement {
  status: Extract<DeliveryStatus, 'WAITING' | 'SENT' | 'FAILED' | 'DOUBTFUL'>;
  replyCode?: number | null;
  /** Whether it was one of its tries. */
  isTry?: boolean;
  /** Whether its server says that there is no such mailbox. */
  isBounce?: boolean;
  /** Before the next try. */
  pauseMs?: number;
}

export interface DeliveryCounts {
  all: number;
  /** Of these, the ones that nothing will be done for any more. */
  ended: number;
  /** Until the next try of what waits; null when nothing does. */
  dueInMs: number | null;
}

/** Refusals in a row after which an address gets nothing more. */
export const MOST_BOUNCES = 3;
const ROWS_AT_ONCE = 2_000;
/** Before every id. */
const NIL = '00000000-0000-0000-0000-000000000000';
/** Few enough that a worker soon sees what was hidden or cancelled meanwhile. */
const CLAIMED_AT_ONCE = 50;

const WANTED = `s."confirmedAt" IS NOT NULL AND s."unsubscribedAt" IS NULL AND s."hardBounces" < ${MOST_BOUNCES}
  AND s.categories @> ARRAY[$2::"ArticleCategory"] AND s."consentedAt" > $3`;
const LIVE_RUNS = `SELECT "runId" FROM "GenerationJob" WHERE kind = 'NEWSLETTER' AND status = 'RUNNING' AND "runId" IS NOT NULL`;
/** Of a run that is over: its worker died, or it was cancelled. */
const ABANDONED = `(d."runId" IS NULL OR d."runId" NOT IN (${LIVE_RUNS}))`;
const THIS_ONE = `d."issueId" = $1 AND d."subscriptionId" = $4 AND d."runId" = $5`;

/** A delivery for each subscriber who has none of this issue; returns how many are new. */
export async function createDeliveries(
  pool: Pool,
  { issueId, category, consentSince }: Mailing,
): Promise<number> {
  let created = 0;
  for (let after = NIL; ;) {
    const { rows } = await pool.query<{ count: number; last: string | null }>(
      plannedAnew({
        name: 'newsletter-deliveries-create',
        // From one page to the next by id: who has one already is looked at once, not before every page.
        text: `WITH created AS (
                 INSERT INTO "NewsletterDelivery" ("issueId", "subscriptionId")
                 SELECT $1, s.id FROM "NewsletterSubscription" s
                 WHERE ${WANTED} AND s.id > $4
                   AND NOT EXISTS (SELECT 1 FROM "NewsletterDelivery" d WHERE d."issueId" = $1 AND d."subscriptionId" = s.id AND d."subscriptionId" > $4)
                 ORDER BY s.id LIMIT ${ROWS_AT_ONCE} ON CONFLICT DO NOTHING RETURNING "subscriptionId"
               )
               SELECT count(*)::int AS count, max("subscriptionId"::text) AS last FROM created`,
        values: [issueId, category, consentSince, after],
      }),
    );
    const { count, last } = rows[0]!;
    if (last === null) return created;
    created += count;
    after = last;
  }
}

/** What was at its last byte when its run ended may have been taken, and is not sent again. Returns whose it was. */
export async function doubtAbandoned(pool: Pool, issueId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    plannedAnew({
      name: 'newsletter-deliveries-doubt',
      text: `UPDATE "NewsletterDelivery" d SET status = 'DOUBTFUL', "settledAt" = now()
             WHERE d."issueId" = $1 AND d.status = 'SENDING' AND ${ABANDONED} RETURNING d."subscriptionId" AS id`,
      values: [issueId],
    }),
  );
  return rows.map(({ id }) => id);
}

/** Takes away what waits for somebody who wants no letters any more, or may get none. */
export async function dropUnwanted(pool: Pool, { issueId, category, consentSince }: Mailing): Promise<void> {
  await pool.query(
    plannedAnew({
      name: 'newsletter-deliveries-drop',
      text: `DELETE FROM "NewsletterDelivery" d WHERE d."issueId" = $1 AND d.status = 'WAITING'
               AND NOT EXISTS (SELECT 1 FROM "NewsletterSubscription" s WHERE s.id = d."subscriptionId" AND ${WANTED})`,
      values: [issueId, category, consentSince],
    }),
  );
}

/** The next mails for this run alone; none when no other is due. */
export async function claimDeliveries(
  pool: Pool,
  { issueId, category, consentSince, runId }: Mailing,
): Promise<Recipient[]> {
  const { rows } = await pool.query<Recipient>(
    plannedAnew({
      name: 'newsletter-deliveries-claim',
      text: `UPDATE "NewsletterDelivery" d SET "runId" = $4
             FROM (SELECT d."subscriptionId" FROM "NewsletterDelivery" d JOIN "NewsletterSubscription" s ON s.id = d."subscriptionId"
                   WHERE d."issueId" = $1 AND d.status = 'WAITING' AND d."nextAttemptAt" <= now() AND ${ABANDONED} AND ${WANTED}
                   ORDER BY d."nextAttemptAt", d."subscriptionId" LIMIT ${CLAIMED_AT_ONCE} FOR UPDATE OF d SKIP LOCKED) due
             JOIN "NewsletterSubscription" s ON s.id = due."subscriptionId"
             WHERE d."issueId" = $1 AND d."subscriptionId" = due."subscriptionId"
             RETURNING s.id, s.email, s.name, s."unsubscribeKey", s."consentedAt", d.attempts`,
      values: [issueId, category, consentSince, runId],
    }),
  );
  return rows;
}

/** Tells that a mail gets its last byte. False when it must not: its reader has left, or the run has ended. */
export async function beginHandOver(pool: Pool, mailing: Mailing, recipientId: string): Promise<boolean> {
  const { issueId, category, consentSince, runId, jobId } = mailing;
  const { rowCount } = await pool.query({
    name: 'newsletter-delivery-begin',
    text: `UPDATE "NewsletterDelivery" d SET status = 'SENDING' FROM "NewsletterSubscription" s
           WHERE ${THIS_ONE} AND d.status = 'WAITING' AND s.id = d."subscriptionId" AND ${WANTED}
             AND EXISTS (SELECT 1 FROM "GenerationJob" WHERE id = $6 AND "runId" = $5 AND status = 'RUNNING')`,
    values: [issueId, category, consentSince, recipientId, runId, jobId],
  });
  return rowCount === 1;
}

/**
 * Tells what became of a mail of this run, also when the run has ended meanwhile; the same twice is told once. What goes
 * back to wait is anybody's again.
 */
export async function settleDelivery(
  pool: Pool,
  { issueId, runId }: Mailing,
  recipientId: string,
  { status, replyCode = null, isTry = true, isBounce = false, pauseMs = 0 }: Settlement,
): Promise<void> {
  await pool.query({
    name: 'newsletter-delivery-settle',
    text: `WITH settled AS (
             UPDATE "NewsletterDelivery" d
             SET status = $3::"DeliveryStatus", "replyCode" = $6, attempts = attempts + $7::int, "nextAttemptAt" = now() + make_interval(secs => $8::float8),
                 "runId" = CASE WHEN $3::"DeliveryStatus" = 'WAITING' THEN NULL ELSE d."runId" END, "settledAt" = CASE WHEN $3::"DeliveryStatus" = 'WAITING' THEN NULL ELSE now() END
             WHERE d."issueId" = $1 AND d."subscriptionId" = $4 AND d."runId" = $5 AND d.status IN ('WAITING', 'SENDING', 'DOUBTFUL')
             RETURNING d."subscriptionId"
           ), issue AS (
             UPDATE "NewsletterIssue" SET recipients = recipients + 1 WHERE id = $1 AND $2::boolean AND EXISTS (SELECT 1 FROM settled)
           )
           UPDATE "NewsletterSubscription" s SET "hardBounces" = CASE WHEN $2::boolean THEN 0 ELSE "hardBounces" + 1 END
           FROM settled WHERE s.id = settled."subscriptionId" AND ($9::boolean OR $2::boolean AND s."hardBounces" > 0)`,
    values: [issueId, status === 'SENT', status, recipientId, runId, replyCode, isTry ? 1 : 0, pauseMs / 1000, isBounce],
  }); // prettier-ignore
}

export async function countDeliveries(pool: Pool, issueId: string): Promise<DeliveryCounts> {
  const { rows } = await pool.query<DeliveryCounts>(
    plannedAnew({
      name: 'newsletter-deliveries-count',
      text: `SELECT count(*)::int AS "all", count(*) FILTER (WHERE status NOT IN ('WAITING', 'SENDING'))::int AS ended,
               (extract(epoch FROM min("nextAttemptAt") FILTER (WHERE status = 'WAITING') - now()) * 1000)::float8 AS "dueInMs"
             FROM "NewsletterDelivery" WHERE "issueId" = $1`,
      values: [issueId],
    }),
  );
  return rows[0]!;
}

/** Gives up what waits still. */
export async function giveUpWaiting(pool: Pool, issueId: string): Promise<number> {
  const { rowCount } = await pool.query(
    plannedAnew({
      name: 'newsletter-deliveries-give-up',
      text: `UPDATE "NewsletterDelivery" SET status = 'FAILED', "settledAt" = now() WHERE "issueId" = $1 AND status = 'WAITING'`,
      values: [issueId],
    }),
  );
  return rowCount!;
}
