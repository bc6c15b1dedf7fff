import type { QueryConfig } from 'pg';

/**
 * The same statement without a name, under which PostgreSQL would keep a plan: one that is made while a table is nearly
 * empty is kept while the table grows. For batches and sweeps; planning costs a millisecond. The name labels metrics.
 */
export function plannedAnew({
  name: label,
  ...query
}: QueryConfig & { name: string }): QueryConfig & { label: string } {
  return { ...query, label };
}
