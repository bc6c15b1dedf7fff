import { foldCharacters, readNumeral } from '../korean/numerals';

export interface ReadNumber {
  value: number;
  /** As it was written behind the number; null when nothing was. */
  unit: string | null;
}

/** What may stand behind a number. Not 월, 분기, 등급, 층, 호선 and the like: those number things, nobody adds them. */
const UNITS = new Set(
  `% %p %포인트 퍼센트 퍼센트포인트 ‰ p 포인트 bp 원 천원 만원 백만원 십억원 억원 조원 달러 천달러 백만달러 억달러 엔 위안 유로 명 천명 만명 인
   가구 세대 건 천건 개 개소 개사 곳 대 천대 톤 천톤 만톤 t kg g km m cm ㎞ m2 m² ㎡ ㎢ km2 km² ha ㏊ 평 회 배 점 세 권 편 마리 두
   포기 병 통 장 ℃ °C mm L ℓ kL ㎘ 배럴 W kW MW GW Wh kWh MWh GWh toe TOE ppm ppb ㎍/㎥ ㎎/L dB 시간 분 초 일 개월 호 쌍 USD KRW`.split(
    /\s+/,
  ),
);
const SAME_UNITS: Record<string, string> = {
  퍼센트: '%',
  퍼센트포인트: '%p',
  '%포인트': '%p',
  USD: '달러',
  KRW: '원',
};
const CURRENCIES: Record<string, string> = {
  '₩': '원',
  $: '달러',
  US$: '달러',
  '€': '유로',
  '¥': '엔',
  '£': '파운드',
};

/** 2024p), 1,234(잠정): what is not final, as KOSIS marks it. */
export const PROVISIONAL = /\s?(?:[pre]\)|\((?:p|r|e|잠정|잠정치|추정|속보)\))$/i;
/** Longer ones are no numbers; they would only take time. */
const MAX_LENGTH = 60;
const MINUS = /^(?:[-△▲▽▼]|마이너스) ?/;
const CURRENCY = /^(?:US\$|[₩$€¥£]) ?/;
/** 1.5e-7 */
const SCIENTIFIC = /^\d+(?:\.\d+)?e[+-]?\d{1,3}$/i;
/** 1 234 567 */
const SPACED = /^\d{1,3}(?: \d{3})+(?:\.\d+)?$/;
/** 00123, 02-123-4567's 02: a code, of which each digit counts. */
const CODE = /^0\d/;

/**
 * A number of a table, with the writings of Korean statistics: `1,234`, `12.3%`, `1만 2천 명`, `△1.2`, `▲1.2` and `(1.2)` below
 * zero. Null when the text is anything else, or a number whose digits a double would lose.
 */
export function readNumber(text: string): ReadNumber | null {
  if (text.length > MAX_LENGTH) return null;
  let rest = asciiForm(text).replace(PROVISIONAL, '');
  const bracketed = /^\((.+)\)(%?)$/.exec(rest);
  if (bracketed) rest = bracketed[1]! + bracketed[2]!;
  const minus = MINUS.exec(rest)?.[0] ?? '';
  if (bracketed && minus) return null;
  rest = rest.slice(minus.length).replace(minus ? '' : /^\+ ?/, '');
  const currency = CURRENCY.exec(rest)?.[0] ?? '';
  rest = rest.slice(currency.length).replace(/^\.(?=\d)/, '0.');
  const read = readPositive(rest);
  if (!read || (currency && read.unit !== null)) return null;
  const value = bracketed || minus ? 0 - read.value : read.value;
  return { value, unit: currency ? CURRENCIES[currency.trim()]! : read.unit };
}

function readPositive(text: string): ReadNumber | null {
  if (!/^\d/.test(text) || CODE.test(text)) return null;
  if (SCIENTIFIC.test(text)) return exact(Number(text), '', null);
  const digits = SPACED.test(text) ? text.replaceAll(' ', '') : text;
  const numeral = readNumeral(digits, 0);
  if (!numeral) return null;
  const unit = digits.slice(numeral.end).trim();
  if (unit !== '' && !UNITS.has(unit)) return null;
  const written = digits.slice(0, numeral.end).replaceAll(',', '');
  return exact(numeral.value, written, unit === '' ? null : (SAME_UNITS[unit] ?? unit));
}

/** 2경 fits into a double, the twenty digits of an account do not. */
function exact(value: number, digits: string, unit: string | null): ReadNumber | null {
  if (!Number.isFinite(value)) return null;
  const isLossy = value > Number.MAX_SAFE_INTEGER && /^\d+$/.test(digits) && BigInt(digits) !== BigInt(value);
  return isLossy ? null : { value, unit };
}

/** Full-width and other writings of digits and signs as ASCII has them. */
export function asciiForm(text: string): string {
  return (/^[ -~]*$/.test(text) ? text : foldCharacters(text)).trim();
}

/** The unit of a column whose name tells it, and the name without it: 인구(명), 수출액 (단위: 백만 달러), 증감률[%], GDP(명목, 십억원). */
export function unitOfName(name: string): { name: string; unit: string } | null {
  const [, rest, told] =
    /^(.+?)\s*[([（［]\s*(?:단위\s*[:：]?\s*)?([^()[\]（）［］]{1,30})[)\]）］]$/.exec(name) ?? [];
  if (!rest || !told) return null;
  const [last = '', ...before] = told.split(/[,;]/).reverse();
  const unit = last.replaceAll(/\s/g, '');
  if (!UNITS.has(unit)) return null;
  const remark = before.reverse().join(',').trim();
  return { name: remark === '' ? rest : `${rest}(${remark})`, unit: SAME_UNITS[unit] ?? unit };
}
