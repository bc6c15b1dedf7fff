import type { ImportReport, TableReport } from './import-report';
import { NOTES, REASONS } from './reasons';

/** The report as a terminal shows it. */
export function reportText(
  { dryRun, tables, missingTables, otherTables }: ImportReport,
  file: string,
): string {
  const rows = [
    ['table', 'read', 'moved', 'merged', 'reported', dryRun ? 'to do' : 'new'],
    ...tables.map((one) => [one.table, one.read, one.moved, one.merged, one.reported, one.new].map(String)),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  return [
    ...(dryRun ? ['A dry run: nothing was written to the database.'] : []),
    ...table,
    ...tables.flatMap(detailsOf),
    ...(missingTables.length > 0 ? [`Not in the old database: ${missingTables.join(', ')}.`] : []),
    ...(otherTables.length > 0
      ? [`Of no old service, so nothing was read of: ${otherTables.join(', ')}.`]
      : []),
    `Each row that was not moved, or not as it was, is in ${file}.`,
  ].join('\n');
}

function detailsOf({ table, reasons, notes, beyondRetention }: TableReport): string[] {
  const lines = [
    ...Object.entries(reasons).map(
      ([code, count]) => `  ${count} not moved: ${code}. ${REASONS[code as keyof typeof REASONS]}`,
    ),
    ...Object.entries(notes).map(
      ([code, count]) => `  ${count} with ${code}. ${NOTES[code as keyof typeof NOTES]}`,
    ),
  ];
  if (beyondRetention) {
    const { rows, setting } = beyondRetention;
    lines.push(`  ${rows} are older than ${setting} allows and will be deleted; 0 keeps them.`);
  }
  return lines.length === 0 ? [] : [`${table}:`, ...lines];
}
