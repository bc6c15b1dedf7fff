import { createHash } from 'node:crypto';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { Note } from './reasons';

/** What became of a row. */
export interface LedgerEntry {
  oldId: string;
  newId: string | null;
  merged: boolean;
  key: string | null;
  notes: readonly Note[];
}

/** What an old id stands for here. */
export interface Reference {
  newId: string;
  /** Whether a dry run has made it up: no table holds it then. */
  isPretended: boolean;
}

type Queryable = Pick<Transaction, '$queryRaw' | '$executeRaw'>;

/**
 * Which rows have moved in already, in the table ImportedRow. A dry run keeps a copy of it in a temporary table of the
 * same name, which its connection sees instead: everything else can do as if rows had moved.
 */
export class Ledger {
  constructor(
    private readonly db: Prisma,
    private readonly startedAt: Date,
    private readonly dryRun: boolean,
  ) {}

  async begin(): Promise<void> {
    if (!this.dryRun) return;
    await this.db.$executeRaw`CREATE TEMP TABLE imported_row_copy (LIKE "ImportedRow" INCLUDING ALL)`;
    await this.db.$executeRaw`INSERT INTO imported_row_copy SELECT * FROM "ImportedRow"`;
    await this.db.$executeRaw`ALTER TABLE imported_row_copy RENAME TO "ImportedRow"`;
  }

  /** Those of a table's rows that have moved, by their ids. */
  async known(
    oldTable: string,
    ids: readonly string[],
  ): Promise<Map<string, Pick<LedgerEntry, 'merged' | 'notes'>>> {
    const rows = await this.db.$queryRaw<{ oldId: string; merged: boolean; notes: Note[] }[]>`
      SELECT "oldId", merged, notes FROM "ImportedRow" WHERE "oldTable" = ${oldTable} AND "oldId" = ANY(${ids}::text[])`;
    return new Map(rows.map(({ oldId, ...row }) => [oldId, row]));
  }

  /** What rows with these keys have become. */
  async byKeys(keys: readonly string[]): Promise<Map<string, Reference>> {
    const rows = await this.db.$queryRaw<{ key: string; newId: string; importedAt: Date }[]>`
      SELECT key, "newId", "importedAt" FROM "ImportedRow" WHERE key = ANY(${keys}::text[]) AND NOT merged`;
    return new Map(rows.map((row) => [row.key, this.referenceOf(row)]));
  }

  /** Which of these keys rows have moved with. */
  async knownKeys(keys: readonly string[]): Promise<Set<string>> {
    const rows = await this.db.$queryRaw<{ key: string }[]>`
      SELECT DISTINCT key FROM "ImportedRow" WHERE key = ANY(${keys}::text[])`;
    return new Set(rows.map(({ key }) => key));
  }

  /** What ids of one of these tables have become; the first table that has an id counts. */
  async resolve(
    oldTables: readonly string[],
    ids: readonly (string | null)[],
  ): Promise<Map<string, Reference>> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    const rows = await this.db.$queryRaw<{ oldId: string; newId: string; importedAt: Date }[]>`
      SELECT DISTINCT ON ("oldId") "oldId", "newId", "importedAt" FROM "ImportedRow"
      WHERE "oldTable" = ANY(${oldTables}::text[]) AND "oldId" = ANY(${wanted}::text[]) AND "newId" IS NOT NULL
      ORDER BY "oldId", array_position(${oldTables}::text[], "oldTable")`;
    return new Map(rows.map((row) => [row.oldId, this.referenceOf(row)]));
  }

  async add(tx: Queryable, oldTable: string, entries: readonly LedgerEntry[]): Promise<void> {
    const column = <T>(of: (entry: LedgerEntry) => T) => entries.map(of);
    // Arrays of arrays must have equal lengths in PostgreSQL; codes have no commas.
    await tx.$executeRaw`
      INSERT INTO "ImportedRow" ("oldTable", "oldId", "newId", merged, key, notes, "importedAt")
      SELECT ${oldTable}, e.id, e.new::uuid, e.merged, e.key, string_to_array(e.notes, ','), ${this.startedAt}::timestamptz
      FROM unnest(${column((e) => e.oldId)}::text[], ${column((e) => e.newId)}::text[], ${column((e) => e.merged)}::bool[],
        ${column((e) => e.key)}::text[], ${column((e) => e.notes.join(','))}::text[]) AS e(id, new, merged, key, notes)`;
  }

  private referenceOf({ newId, importedAt }: { newId: string; importedAt: Date }): Reference {
    return { newId, isPretended: this.dryRun && importedAt.getTime() === this.startedAt.getTime() };
  }
}

/** What makes rows one, in a form that tells nothing of it and fits into an index. */
export function ledgerKey(kind: string, ...parts: string[]): string {
  return createHash('sha256')
    .update([kind, ...parts].join('\n'))
    .digest('hex');
}
