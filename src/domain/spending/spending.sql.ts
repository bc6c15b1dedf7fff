import type { Pool } from 'pg';
import type { CallReservation, CallResult } from '../../adapters/language-model/model-call';
import type { SpendingPurpose } from './spending.service';

export interface ReservedCall extends SpendingPurpose, CallReservation {
  /** In Asia/Seoul, e.g. 2026-01-01. */
  day: string;
  /** Null for no bound. */
  dailyBudgetUsd: number | null;
}

/** US dollars: the most that a row can hold. */
const MAX_COST = 999_999.999999;

/** A call that has been under way for so long has lost its worker. */
const LOST_MINUTES = 15;

/**
 * Writes a call's row when the most that it may cost fits into its day's budget, and returns its id; else null. The row of
 * the day is locked from the look at it until it is changed, so no two callers share what is left. What is free always fits.
 */
export async function reserveCall(pool: Pool, call: ReservedCall): Promise<string | null> {
  const { jobId, purpose, provider, model, promptVersion, maxCostUsd, isPriceAssumed = false } = call;
  const { rows } = await pool.query<{ id: string }>({
    name: 'model-call-reserve',
    text: `WITH fits AS (
             INSERT INTO "SpendingDay" AS d (day, "reservedUsd")
             SELECT $8::date, $6::numeric(12, 6) WHERE $9::numeric IS NULL OR $6 <= $9
             ON CONFLICT (day) DO UPDATE SET "reservedUsd" = d."reservedUsd" + excluded."reservedUsd"
             WHERE $9 IS NULL OR excluded."reservedUsd" = 0 OR d."spentUsd" + d."reservedUsd" + excluded."reservedUsd" <= $9
             RETURNING day)
           INSERT INTO "ModelCall" ("jobId", purpose, provider, model, "promptVersion", "reservedUsd", "priceAssumed", day)
           SELECT $1, $2::"GenerationKind", $3, $4, $5, $6, $7, day FROM fits RETURNING id`,
    values: [
      jobId, purpose, provider, model, promptVersion, roundedUp(maxCostUsd), isPriceAssumed, call.day, call.dailyBudgetUsd,
    ], // prettier-ignore
  });
  return rows[0]?.id ?? null;
}

/** Whether what is left of a day's budget is less than a call may cost. */
export async function isBeyondBudget(
  pool: Pool,
  { day, maxCostUsd, dailyBudgetUsd }: Pick<ReservedCall, 'day' | 'maxCostUsd' | 'dailyBudgetUsd'>,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'spending-beyond-budget',
    text: `SELECT WHERE $2::numeric > $3::numeric
             OR EXISTS (SELECT 1 FROM "SpendingDay" WHERE day = $1 AND "spentUsd" + "reservedUsd" + $2 > $3)`,
    values: [day, roundedUp(maxCostUsd), dailyBudgetUsd],
  });
  return rowCount === 1;
}

/** The same in all three places; a call is settled once. One whose cost nobody knows is counted at its most. */
export async function settleCall(
  pool: Pool,
  id: string,
  { outcome, model, inputTokens, outputTokens, costUsd }: CallResult,
): Promise<void> {
  await pool.query({
    name: 'model-call-settle',
    text: `WITH call AS (
             UPDATE "ModelCall"
             SET outcome = $2::"ModelCallOutcome", model = $3, "inputTokens" = $4, "outputTokens" = $5, "costUsd" = $6
             WHERE id = $1 AND outcome = 'RESERVED' RETURNING *),
           counted AS (
             UPDATE "SpendingDay" d
             SET "reservedUsd" = d."reservedUsd" - call."reservedUsd",
                 "spentUsd" = d."spentUsd" + COALESCE(call."costUsd", call."reservedUsd")
             FROM call WHERE d.day = call.day)
           UPDATE "GenerationJob" j
           SET "inputTokens" = j."inputTokens" + COALESCE(call."inputTokens", 0),
               "outputTokens" = j."outputTokens" + COALESCE(call."outputTokens", 0),
               "costUsd" = LEAST(j."costUsd" + COALESCE(call."costUsd", 0), ${MAX_COST}), "updatedAt" = now()
           FROM call WHERE j.id = call."jobId"`,
    values: [id, outcome, model, inputTokens, outputTokens, costUsd && Math.min(costUsd, MAX_COST)],
  });
}

/** What a day's budget is used up by, in US dollars, and the part of it that calls under way hold. */
export async function countedToday(
  pool: Pool,
  day: string,
): Promise<{ countedUsd: number; underWayUsd: number }> {
  const { rows } = await pool.query<{ countedUsd: number; underWayUsd: number }>({
    name: 'spending-today',
    text: `SELECT COALESCE((SELECT "spentUsd" + "reservedUsd" FROM "SpendingDay" WHERE day = $1), 0)::float8 AS "countedUsd",
                  COALESCE((SELECT sum("reservedUsd") FROM "ModelCall" WHERE day = $1 AND outcome = 'RESERVED'
                              AND "createdAt" > now() - interval '${LOST_MINUTES} minutes'), 0)::float8 AS "underWayUsd"`,
    values: [day],
  });
  return rows[0]!;
}

/** Writes down under which budget a call was refused; true for the first of a day and a budget. */
export async function noteRefusal(pool: Pool, day: string, dailyBudgetUsd: number): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'spending-refusal',
    text: `INSERT INTO "SpendingDay" AS d (day, "refusedUnderUsd") VALUES ($1, $2)
           ON CONFLICT (day) DO UPDATE SET "refusedUnderUsd" = excluded."refusedUnderUsd"
           WHERE d."refusedUnderUsd" IS DISTINCT FROM excluded."refusedUnderUsd"`,
    values: [day, dailyBudgetUsd],
  });
  return rowCount === 1;
}

/** Makes the jobs due that wait for another day's budget, unless one as large refused a call today. Returns how many. */
export async function freeWaiting(
  pool: Pool,
  { day, dailyBudgetUsd }: Pick<ReservedCall, 'day' | 'dailyBudgetUsd'>,
): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'spending-free-waiting',
    // A new dispatch, which nobody has been told of: the queue ignores a nudge that it already keeps for later.
    text: `UPDATE "GenerationJob" SET dispatch = dispatch + 1, "nextAttemptAt" = now(), "nudgedAt" = to_timestamp(0), "updatedAt" = now()
           WHERE status = 'QUEUED' AND "errorCode" = 'BUDGET_EXCEEDED' AND "nextAttemptAt" > now()
             AND NOT EXISTS (SELECT 1 FROM "SpendingDay" WHERE day = $1 AND "refusedUnderUsd" >= COALESCE($2, 'Infinity'::numeric))`,
    values: [day, dailyBudgetUsd],
  });
  return rowCount ?? 0;
}

/** US dollars as the tables keep them, never less. */
function roundedUp(usd: number): number {
  return Math.ceil(usd * 1e6) / 1e6;
}
