import type { ChartPainter } from '../../adapters/chart/chart-painter';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { TermExplainer } from '../glossary/term-explainer';
import type { Ledger } from './ledger';
import type { OldDatabase } from './old-database';
import type { Columns, OldRow, OldTable } from './old-table';
import type { Note, Reason } from './reasons';

/** What is to become of a row. */
export type Outcome =
  | { is: 'moved' | 'merged'; newId: string | null; key?: string; notes?: readonly Note[] }
  | { is: 'reported'; reason: Reason };

/** What is to become of a batch, decided without writing anything. */
export interface Plan {
  /** One for each row, in their order. */
  outcomes: Outcome[];
  /** What takes its time and needs no transaction. */
  prepare?(): Promise<void>;
  /** What makes it so. */
  write(tx: Transaction): Promise<void>;
  /** Called when it is so, also in a dry run. */
  done?(): void;
}

/** What steps work with. */
export interface ImportRun {
  prisma: Prisma;
  ledger: Ledger;
  old: Pick<OldDatabase, 'named'>;
  painter: Pick<ChartPainter, 'paint'>;
  explainer: () => Promise<TermExplainer>;
  /** When the import began. */
  now: Date;
  dryRun: boolean;
  /** Origins exempt from the rules of what readers may be sent to. */
  trustedOrigins: ReadonlySet<string>;
}

/** One table of the old database. */
export interface ImportStep<C extends Columns = Columns> {
  /** As --only names it. */
  name: string;
  table: string;
  columns: C;
  /** An expression for the id of its rows; without it the column `id`. */
  id?: (table: OldTable) => string;
  /** Which rows come first; without it by their ids. */
  orderBy?: (table: OldTable) => string;
  batchRows: number;
  /** Columns of times before which retention deletes what they are of. */
  retention?: { column: string; setting: 'views' | 'originals' };
  /** Called once a table; what it keeps between batches is of bounded size. */
  begin(run: ImportRun, table: OldTable): Promise<(rows: OldRow<C>[]) => Promise<Plan>>;
}

export const moved = (newId: string | null, key?: string, notes: readonly Note[] = []): Outcome => ({
  is: 'moved',
  newId,
  ...(key !== undefined && { key }),
  notes,
});
export const merged = (newId: string | null, ...notes: Note[]): Outcome => ({ is: 'merged', newId, notes });
export const reported = (reason: Reason): Outcome => ({ is: 'reported', reason });

/** The tables that an id in a table refers to: of its own schema first. */
export function referredTables(run: ImportRun, from: OldTable, table: string): string[] {
  const all = run.old.named(table);
  const own = all.filter(({ schema }) => schema === from.schema);
  return [...own, ...all.filter(({ schema }) => schema !== from.schema)].map(({ name }) => name);
}
