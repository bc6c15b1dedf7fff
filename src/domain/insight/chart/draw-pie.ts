import { INK } from '../../../adapters/chart/chart-colors';
import { labelsOf } from './chart-labels';
import { OTHER_SLICES } from './chart-points';
import { seriesChannels } from './chart-series';
import { TEXT_WIDTH } from './chart-style';
import { measureName } from './chart-text';
import { placeTexts } from './place-texts';
import { plain } from './plain';
import { PLOT_HEIGHT, type Drawing, type Drawn } from './drawing';

/** Slices with their names and shares in the legend. */
export function drawPie({ points, fields, choice, unit }: Drawn): Drawing {
  const textOf = placeTexts(points, fields);
  const total = points.reduce((sum, { y }) => sum + y, 0);
  const named = labelsOf(points.map(({ x }) => textOf(x)));
  const labels = points.map(({ x, y }) => `${named.get(textOf(x))} ${((y / total) * 100).toFixed(1)}%`);
  const { channels, legendHeight } = seriesChannels(labels, {
    mark: 'surface',
    room: TEXT_WIDTH,
    endsWithRest: points.at(-1)!.x === OTHER_SLICES,
  });
  return {
    rows: points.map(({ y }, index) => ({ s: labels[index]!, y: plain(y / unit.divisor), i: index })),
    mark: { type: 'arc', stroke: INK.background.light, strokeWidth: 2, tooltip: true },
    encoding: {
      theta: {
        field: 'y',
        type: 'quantitative',
        stack: true,
        title: [measureName(fields, choice), unit.unit && `(${unit.unit})`].filter(Boolean).join(' '),
      },
      order: { field: 'i', type: 'quantitative' },
      ...channels,
    },
    height: PLOT_HEIGHT + legendHeight,
  };
}
