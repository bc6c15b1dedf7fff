import type { Area } from './among-shown';
import { worthOfKnowing, type Evaluation, type Result } from './evaluation';

const WITHOUT_ECE =
  'ECE is n/a without --impressions (user_id,item_id,timestamp: what was shown), or when nothing of their last quarter was opened.';
const HEADERS = ['model', 'Recall@10', 'NDCG@10', 'coverage', 'ECE', 'training s'];
const SHOWN_HEADERS = ['of what is shown', 'AUC', 'AUC of a page', 'ECE'];

/** The results as a table for people. */
export function tableOf(evaluation: Evaluation): string {
  const { protocol, readers, items, openings, moments, asked, results } = evaluation;
  const counts = `${number(readers)} readers, ${number(items)} items, ${number(openings)} openings`;
  return [
    `${protocol}: ${counts}; ${number(asked)} questions${moments > 1 ? ` at ${moments} moments` : ''}`,
    '',
    ...aligned([HEADERS, ...results.map(cellsOf)]),
    ...notesOf(evaluation),
    '',
    ...shownTable(evaluation),
  ].join('\n');
}

/** The first column to the left, the others to the right; a rule below the first row. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0]!, rule, ...lines.slice(1)];
}

function shownTable({ shown, firstDay }: Evaluation): string[] {
  if (!shown) return [WITHOUT_ECE];
  const cells = (name: string, { all, list }: Area, ece?: number) => [
    name,
    all.toFixed(4),
    list?.toFixed(4) ?? 'n/a',
    ece?.toFixed(4) ?? 'n/a',
  ];
  const rows = [
    cells('recent popularity', shown.popularity),
    cells('click rate so far', shown.clickRate),
    cells('shipped model', shown.model, shown.ece),
  ];
  if (firstDay)
    rows.push(
      cells('click rate, first 24 h of them', firstDay.clickRate),
      cells('shipped model, first 24 h of them', firstDay.model, firstDay.ece),
    );
  return [
    ...aligned([SHOWN_HEADERS, ...rows]),
    '',
    `${number(shown.shown)} of the last quarter, ${number(shown.opened)} of them opened within a day`,
  ];
}

function notesOf(evaluation: Evaluation): string[] {
  const chosen = evaluation.results
    .filter(({ settings }) => settings.length > 0)
    .map(({ model, settings }) => `${model}: ${settings.join('; ')} (found on held-back parts)`);
  const worth = worthOfKnowing(evaluation);
  if (worth)
    chosen.push(
      `knowing the reader: NDCG@10 × ${worth.times.toFixed(2)} of the best that does not (${worth.best.model})`,
    );
  return chosen.length > 0 ? ['', ...chosen] : [];
}

function cellsOf({ model, recall, ndcg, coverage, ece, trainingSeconds }: Result): string[] {
  return [
    model,
    recall.toFixed(4),
    ndcg.toFixed(4),
    coverage.toFixed(4),
    ece?.toFixed(4) ?? 'n/a',
    trainingSeconds.toFixed(1),
  ];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
