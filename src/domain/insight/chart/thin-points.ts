import { groupBy } from '../../shared/group-by';
import type { ChartPoint } from './chart-points';

/** At most so many points are drawn; each is less than 200 bytes of the specification. */
const MAX_DRAWN = 1_000;
const MAX_OF_A_LINE = 500;

/**
 * What of many points is drawn. Of lines (rising along x) the first, the last, and of each stretch the lowest and the
 * highest, so that nothing that stands out is lost; of a cloud every so many-th.
 */
export function thinPoints(points: readonly ChartPoint[], isLine: boolean): ChartPoint[] {
  if (!isLine) {
    const step = Math.max(1, points.length / MAX_DRAWN);
    return points.filter((_, index) => Math.floor((index + 1) / step) > Math.floor(index / step));
  }
  const lines = groupBy(points, ({ series }) => series ?? '');
  const room = Math.min(MAX_OF_A_LINE, Math.floor(MAX_DRAWN / lines.size));
  return [...lines.values()].flatMap((line) => thinLine(line, room));
}

function thinLine(line: ChartPoint[], room: number): ChartPoint[] {
  if (line.length <= room) return line;
  const last = line.length - 1;
  const stretches = (room - 2) >> 1;
  const kept = new Set([0, last]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * line.length) / stretches);
    const to = Math.floor(((stretch + 1) * line.length) / stretches);
    let lowest = from;
    let highest = from;
    for (let index = from; index < to; index++) {
      if (line[index]!.y < line[lowest]!.y) lowest = index;
      if (line[index]!.y > line[highest]!.y) highest = index;
    }
    kept.add(lowest).add(highest);
  }
  return line.filter((_, index) => kept.has(index));
}
