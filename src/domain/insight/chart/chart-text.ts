import { textWidth } from '../../../adapters/chart/text-width';
import type { ChartChoice, ChartFilter } from '../chart-choice';
import { labelOf } from './chart-labels';
import type { ChartPoint } from './chart-points';
import type { ChosenFields } from './check-choice';
import { placeTexts } from './place-texts';

const KIND_NAMES: Record<ChartChoice['kind'], string> = {
  line: '꺾은선그래프',
  area: '영역그래프',
  bar: '막대그래프',
  stackedBar: '누적 막대그래프',
  pie: '원그래프',
  scatter: '산점도',
};
const AGGREGATE_NAMES: Record<ChartChoice['aggregate'], string | null> = {
  none: null,
  sum: '합계',
  mean: '평균',
  median: '중앙값',
  min: '최솟값',
  max: '최댓값',
  // Whoever reads it knows of no rows.
  count: '자료 수',
};
const MAX_NAME = 60;
const NUMBER = new Intl.NumberFormat('ko-KR', { maximumSignificantDigits: 10 });

export function numberText(value: number): string {
  return NUMBER.format(value);
}

/** What y is called: `소득 평균`, `자료 수`. */
export function measureName({ y }: ChosenFields, { aggregate }: ChartChoice): string {
  const name = AGGREGATE_NAMES[aggregate];
  if (aggregate === 'count') return name!;
  return [labelOf(y.name, MAX_NAME), name].filter(Boolean).join(' ');
}

export function placeName({ x }: ChosenFields): string {
  return labelOf(x.name, MAX_NAME);
}

/** `시도별 인구 합계`, `기준금리 추이`. */
export function chartTitle(fields: ChosenFields, choice: ChartChoice): string {
  const { x, series } = fields;
  const by = [series && each(labelOf(series.name, MAX_NAME))];
  if (x.kind !== 'date')
    by.push(choice.kind === 'scatter' ? `${placeName(fields)}에 따른` : each(placeName(fields)));
  return [...by, measureName(fields, choice), x.kind === 'date' && '추이'].filter(Boolean).join(' ');
}

/** 시도 → 시도별; 성별 is that already. */
function each(name: string): string {
  return name.endsWith('별') ? name : `${name}별`;
}

/** Which of the data are shown; empty for all. */
export function chartScope(
  { filters, limit, sort, kind }: ChartChoice,
  { all, drawn }: { all: number; drawn: number },
): string {
  const ends: Record<ChartChoice['sort'], string | null> = {
    x: null,
    xDescending: null,
    yDescending: '상위',
    yAscending: '하위',
  };
  const end = limit !== null && kind !== 'pie' ? ends[sort] : null;
  return [
    ...filters.map(filterText),
    end && `${end} ${limit}개`,
    drawn < all && `값 ${numberText(all)}개 가운데 ${numberText(drawn)}개를 그림`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function filterText({ field, comparison, value }: ChartFilter): string {
  const name = labelOf(field, MAX_NAME);
  const text = typeof value === 'number' ? numberText(value) : labelOf(value);
  switch (comparison) {
    case 'equals':
      return `${name}: ${text}`;
    case 'differs':
      return `${name}: ${text} 제외`;
    case 'atLeast':
      return `${name}: ${text}${typeof value === 'string' ? '부터' : ' 이상'}`;
    case 'atMost':
      return `${name}: ${text}${typeof value === 'string' ? '까지' : ' 이하'}`;
  }
}

/** What a screen reader says of a chart. */
export function chartDescription(
  points: readonly ChartPoint[],
  fields: ChosenFields,
  choice: ChartChoice,
): string {
  const highest = points.reduce((most, point) => (point.y > most.y ? point : most));
  const lowest = points.reduce((least, point) => (point.y < least.y ? point : least));
  const textOf = placeTexts(points, fields);
  const unit = choice.aggregate === 'count' ? '개' : (fields.y.unit ?? '');
  const told = (point: ChartPoint) => {
    const place = labelOf(textOf(point.x));
    const where = point.series === null ? place : `${place}, ${labelOf(point.series)}`;
    return `${numberText(point.y)}${unit} (${where})`;
  };
  const extremes =
    highest.y === lowest.y
      ? `값은 ${told(highest)}입니다.`
      : `가장 높은 값은 ${told(highest)}, 가장 낮은 값은 ${told(lowest)}입니다.`;
  return `${KIND_NAMES[choice.kind]}. ${chartTitle(fields, choice)}. 값 ${numberText(points.length)}개. ${extremes}`;
}

/** At most so many lines of a width in pixels; what does not fit ends with an ellipsis. */
export function wrapText(text: string, width: number, fontSize: number, maxLines: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < maxLines) {
    if (textWidth(rest, fontSize) <= width) return [...lines, rest];
    const isLast = lines.length === maxLines - 1;
    let end = rest.length;
    while (end > 1 && textWidth(rest.slice(0, end) + (isLast ? '…' : ''), fontSize) > width) end--;
    const blank = isLast ? -1 : rest.lastIndexOf(' ', end);
    const cut = blank > 0 ? blank : end;
    lines.push(rest.slice(0, cut).trimEnd() + (isLast ? '…' : ''));
    rest = rest.slice(cut).trimStart();
  }
  return lines;
}
