import { audit } from '../audit/audit.service';
import { ImportError } from './import-error';
import type { ImportReport, ReportFile, TableReport } from './import-report';
import type { ImportRun, ImportStep, Outcome, Plan } from './import-step';
import type { LedgerEntry } from './ledger';
import type { OldDatabase } from './old-database';
import type { OldRow, OldTable, Columns } from './old-table';
import { IMPORT_STEPS } from './steps';

/** Of a batch that somebody else's writing got in the way of. */
const TRIES = 5;

export interface ImportOptions extends Omit<ImportRun, 'old'> {
  old: OldDatabase;
  steps: readonly ImportStep[];
  reportFile: ReportFile;
  /** Ends the import after the batch that is at work. */
  stop: AbortSignal;
  onProgress: (table: string, done: number, rows: number) => void;
  /** Which rows retention would delete; null: none. */
  cutoffs: Record<'views' | 'originals', { setting: string; before: Date } | null>;
}

type Row = OldRow<Columns> & { oldId: string | null };

/**
 * Moves what has not moved yet. A batch is one transaction with its lines in the ledger: whatever ends it, the next run
 * goes on behind the last batch. Throws ImportError.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const { old, steps, dryRun } = options;
  await options.ledger.begin();
  const importing = new Importing(options);
  const tables: TableReport[] = [];
  for (const step of steps)
    for (const table of old.named(step.table)) tables.push(await importing.table(step, table));
  await importing.end(tables);
  const ours = new Set(IMPORT_STEPS.map(({ table }) => table));
  return {
    dryRun,
    tables,
    missingTables: steps.map(({ table }) => table).filter((table) => old.named(table).length === 0),
    otherTables: old.tables.filter(({ table }) => !ours.has(table)).map(({ name }) => name),
  };
}

class Importing {
  private hasBegun = false;

  constructor(private readonly options: ImportOptions) {}

  async table(step: ImportStep, table: OldTable): Promise<TableReport> {
    const { old, onProgress, stop } = this.options;
    const report: TableReport = {
      table: table.name, step: step.name, read: 0, moved: 0, merged: 0, reported: 0, new: 0, reasons: {}, notes: {},
    }; // prettier-ignore
    await this.measureRetention(step, table, report);
    const rows = await old.count(table);
    const plan = await step.begin(this.options, table);
    const id = step.id?.(table) ?? table.column('id');
    onProgress(table.name, 0, rows);
    for await (const batch of old.batches(table, {
      columns: step.columns,
      id,
      orderBy: step.orderBy?.(table) ?? id,
      batchRows: step.batchRows,
    })) {
      await this.batch(table, batch, plan, report);
      onProgress(table.name, report.read, rows);
      if (stop.aborted)
        throw new ImportError(
          'INTERRUPTED',
          'Stopped. What was moved stays; run the command again to go on.',
        );
    }
    if (report.read !== report.moved + report.merged + report.reported || report.read !== rows)
      throw new ImportError(
        'TOTALS_DIFFER',
        `The rows of ${table.name} do not add up; this is a fault of the import.`,
      );
    return report;
  }

  /** The audit log's last line of an import that has changed something. */
  async end(tables: readonly TableReport[]): Promise<void> {
    const { prisma, now } = this.options;
    if (!this.hasBegun) return;
    const details = Object.fromEntries(
      tables.map(({ table, moved, merged, reported, ...report }) => [
        table,
        { new: report.new, moved, merged, reported },
      ]),
    );
    await prisma.$transaction((tx) => audit(tx, null, 'import.finish', targetOf(now), details));
  }

  private async batch(
    table: OldTable,
    batch: Row[],
    plan: (rows: Row[]) => Promise<Plan>,
    report: TableReport,
  ): Promise<void> {
    const { ledger } = this.options;
    report.read += batch.length;
    const ids = new Set<string>();
    const rows: (Row & { oldId: string })[] = [];
    for (const row of batch) {
      const { oldId } = row;
      if (oldId === null) this.tellReason(table, row, 'NO_ID', report);
      else if (ids.has(oldId)) this.tellReason(table, row, 'DUPLICATE_ID', report);
      else {
        ids.add(oldId);
        rows.push({ ...row, oldId });
      }
    }
    const known = await ledger.known(table.name, [...ids]);
    for (const [id, { merged, notes }] of known) {
      report[merged ? 'merged' : 'moved'] += 1;
      for (const note of notes) this.tellNote(table, id, merged, note, report);
    }
    const fresh = rows.filter(({ oldId }) => !known.has(oldId));
    if (fresh.length === 0) return;
    const outcomes = await this.move(table, fresh, plan);
    outcomes.forEach((outcome, at) => {
      const row = fresh[at]!;
      if (outcome.is === 'reported') return this.tellReason(table, row, outcome.reason, report);
      report[outcome.is] += 1;
      report.new += 1;
      for (const note of outcome.notes ?? [])
        this.tellNote(table, row.oldId, outcome.is === 'merged', note, report);
    });
  }

  /** Plans and writes anew when readers, or jobs, wrote the same meanwhile. */
  private async move(
    table: OldTable,
    rows: (Row & { oldId: string })[],
    plan: (rows: Row[]) => Promise<Plan>,
  ): Promise<Outcome[]> {
    const { prisma, ledger, dryRun } = this.options;
    for (let tried = 1; ; tried++) {
      const planned = await plan(rows);
      const { outcomes } = planned;
      const entries = outcomes.flatMap((outcome, at) => entryOf(rows[at]!.oldId, outcome) ?? []);
      if (entries.length === 0) return outcomes;
      if (dryRun) {
        await ledger.add(prisma, table.name, entries);
        planned.done?.();
        return outcomes;
      }
      await planned.prepare?.();
      try {
        await prisma.$transaction(async (tx) => {
          await tx.$executeRaw`SELECT set_config('gyeongdan.quiet', 'on', true)`;
          if (!this.hasBegun) await audit(tx, null, 'import.start', targetOf(this.options.now));
          await planned.write(tx);
          await ledger.add(tx, table.name, entries);
        });
        this.hasBegun = true;
        planned.done?.();
        return outcomes;
      } catch (error) {
        if (tried === TRIES || !isPassing(error)) throw error;
      }
    }
  }

  private tellReason(
    table: OldTable,
    { oldId }: Row,
    reason: keyof TableReport['reasons'],
    report: TableReport,
  ): void {
    report.reported += 1;
    report.reasons[reason] = (report.reasons[reason] ?? 0) + 1;
    this.options.reportFile.reason(table.name, oldId, reason);
  }

  private tellNote(
    table: OldTable,
    id: string,
    isMerged: boolean,
    note: keyof TableReport['notes'],
    report: TableReport,
  ): void {
    report.notes[note] = (report.notes[note] ?? 0) + 1;
    this.options.reportFile.note(table.name, id, isMerged, note);
  }

  private async measureRetention(
    { retention }: ImportStep,
    table: OldTable,
    report: TableReport,
  ): Promise<void> {
    const cutoff = retention && this.options.cutoffs[retention.setting];
    if (!cutoff) return;
    const rows = await this.options.old.countBefore(table, retention.column, cutoff.before);
    if (rows > 0) report.beyondRetention = { setting: cutoff.setting, rows };
  }
}

function entryOf(oldId: string, outcome: Outcome): LedgerEntry | null {
  if (outcome.is === 'reported') return null;
  const { newId, key = null, notes = [] } = outcome;
  return { oldId, newId, merged: outcome.is === 'merged', key, notes };
}

/** What somebody else wrote meanwhile: the same row, the end of what a row refers to, a lock that is waited for in a circle. */
function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^P20(02|03|34)$/.test(code) || /\b(23505|23503|40P01|40001)\b/.test(message);
}

const targetOf = (now: Date) => ({ type: 'Import' as const, id: now.toISOString() });
