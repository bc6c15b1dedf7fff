import pg from 'pg';

/** How a column of the old database is read: all of them as texts, whatever type an installation gave them. */
export type ColumnKind = 'text' | 'time' | 'json' | 'page';
export type Columns = Record<string, ColumnKind>;
export type OldRow<C extends Columns> = Record<keyof C, string | null>;

/** Longer texts are cut off as they are read: memory holds a batch. Beyond every bound of ours. */
export const MAX_TEXT = 1_000_000;
/** A page of Plotly's holds 4 MB of its program. */
export const MAX_PAGE = 10_000_000;

/** Where the old services kept what they wrote; the first one counts where both have something. */
export const OLD_SCHEMAS = ['gyeongdan', 'public'] as const;

/** A table as this installation has it: columns may be missing, and others be there. */
export class OldTable {
  /** By their names without case and underscores, which only one of the two services wrote. */
  private readonly columns: ReadonlyMap<string, { name: string; type: string }>;

  constructor(
    readonly schema: string,
    readonly table: string,
    columns: readonly { name: string; type: string }[],
  ) {
    this.columns = new Map(columns.map((column) => [plain(column.name), column]));
  }

  /** As the ledger and the report call it. */
  get name(): string {
    return `${this.schema}.${this.table}`;
  }

  get from(): string {
    return `${pg.escapeIdentifier(this.schema)}.${pg.escapeIdentifier(this.table)}`;
  }

  has(column: string): boolean {
    return this.columns.has(plain(column));
  }

  /** Whether its values are times, not texts that tell one. */
  hasTimes(column: string): boolean {
    return /^(timestamp|date)/.test(this.columns.get(plain(column))?.type ?? '');
  }

  /** The column for an ORDER BY or a condition; NULL where there is none. */
  column(name: string): string {
    const column = this.columns.get(plain(name));
    return column ? pg.escapeIdentifier(column.name) : 'NULL::text';
  }

  /** What is read of it: times as milliseconds since 1970, lists as JSON. */
  expression(name: string, kind: ColumnKind): string {
    const column = this.columns.get(plain(name));
    if (!column) return 'NULL::text';
    const quoted = pg.escapeIdentifier(column.name);
    if (kind === 'time') return timeOf(quoted, column.type);
    if (kind === 'json' && !/^(jsonb?|text|character.*)$/.test(column.type))
      return `left(to_json(${quoted})::text, ${MAX_TEXT})`;
    return `left(${quoted}::text, ${kind === 'page' ? MAX_PAGE : MAX_TEXT})`;
  }
}

/** Naive times are Seoul's; those that know their zone are not shifted. Infinity stays a word, which is no time. */
function timeOf(column: string, type: string): string {
  const moment =
    type === 'timestamp without time zone' || type === 'date'
      ? `(${column}::timestamp AT TIME ZONE 'Asia/Seoul')`
      : type === 'timestamp with time zone'
        ? column
        : null;
  // A column of another type is read as it is written.
  if (moment === null) return `left(${column}::text, 100)`;
  return `CASE WHEN isfinite(${column}) THEN trunc(extract(epoch FROM ${moment}) * 1000)::bigint::text ELSE ${column}::text END`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}
