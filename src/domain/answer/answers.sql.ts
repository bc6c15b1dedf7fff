import type { Pool } from 'pg';
import type { Transaction } from '../../adapters/database/database';
import { Prisma } from '../../generated/prisma/client';
import type { JobRun } from '../jobs/runs.sql';
import type { WrittenAnswer } from './answerer';
import type { KeptSource, QuotedPlaces } from './kept-source';

/** What an answer is to be written for; null when its reader has left, or its time is over. */
export async function selectQuestion(
  pool: Pool,
  answerId: string,
): Promise<{ question: string; articleId: string | null } | null> {
  const { rows } = await pool.query<{ question: string; articleId: string | null }>({
    name: 'answer-question',
    text: `SELECT question, (SELECT id FROM "Article" WHERE id = answer."articleId" AND status = 'PUBLISHED') AS "articleId"
           FROM "Answer" answer WHERE id = $1`,
    values: [answerId],
  });
  return rows[0] ?? null;
}

/**
 * Lets a text grow; nothing of it stays once an article or a document that it may rest on is hidden. False when the run may
 * not write any more; it is not given away meanwhile.
 */
export async function growAnswer(
  pool: Pool,
  { id, runId }: Pick<JobRun, 'id' | 'runId'>,
  { answerId, text, articleIds, pages }: QuotedPlaces & { answerId: string; text: string },
): Promise<boolean> {
  const { rows } = await pool.query({
    name: 'answer-grow',
    text: `WITH held AS (SELECT id FROM "GenerationJob" WHERE id = $1 AND "runId" = $2 AND status = 'RUNNING' FOR SHARE),
                hidden AS (SELECT FROM "Article" WHERE id = ANY($5::uuid[]) AND status <> 'PUBLISHED'
                           UNION ALL SELECT FROM "Article" WHERE "hiddenPage" = ANY($6::text[])),
                grown AS (UPDATE "Answer" a SET text = CASE WHEN EXISTS (TABLE hidden) THEN '' ELSE $4 END
                          FROM held WHERE a.id = $3 AND a."jobId" = held.id)
           SELECT FROM held`,
    values: [id, runId, answerId, text, articleIds, pages],
  });
  return rows.length === 1;
}

/** Writes the whole answer. To be called with the job's row held, which is locked before the answer's by everybody. */
export async function saveAnswer(
  tx: Transaction,
  answerId: string,
  { text, isUnknown, model, promptVersion }: WrittenAnswer,
  sources: readonly KeptSource[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Answer"
    SET status = 'SUCCEEDED', text = ${text}, sources = ${JSON.stringify(sources)}::jsonb, "isUnknown" = ${isUnknown},
        model = ${model}, "promptVersion" = ${promptVersion}
    WHERE id = ${answerId}::uuid`;
}

/** Keeps articles before readers until the transaction ends. False when one of them, or a page of `pages`, is hidden. */
export async function holdShown(tx: Transaction, { articleIds, pages }: QuotedPlaces): Promise<boolean> {
  const wanted = new Set(articleIds);
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Article" WHERE id = ANY (${[...wanted]}::uuid[]) AND status = 'PUBLISHED' ORDER BY id FOR SHARE`;
  if (held.length < wanted.size) return false;
  return (await tx.article.count({ where: { hiddenPage: { in: pages } } })) === 0;
}

/** Of sources, by the ids of their rows, and of documents' pages, those that readers may not see (any more). One statement. */
export async function selectHidden(pool: Pool, sources: readonly KeptSource[]): Promise<Set<string>> {
  const idsOf = (kind: KeptSource['kind']) => sources.filter((one) => one.kind === kind).map(({ of }) => of);
  const { rows } = await pool.query<{ hidden: string }>({
    name: 'answer-hidden-sources',
    text: `SELECT asked.id::text AS hidden FROM unnest($1::uuid[]) AS asked(id)
           WHERE NOT EXISTS (SELECT FROM "Article" a WHERE a.id = asked.id AND a.status = 'PUBLISHED')
           UNION ALL
           SELECT asked.id::text FROM unnest($2::uuid[]) AS asked(id)
           WHERE NOT EXISTS (SELECT FROM "EconomicTerm" t WHERE t.id = asked.id)
           UNION ALL
           SELECT asked.id::text FROM unnest($3::uuid[]) AS asked(id)
           WHERE NOT EXISTS (SELECT FROM "Faq" f WHERE f.id = asked.id)
           UNION ALL
           SELECT asked.page FROM unnest($4::text[]) AS asked(page)
           WHERE EXISTS (SELECT FROM "Article" a WHERE a."hiddenPage" = asked.page)`,
    values: [idsOf('article'), idsOf('term'), idsOf('faq'), sources.flatMap(({ page }) => page ?? [])],
  });
  return new Set(rows.map(({ hidden }) => hidden));
}

/** What stands in place of an answer that rested on an article that was taken down. */
export const FORGOTTEN = '이 답변의 근거였던 기사가 내려가서 답변도 지웠어요. 다시 물어봐 주세요.';

/** Deletes the text and the sources of all answers that rest on an article or on its page. */
export async function forgetAnswersFrom(
  tx: Transaction,
  articleId: string,
  page: string | null,
): Promise<void> {
  const quoted = [{ of: articleId }, ...(page === null ? [] : [{ page }])];
  const holds = quoted.map((source) => Prisma.sql`sources @> ${JSON.stringify([source])}::jsonb`);
  await tx.$executeRaw`
    UPDATE "Answer" SET text = ${FORGOTTEN}, sources = '[]', "isUnknown" = true WHERE ${Prisma.join(holds, ' OR ')}`;
}
