import { INK } from '../../../adapters/chart/chart-colors';
import { textWidth } from '../../../adapters/chart/text-width';
import { colorAt, dashAt, LABEL_SIZE, LINE_HEIGHT, shapeAt } from './chart-style';

const SYMBOL_WIDTH = 36;

/** The channels that tell series apart, and how high their legend is. */
export interface SeriesChannels {
  channels: Record<string, unknown>;
  legendHeight: number;
}

interface Legend {
  mark: 'line' | 'point' | 'surface';
  /** How wide it may be, in pixels. */
  room: number;
  /** The last series is what is left over. */
  endsWithRest?: boolean;
}

/** Colours, with dashes for lines and shapes for points; no legend for a single series. */
export function seriesChannels(
  labels: readonly string[],
  { mark, room, endsWithRest = false }: Legend,
): SeriesChannels {
  if (labels.length < 2) return { channels: { color: { value: colorAt(0) } }, legendHeight: 0 };
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label, LABEL_SIZE)), 0);
  const columns = Math.max(1, Math.min(4, labels.length, Math.floor(room / (widest + SYMBOL_WIDTH))));
  const legend = {
    columns,
    labelLimit: Math.floor(room / columns) - SYMBOL_WIDTH,
    ...(mark === 'line' && { symbolType: 'stroke', symbolSize: 200 }),
  };
  const channel = (range: unknown[]) => ({
    field: 's',
    type: 'nominal',
    title: null,
    scale: { domain: labels, range },
    legend,
  });
  const rangeOf = <T>(at: (index: number, count: number) => T) =>
    labels.map((_, index) => at(index, labels.length));
  const colors = rangeOf(colorAt);
  if (endsWithRest) colors[labels.length - 1] = INK.rest.light;
  return {
    channels: {
      color: channel(colors),
      ...(mark === 'line' && { strokeDash: channel(rangeOf(dashAt)) }),
      ...(mark === 'point' && { shape: channel(rangeOf(shapeAt)) }),
    },
    legendHeight: Math.ceil(labels.length / columns) * LINE_HEIGHT + 12,
  };
}
