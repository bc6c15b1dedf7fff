import type { Pool } from 'pg';
import { badUserInput } from '../../errors';
import { GenerationKind } from '../../generated/prisma/client';
import { koreanDay } from '../reading/korean-calendar';
import type { Clock } from '../shared/clock';

export const MAX_DAYS = 366;

/** What the calls of one model for one purpose were on one day in Asia/Seoul. */
export interface ModelSpending {
  day: string;
  model: string;
  purpose: GenerationKind;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  priceAssumed: boolean;
}

/** Tells where the money for models went. */
export class SpendingReportService {
  constructor(private readonly deps: { pool: Pool; clock: Clock }) {}

  /** The newest day first, today among them. Throws BAD_USER_INPUT naming `days`. */
  async byDay(days: number): Promise<ModelSpending[]> {
    if (days < 1 || days > MAX_DAYS)
      throw badUserInput('days', { ko: `1부터 ${MAX_DAYS}까지입니다.`, en: `It is 1 to ${MAX_DAYS}.` });
    const { rows } = await this.deps.pool.query<ModelSpending>({
      name: 'spending-by-day',
      text: `SELECT to_char(day, 'YYYY-MM-DD') AS day, model, purpose::text AS purpose, count(*)::int AS calls,
                    COALESCE(sum("inputTokens"), 0)::float8 AS "inputTokens", COALESCE(sum("outputTokens"), 0)::float8 AS "outputTokens",
                    sum(COALESCE("costUsd", "reservedUsd"))::float8 AS "costUsd", bool_or("priceAssumed") AS "priceAssumed"
             FROM "ModelCall" c WHERE c.day > $1::date - $2::int AND purpose::text = ANY($3)
             GROUP BY c.day, model, purpose ORDER BY c.day DESC, model, purpose`,
      values: [koreanDay(this.deps.clock.now()), days, Object.values(GenerationKind)],
    });
    return rows;
  }
}
