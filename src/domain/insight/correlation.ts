import type { ChartPoint } from './chart/chart-points';

/** Pearson's; null where one of the two never changes. */
export function correlationOf(points: readonly ChartPoint[]): number | null {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [xs, ys] = [points.map(({ x }) => Number(x)), points.map(({ y }) => y)];
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [both, ofX, ofY] = [0, 0, 0];
  xs.forEach((x, index) => {
    const [dx, dy] = [x - meanX, ys[index]! - meanY];
    both += dx * dy;
    ofX += dx * dx;
    ofY += dy * dy;
  });
  return ofX > 0 && ofY > 0 && points.length > 2 ? both / Math.sqrt(ofX * ofY) : null;
}
