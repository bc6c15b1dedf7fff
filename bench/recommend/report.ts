import type { Evaluation, Result } from './evaluation';

const WITHOUT_ECE =
  'ECE is n/a without --impressions (user_id,item_id,timestamp: what was shown), or when their last quarter spans less than a day.';
const HEADERS = ['model', 'Recall@10', 'NDCG@10', 'coverage', 'ECE', 'training s'];

/** The results as a table for people. */
export function tableOf({ protocol, readers, items, openings, asked, results }: Evaluation): string {
  const rows = [HEADERS, ...results.map(cellsOf)];
  const widths = HEADERS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const counts = `${number(readers)} readers, ${number(items)} items, ${number(openings)} openings`;
  return [
    `${protocol}: ${counts}; ${number(asked)} readers asked`,
    '',
    lines[0],
    rule,
    ...lines.slice(1),
    ...(results.every(({ ece }) => ece === null) ? ['', WITHOUT_ECE] : []),
  ].join('\n');
}

function cellsOf({ model, recall, ndcg, coverage, ece, trainingSeconds }: Result): string[] {
  return [
    model,
    recall.toFixed(4),
    ndcg.toFixed(4),
    coverage.toFixed(4),
    ece === null ? 'n/a' : ece.toFixed(4),
    trainingSeconds.toFixed(1),
  ];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
