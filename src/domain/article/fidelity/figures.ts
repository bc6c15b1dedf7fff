import { readDateWords, type DateWords } from '../../korean/date-words';
import { foldCharacters, readNumeral, type Numeral } from '../../korean/numerals';
import { currencyBefore, readUnit, type Measure, type Unit } from './figure-units';
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
}

const WORDS: [RegExp, Measure, number][] = [
  [/절반|반값|반토막/y, 'half', 0.5],
  [/갑절|곱절/y, 'multiple', 2],
  [/두 자릿수|두자릿수/y, 'digits', 2],
  [/한 자릿수|한자릿수/y, 'digits', 1],
  [/반년(?![가-힣]*생)/y, 'months', 6],
  ...'하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘'
    .split(' ')
    .map((word, index): [RegExp, Measure, number] => [
      new RegExp(`${word}(?![빛살])`, 'y'),
      'days',
      index + 1,
    ]),
  [/보름(?!달)/y, 'days', 15],
  [/일주일/y, 'days', 7],
];
const WORD_BEGINS = /[절반갑곱두한하이사나닷엿여아열보일]/;
const CANDIDATE =
  /[\d일이삼사오육칠팔구십백천만억한두세석서네넉너다닷여엿일곱덟아홉열스물서른마흔쉰예순흔든절반갑곱하나보오밤저새낮올금지작전내재월화수목토상']/;
const LETTER = /[A-Za-z]/;
/** 02-123-4567, 1588-1234. */
const TELEPHONE = /\d{2,4}-\d{3,4}(?:-\d{4})?(?!\d)/y;
/** 2030세대: people in their twenties and thirties. */
const GENERATION = /[1-6]0[2-7]0(?= ?세대| 남| 여| 청년)/y;
/** 두세, 서너: too vague to be a figure. */
const VAGUE = /(?:한두|두세|두서너|서너|너댓|네댓|네다섯|대여섯|예닐곱)(?= ?[가-힣])/y;
const MIN_LISTED = 5;
/** Things that are counted in passing, 세 나라, and told apart from figures only when there are many. */
const LISTED = /^(?:나라|회사|기업|단체|업체|도시|가지|사람|팀|위원|은행|종류)/;

/** Every figure of a text, in order. Linear in its length. */
export function readFigures(original: string): Figure[] {
  const text = foldCharacters(original);
  const figures: Figure[] = [];
  for (let at = 0; at < text.length;) {
    const figure = CANDIDATE.test(text[at]!) ? readFigure(text, at) : null;
    if (figure && 'skip' in figure) at = figure.skip;
    else if (figure) {
      const end = figure.start + figure.text.length;
      figures.push({ ...figure, text: original.slice(figure.start, end) });
      at = Math.max(end, at + 1);
    } else at += 1;
  }
  return figures;
}

function readFigure(text: string, at: number): Figure | { skip: number } | null {
  const before = text[at - 1] ?? '';
  if (/\d/.test(text[at]!)) {
    if (LETTER.test(before) || (before === '-' && LETTER.test(text[at - 2] ?? '')))
      return { skip: digitsEnd(text, at) };
    const telephone = match(TELEPHONE, text, at);
    if (telephone && (/-\d+-/.test(telephone) || /^1[5-9]\d\d-\d{4}$/.test(telephone)))
      return { skip: at + telephone.length };
  }
  const vague = match(VAGUE, text, at);
  if (vague) return { skip: at + vague.length };
  const date = readDateWords(text, at);
  if (date) return dateFigure(text, at, date);
  if (!/[가-힣]/.test(before) && WORD_BEGINS.test(text[at]!)) {
    for (const [pattern, measure, value] of WORDS) {
      const word = match(pattern, text, at);
      if (word) return plain(text, at, at + word.length, { measure, factor: 1 }, value, value, 1, true);
    }
  }
  const generation = match(GENERATION, text, at);
  if (generation)
    return plain(
      text,
      at,
      at + 4,
      { measure: 'count', factor: 1 },
      Number(generation.slice(0, 2)),
      Number(generation.slice(2)),
      10,
      false,
    );
  const numeral = readNumeral(text, at);
  return numeral && numberFigure(text, at, numeral);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function digitsEnd(text: string, at: number): number {
  let end = at;
  while (/[\d.,]/.test(text[end] ?? '')) end += 1;
  return Math.max(end, at + 1);
}

function dateFigure(text: string, at: number, date: DateWords): Figure {
  const figure = plain(text, at, date.end, { measure: 'date', factor: 1 }, 0, 0, 1, false);
  return { ...figure, date };
}

function numberFigure(text: string, at: number, first: Numeral): Figure | { skip: number } | null {
  if (/(?:몇|(?<![가-힣])수) ?$/.test(text.slice(Math.max(0, at - 3), at))) return { skip: first.end };
  const sign = currencyBefore(text, at);
  const start = sign?.start ?? at;
  const { end: scaledEnd, scale } = englishScale(text, first.end);
  let end = scaledEnd;
  const low = first.value * scale;
  const place = first.place * scale;
  const pair = first.script === 'digits' ? readPair(text, end) : null;
  if (pair?.kind === 'fraction') {
    const value = pair.reversed ? pair.second.value / low : low / pair.second.value;
    return plain(text, start, pair.second.end, { measure: 'fraction', factor: 1 }, value, value, 0.01, false);
  }
  if (pair?.kind === 'ratio')
    return plain(
      text,
      start,
      pair.second.end,
      { measure: 'ratio', factor: 1 },
      low,
      pair.second.value,
      place,
      false,
    );
  // 30여 명, 3만 남짓.
  const more = /^(?:여|남짓)(?= ?[가-힣A-Za-z㎏㎡])/.exec(text.slice(end, end + 3))?.[0].length ?? 0;
  const own = sign ? { unit: sign.unit, end } : readUnit(text, end + more);
  if (own) end = own.end;
  const range = first.script === 'digits' ? readRangeEnd(text, end) : null;
  if (range) {
    const other = readUnit(text, range.end);
    const unit = other?.unit ?? own?.unit ?? { measure: 'bare' as const, factor: 1 };
    const scaledLow = own || low >= range.value || range.value < 1e4 ? low : low * wordScale(text, range.end);
    return plain(text, start, other?.end ?? range.end, unit, scaledLow, range.value, range.place, false);
  }
  if (!own) return unmeasured(text, start, end, first, low, place);
  if (first.script === 'native') {
    const what = text.slice(first.end).slice(0, 6).trimStart();
    const isPart = /(?:중|가운데) ?$/.test(text.slice(Math.max(0, at - 4), at));
    if (!isPart && isPassing(what, first.value, own.unit)) return { skip: own.end };
  }
  const half = /^(?:년|개월|달|배|시간)$/.test(
    text
      .slice(end - 2, end)
      .trim()
      .replace(/^.*?(년|달|배)$/, '$1'),
  );
  const halved = half && /^ 반(?![가-힣])|^ 반(?=[을이의만])/.test(text.slice(end, end + 3));
  const rest = own.unit.factor > 1 ? readRest(text, end, own.unit) : null;
  if (rest)
    return plain(
      text,
      start,
      rest.end,
      { ...own.unit, factor: 1 },
      low * own.unit.factor + rest.value,
      low * own.unit.factor + rest.value,
      1,
      false,
    );
  const value = halved ? low + 0.5 : low;
  return plain(text, start, halved ? end + 2 : end, own.unit, value, value, place, first.script === 'native');
}

/** Digits without a unit are a figure; spelt ones and parts of a name, as in 코스피200 and 5G, are none. */
function unmeasured(
  text: string,
  start: number,
  end: number,
  { script }: Numeral,
  value: number,
  place: number,
): Figure | { skip: number } {
  const next = text[end] ?? '';
  const inName =
    /[가-힣]/.test(text[start - 1] ?? '') ||
    LETTER.test(next) ||
    (next === '-' && LETTER.test(text[end + 1] ?? ''));
  // 주토피아 2는: a digit behind a word is a part of its name.
  const isSequel =
    value < 10 &&
    Number.isInteger(value) &&
    /[가-힣A-Za-z] $/.test(text.slice(Math.max(0, start - 2), start)) &&
    /[가-힣 ,.]|^$/.test(next);
  const isListNumber = next === '.' && /(?:^|\n) ?$/.test(text.slice(Math.max(0, start - 2), start));
  if (script !== 'digits' || inName || isSequel || MODEL.test(text.slice(end, end + 5)) || isListNumber)
    return { skip: end };
  return plain(text, start, end, { measure: 'bare', factor: 1 }, value, value, place, false);
}

/** 아이폰 17 프로. */
const MODEL = /^ (?:프로|울트라|플러스|맥스|미니|에어|시리즈)/;

function isPassing(what: string, value: number, { measure }: Unit): boolean {
  if (LISTED.test(what)) return value < MIN_LISTED;
  return value === 1 && ['people', 'count', 'times', 'age', 'rank'].includes(measure);
}

function plain(
  text: string,
  start: number,
  end: number,
  unit: Unit,
  low: number,
  high: number,
  place: number,
  native: boolean,
): Figure {
  // prettier-ignore
  const { measure, factor, counter } = unit;
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

const SCALE = / ?(trillion|billion|million|thousand|bn|mn)\b/y;
const SCALES: Record<string, number> = {
  trillion: 1e12,
  billion: 1e9,
  million: 1e6,
  thousand: 1e3,
  bn: 1e9,
  mn: 1e6,
};

function englishScale(text: string, at: number): { end: number; scale: number } {
  SCALE.lastIndex = at;
  const match = SCALE.exec(text);
  return match ? { end: at + match[0].length, scale: SCALES[match[1]!]! } : { end: at, scale: 1 };
}

type Pair = { kind: 'fraction'; reversed: boolean; second: Numeral } | { kind: 'ratio'; second: Numeral };

/** 3-0, 11-9: no telephone number, no range. */
const SCORE = /^.?\d-\d{1,2}$/;

/** What makes one figure of two numbers: 3분의 2, 2/3, 3.5 대 1, 1:2. */
function readPair(text: string, at: number): Pair | null {
  const between = /^(?: ?분의 ?|\/| ?대 ?| ?: ?|-)/.exec(text.slice(at, at + 5))?.[0];
  if (between === undefined || !/\d/.test(text[at + between.length] ?? '')) return null;
  const second = readNumeral(text, at + between.length)!;
  const sign = between.trim();
  if (sign === '분의') return { kind: 'fraction', reversed: true, second };
  if (
    readUnit(text, second.end) ||
    (sign === '-' && !SCORE.test(text.slice(Math.max(0, at - 2), second.end)))
  )
    return null;
  return sign === '/' ? { kind: 'fraction', reversed: false, second } : { kind: 'ratio', second };
}

/** The end of a range whose beginning ends at `at`: 2~3%, 19-34세. */
function readRangeEnd(text: string, at: number): Numeral | null {
  const sign = /^ ?[~-] ?(?=\d)/.exec(text.slice(at, at + 4))?.[0];
  return sign === undefined ? null : readNumeral(text, at + sign.length);
}

/** 2년 4개월, 3시간 30분. */
function readRest(text: string, at: number, { measure }: Unit): { end: number; value: number } | null {
  const start = text[at] === ' ' ? at + 1 : at;
  if ((measure !== 'months' && measure !== 'minutes') || !/\d/.test(text[start] ?? '')) return null;
  const numeral = readNumeral(text, start)!;
  const own = readUnit(text, numeral.end);
  return own && own.unit.measure === measure && own.unit.factor === 1
    ? { end: own.end, value: numeral.value }
    : null;
}

/** 3~5만 means 3만 to 5만. */
function wordScale(text: string, end: number): number {
  return { 만: 1e4, 억: 1e8, 조: 1e12 }[text[end - 1] ?? ''] ?? 1;
}
