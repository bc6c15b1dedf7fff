import type { DateWords } from '../../korean/date-words';
import type { Measure, Unit } from './figure-units';
import { markOf, type Mark } from './rounding-marks';

/** A number, an amount, a date or a time of a text. */
export interface Figure {
  /** As it stands in the text. */
  text: string;
  start: number;
  measure: Measure;
  /** The ends of a range; twice the same for one value. A ratio's two numbers. */
  low: number;
  high: number;
  /** The weight of the last digit, in the measure's own unit. */
  place: number;
  /** Spelt with native words, with which things are also merely spoken of: 두 회사. */
  native: boolean;
  mark: Mark | null;
  /** What the unit is written as: years are told from months by it. */
  factor: number;
  counter?: string | undefined;
  date?: DateWords;
  /** Of a share the whole and the part. */
  parts?: readonly [Figure, Figure];
}

/** What was read of a figure; `high` is `low` where there is one value. */
interface Reading {
  start: number;
  end: number;
  unit: Unit;
  low: number;
  high?: number;
  place?: number;
  native?: boolean;
}

export function figureOf(
  text: string,
  { start, end, unit: { measure, factor, counter }, low, high = low, place = 1, native = false }: Reading,
): Figure {
  return {
    text: text.slice(start, end),
    start,
    measure,
    low: low * factor,
    high: high * factor,
    place: place * factor,
    native,
    mark: markOf(text, start, end),
    factor,
    counter,
  };
}
