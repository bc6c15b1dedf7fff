import type { Pool } from 'pg';
import type { CallReservation, CallResult, SettleCall } from '../../adapters/language-model/model-call';
import type { Metrics } from '../../adapters/telemetry/metrics';
import { AppError, TryLater } from '../../errors';
import type { GenerationKind } from '../../generated/prisma/client';
import type { Logger } from '../../logger';
import { koreanDay, untilKoreanMidnight } from '../reading/korean-calendar';
import type { Clock } from '../shared/clock';
import {
  countedToday, freeWaiting, isBeyondBudget, noteRefusal, reserveCall, settleCall, type ReservedCall,
} from './spending.sql'; // prettier-ignore

/** What a model is asked for. */
export interface SpendingPurpose {
  purpose: GenerationKind;
  /** Null when no job asked for it. */
  jobId: string | null;
  promptVersion: string;
}

export interface SpendingDeps {
  pool: Pool;
  clock: Clock;
  metrics: Metrics;
  logger: Logger;
  /** US dollars of a day in Asia/Seoul; null for no bound. */
  dailyBudgetUsd: number | null;
}

/** Who waits for calls under way to end comes back after this, and up to as long again. */
const SHORT_WAIT_MS = 5_000;
/** Those who wait for midnight come back within this. */
const MORNING_MS = 60_000;

/**
 * Keeps a row for every call of a model, outside of all transactions: what was paid is counted however a job ends. What
 * a day's calls cost, and may still cost, never exceeds the day's budget when a call is sent.
 */
export class SpendingService {
  constructor(private readonly deps: SpendingDeps) {}

  /**
   * Writes the row of a call that is about to be sent; a database that is away keeps it from being sent.
   * Throws TryLater with BUDGET_EXCEEDED when the budget may not suffice: until calls under way have ended, or tomorrow.
   * Throws BUDGET_TOO_SMALL when no day's budget ever suffices.
   */
  async reserve(purpose: SpendingPurpose, call: CallReservation): Promise<SettleCall> {
    const { clock, pool, dailyBudgetUsd } = this.deps;
    const day = koreanDay(clock.now());
    const id = await reserveCall(pool, { ...purpose, ...call, day, dailyBudgetUsd });
    if (id === null) throw await this.refusal({ ...call, day });
    return (result) => this.settle(id, call, result);
  }

  /** Throws as `reserve` would now, for who has work to do before the call. */
  async check(maxCostUsd: number): Promise<void> {
    const { clock, pool, dailyBudgetUsd } = this.deps;
    if (dailyBudgetUsd === null || maxCostUsd === 0) return;
    const call = { day: koreanDay(clock.now()), maxCostUsd };
    if (await isBeyondBudget(pool, { ...call, dailyBudgetUsd })) throw await this.refusal(call);
  }

  /** Of the day's budget, calls under way at their most; null without one. */
  async usedPercent(): Promise<number | null> {
    const { clock, pool, dailyBudgetUsd } = this.deps;
    if (!dailyBudgetUsd) return null;
    const { countedUsd } = await countedToday(pool, koreanDay(clock.now()));
    return (100 * countedUsd) / dailyBudgetUsd;
  }

  /** Lets the jobs that wait for midnight go on once nothing keeps them: the day is over, or the budget was raised. */
  async freeWaiting(): Promise<void> {
    const { clock, pool, logger, dailyBudgetUsd } = this.deps;
    const jobs = await freeWaiting(pool, { day: koreanDay(clock.now()), dailyBudgetUsd });
    if (jobs > 0) logger.info({ jobs }, 'jobs that waited for the budget of models go on');
  }

  private async refusal({
    day,
    maxCostUsd,
  }: Pick<ReservedCall, 'day' | 'maxCostUsd'>): Promise<TryLater | AppError> {
    const { clock, pool, metrics, logger, dailyBudgetUsd } = this.deps;
    if (maxCostUsd > dailyBudgetUsd!) return new AppError('BUDGET_TOO_SMALL');
    const { countedUsd, underWayUsd } = await countedToday(pool, day);
    const reason = new AppError('BUDGET_EXCEEDED');
    // Calls under way are counted at their most, and mostly cost a tenth of it.
    if (countedUsd - underWayUsd + maxCostUsd <= dailyBudgetUsd!)
      return new TryLater(SHORT_WAIT_MS * (1 + Math.random()), reason);
    metrics.budgetRefusals.inc();
    if (await noteRefusal(pool, day, dailyBudgetUsd!))
      logger.warn(
        { day, dailyBudgetUsd, countedUsd },
        'the budget of models is used up; jobs wait for midnight',
      );
    const now = clock.now();
    const untilMidnightMs = untilKoreanMidnight(now);
    return new TryLater(untilMidnightMs + 1_000 + Math.random() * MORNING_MS, reason);
  }

  /** Never throws: a row that could not be settled stays reserved, with the most that the call may have cost. */
  private async settle(id: string, call: CallReservation, result: CallResult): Promise<void> {
    const { pool, metrics, logger } = this.deps;
    const { outcome, inputTokens, outputTokens, costUsd } = result;
    // As we asked for it: what a server names would be series without an end.
    const { model } = call;
    metrics.tokens.inc({ model, direction: 'input' }, inputTokens ?? 0);
    metrics.tokens.inc({ model, direction: 'output' }, outputTokens ?? 0);
    metrics.cost.inc({ model, price: call.isPriceAssumed ? 'assumed' : 'known' }, costUsd ?? 0);
    try {
      await settleCall(pool, id, result);
    } catch (error) {
      logger.warn({ error, modelCall: id, outcome }, 'the end of a call of the model could not be written');
    }
  }
}
