import { endsInConsonant, FINAL, finalConsonant } from '../korean/hangul';
import type { DataValue } from './data-table';

/** What a unit counts by the thousand: 천명, 백만 달러. */
const POWERS: readonly [name: string, factor: number][] = [
  ['십억', 1e9],
  ['백억', 1e10],
  ['천억', 1e11],
  ['십만', 1e5],
  ['백만', 1e6],
  ['천만', 1e7],
  ['천', 1e3],
  ['만', 1e4],
  ['억', 1e8],
  ['조', 1e12],
];
const COUNTED = ['명', '인', '건', '개', '가구', '세대', '호', '대', '곳', '회', '마리', '개소', '톤'];
const POWERED = [...COUNTED, '원', '달러', '엔', '유로', '위안', '불', 't', 'kg', '㎏', 'kWh', 'MWh', 'TOE'];
/** How Latin units are read, of those that end otherwise than they are written. */
const READ_WITH_VOWEL = /(?:%p|%|℃|°C|p|pt|km|㎞|m|cm|㎝|mm|㎡|m²|ha|㏊|km²|Wh|W|B|TOE)$/;
const READ_WITH_CONSONANT = /(?:kg|㎏|mg|g|t|L|ℓ)$/;
const GROUPS: readonly [value: bigint, name: string][] = [
  [10n ** 16n, '경'],
  [10n ** 12n, '조'],
  [10n ** 8n, '억'],
  [10n ** 4n, '만'],
];
/** From here on a number is only told roughly. */
const TOO_LARGE = 1e19;
const MAX_DECIMALS = 6;

/** What the values of a column are counted in. */
export interface Unit {
  /** As it stands behind a figure; empty for none. */
  name: string;
  factor: number;
  kind: 'percent' | 'counted' | 'other';
}

/** 천명 is 명 by the thousand. */
export function unitOf(written: string | null): Unit {
  const name = (written ?? '').replaceAll(/\s+/g, '').replace(/^(?:％|퍼센트)$/, '%');
  const power = POWERS.find(([word]) => name.startsWith(word) && POWERED.includes(name.slice(word.length)));
  const [word, factor] = power ?? ['', 1];
  const base = name.slice(word.length);
  const kind = base === '%' ? 'percent' : COUNTED.includes(base) ? 'counted' : 'other';
  return { name: base, factor, kind };
}

/** A number as Korean newspapers write it: 5,174만 7,323, -0.5, 12,345.67. */
export function numberWords(value: number, decimals: number): string {
  const rounded = round(value, decimals);
  const size = Math.abs(rounded);
  const sign = rounded < 0 ? '-' : '';
  if (size >= TOO_LARGE)
    return sign + new Intl.NumberFormat('ko-KR', { notation: 'scientific' }).format(size);
  if (size < 1e4 || !Number.isInteger(rounded)) return sign + plain(size);
  let rest = BigInt(size);
  const parts: string[] = [];
  for (const [group, name] of GROUPS) {
    if (rest >= group) parts.push(plain(Number(rest / group)) + name);
    rest %= group;
  }
  if (rest > 0n) parts.push(plain(Number(rest)));
  return sign + parts.join(' ');
}

/** A value with its unit: 3.5%, 5,174만 7,323명, 1,234.5원. */
export function figureWords(value: number, { name, factor }: Unit, decimals: number): string {
  const shown = numberWords(value * factor, factor === 1 ? decimals : 0);
  if (name === '') return shown;
  return /[가-힣]$/.test(shown) ? `${shown} ${name}` : shown + name;
}

/** A difference of two values: percents differ by percent points. */
export function differenceWords(value: number, unit: Unit, decimals: number): string {
  const name = unit.kind === 'percent' ? '%p' : unit.name;
  return figureWords(Math.abs(value), { ...unit, name }, decimals);
}

/** As it is, or 약 and what it is nearly. */
export function roughly(value: number, decimals: number, words: (rounded: number) => string): string {
  const isExact = Math.abs(value - round(value, decimals)) <= 1e-9 * Math.max(1, Math.abs(value));
  return isExact ? words(value) : `약 ${words(round(value, decimals))}`;
}

/** How many decimals it takes to tell all of the values as they are. */
export function decimalsOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, ownDecimals(value)), 0);
}

/** Half up, and never -0. */
export function round(value: number, decimals: number): number {
  const rounded = Number(value.toFixed(Math.min(decimals, MAX_DECIMALS)));
  return rounded === 0 ? 0 : rounded;
}

/** 2024-03 is 2024년 3월; any other value as it is. */
export function dateWords(date: string): string {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date);
  if (!parts) return date;
  const [, year, month, day] = parts;
  return [
    `${Number(year)}년`,
    month === undefined ? '' : ` ${Number(month)}월`,
    day === undefined ? '' : ` ${Number(day)}일`,
  ].join('');
}

/** A name or a figure with the particle that it takes as it is read: 3.5%는, 명은, 1.75%p예요. */
function particled(text: string, behindConsonant: string, behindVowel: string): string {
  const read = text.replace(/(?:\s*[([][^()[\]]*[)\]]|["'”’」』》…])+$/, '');
  // How a Chinese character is read, only a dictionary knows.
  if (/\p{Script=Han}$/u.test(read)) return `${text}${behindConsonant}(${behindVowel})`;
  const isConsonant = READ_WITH_CONSONANT.test(read)
    ? true
    : READ_WITH_VOWEL.test(read)
      ? false
      : endsInConsonant(read);
  return text + (isConsonant ? behindConsonant : behindVowel);
}

export const topic = (text: string) => particled(text, '은', '는');
export const subject = (text: string) => particled(text, '이', '가');
export const object = (text: string) => particled(text, '을', '를');
export const and = (text: string) => particled(text, '과', '와');
export const is = (text: string) => particled(text, '이에요', '예요');
/** 로, 으로. */
export function through(text: string): string {
  return finalConsonant(text) === FINAL.rieul || /[178]$/.test(text)
    ? `${text}로`
    : particled(text, '으로', '로');
}
/** Also behind a vowel, as in writing: 경기도이고. */
export const andIs = (text: string) => `${text}이고`;

/** A value of a column in words. */
export function valueWords(value: DataValue, unit: Unit): string {
  if (value === null) return '값 없음';
  if (typeof value === 'string') return dateWords(value);
  return figureWords(value, unit, decimalsOf([value]));
}

function plain(size: number): string {
  return size.toLocaleString('ko-KR', { maximumFractionDigits: MAX_DECIMALS });
}

function ownDecimals(value: number): number {
  if (Number.isInteger(value)) return 0;
  for (let decimals = 1; decimals < MAX_DECIMALS; decimals += 1)
    if (Math.abs(value - Number(value.toFixed(decimals))) <= 1e-9 * Math.max(1, Math.abs(value)))
      return decimals;
  return MAX_DECIMALS;
}
