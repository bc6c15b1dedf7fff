import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { TryLater } from '../../errors';

/** How long a caller waits in its place for a turn; for a later one it comes again. */
export const PATIENCE_MS = 2_000;
const MAX_PACE_MS = 60_000;

/** Free hosts are taken, busy ones give out a place in their queue, in one statement: no two callers share either. */
const TAKE_TURN = `
  INSERT INTO "CrawledHost" AS h (host, holder, "freeAt", "queuedUntil", "paceMs")
  VALUES ($1, $2::uuid, statement_timestamp() + $3 * interval '1 millisecond', statement_timestamp(), $4)
  ON CONFLICT (host) DO UPDATE
    SET holder = CASE WHEN h."freeAt" <= statement_timestamp() THEN excluded.holder ELSE h.holder END,
        "freeAt" = CASE WHEN h."freeAt" <= statement_timestamp() THEN excluded."freeAt" ELSE h."freeAt" END,
        "queuedUntil" = CASE WHEN h."freeAt" <= statement_timestamp() OR $5 THEN h."queuedUntil"
          ELSE greatest(h."queuedUntil",
              CASE WHEN h.holder IS NULL THEN h."freeAt" ELSE statement_timestamp() + h."paceMs" * interval '1 millisecond' END)
            + h."paceMs" * interval '1 millisecond' END
  RETURNING holder = $2::uuid AS "isMine", holder IS NOT NULL AS "isHeld", "paceMs",
    (extract(epoch FROM "freeAt" - statement_timestamp()) * 1000)::float8 AS "freeInMs",
    (extract(epoch FROM "queuedUntil" - statement_timestamp()) * 1000)::float8 AS "queuedForMs"`;

/** One slow page is not yet a slow host. */
const END_TURN = `
  UPDATE "CrawledHost"
  SET holder = NULL, "freeAt" = clock_timestamp() + $3 * interval '1 millisecond', "paceMs" = (3 * "paceMs" + $4::int) / 4
  WHERE host = $1 AND holder = $2::uuid`;

/** `excluded` tells how many places were asked for. */
const QUEUE_UP = `
  INSERT INTO "CrawledHost" AS h (host, "freeAt", "queuedUntil", "paceMs")
  SELECT host, statement_timestamp(), statement_timestamp() + places * $3::int * interval '1 millisecond', $3::int
  FROM unnest($1::text[], $2::int[]) AS asked(host, places) ORDER BY host
  ON CONFLICT (host) DO UPDATE
    SET "queuedUntil" = greatest(h."queuedUntil", statement_timestamp(), CASE WHEN h.holder IS NULL THEN h."freeAt" END)
      + (excluded."queuedUntil" - statement_timestamp())
  RETURNING host, (extract(epoch FROM "queuedUntil" - statement_timestamp()) * 1000)::float8 AS "untilMs"`;

interface TurnRow {
  isMine: boolean;
  isHeld: boolean;
  paceMs: number;
  freeInMs: number;
  queuedForMs: number;
}

export interface TurnOptions {
  /** The longest that the turn can last: a holder that died loses it then. */
  holdMs: number;
  /** Does not queue behind others, and comes back as soon as the host may be free. */
  isUrgent: boolean;
  signal: AbortSignal;
}

/** The right to ask a host now; nobody else of all workers has it. */
export interface Turn {
  /**
   * Leaves the host alone for so many milliseconds, of which `usualMs` are the rest that it is always given. Never
   * throws.
   */
  end(restMs: number, usualMs: number): Promise<void>;
}

/** Who may ask a publisher's server when, over all processes of one database: one at a time, with a rest after each. */
export class HostTurns {
  /** The least rest after a request. */
  readonly restMs: number;

  constructor(private readonly options: { pool: Pool; restMs: number }) {
    this.restMs = options.restMs;
  }

  /** @throws TryLater when the turn would come later than the caller can wait in its place; the signal's reason */
  async take(host: string, { holdMs, isUrgent, signal }: TurnOptions): Promise<Turn> {
    const holder = randomUUID();
    for (let waitedMs = 0; ;) {
      signal.throwIfAborted();
      const { rows } = await this.options.pool.query<TurnRow>({
        name: 'host-turn-take',
        text: TAKE_TURN,
        values: [host, holder, holdMs, this.restMs, isUrgent],
      });
      if (rows[0]!.isMine) return this.turn(host, holder);
      const waitMs = waitFor(rows[0]!, isUrgent);
      if (waitedMs + waitMs > PATIENCE_MS) throw new TryLater(waitMs);
      await delay(waitMs, undefined, { signal }).catch(() => {});
      waitedMs += waitMs;
    }
  }

  /**
   * Gives out places at the ends of the hosts' queues, in one statement: for each name of a host the milliseconds
   * until the turn of the next one who asks for it. A host that is slower gives its visitors another place.
   */
  async queueUp(query: Query, hosts: readonly string[]): Promise<number[]> {
    const places = new Map<string, number>();
    for (const host of hosts) places.set(host, (places.get(host) ?? 0) + 1);
    const values = [[...places.keys()], [...places.values()], this.restMs];
    const rows = await query<{ host: string; untilMs: number }>(QUEUE_UP, values);
    const next = new Map(rows.map(({ host, untilMs }) => [host, untilMs - places.get(host)! * this.restMs]));
    return hosts.map((host) => {
      const atMs = next.get(host)!;
      next.set(host, atMs + this.restMs);
      return Math.max(0, Math.round(atMs));
    });
  }

  private turn(host: string, holder: string): Turn {
    const startedAt = performance.now();
    return {
      end: async (restMs, usualMs) => {
        const paceMs = Math.min(Math.ceil(performance.now() - startedAt + usualMs), MAX_PACE_MS);
        // One that could not be ended is over when its time is.
        await this.options.pool
          .query({ name: 'host-turn-end', text: END_TURN, values: [host, holder, Math.ceil(restMs), paceMs] })
          .catch(() => {});
      },
    };
  }
}

/** Runs a statement, in a transaction or without one. */
export type Query = <Row>(sql: string, values: unknown[]) => Promise<Row[]>;

function waitFor({ isHeld, paceMs, freeInMs, queuedForMs }: TurnRow, isUrgent: boolean): number {
  if (!isUrgent) return Math.max(1, Math.ceil(queuedForMs - paceMs));
  const soonest = isHeld ? Math.min(freeInMs, paceMs) : freeInMs;
  return Math.max(1, Math.ceil(soonest + (Math.random() * paceMs) / 4));
}
