import { continuousPlace, namedPlace, valueChannel } from './chart-axes';
import { labelsOf } from './chart-labels';
import { seriesChannels } from './chart-series';
import { AXES_HEIGHT, PLOT_HEIGHT, PLOT_WIDTH, rowsOf, type Drawing, type Drawn } from './drawing';

/** Lines with more values than that show no dots. */
const MAX_DOTS = 40;

/** Lines, areas and clouds of points. */
export function drawLines(drawn: Drawn): Drawing {
  const { points, fields, choice, series } = drawn;
  const isNamed = fields.x.kind === 'category';
  const places = labelsOf(isNamed ? points.map(({ x }) => String(x)) : []);
  const { channels, legendHeight } = seriesChannels([...series.values()], {
    mark: MARKS[choice.kind as Kind],
    room: PLOT_WIDTH,
  });
  return {
    rows: rowsOf(drawn, (x) => (isNamed ? places.get(String(x))! : x)),
    mark: { ...markOf(drawn), tooltip: true },
    encoding: {
      x: isNamed ? namedPlace([...places.values()], fields) : continuousPlace(points, fields),
      y: valueChannel(drawn, true),
      ...channels,
    },
    height: PLOT_HEIGHT + AXES_HEIGHT + legendHeight,
  };
}

type Kind = 'line' | 'area' | 'scatter';
const MARKS = { line: 'line', area: 'surface', scatter: 'point' } as const;

function markOf({ points, choice, series }: Drawn): Record<string, unknown> {
  if (choice.kind === 'scatter') return { type: 'point', filled: true, size: 40, opacity: 0.75 };
  const hasDots = points.length / Math.max(1, series.size) <= MAX_DOTS;
  if (choice.kind === 'line')
    return { type: 'line', strokeWidth: 2, ...(hasDots && { point: { size: 28 } }) };
  if (series.size > 1) return { type: 'area', opacity: 0.85 };
  return { type: 'area', opacity: 0.35, line: true, ...(hasDots && { point: { size: 28, opacity: 1 } }) };
}
