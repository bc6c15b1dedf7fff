import type { Pool } from 'pg';

/** A feed that cannot be read for so long is somebody's to look at: days without a collection are not hours without a server. */
export const FAILING_DAYS = 3;
export const FAILING_MS = FAILING_DAYS * 86_400_000;

const FAILING = `
  SELECT p.name, s."errorCode", s."failingSince"
  FROM "FeedState" s JOIN "Publisher" p ON p.id = s."publisherId" AND p."feedUrl" = s.url
  WHERE p.enabled AND s."failingSince" <= now() - make_interval(days => ${FAILING_DAYS})
  ORDER BY s."failingSince"`;

export interface FailingFeed {
  name: string;
  errorCode: string;
  failingSince: Date;
}

/** The enabled feeds that could not be read for three days or longer, the longest first. */
export async function failingFeeds(client: Pick<Pool, 'query'>): Promise<FailingFeed[]> {
  return (await client.query<FailingFeed>(FAILING)).rows;
}
