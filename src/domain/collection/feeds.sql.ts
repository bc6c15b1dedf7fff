import type { Prisma, Transaction } from '../../adapters/database/database';
import type { FeedVersion } from '../../adapters/feed/feed-reader';
import type { ErrorCode } from '../../errors';

/** Publishers whose feeds are read. */
export const ENABLED_FEED = { enabled: true, feedUrl: { not: null } };

/** A publisher's feed, and what is known of it from the last times. */
export interface Feed extends FeedVersion {
  publisherId: string;
  publisher: string;
  url: string;
  failingSince: Date | null;
}

/** What was found; `found` is the sum of the others. */
export interface FeedFindings {
  found: number;
  new: number;
  known: number;
  failed: number;
  errorCode: ErrorCode | null;
}

/** Enabled feeds that the job has not reported since it began, by name. */
export function feedsToRead(prisma: Prisma, jobId: string): Promise<Feed[]> {
  return prisma.$queryRaw<Feed[]>`
    SELECT p.id AS "publisherId", p.name AS publisher, p."feedUrl" AS url, s.etag, s."lastModified", s."failingSince"
    FROM "Publisher" p LEFT JOIN "FeedState" s ON s."publisherId" = p.id AND s.url = p."feedUrl"
    WHERE p.enabled AND p."feedUrl" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "FeedReport" r JOIN "GenerationJob" j ON j.id = r."jobId"
      WHERE r."jobId" = ${jobId}::uuid AND r."publisherId" = p.id AND r."createdAt" >= j."startedAt")
    ORDER BY p.name`;
}

/**
 * Which of these pages were asked for before or are articles, whatever became of them, be it as http or as https. Until
 * the transaction ends no other collection looks.
 */
export async function knownPages(tx: Transaction, urls: readonly string[]): Promise<Set<string>> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('collection'))`;
  const rows = await tx.$queryRaw<{ url: string }[]>`
    SELECT page.url FROM (
      SELECT url, CASE WHEN starts_with(url, 'https:') THEN 'http:' || substr(url, 7) ELSE 'https:' || substr(url, 6) END AS other
      FROM unnest(${urls}::text[]) AS given(url)) page
    WHERE EXISTS (SELECT 1 FROM "GenerationJob" WHERE subject IN (page.url, page.other))
       OR EXISTS (SELECT 1 FROM "Article" WHERE "sourceUrl" IN (page.url, page.other))`;
  return new Set(rows.map(({ url }) => url));
}

/** Keeps what a job found in a feed; a repeated reading replaces it. */
export async function saveReport(
  tx: Transaction,
  jobId: string,
  publisherId: string,
  { found, new: fresh, known, failed, errorCode }: FeedFindings,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "FeedReport" ("jobId", "publisherId", found, new, known, failed, "errorCode")
    VALUES (${jobId}::uuid, ${publisherId}::uuid, ${found}, ${fresh}, ${known}, ${failed}, ${errorCode})
    ON CONFLICT ("jobId", "publisherId") DO UPDATE
      SET found = excluded.found, new = excluded.new, known = excluded.known, failed = excluded.failed,
          "errorCode" = excluded."errorCode", "createdAt" = excluded."createdAt"`;
}

/** Keeps what is to be known of a feed the next time. A changed address has no past. */
export async function saveState(
  tx: Transaction,
  { publisherId, url }: Feed,
  state: {
    etag: string | null;
    lastModified: string | null;
    readAt?: Date;
    failingSince: Date | null;
    errorCode: ErrorCode | null;
  },
): Promise<void> {
  await tx.feedState.upsert({
    where: { publisherId },
    create: { publisherId, url, ...state },
    update: { url, ...state },
  });
}
