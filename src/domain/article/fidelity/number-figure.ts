import { readNumeral, type Numeral } from '../../korean/numerals';
import { figureOf, type Figure } from './figure';
import { currencyBefore, readUnit, type Measure, type Unit } from './figure-units';

const LETTER = /[A-Za-z]/;
/** 몇 백, 수 천만: too vague to be a figure; 직원 수 삼백 명 is one. */
const SOME = /(?:몇|(?<![가-힣])수) ?$/;
const VAGUE_POWER = /[십백천만억조]/;
/** Between ranks: one of them tells a change. */
const STEPS = '계단';
const FREE = /^(?:하나|둘|셋|넷)$/;
/** What stands before a part of a whole: 열 명 중 셋. */
const PART = /(?:중|가운데) ?$|(?:열|백)에 $/;
/** 이 가운데 하나: no part of a number. */
const OF_THEM = /(?:^|[^가-힣])(?:이|그|이들|그들) ?(?:중|가운데) ?$/;
/** What a unit of time or a share of one stands before when it tells how often, and not how long: 한 달에, 한 해 평균. */
const EACH =
  /^주를|^.{1,2}(?:에(?![서])|이면|마다|으로 치면| ?평균| 매출| 예산| 소득| 동안 (?:평균|벌|쓰)|치(?![가-힣])| 내내|당| ?벌이| 수입| [가-힣]{0,4}(?:요금|살림|용돈|생활비|월급|식비|통신비|교통비|관리비|월세|씀씀이|카드값))/;
const EACH_TIME: readonly Measure[] = ['months', 'days', 'weeks'];

/** The figure whose first number begins at `at`; `skip` is where reading goes on when the number is none. */
export function numberFigure(text: string, at: number, first: Numeral): Figure | { skip: number } {
  if (VAGUE_POWER.test(text[at]!) && SOME.test(text.slice(Math.max(0, at - 3), at)))
    return { skip: first.end };
  const sign = currencyBefore(text, at);
  const start = sign?.start ?? at;
  const { end: scaledEnd, scale } = englishScale(text, first.end);
  let end = scaledEnd;
  const low = first.value * scale;
  const place = first.place * scale;
  const pair = first.script === 'digits' ? readPair(text, end) : null;
  if (pair?.kind === 'fraction') {
    const value = pair.reversed ? pair.second.value / low : low / pair.second.value;
    const unit = { measure: 'fraction' as const, factor: 1 };
    return figureOf(text, { start, end: pair.second.end, unit, low: value, place: 0.01 });
  }
  if (pair?.kind === 'ratio') {
    const unit = { measure: 'ratio' as const, factor: 1 };
    return figureOf(text, { start, end: pair.second.end, unit, low, high: pair.second.value, place });
  }
  // 30여 명, 3만 남짓.
  const more = /^(?:여|남짓)(?= ?[가-힣A-Za-z㎏㎡])/.exec(text.slice(end, end + 3))?.[0].length ?? 0;
  const read = sign ? { unit: sign.unit, end } : readUnit(text, end + more);
  // 하나도, 둘이: only 둘째 has a unit.
  const own = FREE.test(text.slice(at, end)) && text[end] !== '째' ? null : read;
  if (own) end = own.end;
  const range = first.script === 'digits' ? readRangeEnd(text, end) : null;
  if (range) {
    const other = readUnit(text, range.end);
    const unit = other?.unit ?? own?.unit ?? { measure: 'bare' as const, factor: 1 };
    const scaledLow =
      own || low >= 1e4 || low >= range.value || range.value < 1e4 ? low : low * wordScale(text, range.end);
    const { value: high, place: highPlace } = range;
    return figureOf(text, {
      start,
      end: other?.end ?? range.end,
      unit,
      low: scaledLow,
      high,
      place: highPlace,
    });
  }
  const isPart = PART.test(text.slice(Math.max(0, at - 4), at));
  if (!own && first.script === 'native') return freeFigure(text, at, first, isPart);
  const listed = own ? null : listedUnit(text, end);
  if (!own && !listed) return unmeasured(text, start, end, first, low, place);
  if (!own) return figureOf(text, { start, end, unit: listed!, low, place });
  const what = text.slice(first.end, first.end + 12).trimStart();
  if (first.script === 'native' && !isPart && isPassing(what, first.value, own.unit))
    return { skip: own.end };
  if (low === 1 && EACH_TIME.includes(own.unit.measure) && EACH.test(what)) return { skip: own.end };
  const native = first.script === 'native';
  if (low === 1 && native && isWholeOfTold(text, at, own.unit)) return { skip: own.end };
  // 두 분 are people: minutes are counted in Chinese words.
  const ownUnit = first.script === 'native' && /분$/.test(text.slice(at, end)) ? PERSON : own.unit;
  const rest = readRest(text, end, own.unit);
  if (rest) {
    const unit = { ...own.unit, factor: 1 };
    return figureOf(text, {
      start,
      end: rest.end,
      unit,
      low: low * own.unit.factor + rest.value,
      place: rest.place,
    });
  }
  return isHalved(text, end)
    ? figureOf(text, { start, end: end + 2, unit: own.unit, low: low + 0.5, place, native })
    : figureOf(text, { start, end, unit: ownUnit, low, place, native });
}

/** 열 명 중 셋, 예순다섯을; 셋 and 다섯 alone count what the sentence names. */
function freeFigure(
  text: string,
  start: number,
  { value, end, place }: Numeral,
  isPart: boolean,
): Figure | { skip: number } {
  const next = text.slice(end, end + 6);
  const isWhole = /^ (?:중|가운데)(?![가-힣])|^에 (?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)/.test(
    text.slice(end, end + 8),
  );
  if (value === 1 && OF_THEM.test(text.slice(Math.max(0, start - 8), start))) return { skip: end };
  const isFree =
    isPart ||
    isWhole ||
    (value > 20 && /^(?:을|이|은|의|에|도)(?![가-힣])/.test(next)) ||
    (value > 1 && value < 10 && /^(?:이|은|을|의|도|과|와)(?![가-힣])/.test(next));
  if (!isFree || (value > 20 && text.slice(start, end) === '쉰')) return { skip: end };
  return figureOf(text, {
    start,
    end,
    unit: { measure: 'bare', factor: 1 },
    low: value,
    place,
    native: true,
  });
}

/** 7·8월, 20·30대: the unit stands behind the last one. */
function listedUnit(text: string, at: number): Unit | null {
  const numbers = /^(?:·\d{1,4}(?:\.\d+)?){1,4}/.exec(text.slice(at, at + 24))?.[0];
  return numbers === undefined ? null : (readUnit(text, at + numbers.length)?.unit ?? null);
}

/** 3년 반, 두 배 반. */
function isHalved(text: string, end: number): boolean {
  return (
    /(?:년|개월|달|배|시간|분|주|초)$/.test(text.slice(end - 2, end)) &&
    /^ 반(?![가-힣])|^ 반(?=[을이의만마정쯤에씩인])/.test(text.slice(end, end + 3))
  );
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
  return figureOf(text, { start, end, unit: { measure: 'bare', factor: 1 }, low: value, place });
}

/** 아이폰 17 프로. */
const MODEL = /^ (?:프로|울트라|플러스|맥스|미니|에어|시리즈)/;

function isPassing(what: string, value: number, { measure, counter }: Unit): boolean {
  if (value !== 1 || counter === STEPS) return false;
  return ['people', 'count', 'times', 'age', 'rank'].includes(measure) || EACH.test(what);
}

/** 5월 한 달 동안, 지난해 한 해: a month and a year that are told already. */
function isWholeOfTold(text: string, at: number, { measure, factor }: Unit): boolean {
  if (measure !== 'months') return false;
  return (factor === 12 ? TOLD_YEAR : TOLD_MONTH).test(text.slice(Math.max(0, at - MAX_TOLD), at));
}

const TOLD_MONTH = /(?:\d월|[이저지난번음] ?달)(?:에|에만|에도|의)? $/;
const TOLD_YEAR = /(?:\d{4}년|지난해|작년|재작년|올해|내년|올)(?:에|에만|에도|의)? $/;
const MAX_TOLD = 9;

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

const MAX_FRACTION = 6;

/** 3-0, 11-9: no telephone number, no range. */
const SCORE = /^.?\d-\d{1,2}$/;

/** What makes one figure of two numbers: 3분의 2, 2/3, 3.5 대 1, 1:2. */
function readPair(text: string, at: number): Pair | null {
  const between = /^(?: ?분의 ?|\/| ?대 ?| ?: ?|-)/.exec(text.slice(at, at + 5))?.[0];
  if (between === undefined || !/\d/.test(text[at + between.length] ?? '')) return null;
  const sign = between.trim();
  if (sign === '분의') {
    const digits = /^\d+/.exec(text.slice(at + between.length, at + between.length + MAX_FRACTION))![0];
    const second = {
      value: Number(digits),
      end: at + between.length + digits.length,
      place: 1,
      script: 'digits' as const,
    };
    return { kind: 'fraction', reversed: true, second };
  }
  const second = readNumeral(text, at + between.length)!;
  if (
    readUnit(text, second.end) ||
    (sign === '-' && !SCORE.test(text.slice(Math.max(0, at - 2), second.end)))
  )
    return null;
  return sign === '/' ? { kind: 'fraction', reversed: false, second } : { kind: 'ratio', second };
}

/** The end of a range whose beginning ends at `at`: 2~3%, 19-34세. */
function readRangeEnd(text: string, at: number): Numeral | null {
  const sign = /^ ?[~→-] ?(?=\d)/.exec(text.slice(at, at + 4))?.[0];
  return sign === undefined ? null : readNumeral(text, at + sign.length);
}

const PERSON: Unit = { measure: 'people', factor: 1 };
const IN_PARTS: readonly Measure[] = ['months', 'minutes', 'dollars', 'euros', 'metres', 'grams'];
const WON_AND_JEON = /^ ?(\d{1,2}) ?전/;

/** 2년 4개월, 3시간 30분, 4원 30전, 64달러 63센트. */
function readRest(
  text: string,
  at: number,
  { measure, factor }: Unit,
): { end: number; value: number; place: number } | null {
  const start = text[at] === ' ' ? at + 1 : at;
  const jeon = measure === 'won' || measure === 'yen' ? WON_AND_JEON.exec(text.slice(at, at + 8)) : null;
  if (jeon) return { end: at + jeon[0].length, value: Number(jeon[1]) / 100, place: 0.01 };
  if (!IN_PARTS.includes(measure)) return null;
  const numeral = readNumeral(text, start);
  const own = numeral && readUnit(text, numeral.end);
  return numeral && own?.unit.measure === measure && own.unit.factor < factor
    ? { end: own.end, value: numeral.value * own.unit.factor, place: own.unit.factor }
    : null;
}

/** 3~5만 means 3만 to 5만. */
function wordScale(text: string, end: number): number {
  return { 만: 1e4, 억: 1e8, 조: 1e12 }[text[end - 1] ?? ''] ?? 1;
}
