import type { Transaction } from '../../adapters/database/database';
import { Prisma, type NewsletterSubscription } from '../../generated/prisma/client';
import type { Wish } from './wish';

/** Between two confirmation mails to one address. */
const BETWEEN_MAILS = Prisma.sql`interval '10 minutes'`;

/** What is left of a row so that links in old mails go on working, also when the address is subscribed again. */
export const REDUCED = Prisma.sql`
  email = '', name = '', categories = '{}', "userId" = NULL, pending = NULL, offered = NULL, "confirmationHash" = NULL,
  "confirmationSentAt" = NULL, "confirmationExpiresAt" = NULL, "confirmationDueAt" = NULL, "confirmationAttempts" = 0,
  "confirmedAt" = NULL, "consentedAt" = NULL, "consentAskedAt" = NULL, "hardBounces" = 0`;

export interface Asked {
  id: string;
  address: string;
  key: string;
  wish: Wish;
  now: Date;
}

/**
 * Keeps a wish until its mail is sent: one statement, whatever is known of the address. Nothing of a confirmed subscription
 * changes but that. The same wish within ten minutes is the mail that is under way.
 */
export async function keepWish(tx: Transaction, { id, address, key, wish, now }: Asked): Promise<void> {
  const { name, categories, userId } = wish;
  const isUnderWay = Prisma.sql`(s.offered = excluded.pending AND s."confirmationHash" IS NOT NULL
    AND s."confirmationSentAt" > excluded."createdAt" - ${BETWEEN_MAILS})`;
  const unlessConfirmed = (column: string) =>
    Prisma.raw(
      `"${column}" = CASE WHEN s."confirmedAt" IS NULL THEN excluded."${column}" ELSE s."${column}" END`,
    );
  await tx.$executeRaw`
    INSERT INTO "NewsletterSubscription" AS s
      (id, email, "emailKey", "userId", name, categories, pending, "confirmationDueAt", "createdAt")
    VALUES (${id}::uuid, ${address}, ${key}, ${userId}::uuid, ${name}, ${categories}::"ArticleCategory"[],
      ${JSON.stringify(wish)}::jsonb, ${now}::timestamptz, ${now}::timestamptz)
    ON CONFLICT ("emailKey") DO UPDATE SET
      ${unlessConfirmed('email')}, ${unlessConfirmed('userId')}, ${unlessConfirmed('name')}, ${unlessConfirmed('categories')},
      pending = CASE WHEN ${isUnderWay} THEN NULL ELSE excluded.pending END,
      "confirmationDueAt" = CASE WHEN ${isUnderWay} THEN s."confirmationDueAt" ELSE
        COALESCE(s."confirmationDueAt", GREATEST(excluded."createdAt", s."confirmationSentAt" + ${BETWEEN_MAILS})) END,
      "confirmationAttempts" = CASE WHEN s."confirmationDueAt" IS NULL THEN 0 ELSE s."confirmationAttempts" END,
      "createdAt" = CASE WHEN s.email = '' THEN excluded."createdAt" ELSE s."createdAt" END`;
}

/**
 * Puts into force what the mail with this token offered, once; a wish that came after it still has its own mail to come.
 * Null when there is no such mail, or not any more.
 */
export async function applyOffer(
  tx: Transaction,
  { hash, wish, userId, now }: { hash: string; wish: Wish; userId: string | null; now: Date },
): Promise<NewsletterSubscription | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "NewsletterSubscription" SET
      name = ${wish.name}, categories = ${wish.categories}::"ArticleCategory"[],
      "userId" = COALESCE(${userId}::uuid, "userId"),
      "confirmedAt" = COALESCE("confirmedAt", ${now}::timestamptz), "consentedAt" = ${now}::timestamptz,
      "consentAskedAt" = NULL, "unsubscribedAt" = NULL, "hardBounces" = 0, offered = NULL, "confirmationHash" = NULL,
      "confirmationDueAt" = CASE WHEN pending IS NULL THEN NULL ELSE "confirmationDueAt" END
    WHERE "confirmationHash" = ${hash} AND "confirmationExpiresAt" > ${now}::timestamptz
    RETURNING id`;
  return row ? tx.newsletterSubscription.findUniqueOrThrow({ where: { id: row.id } }) : null;
}

/** Ends a subscription. Its `emailKey`, or null when there is none with this key that is not ended. */
export async function reduceSubscription(
  tx: Transaction,
  { id, unsubscribeKey }: { id: string; unsubscribeKey: string },
  now: Date,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ emailKey: string }[]>`
    UPDATE "NewsletterSubscription" SET ${REDUCED}, "unsubscribedAt" = ${now}::timestamptz
    WHERE id = ${id}::uuid AND "unsubscribeKey" = ${unsubscribeKey}::uuid AND email <> '' RETURNING "emailKey"`;
  return row?.emailKey ?? null;
}

/** Asks again, once, for consents that end before `until`. Returns how many. */
export function askForConsentAgain(
  tx: Pick<Transaction, '$executeRaw'>,
  { now, until, most }: { now: Date; until: Date; most: number },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE "NewsletterSubscription" SET "consentAskedAt" = ${now}::timestamptz, "confirmationDueAt" = ${now}::timestamptz,
      "confirmationAttempts" = 0,
      pending = jsonb_build_object('name', name, 'categories', categories, 'userId', "userId", 'again', true)
    WHERE id IN (
      SELECT id FROM "NewsletterSubscription" WHERE "confirmedAt" IS NOT NULL AND "hardBounces" < 3
        AND "consentedAt" + interval '2 years' <= ${until}::timestamptz AND "consentAskedAt" IS NULL
        AND "confirmationDueAt" IS NULL LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}

/** Ends subscriptions whose consent is older than two years. Returns their `emailKey`s. */
export async function endOldConsents(tx: Transaction, now: Date, most: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ emailKey: string }[]>`
    UPDATE "NewsletterSubscription" SET ${REDUCED}, "unsubscribedAt" = ${now}::timestamptz
    WHERE id IN (
      SELECT id FROM "NewsletterSubscription" WHERE "consentedAt" + interval '2 years' <= ${now}::timestamptz
      LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING "emailKey"`;
  return rows.map(({ emailKey }) => emailKey);
}

/** A confirmation mail that this process is to send. */
export interface DueMail {
  id: string;
  email: string;
  offered: unknown;
  unsubscribeKey: string;
  /** Null for an address that never confirmed anything. */
  confirmedAt: Date | null;
  consentedAt: Date | null;
  expiresAt: Date;
  attempts: number;
}

/** Claims a mail that is due, until `leaseUntil`. Its token replaces the one of the mail before. */
export async function claimDueMail(
  tx: Pick<Transaction, '$queryRaw'>,
  { hash, now, leaseUntil }: { hash: string; now: Date; leaseUntil: Date },
): Promise<DueMail | null> {
  const [mail] = await tx.$queryRaw<DueMail[]>`
    UPDATE "NewsletterSubscription" SET offered = COALESCE(pending, offered), pending = NULL,
      "confirmationHash" = ${hash}, "confirmationSentAt" = ${now}::timestamptz,
      "confirmationExpiresAt" = CASE WHEN (COALESCE(pending, offered) -> 'again')::boolean
        THEN "consentedAt" + interval '2 years' ELSE ${now}::timestamptz + interval '48 hours' END,
      "confirmationDueAt" = ${leaseUntil}::timestamptz, "confirmationAttempts" = "confirmationAttempts" + 1
    WHERE id = (SELECT id FROM "NewsletterSubscription" WHERE "confirmationDueAt" <= ${now}::timestamptz
                ORDER BY "confirmationDueAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, email, offered, "unsubscribeKey", "confirmedAt", "consentedAt", "confirmationExpiresAt" AS "expiresAt",
      "confirmationAttempts" AS attempts`;
  return mail ?? null;
}

/**
 * The mail with this token is sent, or given up (`nextAt` null), or to be tried again. A wish that came meanwhile has its
 * own mail ten minutes after this one. Nothing when it was confirmed, or another process has it.
 */
export async function settleMail(
  tx: Pick<Transaction, '$executeRaw'>,
  hash: string,
  nextAt: Date | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "NewsletterSubscription" SET
      "confirmationDueAt" = COALESCE(${nextAt}::timestamptz,
        CASE WHEN pending IS NULL THEN NULL ELSE "confirmationSentAt" + ${BETWEEN_MAILS} END),
      "confirmationAttempts" = CASE WHEN ${nextAt}::timestamptz IS NULL THEN 0 ELSE "confirmationAttempts" END
    WHERE "confirmationHash" = ${hash}`;
}
