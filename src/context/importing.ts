import { ChartPainter } from '../adapters/chart/chart-painter';
import { openDatabase } from '../adapters/database/database';
import { Glossary } from '../domain/glossary/glossary';
import { ReportFile, type ImportReport } from '../domain/import/import-report';
import { Ledger } from '../domain/import/ledger';
import { OldDatabase } from '../domain/import/old-database';
import { checkImport } from '../domain/import/open-import';
import { runImport } from '../domain/import/run-import';
import { stepsNamed } from '../domain/import/steps';
import { systemClock } from '../domain/shared/clock';
import { createLogger } from '../logger';
import type { Lifetime } from './lifetime';

/** Of one batch, on a database that serves readers meanwhile. */
const STATEMENT_TIMEOUT_MS = 120_000;
const DAY_MS = 86_400_000;

export interface ImportRequest {
  from: string;
  only: string | undefined;
  dryRun: boolean;
  /** Where the rows are told that were not moved as they were. */
  report: string;
}

export interface ImportTarget {
  databaseUrl: string;
  trustedOrigins: readonly string[];
  /** Days; 0 for ever. */
  retention: { views: number; originals: number };
}

/** Opens both databases, moves what has not moved yet, and says what became of every row. Throws ImportError. */
export async function importInto(
  { databaseUrl, trustedOrigins, retention }: ImportTarget,
  { from, only, dryRun, report }: ImportRequest,
  {
    opened,
    stop,
    onProgress,
  }: { opened: Lifetime; stop: AbortSignal; onProgress: Parameters<typeof runImport>[0]['onProgress'] },
): Promise<ImportReport> {
  const steps = stepsNamed(only);
  const old = await OldDatabase.open(from);
  opened.onClose(() => old.close());
  const logger = createLogger({ level: 'error', pretty: false });
  // One, which keeps the lock and, in a dry run, its own ledger.
  const database = openDatabase({
    url: databaseUrl,
    connections: 1,
    logger,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  opened.onClose(() => database.close());
  const { prisma, pool } = database;
  await checkImport(old, { prisma, pool });
  const reportFile = new ReportFile(report);
  opened.onClose(() => reportFile.close());
  const painter = new ChartPainter();
  opened.onClose(() => painter.close());
  const now = systemClock.now();
  const glossary = new Glossary({ pool, clock: systemClock });
  const cutoff = (setting: string, days: number) =>
    days === 0 ? null : { setting, before: new Date(now.getTime() - days * DAY_MS) };
  return runImport({
    prisma,
    ledger: new Ledger(prisma, now, dryRun),
    old,
    painter,
    explainer: () => glossary.explainer(),
    now,
    dryRun,
    trustedOrigins: new Set(trustedOrigins.map((origin) => new URL(origin).origin)),
    steps,
    reportFile,
    stop,
    onProgress,
    cutoffs: {
      views: cutoff('RETENTION_VIEWS_DAYS', retention.views),
      originals: cutoff('RETENTION_ORIGINALS_DAYS', retention.originals),
    },
  });
}
