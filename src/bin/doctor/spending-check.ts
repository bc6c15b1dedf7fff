import type pg from 'pg';
import type { Config } from '../../config/config';
import { priceOf } from '../../adapters/language-model/model-prices';
import { LARGEST_CALL } from '../../domain/article/rewriting/model-rewriter';
import { koreanDay } from '../../domain/reading/korean-calendar';
import { askDatabase, exists } from './database-checks';
import { ok, warn, type Verdict } from './check';

/** What models have cost today in Seoul, of which budget, and which of them has no price that is known. */
export async function spendingCheck(config: Config): Promise<Verdict> {
  const { databaseUrl, dailyBudgetUsd: budget, model, fallbackModel, embedding } = config;
  const { spentUsd, reservedUsd, waiting } = await askDatabase(databaseUrl, spendingToday);
  const of = budget === null ? 'no budget is set' : `of a budget of ${dollars(budget)}`;
  const held = reservedUsd > 0 ? `, ${dollars(reservedUsd)} held by calls that have not ended` : '';
  const today = `${dollars(spentUsd)} today in Seoul${held}; ${of}`;
  const unpriced = [model, fallbackModel, model && embedding]
    .filter((each) => each !== null)
    .filter(({ name, usdPerMillionTokens }) => priceOf(name, usdPerMillionTokens).isAssumed)
    .map(({ name }) => name);
  const dearest = Math.max(...[model, fallbackModel].filter((each) => each !== null).map(mostOfACall));
  if (budget !== null && dearest > budget)
    return warn(`${today}; one article may cost ${dollars(dearest)}: set a higher DAILY_BUDGET_USD`);
  if (waiting > 0) return warn(`${today}; ${waiting} jobs wait for midnight or a higher DAILY_BUDGET_USD`);
  if (unpriced.length > 0)
    return warn(`${today}; the price of ${unpriced.join(', ')} is not known: set …_USD_PER_MILLION_…_TOKENS`);
  return ok(today);
}

async function spendingToday(
  client: pg.Client,
): Promise<{ spentUsd: number; reservedUsd: number; waiting: number }> {
  const nothing = { spentUsd: 0, reservedUsd: 0, waiting: 0 };
  if (!(await exists(client, 'SpendingDay'))) return nothing;
  const { rows } = await client.query<typeof nothing>(
    `SELECT COALESCE(sum("spentUsd"), 0)::float8 AS "spentUsd", COALESCE(sum("reservedUsd"), 0)::float8 AS "reservedUsd",
            (SELECT count(*)::int FROM "GenerationJob" WHERE status = 'QUEUED' AND "errorCode" = 'BUDGET_EXCEEDED') AS waiting
     FROM "SpendingDay" WHERE day = $1`,
    [koreanDay(new Date())],
  );
  return rows[0]!;
}

function mostOfACall({ name, usdPerMillionTokens }: NonNullable<Config['model']>): number {
  const { input, output } = priceOf(name, usdPerMillionTokens);
  return (LARGEST_CALL.input * input + LARGEST_CALL.output * output) / 1_000_000;
}

const dollars = (usd: number) => `$${usd.toFixed(2)}`;
