import { randomUUID } from 'node:crypto';
import { cutText } from '../../../visible-text';
import type { Prisma } from '../../../generated/prisma/client';
import type { VegaLiteSpec } from '../../../adapters/chart/vega-lite';
import { chartHash } from '../../insight/chart-urls';
import { IMPORTED_DATASET } from '../../insight/datasets';
import { textAlone } from '../../insight/chart/text-alone';
import { moved, reported, type ImportRun, type ImportStep, type Outcome } from '../import-step';
import { bounded, pastTimeOf, plainLine, plainText, RowNotes } from '../old-text';
import type { OldRow } from '../old-table';
import { chartOfFigure } from '../plotly/chart-of-figure';
import { figureOfPage } from '../plotly/figure-of-page';

const COLUMNS = { title: 'text', content: 'text', graphHtml: 'page', createdAt: 'time' } as const;
const MAX_TITLE = 100;
const MAX_CONTENT = 5_000;

/** Charts with their texts, hidden until an admin shows them; drawn anew from the figure's own data. */
export const insightsStep: ImportStep<typeof COLUMNS> = {
  name: 'insights',
  table: 'api_visualization',
  columns: COLUMNS,
  batchRows: 4,
  begin: async (run) => async (rows) => {
    const outcomes: Outcome[] = [];
    const fresh: Prisma.InsightCreateInput[] = [];
    for (const row of rows) {
      const notes = new RowNotes();
      const content = bounded(plainText(row.content), MAX_CONTENT, notes);
      const title = cutText(plainLine(row.title) || plainLine(content), MAX_TITLE);
      if (title === '') {
        outcomes.push(reported('NO_TEXT'));
        continue;
      }
      const id = randomUUID();
      fresh.push({
        id,
        datasetId: IMPORTED_DATASET.id,
        title,
        content,
        model: 'imported',
        status: 'HIDDEN',
        createdAt: pastTimeOf(row.createdAt, run.now, notes) ?? run.now,
        ...(await pictureOf(run, title, row, notes)),
      });
      outcomes.push(moved(id, undefined, notes.list()));
    }
    return {
      outcomes,
      write: async (tx) => {
        for (const insight of fresh) await tx.insight.create({ data: insight });
      },
    };
  },
};

/** The chart of its figure, else one that says there is none. */
async function pictureOf(
  { painter }: ImportRun,
  title: string,
  { graphHtml }: OldRow<typeof COLUMNS>,
  notes: RowNotes,
) {
  const paint = async (spec: VegaLiteSpec) => {
    const { svg, png } = await painter.paint(spec);
    const picture = { hash: chartHash(svg), svg, png: Uint8Array.from(png) };
    return { chart: spec as unknown as Prisma.InputJsonValue, picture: { create: picture } };
  };
  const figure = graphHtml === null ? null : figureOfPage(graphHtml);
  const chart = figure && chartOfFigure(figure, title);
  // What a stranger's figure makes of a chart may be more than the painter draws.
  const drawn = chart && (await paint(chart.spec).catch(() => null));
  if (drawn) return drawn;
  notes.add('CHART_UNREADABLE');
  return paint(textAlone(title));
}
