import type { ChartChoice } from '../chart-choice';
import { ChartFault } from '../chart-fault';
import type { ChosenFields } from './check-choice';
import type { ChartPoint } from './chart-points';

/** What a reader can tell apart on a phone. */
const MAX_LINES = 12;
const MAX_STACKS = 8;
const MAX_SLICES = 8;
const MAX_BARS = 30;
const MAX_COLUMNS = 120;
const MAX_GROUPED = 6;
const MAX_GROUPED_BARS = 60;

/** Throws ChartFault for points that a chart of that kind cannot show, or cannot show truly. */
export function checkPoints(points: readonly ChartPoint[], { x }: ChosenFields, choice: ChartChoice): void {
  const xs = new Set(points.map((point) => point.x)).size;
  const series = new Set(points.map((point) => point.series)).size;
  const atMost = (part: 'x' | 'series', count: number, max: number) => {
    if (count <= max) return;
    const how =
      part === 'x' ? 'limit나 filters로 줄이세요.' : '종류가 더 적은 열을 고르거나 filters로 줄이세요.';
    throw new ChartFault(
      part,
      `${choice.kind}에는 ${part} 값이 ${max}개까지 들어갑니다. 지금은 ${count}개입니다. ${how}`,
    );
  };
  switch (choice.kind) {
    case 'pie':
      return checkSlices(points, xs, choice, atMost);
    case 'line':
    case 'scatter':
      atMost('series', series, MAX_LINES);
      break;
    case 'area':
      atMost('series', series, MAX_STACKS);
      if (series > 1) checkAreas(points, xs * series);
      break;
    case 'stackedBar':
      atMost('series', series, MAX_STACKS);
      break;
    case 'bar':
      atMost('series', series, MAX_GROUPED);
      if (points.length > xs) atMost('x', xs, Math.floor(MAX_GROUPED_BARS / series));
      break;
  }
  const isBar = choice.kind === 'bar' || choice.kind === 'stackedBar';
  if (isBar) atMost('x', xs, x.kind === 'category' ? MAX_BARS : MAX_COLUMNS);
  else if (x.kind === 'category') atMost('x', xs, MAX_BARS);
}

function checkSlices(
  points: readonly ChartPoint[],
  xs: number,
  { limit }: ChartChoice,
  atMost: (part: 'x', count: number, max: number) => void,
): void {
  atMost('x', limit === null ? xs : Math.min(xs, limit), MAX_SLICES);
  if (points.some(({ y }) => y < 0) || points.every(({ y }) => y === 0))
    throw new ChartFault('kind', 'pie의 값은 0보다 작거나 모두 0일 수 없습니다. 다른 kind를 고르세요.');
}

function checkAreas(points: readonly ChartPoint[], places: number): void {
  if (points.length < places)
    throw new ChartFault(
      'kind',
      'area로 쌓으려면 모든 x에 모든 series의 값이 있어야 합니다. line을 고르세요.',
    );
  if (points.some(({ y }) => y < 0))
    throw new ChartFault('kind', 'area로는 0보다 작은 값을 쌓을 수 없습니다. line을 고르세요.');
}
