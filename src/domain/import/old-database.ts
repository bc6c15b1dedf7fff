import { BulkReader } from '../../adapters/database/bulk-read';
import { isDatabaseOutage, isDatabaseUnfit } from '../../adapters/database/database-errors';
import { ImportError } from './import-error';
import { OLD_SCHEMAS, OldTable, type Columns, type OldRow } from './old-table';

export interface Reading<C extends Columns> {
  columns: C;
  /** An expression for the id of a row. */
  id: string;
  orderBy: string;
  batchRows: number;
}

/** The database that moves in: read in one snapshot, in a transaction that cannot write. */
export class OldDatabase {
  private constructor(
    private readonly reader: BulkReader,
    /** All tables of its schemas. */
    readonly tables: readonly OldTable[],
    /** The same for two connections to one database. */
    readonly identity: string,
  ) {}

  /** Throws ImportError. */
  static async open(url: string): Promise<OldDatabase> {
    if (!isPostgresUrl(url))
      throw new ImportError('BAD_FROM', '--from must be a postgresql:// URL with a host and a database.');
    return explained(async () => {
      const reader = await BulkReader.open(url);
      try {
        const tables = await readTables(reader);
        const [[identity]] = (await reader.rows({ text: IDENTITY })) as [[string]];
        return new OldDatabase(reader, tables, identity);
      } catch (error) {
        await reader.close();
        throw error;
      }
    });
  }

  /** Those with this name, in the order of the schemas. */
  named(table: string): OldTable[] {
    return OLD_SCHEMAS.flatMap((schema) =>
      this.tables.filter((one) => one.schema === schema && one.table === table),
    );
  }

  async count(table: OldTable): Promise<number> {
    return explained(async () => {
      const [[count]] = (await this.reader.rows({ text: `SELECT count(*) FROM ${table.from}` })) as [
        [string],
      ];
      return Number(count);
    });
  }

  /** How many rows have a time before another; 0 where the table has no such times. */
  async countBefore(table: OldTable, column: string, before: Date): Promise<number> {
    if (!table.hasTimes(column)) return 0;
    return explained(async () => {
      const text = `SELECT count(*) FROM ${table.from} WHERE ${table.column(column)}::timestamptz < $1::timestamptz`;
      const [[count]] = (await this.reader.rows({ text, values: [before] })) as [[string]];
      return Number(count);
    });
  }

  /** Its rows, a batch in memory at a time. */
  async *batches<C extends Columns>(
    table: OldTable,
    { columns, id, orderBy, batchRows }: Reading<C>,
  ): AsyncGenerator<(OldRow<C> & { oldId: string | null })[]> {
    const names = Object.keys(columns);
    const list = [
      `(${id})::text`,
      ...names.map((name) => `${table.expression(name, columns[name]!)} AS "${name}"`),
    ];
    const text = `SELECT ${list.join(', ')} FROM ${table.from} ORDER BY ${orderBy}`;
    const batches = this.reader.batches<(string | null)[]>({ text, batchRows });
    try {
      for (;;) {
        const next = await explained(() => batches.next());
        if (next.done) return;
        yield next.value.map(([oldId, ...values]) => {
          const row = Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]));
          return { ...(row as OldRow<C>), oldId: oldId ?? null };
        });
      }
    } finally {
      await batches.return(undefined);
    }
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}

/** The time when the server started and the number of the database: no two have both. */
export const IDENTITY = `SELECT extract(epoch FROM pg_postmaster_start_time())::text || ' ' || oid FROM pg_database
  WHERE datname = current_database()`;

function isPostgresUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  return (
    /^postgres(ql)?:$/.test(protocol) && (hostname !== '' || searchParams.has('host')) && pathname.length > 1
  );
}

async function readTables(reader: BulkReader): Promise<OldTable[]> {
  const rows = await reader.rows<[schema: string, table: string, column: string, type: string]>({
    text: `SELECT n.nspname, c.relname, a.attname, format_type(t.oid, NULL)
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             JOIN pg_type t ON t.oid = a.atttypid
           WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition
           ORDER BY n.nspname, c.relname, a.attnum`,
    values: [OLD_SCHEMAS],
  });
  const tables = new Map<string, [string, string, { name: string; type: string }[]]>();
  for (const [schema, table, name, type] of rows) {
    const known = tables.get(`${schema}.${table}`);
    if (known) known[2].push({ name, type });
    else tables.set(`${schema}.${table}`, [schema, table, [{ name, type }]]);
  }
  return [...tables.values()].map(([schema, table, columns]) => new OldTable(schema, table, columns));
}

/** What goes wrong there, without what a driver says of hosts and users. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? '';
    if (/^(28|3D|42501)/.test(code))
      throw new ImportError(
        'SOURCE_REFUSED',
        `The old database refuses: its user, password, name or rights are wrong (${code}).`,
        { cause },
      );
    if (isDatabaseUnfit(cause) || !isDatabaseOutage(cause)) {
      if (/^[A-Z]+_|^ERR_|^SELF_SIGNED|^DEPTH_ZERO/.test(code) || code === '')
        throw new ImportError(
          'SOURCE_UNREACHABLE',
          `The old database cannot be read (${code || 'no answer'}).`,
          { cause },
        );
      throw cause;
    }
    throw new ImportError(
      'SOURCE_UNREACHABLE',
      `The old database does not answer${code ? ` (${code})` : ''}. What was moved stays; run the command again.`,
      { cause },
    );
  }
}
