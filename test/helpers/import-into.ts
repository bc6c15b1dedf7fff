import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importInto, type ImportRequest, type ImportTarget } from '../../src/context/importing';
import { Lifetime } from '../../src/context/lifetime';
import type { ImportReport } from '../../src/domain/import/import-report';

export interface ReportLine {
  table: string;
  id: string | null;
  outcome: string;
  code: string;
  text: string;
}

export interface TriedImport extends ImportReport {
  /** What import-report.jsonl holds. */
  lines: ReportLine[];
}

/** Moves one database into another, as the command does, in this process. Throws ImportError. */
export async function importOf(
  from: string,
  databaseUrl: string,
  {
    only,
    dryRun = false,
    onProgress = () => {},
    stop = new AbortController().signal,
  }: Partial<ImportRequest> & {
    onProgress?: (table: string, done: number, rows: number) => void;
    stop?: AbortSignal;
  } = {},
): Promise<TriedImport> {
  const target: ImportTarget = { databaseUrl, trustedOrigins: [], retention: { views: 730, originals: 365 } };
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-import-'));
  const report = path.join(folder, 'report.jsonl');
  const opened = new Lifetime();
  try {
    const done = await importInto(target, { from, only, dryRun, report }, { opened, stop, onProgress });
    const lines = readFileSync(report, 'utf8').split('\n').filter(Boolean);
    return { ...done, lines: lines.map((line) => JSON.parse(line) as ReportLine) };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true });
  }
}

/** What became of the rows of a table: [read, moved, merged, reported]. */
export function totalsOf({ tables }: ImportReport): Record<string, number[]> {
  return Object.fromEntries(
    tables.map(({ table, read, moved, merged, reported }) => [table, [read, moved, merged, reported]]),
  );
}
