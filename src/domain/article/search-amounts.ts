import { nativeNumeral, readNumeral } from '../korean/numerals';
import { stemOf } from '../korean/particles';

/** A way of writing an amount, and the pattern that finds it in a text in the form of searchText. */
export interface WrittenAmount {
  form: string;
  pattern: string;
  /** Whether it is the beginning of an amount: 222만 7,940원 is about 222만 원. */
  isAbout?: boolean;
}

const SAME_UNITS = [
  ['%', '퍼센트', '프로'],
  ['%p', '%포인트', '퍼센트포인트'],
  ['km', '킬로미터'],
  ['kg', '킬로그램'],
  ['cm', '센티미터'],
  ['mm', '밀리미터'],
  ['kw', '킬로와트'],
  ['mw', '메가와트'],
  ['gw', '기가와트'],
];
/** Counted with native numerals: 스무 포기. */
const COUNTED =
  '명 곳 개 건 대 배 마리 장 편 권 잔 병 차례 시간 살 점 조각 채 척 가구 표 포기 그루 송이 달 군데 가지 켤레 벌 사람 통 봉지 상자'.split(
    ' ',
  );
/** Also written right behind a numeral of one syllable; 세대 and 한편 are other words. */
const JOINED = ['명', '곳', '배', '살', '달', '시간'];
/** What may be behind a counted thing of one syllable: 두 배가, not 두 배우. */
const COUNTED_END = '(?=$|[^가-힣]|[은는이가을를의에로만도나씩째쯤당와과]|까지|부터|보다|정도|가량|짜리)';
const UNITS =
  `포인트 ${SAME_UNITS.flat().join(' ')} ${COUNTED.join(' ')} 원 달러 엔 위안 유로 파운드 명 개국 개사 개월 개 건 곳 톤 대 배럴 배 년 월 일 호 층 위 회 번 가구 세대 장 마리 주 종 편 권 잔 병 차례 시간 분 초 살 세 인분 인 평 석 표 채 척 점 조각 킬로 그램 미터 리터`
    .split(' ')
    .sort((a, b) => b.length - a.length);
const MULTIPLIERS: [string, number][] = [['조', 1e12], ['억', 1e8], ['만', 1e4]]; // prettier-ignore
/** From here on an amount is written in more than one way: 999 is not. */
const WRITTEN_DIFFERENTLY = 1_000;
const MAX_VALUE = 1e16;
/** 12.5조. */
const MAX_DECIMAL = 4;
/** 만원대, 만원어치: about as much. */
const ABOUT = /^(?:어치|대|짜리|선|가량|정도|쯤|씩)/;
/** 만 660원: 10,660. */
const BARE_TEN_THOUSAND = /(?<![^ ])만 ?(?=\d{1,4}(?!\d))/g;
const NO_MORE = '(?! ?[0-9])';
const WEIGHTS = '십백천만억조';
const ONES = '일이삼사오육칠팔구';
/** The end of a word that is no number though it ends as one: 이자만, 회사만, 노조, 인천; 구조, 이천. */
const NO_NUMERAL = `[^0-9.${ONES}${WEIGHTS} ][${ONES}${WEIGHTS}]*[${WEIGHTS}]|(?:^| )[${ONES}][천조]`;
const WORD_START = new RegExp(`(?<![^ ])[\\d${WEIGHTS}${ONES}한두세석서네넉다여아열스마쉰예]`, 'g');

interface Amount {
  value: number;
  /** Of what, without a particle: 원, %, or nothing. */
  unit: string;
  /** The number as it was typed. */
  typed: string;
}

/** A text in the form of searchText with its amounts in one word each: 100만 원 is 100만원, 만 660원 is 1만660원, 스무 포기 is 20포기. */
export function withJoinedAmounts(text: string): string {
  const plain = text.replace(BARE_TEN_THOUSAND, '1만');
  let joined = '';
  let done = 0;
  for (const { index } of plain.matchAll(WORD_START)) {
    if (index < done) continue;
    const numeral = readNumeral(plain, index);
    if (!numeral) continue;
    const behind = plain.slice(numeral.end).replace(/^ /, '');
    const number = plain.slice(index, numeral.end);
    const unit = unitOf(behind);
    const isApart = plain[numeral.end] === ' ';
    if (numeral.script === 'native') {
      if (unit === null || !COUNTED.includes(unit) || (number.length === 1 && !isApart)) continue;
      joined += plain.slice(done, index) + numeral.value;
      done = numeral.end + (isApart ? 1 : 0);
      continue;
    }
    if (number === plain.slice(index).split(' ')[0] && unit === null) continue;
    // Words go on behind what is no amount: 이만 기다린다.
    joined += plain.slice(done, index) + number.replaceAll(' ', '');
    done = numeral.end + (isApart && unit !== null ? 1 : 0);
  }
  return joined + plain.slice(done);
}

/** In how many ways the amount that a word is may be written; none for a word that is no amount, or is written in one way. */
export function waysToWrite(word: string): WrittenAmount[] {
  const amount = amountOf(word);
  if (!amount) return [];
  const { value, unit, typed } = amount;
  const units = namesOfUnit(unit);
  const numbers = [
    ...new Set([typed, ...(value < WRITTEN_DIFFERENTLY ? decimalsOf(value) : numbersOf(value))]),
  ];
  const exact = numbers.flatMap((number) =>
    units.map((one) => ({ form: number + one, pattern: patternOf(number, one) })),
  );
  const about = unit === '' ? [] : numbers.filter((number) => /\d[조억만]$/.test(number));
  const native = nativeOf(value, unit);
  return [
    ...exact,
    ...(native === null ? [] : [{ form: native + unit, pattern: nativePattern(native, unit) }]),
    ...about.map((form) => ({
      form,
      pattern: `${patternOf(form, '').replace(NO_MORE, '')} ?[0-9]`,
      isAbout: true,
    })),
  ];
}

function amountOf(word: string): Amount | null {
  const numeral = readNumeral(word, 0);
  if (!numeral || numeral.script === 'native' || !(numeral.value < MAX_VALUE)) return null;
  const { value, end } = numeral;
  const behind = word.slice(end);
  const unit = unitOf(behind);
  if (unit === null && behind !== '' && !isParticle(behind)) return null;
  const isInOneWay = namesOfUnit(unit ?? '').length === 1 && nativeOf(value, unit ?? '') === null;
  if (value < WRITTEN_DIFFERENTLY && isInOneWay) return null;
  return { value, unit: unit ?? '', typed: word.slice(0, end) };
}

function namesOfUnit(unit: string): string[] {
  return SAME_UNITS.find((names) => names.includes(unit)) ?? [unit];
}

/** The unit that a text begins with, up to the end of its word but for a particle; null when it is none. */
function unitOf(text: string): string | null {
  const word = text.split(' ', 1)[0]!;
  const unit = UNITS.find((one) => word.startsWith(one));
  if (unit === undefined) return null;
  const rest = word.slice(unit.length).replace(ABOUT, '');
  return rest === '' || isParticle(rest) ? unit : null;
}

function isParticle(text: string): boolean {
  return stemOf(`그것${text}`) === '그것';
}

/** 2.5 · 2.50. */
function decimalsOf(value: number): string[] {
  return [
    plain(value),
    ...[1, 2].map((digits) => value.toFixed(digits)).filter((text) => Number(text) === value),
  ];
}

/** 10660 · 1만660 · 만660; 3200000000000 · 3조2000억 · 3조2천억 · 3.2조. */
function numbersOf(value: number): string[] {
  const ways = new Set([plain(value)]);
  let rest = value;
  let whole = [''];
  for (const [multiplier, weight] of MULTIPLIERS) {
    const count = Math.floor(rest / weight);
    rest -= count * weight;
    if (count === 0) continue;
    whole = whole.flatMap((before) => thousandsOf(count).map((number) => before + number + multiplier));
  }
  if (Number.isInteger(rest))
    for (const before of whole)
      for (const last of rest === 0 ? [''] : thousandsOf(rest)) ways.add(before + last);
  const [largest, weight] = MULTIPLIERS.find(([, one]) => value >= one) ?? ['', 1];
  const decimal = plain(value / weight);
  if (decimal.includes('.') && decimal.length <= MAX_DECIMAL) ways.add(decimal + largest);
  // 만 660, 백만, 천만: a single one is not told.
  for (const way of [...ways])
    if (/^1(?:만|[백천]만?)/.test(way)) ways.add(way.slice(1));
    else if (/^100?만$/.test(way)) ways.add(way.length === 3 ? '십만' : '백만');
  return [...ways].filter((way) => way !== '만');
}

/** 2500 · 2천500 · 2천5백; others are written in digits alone. */
function thousandsOf(count: number): string[] {
  const digits = plain(count);
  const [, thousands, hundreds] = /^([1-9])(\d)00$/.exec(digits) ?? [];
  if (!thousands) return /^[1-9]00$/.test(digits) ? [digits, `${digits[0]}백`] : [digits];
  return hundreds === '0'
    ? [digits, `${thousands}천`]
    : [digits, `${thousands}천${hundreds}00`, `${thousands}천${hundreds}백`];
}

function plain(number: number): string {
  return number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 4 });
}

/** Neither a part of another number nor the end of one: 100만 is not in 1100만, 1억 100만 and 100만 5천, but in 이자만 100만. */
function patternOf(number: string, unit: string): string {
  const spaced = number.replace(/(?<=\d)(?=[^\d.])|(?<=[^\d.])(?=\d)/g, ' ?').replaceAll('.', '[.]');
  const goesOn = `십백천${largerThan(number)}`;
  const isDigits = /^\d/.test(number);
  const behindWord = `(?:^|[^${goesOn}${isDigits ? '' : '0-9'}]|${NO_NUMERAL}) `;
  const before = isDigits ? `(?:[^0-9.${goesOn} ]|${NO_NUMERAL}|${behindWord})` : behindWord;
  const end = /[a-z]$/.test(unit) ? '(?![a-z])' : '';
  const after = unit !== '' || /[조억]$/.test(number) ? end : NO_MORE;
  return `${before}${spaced}${unit && ` ?${unit}`}${after}`;
}

function nativeOf(value: number, unit: string): string | null {
  return COUNTED.includes(unit) ? nativeNumeral(value) : null;
}

function nativePattern(number: string, unit: string): string {
  const between = number.length === 1 && !JOINED.includes(unit) ? ' ' : ' ?';
  return ` ${number}${between}${unit}${unit.length === 1 ? COUNTED_END : ''}`;
}

/** The multipliers behind which a number goes on with this one: 억 and 조 with 200만, but 100만 not. */
function largerThan(number: string): string {
  const multipliers = MULTIPLIERS.map(([multiplier]) => multiplier).join('');
  const largest = /[조억만]/.exec(number)?.[0];
  return largest === undefined ? multipliers : multipliers.slice(0, multipliers.indexOf(largest));
}
