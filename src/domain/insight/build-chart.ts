import type { VegaLiteSpec } from '../../adapters/chart/vega-lite';
import type { ChartChoice } from './chart-choice';
import { chartPoints, type ChartPoint } from './chart/chart-points';
import { checkChoice } from './chart/check-choice';
import { checkPoints } from './chart/check-points';
import { vegaLiteSpec } from './chart/vega-lite-spec';
import type { DataTable } from './data-table';

export interface Chart {
  spec: VegaLiteSpec;
  /** What it shows, in its order, exact and in the column's own unit. Of very many the drawing shows those that stand out. */
  points: ChartPoint[];
}

/** Draws what was chosen of a table. Throws ChartFault when that cannot be drawn, or not truly. */
export function buildChart(table: DataTable, choice: ChartChoice): Chart {
  const fields = checkChoice(table, choice);
  const points = chartPoints(table, fields, choice);
  checkPoints(points, fields, choice);
  return { spec: vegaLiteSpec(points, fields, choice), points };
}
