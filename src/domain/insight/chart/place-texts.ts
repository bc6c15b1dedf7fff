import type { ChartPoint } from './chart-points';
import type { ChosenFields } from './check-choice';
import { dateLabels } from './date-labels';

/** How x values are written where each is a text of its own. */
export function placeTexts(
  points: readonly ChartPoint[],
  fields: ChosenFields,
): (x: number | string) => string {
  if (fields.x.kind === 'category') return String;
  if (fields.x.kind === 'date') {
    const dates = dateLabels(
      points.map(({ x }) => String(x)),
      fields.x.unit,
    );
    return (x) => (typeof x === 'string' && /^\d/.test(x) ? dates.label(x) : String(x));
  }
  const isYear = areYears(fields, points);
  return (x) => (isYear || typeof x === 'string' ? String(x) : x.toLocaleString('ko-KR'));
}

/** Years are numbers without a comma. */
export function areYears({ x }: ChosenFields, points: readonly ChartPoint[]): boolean {
  const isYear = ({ x: value }: ChartPoint) =>
    Number.isInteger(value) && Number(value) > 999 && Number(value) < 3000;
  return /연도|년도|^년$|year/i.test(x.name) && points.every(isYear);
}
