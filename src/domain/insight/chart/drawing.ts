import { axisUnit, type AxisUnit } from './chart-units';
import { labelsOf } from './chart-labels';
import { dateLabels } from './date-labels';
import type { ChartPoint } from './chart-points';
import { plain } from './plain';
import type { ChosenFields } from './check-choice';
import type { ChartChoice } from '../chart-choice';

/** Of the plot, before its axes. */
export const PLOT_HEIGHT = 230;
/** Beside the labels of an axis. */
export const PLOT_WIDTH = 360;
/** Of axes with their titles. */
export const AXES_HEIGHT = 60;

/** The parts of a specification that its kind decides. */
export interface Drawing {
  rows: Record<string, string | number>[];
  mark: Record<string, unknown>;
  encoding: Record<string, unknown>;
  /** Of the plot, its axes and its legend. */
  height: number;
}

/** What is to be drawn: the values in `unit`, the series by the labels that they are shown with. */
export interface Drawn {
  points: readonly ChartPoint[];
  fields: ChosenFields;
  choice: ChartChoice;
  unit: AxisUnit;
  series: Map<string, string>;
}

export function drawnOf(points: readonly ChartPoint[], fields: ChosenFields, choice: ChartChoice): Drawn {
  const names = points.flatMap((point) => point.series ?? []);
  const dates = fields.series?.kind === 'date' ? dateLabels(names, fields.series.unit) : null;
  const series = labelsOf(names);
  if (dates) for (const name of series.keys()) series.set(name, dates.label(name));
  return {
    points,
    fields,
    choice,
    unit: axisUnit(points, choice.aggregate === 'count' ? '개' : fields.y.unit),
    series,
  };
}

/** The rows under names of ours: a column may be called anything. */
export function rowsOf(
  { points, unit, series }: Drawn,
  place: (x: number | string) => number | string,
): Drawing['rows'] {
  return points.map(({ x, y, series: name }) => ({
    x: place(x),
    y: plain(y / unit.divisor),
    ...(name !== null && { s: series.get(name)! }),
  }));
}
