import { closeSync, openSync, writeSync } from 'node:fs';
import { ImportError } from './import-error';
import { NOTES, REASONS, type Note, type Reason } from './reasons';

/** What became of the rows of one old table, in this run and in those before. */
export interface TableReport {
  table: string;
  /** As --only names it. */
  step: string;
  read: number;
  moved: number;
  merged: number;
  reported: number;
  /** Of moved and merged: in this run. */
  new: number;
  /** Why rows were not moved, and of what was moved what could not be: how many of each code. */
  reasons: Partial<Record<Reason, number>>;
  notes: Partial<Record<Note, number>>;
  /** Older than what is kept here: gone again soon, unless the setting says otherwise. */
  beyondRetention?: { setting: string; rows: number };
}

export interface ImportReport {
  dryRun: boolean;
  tables: TableReport[];
  /** Tables that the old services have and this database has not. */
  missingTables: string[];
  /** Tables of its schemas that are none of theirs: nothing of them is read. */
  otherTables: string[];
}

/** The lines of import-report.jsonl: ids and codes, nothing of what stands in a row. */
export class ReportFile {
  private readonly file: number;

  /** Throws ImportError. */
  constructor(path: string) {
    try {
      this.file = openSync(path, 'w');
    } catch (cause) {
      const { code = '' } = cause as NodeJS.ErrnoException;
      throw new ImportError(
        'REPORT_UNWRITABLE',
        `The report cannot be written to ${path} (${code}): see --report.`,
        {
          cause,
        },
      );
    }
  }

  /** A row that was not moved. */
  reason(table: string, id: string | null, code: Reason): void {
    this.line({ table, id, outcome: 'reported', code, text: REASONS[code] });
  }

  /** A row that was moved or merged, but not as it was. */
  note(table: string, id: string, isMerged: boolean, code: Note): void {
    this.line({ table, id, outcome: isMerged ? 'merged' : 'moved', code, text: NOTES[code] });
  }

  close(): void {
    closeSync(this.file);
  }

  private line(line: object): void {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }
}
