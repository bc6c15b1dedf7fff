import type { Figure } from '../../article/fidelity/figure';
import { readFigures } from '../../article/fidelity/figures';
import type { DateWords } from '../../korean/date-words';
import { labelOf } from '../chart/chart-labels';
import type { ChartPoint } from '../chart/chart-points';
import type { ChartWords } from '../chart-words';

/** As ChartWords cuts names. */
const MAX_NAME = 30;
const MINUS = /(?:[-−△]|마이너스) ?$/;
const ABOUT = /약 ?[-−]$/;
/** 서울 is no part of 서울대. */
const ENDING =
  /^(?:[^가-힣A-Za-z0-9]|$|[은는이가을를의에도와과로만]|이에요|예요|이고|에서|보다|부터|까지|처럼|으로|하고|이며|였)/;

export interface ToldFigure extends Figure {
  isNegative: boolean;
  /** 약 -0.06, too. */
  isAbout: boolean;
}

/** A sentence about a chart: which of its places and series it names, and which figures it tells. */
export interface ToldSentence {
  /** Without names, in which digits and words for more and less may stand. */
  text: string;
  places: ChartPoint['x'][];
  series: string[];
  /** Those of them that others are compared with: 서울보다. */
  yardsticks: { places: ChartPoint['x'][]; series: string[] };
  figures: ToldFigure[];
  /** Names a date that the chart does not have. */
  strangeDates: Figure[];
}

export function readSentence(sentence: string, words: ChartWords): ToldSentence {
  let text = sentence;
  const measured = new Set<string>();
  const take = (name: string): boolean => {
    let isThere = false;
    for (let at = text.indexOf(name); name !== '' && at >= 0; at = text.indexOf(name, at + 1)) {
      const before = text[at - 1] ?? ' ';
      if (/[가-힣A-Za-z0-9]/.test(before) || !ENDING.test(text.slice(at + name.length))) continue;
      text = text.slice(0, at) + '○'.repeat(name.length) + text.slice(at + name.length);
      isThere = true;
      if (text.startsWith('보다', at + name.length)) measured.add(name);
    }
    return isThere;
  };
  const numbers = words.x.kind === 'number' ? placesOf(words).filter((x) => take(words.place(x))) : [];
  for (const name of namesOf(words)) take(name);
  const series = named(
    words.points.map((point) => point.series).filter((name) => name !== null),
    take,
  );
  const categories =
    words.x.kind === 'category'
      ? named(
          words.points.map(({ x }) => String(x)),
          take,
        )
      : [];
  const figures = readFigures(text).map((figure) => ({
    ...figure,
    isNegative: MINUS.test(text.slice(Math.max(0, figure.start - 6), figure.start)),
    isAbout: figure.mark === 'about' || ABOUT.test(text.slice(Math.max(0, figure.start - 4), figure.start)),
  }));
  const dates = figures.filter(({ date }) => date !== undefined);
  const found = dates.map((figure) => ({ figure, places: placesOfDate(figure.date!, words) }));
  const isYardstick = (value: string) => measured.has(value) || measured.has(labelOf(value, MAX_NAME));
  const compared = found.filter(({ figure: { start, text: date } }) =>
    text.startsWith('보다', start + date.length),
  );
  return {
    text,
    yardsticks: {
      places: [...categories.filter(isYardstick), ...compared.flatMap(({ places }) => places)],
      series: series.filter(isYardstick),
    },
    series,
    places: [...numbers, ...categories, ...found.flatMap(({ places }) => places)],
    figures: figures.filter(({ date }) => date === undefined),
    strangeDates: found
      .filter(({ figure, places }) => places.length === 0 && !isOfFilter(figure.date!, words))
      .map(({ figure }) => figure),
  };
}

function placesOf({ points }: ChartWords): ChartPoint['x'][] {
  return [...new Set(points.map(({ x }) => x))];
}

/** The longest first: 경기도 광주 before 광주. */
function named(values: readonly string[], take: (name: string) => boolean): string[] {
  return [...new Set(values)]
    .sort((a, b) => b.length - a.length)
    .filter((value) => take(labelOf(value, MAX_NAME)) || (value.length <= 200 && take(value)));
}

function namesOf({ measure, xName, series, choice }: ChartWords): string[] {
  const values = choice.filters
    .map(({ value }) => value)
    .filter((value) => typeof value === 'string' && !/^\d{4}/.test(value));
  return [measure, choice.y, xName, series ?? '', ...values.map(String)]
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length);
}

/** The date that all of the chart is of. */
function isOfFilter({ year, months, days }: DateWords, { choice: { filters } }: ChartWords): boolean {
  return filters.some(({ value }) => {
    const [ownYear, month, day] = String(value).split('-').map(Number);
    return ownYear === year && (!months || months[0] === month) && (!days || days[0] === day);
  });
}

/** The dates of the chart that words tell: 2024년 is every month of it, 3월 of whichever year is none. */
function placesOfDate(told: DateWords, words: ChartWords): ChartPoint['x'][] {
  if (words.x.kind !== 'date' || told.year === undefined) return [];
  const { year, months, days } = told;
  return placesOf(words).filter((place) => {
    const [ownYear, month, day] = String(place).split('-').map(Number);
    if (ownYear !== year) return false;
    if (months && (month === undefined || month < months[0] || month > months[1])) return false;
    return !days || (day !== undefined && day >= days[0] && day <= days[1]);
  });
}
