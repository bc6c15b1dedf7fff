import type { Figure } from './figure';
import type { Measure } from './figure-units';

export const EPSILON = 1e-9;
/** How far a marked rounding may be from the original. */
export const ROUNDING = 0.05;
/** Numbers below this stand in any text: that two of them fit together says nothing. */
export const SMALL_NUMBER = 10;
const MAX_SUMMANDS = 6;
/** How far a fraction may be above or below what it is told to be: 5분의 1 넘게 for 22%. */
const FRACTION_ROOM = 0.13;

const LENGTH_ROUNDING = 0.15;
/** Of which is said that less went by: 2주도 안 돼, 한 달도 안 돼. */
export const LENGTHS: readonly Measure[] = ['weeks', 'months', 'days'];

/** Whether a figure of this value may stand for what the original knows. */
export function means(
  { mark, place, measure }: Figure,
  value: number,
  known: number,
  tolerance = EPSILON,
): boolean {
  const difference = known - value;
  const size = Math.abs(value);
  if (Math.abs(difference) <= tolerance * Math.max(size, EPSILON)) return true;
  const step = stepOf(value, place);
  if (mark === null || Math.abs(known / step - Math.round(known / step)) <= EPSILON) return false;
  // 60세 이상 is no rounding of 65세.
  if (measure === 'age' && mark === 'over') return false;
  const room = place < size ? step : 0.2 * size;
  switch (mark) {
    case 'about':
      return Math.abs(difference) <= Math.min(step, ROUNDING * Math.abs(known)) + EPSILON;
    case 'over':
      return difference > 0 && difference < room;
    case 'band':
      return difference > 0 && difference < (place < size ? place : size);
    case 'under':
      if (LENGTHS.includes(measure)) return difference < 0 && -difference <= LENGTH_ROUNDING * size;
      return difference < 0 && -difference <= Math.min(step, 1.2 * ROUNDING * size);
    default:
      return false;
  }
}

/** The same for what the original tells in another measure; fractions are rounder than percents. */
export function meansOtherwise(figure: Figure, value: number, known: number): boolean {
  if (means(figure, value, known, figure.measure === 'fraction' ? 0.035 : 0.01)) return true;
  // 두 배 가까이 is said from 1.75 on.
  if (figure.measure === 'multiple' && figure.mark === 'under')
    return known < value && known >= 0.875 * value;
  if (figure.measure !== 'fraction') return false;
  const difference = (known - value) / value;
  if (figure.mark === 'over') return difference > 0 && difference < FRACTION_ROOM;
  return figure.mark === 'under' && difference < 0 && -difference < FRACTION_ROOM;
}

/** What a figure is rounded to: its last digit, or a five of it, as in 35. */
function stepOf(value: number, place: number): number {
  const digits = Math.round(value / place);
  return digits % 10 === 5 && digits > 5 ? 5 * place : place;
}

export function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= EPSILON * Math.max(Math.abs(a), Math.abs(b), EPSILON);
}

/** Of two each, and of up to six in a row. */
export function sumsOf(values: readonly number[]): number[] {
  const sums: number[] = [];
  values.forEach((first, index) => {
    for (const second of values.slice(index + 1)) sums.push(first + second);
    let run = first;
    for (const next of values.slice(index + 1, index + MAX_SUMMANDS)) sums.push((run += next));
  });
  return sums;
}

export function differencesOf(values: readonly number[]): number[] {
  return values.flatMap((first, index) => values.slice(index + 1).map((second) => Math.abs(first - second)));
}
