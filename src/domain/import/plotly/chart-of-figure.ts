import { buildChart, type Chart } from '../../insight/build-chart';
import type { ChartChoice } from '../../insight/chart-choice';
import { ChartFault } from '../../insight/chart-fault';
import { chooseCharts } from '../../insight/choose-chart';
import { typedTable, type RawRow } from '../../insight/typed-columns';
import { plainLine } from '../old-text';
import type { Figure } from './figure-of-page';
import { valuesOf } from './values-of';

const MAX_TRACES = 20;
const SERIES = '계열';

type Trace = Record<string, unknown>;

/** A chart of ours from a figure's own data; null where none of our kinds shows it truly. */
export function chartOfFigure({ data, layout }: Figure, title: string): Chart | null {
  const names = namesOf(layout, data);
  const rows = data.slice(0, MAX_TRACES).flatMap((trace, at) => rowsOf(trace, at, names));
  const table = typedTable(rows);
  if (table.rows.length === 0) return null;
  const series = table.columns.some(({ name }) => name === SERIES) && data.length > 1 ? SERIES : null;
  const kinds = kindsOf(data[0]!, layout, series !== null);
  const choices: ChartChoice[] = kinds.flatMap((kind) =>
    (['none', 'sum'] as const).map((aggregate) => ({
      kind,
      x: names.x,
      y: names.y,
      series: kind === 'pie' ? null : series,
      aggregate,
      filters: [],
      sort: 'x' as const,
      limit: null,
    })),
  );
  for (const choice of [...choices, ...chooseCharts(table, title)])
    try {
      return buildChart(table, choice);
    } catch (error) {
      if (!(error instanceof ChartFault)) throw error;
    }
  return null;
}

function namesOf(layout: Trace, [first]: Trace[]): { x: string; y: string } {
  const isLying = first?.orientation === 'h';
  const [across, up] = [axisTitle(layout.xaxis), axisTitle(layout.yaxis)];
  const x = (isLying ? up : across) || '구분';
  const y = (isLying ? across : up) || '값';
  return { x: x === SERIES ? '구분' : x, y: y === x || y === SERIES ? '값' : y };
}

function axisTitle(axis: unknown): string {
  const { title } = (axis ?? {}) as { title?: unknown };
  const text = typeof title === 'string' ? title : (title as { text?: unknown } | null | undefined)?.text;
  return typeof text === 'string' ? plainLine(text).slice(0, 40) : '';
}

function rowsOf(trace: Trace, at: number, names: { x: string; y: string }): RawRow[] {
  const isLying = trace.orientation === 'h';
  const along = valuesOf(trace.labels ?? (isLying ? trace.y : trace.x));
  const sizes = valuesOf(trace.values ?? (isLying ? trace.x : trace.y));
  if (!sizes) return [];
  const name = typeof trace.name === 'string' ? plainLine(trace.name) : '';
  return sizes.slice(0, along?.length ?? sizes.length).map((size, index) => [
    [names.x, textOf(along ? (along[index] ?? null) : index + 1)],
    [names.y, size],
    [SERIES, name || `${at + 1}`],
  ]);
}

const textOf = (value: string | number | null) => (typeof value === 'string' ? plainLine(value) : value);

function kindsOf(trace: Trace, layout: Trace, hasSeries: boolean): ChartChoice['kind'][] {
  const type = typeof trace.type === 'string' ? trace.type : 'scatter';
  if (type === 'pie') return ['pie', 'bar'];
  if (type === 'bar')
    return hasSeries && layout.barmode !== 'group' ? ['stackedBar', 'bar'] : ['bar', 'line'];
  if (type !== 'scatter' && type !== 'scattergl') return [];
  if (trace.mode === 'markers') return ['scatter', 'line'];
  const isFilled =
    typeof trace.stackgroup === 'string' || (typeof trace.fill === 'string' && trace.fill !== 'none');
  return isFilled ? ['area', 'line', 'bar'] : ['line', 'bar', 'scatter'];
}
