import type { Pool } from 'pg';
import { plannedAnew } from '../../adapters/database/planned-anew';
import type { Answer } from '../../generated/prisma/client';
import { decodeCursor, encodeCursor } from '../shared/paging';

/** Of one part of an export: what a gateway reads and sends in some ten milliseconds. */
const MAX_ENTRIES = 5_000;
/** The same for long ones: three bytes each are still within what one answer may have. */
const MAX_CHARACTERS = 1_200_000;
/** Before the newest of all. */
const START = { at: new Date('9999-01-01T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

const LISTS = [
  'sessions', 'jobs', 'answers', 'revisions', 'views', 'impressions', 'feedback', 'newsletterSubscriptions', 'auditEntries',
] as const; // prettier-ignore
type List = (typeof LISTS)[number];

interface Source {
  from: string;
  where?: string;
  /** When it was; the newest come first. */
  at: string;
  /** Tells entries of one time apart. */
  id?: string;
  plain: string[];
  times: string[];
}

const SOURCES: Record<List, Source> = {
  sessions: {
    from: '"Session"',
    at: 'createdAt',
    plain: ['id', 'userAgent'],
    times: ['createdAt', 'lastUsedAt', 'expiresAt', 'revokedAt'],
  },
  jobs: {
    from: '"GenerationJob"',
    where: '"requestedById" = $1::uuid',
    at: 'createdAt',
    plain: ['id', 'kind', 'status', 'sourceUrl', 'articleId'],
    times: ['createdAt'],
  },
  answers: {
    from: '"Answer"',
    at: 'createdAt',
    plain: ['id', 'question', 'articleId', 'status', 'text', 'sources'],
    times: ['createdAt'],
  },
  revisions: {
    from: '"ArticleRevision"',
    where: '"authorId" = $1::uuid',
    at: 'createdAt',
    plain: ['id', 'articleId', 'title'],
    times: ['createdAt'],
  },
  views: {
    from: '"ArticleView"',
    at: 'lastViewedAt',
    id: `md5("readerId"::text || "articleId")::uuid`,
    plain: ['articleId', 'dwellSeconds'],
    times: ['firstViewedAt', 'lastViewedAt'],
  },
  impressions: {
    from: '"Impression"',
    at: 'shownAt',
    id: `md5("readerId"::text || "articleId" || day)::uuid`,
    plain: ['articleId', 'surface'],
    times: ['shownAt'],
  },
  feedback: {
    from: '"ReaderFeedback"',
    at: 'saidAt',
    id: '"articleId"',
    plain: ['articleId', 'kind'],
    times: ['saidAt'],
  },
  newsletterSubscriptions: {
    from: '"NewsletterSubscription"',
    // The account's own address belongs to it, also where nobody was signed in. Another one does once its reader has
    // confirmed: before, it would tell who asks whether that reader is subscribed.
    where: `("userId" = $1::uuid AND "confirmedAt" IS NOT NULL OR "emailKey" = $4) AND email <> ''`,
    at: 'createdAt',
    plain: ['id', 'email', 'name', 'categories', 'pending'],
    times: ['createdAt', 'confirmedAt', 'consentedAt'],
  },
  auditEntries: {
    from: '"AuditEntry"',
    where: `("actorId" = $1::uuid OR ("targetType" = 'User' AND "targetId" = $1::text))`,
    at: 'createdAt',
    plain: ['action', 'targetType', 'targetId', 'details'],
    times: ['createdAt'],
  },
};

const inUtc = (column: string) => `to_char("${column}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function entriesOf([list, { from, where = '"userId" = $1::uuid', at, id = 'id', plain, times }]: [
  string,
  Source,
]): string {
  const pairs = [
    ...plain.map((name) => `'${name}', "${name}"`),
    ...times.map((name) => `'${name}', ${inUtc(name)}`),
  ];
  return `(SELECT '${list}' AS list, "${at}" AS at, ${id} AS id, json_build_object(${pairs.join(', ')})::text AS entry
    FROM ${from} WHERE ${where} AND "${at}" <= $2 AND ("${at}" < $2 OR ${id} < $3::uuid)
    ORDER BY 2 DESC, 3 DESC LIMIT ${MAX_ENTRIES + 1})`;
}

const NEWEST_ENTRIES = `${Object.entries(SOURCES).map(entriesOf).join('\nUNION ALL\n')}
ORDER BY at DESC, id DESC LIMIT ${MAX_ENTRIES + 1}`;

export type ExportedEntries = Record<Exclude<List, 'answers'>, object[]> & {
  answers: Pick<Answer, 'id' | 'text' | 'sources'>[];
  /** False when there is more, which stands behind `endCursor`. */
  complete: boolean;
  endCursor: string | null;
};

/**
 * What a user has done, newest first; of all lists together so much as one answer can hold, and behind `after` the next.
 * One statement. Throws BAD_USER_INPUT naming `after`.
 */
export async function selectExportedEntries(
  pool: Pool,
  { userId, mailbox, after }: { userId: string; mailbox: string | null; after: string | null },
): Promise<ExportedEntries> {
  const start = after ? decodeCursor(after) : START;
  const { rows } = await pool.query<[List, Date, string, string]>({
    ...plannedAnew({ name: 'export', text: NEWEST_ENTRIES, values: [userId, start.at, start.id, mailbox] }),
    rowMode: 'array',
  });
  const lists = Object.fromEntries(LISTS.map((list) => [list, [] as string[]])) as Record<List, string[]>;
  let taken = 0;
  for (let characters = 0; taken < Math.min(rows.length, MAX_ENTRIES); taken++) {
    const [list, , , entry] = rows[taken]!;
    characters += entry.length;
    if (characters > MAX_CHARACTERS && taken > 0) break;
    lists[list].push(entry);
  }
  const complete = taken === rows.length;
  const [, at, id] = rows[taken - 1] ?? [];
  const endCursor = complete ? null : encodeCursor({ at: at!, id: id! });
  const json = LISTS.map((list) => `"${list}":[${lists[list].join(',')}]`).join(',');
  return { ...(JSON.parse(`{${json}}`) as Pick<ExportedEntries, List>), complete, endCursor };
}
