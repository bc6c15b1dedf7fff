import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

// Taking a turn and learning how long it is until then is one statement, so no two callers share a turn.
const TAKE_TURN = `
  INSERT INTO "UpstreamPace" AS pace (upstream, "nextAt")
  VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
  ON CONFLICT (upstream) DO UPDATE
    SET "nextAt" = greatest(pace."nextAt", clock_timestamp()) + $2 * interval '1 millisecond'
  RETURNING (extract(epoch FROM "nextAt" - clock_timestamp()) * 1000 - $2)::float8 AS "waitMs"`;

/** A hundredth longer, so that calls which come late never make a minute at the service too full. */
const MINUTE_MS = 60_600;

/**
 * Turns at a service, evenly spaced over all processes of one database. Unlike the limits of our own callers nobody
 * is refused: callers wait, and while the database is away nobody gets a turn.
 */
export class UpstreamPace {
  private readonly intervalMs: number;

  constructor(private readonly options: { pool: Pool; upstream: string; perMinute: number }) {
    this.intervalMs = MINUTE_MS / options.perMinute;
  }

  /** Resolves when it is the caller's turn; rejects with the signal's reason. */
  async turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { pool, upstream } = this.options;
    const { rows } = await pool.query<{ waitMs: number }>({
      name: 'upstream-pace',
      text: TAKE_TURN,
      values: [upstream, this.intervalMs],
    });
    await delay(Math.max(0, Math.ceil(rows[0]!.waitMs)), undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
  }
}
