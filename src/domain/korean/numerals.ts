import { composed } from '../../visible-text';

/** A number as it stands in a text. */
export interface Numeral {
  value: number;
  /** Behind its last character. */
  end: number;
  /** The weight of its last digit that is not 0: 100 of 1,300, 0.1 of 2.5, 1억 of 3조 2억. */
  place: number;
  /** How it was written: 1,200 or 1조2천억; 삼십오만; 서른다섯. */
  script: 'digits' | 'sino' | 'native';
}

const SMALL: Record<string, number> = { 십: 10, 백: 100, 천: 1_000 };
const LARGE: Record<string, number> = { 만: 1e4, 억: 1e8, 조: 1e12, 경: 1e16 };
/** 137경기, 3조각, 2만의: the same syllable begins another word. */
const NO_LARGE = /^(?:경[기험쟁력우찰북남로]|조[각직합건사])/;
const SINO_DIGITS = '영일이삼사오육칠팔구';
/** Words of the same syllables as a number, unless something countable follows. */
const NO_SINO = new Set(['이천', '사천', '구조', '일조', '사조', '백조', '오조', '이조', '천조']);
const COUNTABLE =
  /^ ?(?:원|명|개(?!월|인|발|혁)|건|곳|톤|달러|가구|대(?![가-힣])|장|마리|세대|킬로|포인트|여 ?[원명개])/;
/** What a single digit is spelt before, so that it is none of the words 이, 일, 오: 칠 년, 오 퍼센트. */
const DIGIT_UNIT =
  /^(?: ?(?:년|개월|퍼센트|프로(?=[가-힣 ])|분기)| (?:킬로|미터|톤|센티|달러|배럴|단계|조 원|억 원|만 원|위(?= ?[를로에]))|(?: 주| 일| 분| 초)(?= ?(?:간|동안|만에|째|연속|전|뒤|후)))/;
const MAX_SINO = 16;
/** 삼 점 오 퍼센트. */
const SPOKEN_DECIMAL =
  /([영일이삼사오육칠팔구십]{1,3}) ?점 ?([영일이삼사오육칠팔구]{1,3})(?= ?(?:퍼센트|프로|배|%|포인트|도))/y;
const MAX_DIGITS = 30;
/** What a native word of one syllable is written together with; 세대, 두기, 한국 are other words. */
const JOINED = /^(?:달|번|명|배|차례|살|곳|개월|시간|자릿수|에 (?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉))/;

const DIGITS = /\d+(?:,\d{3}(?!\d))*(?:\.\d+)?/y;
const NATIVE_ONES: Record<string, number> = {
  한: 1, 두: 2, 세: 3, 석: 3, 서: 3, 네: 4, 넉: 4, 너: 4, 다섯: 5, 닷: 5, 여섯: 6, 엿: 6, 일곱: 7, 여덟: 8, 아홉: 9,
}; // prettier-ignore
const NATIVE_TENS: Record<string, number> = {
  열: 10, 스물: 20, 스무: 20, 서른: 30, 마흔: 40, 쉰: 50, 예순: 60, 일흔: 70, 여든: 80, 아흔: 90,
}; // prettier-ignore
const NATIVE = new RegExp(
  `(${Object.keys(NATIVE_TENS).join('|')})?(${Object.keys(NATIVE_ONES)
    .sort((a, b) => b.length - a.length)
    .join('|')})?`,
  'y',
);

/** Numbers that stand for what is counted. */
const FREE_WORDS = ['하나', '둘', '셋', '넷'];
const FREE =
  /(?:하나|둘|셋|넷)(?=째|(?:이나|이서|이|가|은|는|을|를|의|도|과|와|로|만|뿐|에|꼴로|꼴)?(?:$|[^가-힣]|예요|이에요|이다))/y;

/** The number that begins at `at`, spelt or in digits, whatever follows it. */
export function readNumeral(text: string, at: number): Numeral | null {
  const character = text[at] ?? '';
  if (/\d/.test(character)) return readDigits(text, at);
  if (/[가-힣]/.test(text[at - 1] ?? '')) return null;
  return readSpokenDecimal(text, at) ?? readSino(text, at) ?? readNative(text, at) ?? readFree(text, at);
}

/** 1,200 · 3.5 · 1조2천억 · 1조 2,000억 · 3천5백만 */
function readDigits(text: string, start: number): Numeral {
  let total = 0;
  let section = 0;
  let end = start;
  let place = 1;
  let least = Infinity;
  for (let at = start; ;) {
    DIGITS.lastIndex = at;
    const digits = DIGITS.exec(text)?.[0];
    if (digits === undefined) break;
    const value = Number(digits.replaceAll(',', ''));
    end = at + digits.length;
    const small = SMALL[text[end] ?? ''];
    // 3백 is a number, 3백화점 none.
    const isSmall =
      small !== undefined && !/^(?:화점|신|지|제|연|안|자|인)/.test(text.slice(end + 1, end + 3));
    if (isSmall) end += 1;
    place = placeOf(digits) * (isSmall ? small : 1);
    section += value * (isSmall ? small : 1);
    const large = NO_LARGE.test(text.slice(end, end + 2)) ? undefined : LARGE[text[end] ?? ''];
    if (large !== undefined && large < least) {
      end += 1;
      least = large;
      place *= large;
      total += section * large;
      section = 0;
    } else if (!isSmall) break;
    const next = text[end] === ' ' ? end + 1 : end;
    if (!/\d/.test(text[next] ?? '') || !continues(text, next, least, isSmall ? small : 0)) break;
    at = next;
  }
  // 2억5천 is said for 2억5천만.
  if (least === 1e8 && section >= 100 && place >= 100) {
    section *= 1e4;
    place *= 1e4;
  }
  return { value: total + section, end, place, script: 'digits' };
}

/** Whether the digits at `at` go on with the number before: they are less than its last unit, which is 0 behind 만. */
function continues(text: string, at: number, least: number, lastSmall: number): boolean {
  DIGITS.lastIndex = at;
  const digits = DIGITS.exec(text)?.[0] ?? '';
  const unit = text[at + digits.length] ?? '';
  const value = Number(digits.replaceAll(',', ''));
  const inSection = lastSmall > 0;
  // 1천784.3, 6만2,318.45; 3만 2.5% are two.
  if (digits.includes('.'))
    return (
      text[at - 1] !== ' ' &&
      SMALL[unit] === undefined &&
      LARGE[unit] === undefined &&
      value >= 10 &&
      value < (inSection ? lastSmall : least)
    );
  // 1만 1천 5백, 3천 500: only less goes on behind a space.
  if (inSection && text[at - 1] === ' ')
    return value * (SMALL[unit] ?? 1) < lastSmall && value * (SMALL[unit] ?? 1) >= lastSmall / 100;
  if (SMALL[unit] !== undefined) return true;
  if (LARGE[unit] !== undefined) return inSection || LARGE[unit] < least;
  return text[at - 1] !== ' ' ? value < least : value < Math.min(least, 1e4) && least <= 1e8 && value >= 1;
}

function placeOf(digits: string): number {
  const [whole = '', fraction] = digits.replaceAll(',', '').split('.');
  if (digits.length > MAX_DIGITS) return 1;
  const decimals = fraction?.replace(/0+$/, '');
  if (decimals) return 10 ** -decimals.length;
  return 10 ** (/0*$/.exec(whole)![0].length % whole.length);
}

/** 삼십오만, 백만, 천, 십육만 오천, 삼백다섯. */
function readSino(text: string, start: number): Numeral | null {
  const first = readSinoPart(text, start);
  if (!first) return null;
  let { value, place, end, unit } = first;
  while (text[end] === ' ' && unit >= 1e4) {
    const next = readSinoPart(text, end + 1);
    // 만 이십 세 is an age.
    if (
      !next ||
      next.digit ||
      next.value >= unit ||
      (value === 1e4 && /^ ?[세살]/.test(text.slice(next.end)))
    )
      break;
    ({ place, end, unit } = next);
    value += next.value;
  }
  if (first.digit)
    return DIGIT_UNIT.test(text.slice(end, end + 8)) ? { value, end, place, script: 'sino' } : null;
  const rest = digitsBehind(text, end, unit);
  if (rest) return { value: value + rest.value, end: rest.end, place: rest.place, script: 'digits' };
  if (place >= 100 && unit < 1e4) {
    const ones = readNativeWord(text, end);
    if (ones && (ones.word.length > 1 || text[end + 1] === ' '))
      return { value: value + ones.value, end: end + ones.word.length, place: 1, script: 'sino' };
  }
  if (NO_SINO.has(text.slice(start, end)) && !COUNTABLE.test(text.slice(end, end + 6))) return null;
  return { value, end, place, script: 'sino' };
}

/** The 1,500 of 만 1,500원; 만 18세 is an age, and 만 3년 are years. */
function digitsBehind(text: string, end: number, unit: number): Numeral | null {
  const start = text[end] === ' ' ? end + 1 : end;
  if (unit < 1_000 || !/\d/.test(text[start] ?? '')) return null;
  const rest = readDigits(text, start);
  const isLess = rest.value < unit && rest.value >= unit / 1_000 && Number.isInteger(rest.value);
  return isLess && rest.value >= 100 && !/^ ?(?:[세살년일]|개월)/.test(text.slice(rest.end, rest.end + 4))
    ? rest
    : null;
}

/** A number without spaces; `unit` is its last word of 10 or more, and `digit` says that it has none. */
function readSinoPart(
  text: string,
  start: number,
): { value: number; end: number; place: number; unit: number; digit: boolean } | null {
  let total = 0;
  let section = 0;
  let digit = 0;
  let place = 1;
  let unit = 0;
  let at = start;
  for (; at - start < MAX_SINO; at += 1) {
    const character = text[at] ?? '';
    const ones = SINO_DIGITS.indexOf(character);
    if (ones > 0 && digit === 0) digit = ones;
    else if (SMALL[character]) {
      section += (digit || 1) * SMALL[character];
      place = unit = SMALL[character];
      digit = 0;
    } else if (LARGE[character] && (section + digit > 0 || (character === '만' && total === 0))) {
      total += (section + digit || 1) * LARGE[character];
      place = (section + digit === 0 || digit > 0 ? 1 : place) * LARGE[character];
      unit = LARGE[character];
      section = digit = 0;
    } else break;
  }
  if (at === start) return null;
  return { value: total + section + digit, end: at, place: digit > 0 ? 1 : place, unit, digit: unit === 0 };
}

function readSpokenDecimal(text: string, at: number): Numeral | null {
  SPOKEN_DECIMAL.lastIndex = at;
  const match = SPOKEN_DECIMAL.exec(text);
  if (!match) return null;
  const whole = match[1] === '영' ? 0 : readSinoPart(match[1]!, 0)?.value;
  if (whole === undefined) return null;
  const decimals = [...match[2]!].map((syllable) => SINO_DIGITS.indexOf(syllable)).join('');
  return {
    value: Number(`${whole}.${decimals}`),
    end: at + match[0].length,
    place: placeOf(`0.${decimals}`),
    script: 'sino',
  };
}

/** 1 to 99 as it is said before what is counted: 두, 열한, 스무; null for other numbers. */
export function nativeNumeral(value: number): string | null {
  if (!Number.isInteger(value) || value < 1 || value > 99) return null;
  if (value === 20) return '스무';
  const named = (names: Record<string, number>, number: number) =>
    Object.keys(names).find((name) => names[name] === number) ?? '';
  return named(NATIVE_TENS, value - (value % 10)) + named(NATIVE_ONES, value % 10);
}

/** 두, 열한, 스무, 서른다섯. */
function readNative(text: string, at: number): Numeral | null {
  const read = readNativeWord(text, at);
  if (!read) return null;
  const { word, value, place } = read;
  if (word.length === 1 && text[at + 1] !== ' ' && !JOINED.test(text.slice(at + 1, at + 5))) return null;
  return { value, end: at + word.length, place, script: 'native' };
}

function readNativeWord(text: string, at: number): { word: string; value: number; place: number } | null {
  NATIVE.lastIndex = at;
  const [word = '', tens, ones] = NATIVE.exec(text) ?? [];
  if (word === '') return null;
  const value = (NATIVE_TENS[tens ?? ''] ?? 0) + (NATIVE_ONES[ones ?? ''] ?? 0);
  return { word, value, place: ones === undefined ? 10 : 1 };
}

/** 둘이, 셋은, 넷 중 셋. */
function readFree(text: string, at: number): Numeral | null {
  FREE.lastIndex = at;
  const word = FREE.exec(text)?.[0];
  return word === undefined
    ? null
    : { value: FREE_WORDS.indexOf(word) + 1, end: at + word.length, place: 1, script: 'native' };
}

const HANJA = '一二三四五六七八九十百千萬億兆年月日';
const HANGUL = '일이삼사오육칠팔구십백천만억조년월일';
/** 三十億 원, 九 명: numerals of Chinese characters before a unit. */
const HANJA_NUMERAL =
  /[一二三四五六七八九十百千萬億兆]+(?=[십백천만억조]* ?(?:원|달러|엔|위안|유로|명|개|곳|건|대|배|년|월|일|위|%|퍼센트))/g;
/** What NFKC makes ASCII digits of, but in m²; ①, which marks lists, only where it is a part of a number. */
const OTHER_DIGIT = /(?<![A-Za-z])[²³¹⁰⁴-⁹₀-₉]+|[①-⑨](?=[①-⑨%\d])|(?<=[①-⑨])[①-⑨]/g;
const OTHER_SCRIPT = /(?![0-9０-９])\p{Nd}/gu;

/** Numerals of a text that are not read as figures: ¾, Ⅸ, 𝟗. What marks a list (①, ❶, ㈜) is none. */
export function unreadNumerals(text: string): string[] {
  return foldCharacters(text).match(/(?:(?![\d\u2460-\u24ff\u2776-\u2793\u3200-\u33ff])\p{N})+/gu) ?? [];
}

/** The ten digits of a script stand in a row, behind what is no digit. One that takes two code units stays. */
function digitOf(character: string): string {
  if (character.length > 1) return character;
  const code = character.charCodeAt(0);
  let zero = code;
  while (zero > code - 10 && /\p{Nd}/u.test(String.fromCharCode(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/**
 * One character for one, so that places stay: full-width forms, digits of other scripts, tildes and dashes, Chinese
 * numerals before a unit and units behind digits.
 */
export function foldCharacters(text: string): string {
  return text
    .replace(OTHER_SCRIPT, digitOf)
    .replace(OTHER_DIGIT, (digits) => composed(digits, 'NFKC'))
    .replace(HANJA_NUMERAL, (numeral) =>
      Array.from(numeral, (hanja) => HANGUL[HANJA.indexOf(hanja)]!).join(''),
    )
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u3000\u2009\u202f]/g, ' ')
    .replace(/[∼〜～˜]/g, '~')
    .replace(/[–—−]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[ㆍ‧•∙⋅・]/g, '·')
    .replace(/(?<=[\d十百千萬億兆])[十百千萬億兆年月日]/g, (hanja) => HANGUL[HANJA.indexOf(hanja)]!);
}
