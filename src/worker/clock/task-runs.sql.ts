import type { Pool } from 'pg';

/**
 * A run that this worker holds. Leases are told by the database's clock, because workers' clocks differ, and each is
 * later than those before: `leaseUntil` is also what fences a run that was thought dead.
 */
export interface TaskRun {
  name: string;
  leaseUntil: Date;
}

const HELD = '"name" = $1 AND "leaseUntil" = $2';

/** Adds tasks that are new; one that is to run more often than before does not wait for its old time. */
export async function addTasks(pool: Pool, tasks: { name: string; nextRunAt: Date }[]): Promise<void> {
  await pool.query({
    name: 'tasks-add',
    text: `INSERT INTO "ScheduledTask" AS t ("name", "nextRunAt") SELECT * FROM unnest($1::text[], $2::timestamptz[])
           ON CONFLICT ("name") DO UPDATE SET "nextRunAt" = excluded."nextRunAt" WHERE t."nextRunAt" > excluded."nextRunAt"`,
    values: [tasks.map(({ name }) => name), tasks.map(({ nextRunAt }) => nextRunAt)],
  });
}

/** Takes what is due at `now` and nobody runs; what its worker did not end within the lease is due again. */
export async function claimDue(
  pool: Pool,
  { names, now, leaseSeconds }: { names: string[]; now: Date; leaseSeconds: number },
): Promise<TaskRun[]> {
  const { rows } = await pool.query<TaskRun>({
    name: 'tasks-claim',
    text: `UPDATE "ScheduledTask" t SET "leaseUntil" = now() + make_interval(secs => $3)
           FROM (SELECT "name" FROM "ScheduledTask"
                 WHERE "name" = ANY($1) AND "nextRunAt" <= $2 AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
                 FOR UPDATE SKIP LOCKED) due
           WHERE t."name" = due."name"
           RETURNING t."name", t."leaseUntil"`,
    values: [names, now, leaseSeconds],
  });
  return rows;
}

/** The run with its longer lease; null when another worker has it. */
export async function extendTask(pool: Pool, run: TaskRun, leaseSeconds: number): Promise<TaskRun | null> {
  const { rows } = await pool.query<TaskRun>({
    name: 'task-extend',
    text: `UPDATE "ScheduledTask" SET "leaseUntil" = now() + make_interval(secs => $3) WHERE ${HELD} RETURNING "name", "leaseUntil"`,
    values: [run.name, run.leaseUntil, leaseSeconds],
  });
  return rows[0] ?? null;
}

/** Ends a run. Without a next time it is due at once, for another worker; `succeededAt` is null when it failed. */
export async function endTask(
  pool: Pool,
  { name, leaseUntil }: TaskRun,
  { nextRunAt, succeededAt }: { nextRunAt: Date | null; succeededAt: Date | null },
): Promise<void> {
  await pool.query({
    name: 'task-end',
    text: `UPDATE "ScheduledTask"
           SET "leaseUntil" = NULL, "nextRunAt" = COALESCE($3, "nextRunAt"), "lastRunAt" = COALESCE($4, "lastRunAt") WHERE ${HELD}`,
    values: [name, leaseUntil, nextRunAt, succeededAt],
  });
}
