import type { ChartPoint } from '../chart/chart-points';
import { comparisonsOf, type Fact } from './chart-facts';
import type { ToldSentence } from './told-sentence';

type Place = ChartPoint['x'];

/** A sentence that names more of them tells of none of their differences. */
const MAX_NAMED = 40;
const MONTHS = 12;

/** How the values of the places that a sentence names differ, or the first and the last; `ordered` is empty of categories. */
export function changesIn(
  { places, series, text }: ToldSentence,
  points: readonly ChartPoint[],
  ordered: readonly ChartPoint[],
): Fact[] {
  const at = (place: Place) =>
    points.filter(
      (point) => point.x === place && (series.length === 0 || series.includes(point.series ?? '')),
    );
  const ends = ordered.length > 0 ? [ordered[0]!.x, ordered.at(-1)!.x] : [];
  // One date is compared with the ends.
  const told = [...new Set(places.length < 2 ? [...ends, ...places] : places)].slice(0, MAX_NAMED);
  const pairs = told.flatMap((one, index) =>
    told.slice(index + 1).map((other): [Place, Place] => (one <= other ? [one, other] : [other, one])),
  );
  const changes = pairs.flatMap(([from, to]) =>
    at(from).flatMap((a) =>
      at(to)
        .filter((b) => a.series === b.series)
        .flatMap((b) => comparisonsOf(a, b)),
    ),
  );
  return [
    ...changes,
    ...pairs.flatMap(spansOf),
    ...(/평균/.test(text)
      ? fromMean(points, places.length > 0 ? points.filter(({ x }) => places.includes(x)) : ordered.slice(-1))
      : []),
  ];
}

/** From January to December are eleven months, or twelve. */
function spansOf([from, to]: [Place, Place]): Fact[] {
  const [first, last] = [monthOf(from), monthOf(to)];
  if (first === null || last === null) return [];
  return [last - first, last - first + 1].map((value) => ({ value, kind: 'span', places: [], series: null }));
}

function monthOf(place: Place): number | null {
  const [, year, month = '1'] = /^(\d{4})(?:-(\d{2}))?/.exec(String(place)) ?? [];
  return typeof place === 'string' && year !== undefined ? Number(year) * MONTHS + Number(month) : null;
}

function fromMean(points: readonly ChartPoint[], compared: readonly ChartPoint[]): Fact[] {
  const mean = meanOf(points);
  return compared.flatMap((point) =>
    comparisonsOf({ ...point, y: mean }, point).map((fact) => ({ ...fact, places: [] as Place[] })),
  );
}

export function meanOf(points: readonly ChartPoint[]): number {
  return points.reduce((sum, { y }) => sum + y, 0) / points.length;
}
