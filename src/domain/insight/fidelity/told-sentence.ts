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

/** Where a sentence names places of the x axis, or a series. */
export interface Mention {
  start: number;
  places: ChartPoint['x'][];
  series: string[];
}

/** A sentence about a chart: which of its places and series it names, and which figures it tells. */
export interface ToldSentence {
  /** Without names, in which digits and words for more and less may stand. */
  text: string;
  /** In the order of the sentence. */
  mentions: Mention[];
  places: ChartPoint['x'][];
  series: string[];
  /** Those of them that others are compared with: 서울보다. */
  yardsticks: { places: ChartPoint['x'][]; series: string[] };
  figures: ToldFigure[];
  /** Dates that the chart does not have. */
  strangeDates: Figure[];
}

export function readSentence(sentence: string, words: ChartWords): ToldSentence {
  const names = new NamesIn(sentence);
  const found: (Mention & { end: number })[] = [];
  const note = (name: string, mention: Partial<Mention>) => {
    for (const start of names.take(name))
      found.push({ places: [], series: [], ...mention, start, end: start + name.length });
  };
  if (words.x.kind === 'number') for (const x of placesOf(words)) note(words.place(x), { places: [x] });
  for (const name of namesOf(words)) names.take(name);
  for (const series of longestFirst(words.points.map((point) => point.series ?? '')))
    for (const name of writings(series)) note(name, { series: [series] });
  if (words.x.kind === 'category')
    for (const place of longestFirst(placesOf(words).map(String)))
      for (const name of writings(place)) note(name, { places: [place] });
  const { text } = names;
  const figures = readFigures(text).map((figure) => ({
    ...figure,
    isNegative: MINUS.test(text.slice(Math.max(0, figure.start - 6), figure.start)),
    isAbout: figure.mark === 'about' || ABOUT.test(text.slice(Math.max(0, figure.start - 4), figure.start)),
  }));
  const strangeDates: Figure[] = [];
  let year: number | undefined;
  for (const figure of figures) {
    if (!figure.date) continue;
    // 2024년 1월에서 4월까지.
    const date = { ...(year !== undefined && figure.date.months && { year }), ...figure.date };
    year = date.year ?? year;
    const places = placesOfDate(date, words);
    if (places.length > 0)
      found.push({ start: figure.start, end: figure.start + figure.text.length, places, series: [] });
    else if (!isOfFilter(date, words)) strangeDates.push(figure);
  }
  const mentions = found.sort((a, b) => a.start - b.start);
  return {
    text,
    mentions,
    ...namedBy(mentions),
    yardsticks: namedBy(mentions.filter(({ end }) => text.startsWith('보다', end))),
    figures: figures.filter(({ date }) => date === undefined),
    strangeDates,
  };
}

/** A sentence in which names are looked for, each once: 경기도 광주 is not 광주 too. */
class NamesIn {
  constructor(public text: string) {}

  /** Where the name stands as a word of its own; it is not found again. */
  take(name: string): number[] {
    const places: number[] = [];
    for (let at = this.text.indexOf(name); name !== '' && at >= 0; at = this.text.indexOf(name, at + 1)) {
      const end = at + name.length;
      if (/[가-힣A-Za-z0-9]$/.test(this.text.slice(0, at)) || !ENDING.test(this.text.slice(end))) continue;
      this.text = this.text.slice(0, at) + '○'.repeat(name.length) + this.text.slice(end);
      places.push(at);
    }
    return places;
  }
}

function namedBy(mentions: readonly Mention[]): Pick<ToldSentence, 'places' | 'series'> {
  return {
    places: [...new Set(mentions.flatMap(({ places }) => places))],
    series: [...new Set(mentions.flatMap(({ series }) => series))],
  };
}

function longestFirst(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort((a, b) => b.length - a.length);
}

/** As it is shown, and as the data have it. */
function writings(value: string): string[] {
  return [...new Set([labelOf(value, MAX_NAME), value])];
}

function placesOf({ points }: ChartWords): ChartPoint['x'][] {
  return [...new Set(points.map(({ x }) => x))];
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
