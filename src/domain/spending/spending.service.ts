import type { Pool } from 'pg';
import type { CallReservation, CallResult, SettleCall } from '../../adapters/language-model/language-model';
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { GenerationKind } from '../../generated/prisma/client';
import type { Logger } from '../../logger';

/** What a model is asked for. */
export interface SpendingPurpose {
  purpose: GenerationKind;
  /** Null when no job asked for it. */
  jobId: string | null;
  promptVersion: string;
}

/** Keeps a row for every call of a model, outside of all transactions: what was paid is counted however a job ends. */
export class SpendingService {
  constructor(private readonly deps: { pool: Pool; metrics: Metrics; logger: Logger }) {}

  /** Writes the row of a call that is about to be sent; a database that is away keeps it from being sent. */
  async reserve(
    { purpose, jobId, promptVersion }: SpendingPurpose,
    { provider, model, maxCostUsd }: CallReservation,
  ): Promise<SettleCall> {
    const { rows } = await this.deps.pool.query<{ id: string }>({
      name: 'model-call-reserve',
      text: `INSERT INTO "ModelCall" ("jobId", purpose, provider, model, "promptVersion", "reservedUsd")
             VALUES ($1, $2::"GenerationKind", $3, $4, $5, $6) RETURNING id`,
      values: [jobId, purpose, provider, model, promptVersion, maxCostUsd],
    });
    return (result) => this.settle(rows[0]!.id, result);
  }

  /** Never throws: a row that could not be settled stays reserved, with the most that the call may have cost. */
  private async settle(
    id: string,
    { outcome, model, inputTokens, outputTokens, costUsd }: CallResult,
  ): Promise<void> {
    const { pool, metrics, logger } = this.deps;
    metrics.tokens.inc({ model, direction: 'input' }, inputTokens ?? 0);
    metrics.tokens.inc({ model, direction: 'output' }, outputTokens ?? 0);
    metrics.cost.inc({ model }, costUsd ?? 0);
    try {
      await pool.query({
        name: 'model-call-settle',
        text: `WITH call AS (
                 UPDATE "ModelCall"
                 SET outcome = $2::"ModelCallOutcome", model = $3, "inputTokens" = $4, "outputTokens" = $5, "costUsd" = $6
                 WHERE id = $1 RETURNING *)
               UPDATE "GenerationJob" j
               SET "inputTokens" = j."inputTokens" + COALESCE(call."inputTokens", 0),
                   "outputTokens" = j."outputTokens" + COALESCE(call."outputTokens", 0),
                   "costUsd" = j."costUsd" + COALESCE(call."costUsd", 0), "updatedAt" = now()
               FROM call WHERE j.id = call."jobId"`,
        values: [id, outcome, model, inputTokens, outputTokens, costUsd],
      });
    } catch (error) {
      logger.warn({ error, modelCall: id, outcome }, 'the end of a call of the model could not be written');
    }
  }
}
