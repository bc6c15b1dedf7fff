import { INK } from '../../../adapters/chart/chart-colors';
import { textWidth } from '../../../adapters/chart/text-width';
import { barPlace, LABEL_LIMIT, valueChannel } from './chart-axes';
import { labelsOf } from './chart-labels';
import { seriesChannels } from './chart-series';
import { LABEL_SIZE, TEXT_WIDTH } from './chart-style';
import { AXES_HEIGHT, PLOT_HEIGHT, PLOT_WIDTH, rowsOf, type Drawing, type Drawn } from './drawing';
import { placeTexts } from './place-texts';

const SINGLE_BAR = 24;
const GROUPED_BAR = 11;
const LEAST_HEIGHT = 60;

/** Bars lie where categories name them, for long names have room there; those of dates and numbers stand. */
export function drawBars(drawn: Drawn): Drawing {
  const { points, fields, choice, series } = drawn;
  const lies = fields.x.kind === 'category';
  const textOf = placeTexts(points, fields);
  const places = labelsOf(points.map(({ x }) => textOf(x)));
  const labels = [...places.values()];
  const names = [...series.values()];
  const { channels, legendHeight } = seriesChannels(names, {
    mark: 'surface',
    room: lies ? TEXT_WIDTH - nameWidth(labels) : PLOT_WIDTH,
  });
  const place = barPlace(labels, fields, lies);
  const value = valueChannel(drawn, !lies);
  const isStacked = choice.kind === 'stackedBar';
  const isGrouped = !isStacked && points.length > labels.length;
  const offset = { field: 's', type: 'nominal', scale: { domain: names } };
  const thickness = isGrouped ? GROUPED_BAR * (names.length + 1) : SINGLE_BAR;
  return {
    rows: rowsOf(drawn, (x) => places.get(textOf(x))!),
    mark: { type: 'bar', tooltip: true, ...(isStacked && { stroke: INK.background.light, strokeWidth: 1 }) },
    encoding: {
      ...(lies ? { x: value, y: place } : { x: place, y: value }),
      ...(isGrouped && { [lies ? 'yOffset' : 'xOffset']: offset }),
      ...channels,
    },
    height:
      (lies
        ? Math.max(LEAST_HEIGHT, labels.length * thickness) + AXES_HEIGHT + 20
        : PLOT_HEIGHT + AXES_HEIGHT) + legendHeight,
  };
}

function nameWidth(labels: readonly string[]): number {
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label, LABEL_SIZE)), 0);
  return Math.min(LABEL_LIMIT, widest) + 10;
}
