import { asciiForm, PROVISIONAL } from './read-number';

/** Of what length the span is that a date stands for, where its ISO 8601 form does not tell. */
export type Span = '분기' | '반기';

export interface ReadDate {
  /** `2024`, `2024-03` or `2024-03-15`; a quarter and a half are told by their first month. */
  date: string;
  span: Span | null;
  /** Whether it could be a number as well: hardly 202403, 20240315, 2024.03; as well as not 2024 and 2024.3. */
  ambiguity: 'none' | 'some' | 'great';
}

const MAX_LENGTH = 40;
const YEAR = '((?:19|20)\\d\\d)';
const MONTH = '(1[0-2]|0?[1-9])';
const DAY = '(3[01]|[12]\\d|0?[1-9])';
/** A time of the day, which no chart of ours shows. */
const TIME = '(?:[T ]\\d\\d:?\\d\\d(?::?\\d\\d)?(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?)?';

const form = (pattern: string) => new RegExp(`^${pattern}$`, 'i');
const WHOLE_YEAR = form(`${YEAR}(\\s?년도?)?`);
const YEAR_MONTH = form(
  `${YEAR}(?:\\s?년\\s?${MONTH}\\s?월|\\s?[./-]\\s?${MONTH}\\.?|(0[1-9]|1[0-2])|\\s?M\\s?${MONTH})`,
);
const WHOLE_DAY = form(
  `${YEAR}(?:\\s?년\\s?${MONTH}\\s?월\\s?${DAY}\\s?일|\\s?[./-]\\s?${MONTH}\\s?[./-]\\s?${DAY}\\.?|(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?:[0-2]\\d(?:[0-5]\\d){1,2})?)${TIME}`,
);
const QUARTER = form(`${YEAR}(?:\\s?년)?\\s?[.-]?\\s?(?:([1-4])\\s?(?:분기|/\\s?4(?:분기)?|Q)|Q\\s?([1-4]))`);
const HALF = form(`${YEAR}(?:\\s?년)?\\s?(?:(상|전)반기|(하|후)반기|H\\s?([12])|([12])\\s?H)`);

/** A day, a month, a quarter, a half or a year as Korean tables write them; null for anything else, 2월 30일 too. */
export function readDate(text: string): ReadDate | null {
  if (text.length > MAX_LENGTH) return null;
  const told = asciiForm(text).replace(PROVISIONAL, '');
  // Quarters first: 2024.3/4 is no day.
  return readQuarter(told) ?? readDay(told) ?? readMonth(told) ?? readYear(told) ?? readHalf(told);
}

const sure = (date: string, span: Span | null = null): ReadDate => ({ date, span, ambiguity: 'none' });
const two = (digits: string | number) => String(digits).padStart(2, '0');

function readYear(text: string): ReadDate | null {
  const [, year, word] = WHOLE_YEAR.exec(text) ?? [];
  return year ? { date: year, span: null, ambiguity: word === undefined ? 'great' : 'none' } : null;
}

function readMonth(text: string): ReadDate | null {
  const [, year, spelt, pointed, joined, marked] = YEAR_MONTH.exec(text) ?? [];
  const month = spelt ?? pointed ?? joined ?? marked;
  if (!year || !month) return null;
  const ambiguity = /^\d+\.\d$/.test(text) ? 'great' : /^\d+(?:\.\d+)?$/.test(text) ? 'some' : 'none';
  return { date: `${year}-${two(month)}`, span: null, ambiguity };
}

function readDay(text: string): ReadDate | null {
  const [, year, speltMonth, speltDay, month, day, joinedMonth, joinedDay] = WHOLE_DAY.exec(text) ?? [];
  if (!year) return null;
  const date = `${year}-${two((speltMonth ?? month ?? joinedMonth)!)}-${two((speltDay ?? day ?? joinedDay)!)}`;
  const isDay = new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  return isDay ? { date, span: null, ambiguity: /^\d+$/.test(text) ? 'some' : 'none' } : null;
}

function readQuarter(text: string): ReadDate | null {
  const [, year, before, behind] = QUARTER.exec(text) ?? [];
  return year ? sure(`${year}-${two(Number(before ?? behind) * 3 - 2)}`, '분기') : null;
}

function readHalf(text: string): ReadDate | null {
  const [, year, first, second, digit, otherDigit] = HALF.exec(text) ?? [];
  if (!year) return null;
  const isFirst = first !== undefined || (second === undefined && (digit ?? otherDigit) === '1');
  return sure(`${year}-${isFirst ? '01' : '07'}`, '반기');
}
