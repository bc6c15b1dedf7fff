import type { Config } from '../../config/config';
import { REDUCED } from '../newsletter/subscriptions.sql';

/** Rows of one table that go in time. */
export interface RetentionRule {
  /** Kebab-case: a label of the metrics and the logs. */
  name: string;
  /** Everything that happened before goes; null: nothing goes. */
  cutoff(now: Date): Date | null;
  /** Deletes, or empties, at most RETENTION_BATCH rows; $1 is the cutoff. */
  sql: string;
}

/** Few enough that a statement holds its locks for milliseconds. */
export const RETENTION_BATCH = 1_000;
/** What learnt models stay, so that a bad one can be taken back. */
const MODELS_KEPT = 3;
const UNCONFIRMED_DAYS = 7;
/** A consent ends after two years, and with it the mails. */
const UNSUBSCRIBED_DAYS = 3 * 365;
const DAY_MS = 86_400_000;
const UNCONFIRMED = `t."confirmedAt" IS NULL AND COALESCE(t."confirmationSentAt", t."createdAt") < $1`;
const WEEK_VIEWS_DAYS = 28;
const ANONYMOUS = '(t."userId" IS NULL)';

/** What expires when: the one place that says so. `where` tells rows that may go from those that stay, as `t`. */
export function retentionRules(retention: Config['retention']): RetentionRule[] {
  const { sessionDays, jobDays, originalDays, auditDays, answerDays, viewDays, anonymousViewDays } =
    retention;
  return [
    rule('crawled-hosts', after(1), 'CrawledHost', 't."freeAt" < $1'),
    rule('login-states', atOnce, 'SpentLoginState', 't."expiresAt" < $1'),
    rule('idempotency-keys', atOnce, 'IdempotencyKey', 't."expiresAt" < $1'),
    rule('ended-sessions', after(sessionDays), 'Session', '(t."expiresAt" < $1 OR t."revokedAt" < $1)'),
    // The job of an address that is an article stays: whoever asks for that address again gets it. So does the job
    // that an idempotency key stands for.
    rule(
      'ended-jobs',
      after(jobDays),
      'GenerationJob',
      `t."finishedAt" < $1 AND (t.subject IS NULL OR t."articleId" IS NULL)
         AND NOT EXISTS (SELECT 1 FROM "IdempotencyKey" k WHERE k."jobId" = t.id AND k."expiresAt" > now())`,
    ),
    // What has no address was never collected: it is our own first text, and the only one to rewrite.
    rule(
      'collected-originals',
      after(originalDays),
      'ArticleOriginal',
      'a."createdAt" < $1 AND a."sourceUrl" IS NOT NULL',
      'JOIN "Article" a ON a.id = t."articleId"',
    ),
    rule(
      'unconfirmed-newsletters',
      after(UNCONFIRMED_DAYS),
      'NewsletterSubscription',
      `${UNCONFIRMED} AND t."unsubscribedAt" IS NULL`,
    ),
    // Of who had unsubscribed before that stays which lets the links in old mails work, until no mail is so old.
    {
      name: 'unconfirmed-again-newsletters',
      cutoff: after(UNCONFIRMED_DAYS),
      sql: `UPDATE "NewsletterSubscription" SET ${REDUCED.sql} WHERE ${chosen('NewsletterSubscription', `${UNCONFIRMED} AND t.email <> ''`)}`,
    },
    rule(
      'unsubscribed-newsletters',
      after(UNSUBSCRIBED_DAYS),
      'NewsletterSubscription',
      't."confirmedAt" IS NULL AND t."unsubscribedAt" < $1',
    ),
    rule('answers', after(answerDays), 'Answer', 't."createdAt" < $1'),
    // Whose day is over: they count for that day alone.
    rule(
      'asked-questions',
      after(1),
      'AskedQuestions',
      `t.day < ($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date`,
    ),
    // Who got which issue. While an issue can be sent, its deliveries keep it from being sent twice.
    rule(
      'newsletter-deliveries',
      after(jobDays),
      'NewsletterDelivery',
      `COALESCE(t."settledAt", t."nextAttemptAt") < $1 AND i.week < now() - interval '21 days'`,
      'JOIN "NewsletterIssue" i ON i.id = t."issueId"',
    ),
    rule('audit-entries', after(auditDays), 'AuditEntry', 't."createdAt" < $1'),
    // Money is accounted for as long as deeds are.
    rule('model-calls', after(auditDays), 'ModelCall', 't."createdAt" < $1'),
    rule(
      'spending-days',
      after(auditDays),
      'SpendingDay',
      `t.day < ($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date`,
    ),
    rule(
      'anonymous-views',
      after(anonymousViewDays),
      'ArticleView',
      `${ANONYMOUS} AND t."lastViewedAt" < $1`,
    ),
    rule('user-views', after(viewDays), 'ArticleView', `NOT ${ANONYMOUS} AND t."lastViewedAt" < $1`),
    rule(
      'anonymous-impressions',
      after(anonymousViewDays),
      'Impression',
      `${ANONYMOUS} AND t."shownAt" < $1`,
    ),
    rule('user-impressions', after(viewDays), 'Impression', `NOT ${ANONYMOUS} AND t."shownAt" < $1`),
    rule('reader-feedback', after(viewDays), 'ReaderFeedback', 't."saidAt" < $1'),
    rule(
      'day-views',
      after(viewDays),
      'ArticleDayViews',
      `t.day < ($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date`,
    ),
    // Asked for in their own week alone.
    rule(
      'week-views',
      after(WEEK_VIEWS_DAYS),
      'ArticleWeekViews',
      `t.week < ($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date`,
    ),
    rule(
      'superseded-models',
      atOnce,
      'RecommendationModel',
      `t."createdAt" < $1 AND t.published AND t.version NOT IN
         (SELECT version FROM "RecommendationModel" WHERE published ORDER BY version DESC LIMIT ${MODELS_KEPT})`,
    ),
    // No training takes a day: what stored them has been lost.
    rule('unpublished-models', after(1), 'RecommendationModel', `t."createdAt" < $1 AND NOT t.published`),
  ];
}

const atOnce = (now: Date) => now;

function after(days: number): RetentionRule['cutoff'] {
  return (now) => (days === 0 ? null : new Date(now.getTime() - days * DAY_MS));
}

/** Rows that somebody else holds are left to the next run. */
function rule(
  name: string,
  cutoff: RetentionRule['cutoff'],
  table: string,
  where: string,
  join = '',
): RetentionRule {
  return { name, cutoff, sql: `DELETE FROM "${table}" WHERE ${chosen(table, where, join)}` };
}

function chosen(table: string, where: string, join = ''): string {
  const rows = `SELECT t.ctid FROM "${table}" t ${join} WHERE ${where} LIMIT ${RETENTION_BATCH} FOR UPDATE OF t SKIP LOCKED`;
  return `ctid = ANY(ARRAY(${rows}))`;
}
