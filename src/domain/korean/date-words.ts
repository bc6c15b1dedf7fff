/** What a text tells of a day or a time: each part is absent when it is not told. */
export interface DateWords {
  end: number;
  year?: number;
  /** Years from now: 지난해 is -1. */
  relativeYear?: number;
  /** The first and the last month; a quarter and a half are months. */
  months?: readonly [number, number];
  /** Months from now: 지난달 is -1. */
  relativeMonth?: number;
  /** Weeks from now: 지난주 is -1. */
  relativeWeek?: number;
  days?: readonly [number, number];
  /** 0 is Sunday. */
  weekday?: number;
  /** Minutes since midnight; two of them when the half of the day is not told. */
  minutes?: readonly number[];
  /** Where a span of hours begins: the 7 of 7~9시. */
  fromMinutes?: readonly number[];
}

const RELATIVE_YEARS: Record<string, number> = {
  올해: 0, 금년: 0, 지난해: -1, 작년: -1, 전년: -1, 내년: 1, 재작년: -2, 지지난해: -2, 내후년: 2,
}; // prettier-ignore
const RELATIVE_MONTHS: Record<string, number> = {
  지난달: -1, '지난 달': -1, 전월: -1, 이달: 0, '이번 달': 0, 이번달: 0, '다음 달': 1, 다음달: 1, 내달: 1,
}; // prettier-ignore
const RELATIVE_WEEKS: Record<string, number> = {
  지난주: -1, '지난 주': -1, '이번 주': 0, 이번주: 0, 금주: 0, '다음 주': 1, 다음주: 1,
}; // prettier-ignore
const SPELT_MONTHS = '일 이 삼 사 오 유 칠 팔 구 시 십일 십이'.split(' ');
const WEEKDAYS = '일월화수목금토';
const NATIVE_HOURS = '한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두'.split(' ');

const words = (table: Record<string, number>) => Object.keys(table).join('|');
/** A word that is none of these when more syllables follow. */
const BOUNDARY =
  '(?=$|[^가-힣]|(?:에는|에도|에서|에|은|는|이|가|을|를|의|도|와|과|부터|까지|보다|만|로|쯤|께|치|중|말|초|까|이에요|예요|입니다|이다))';
const YEAR = `(?:(?<relativeYear>${words(RELATIVE_YEARS)})|(?<ol>올)(?=\\s?(?:\\d|상반기|하반기))|(?<year>(?:19|20)\\d\\d)년(?:도)?(?!\\s?(?:간|동안|만에))|'(?<shortYear>\\d\\d)년?(?=[^\\d]))`;
const MONTH = `(?:(?<fromMonth>1[0-2]|0?[1-9])(?:월)?\\s?[~·-]\\s?)?(?:(?<month>1[0-2]|0?[1-9])|(?<speltMonth>십이|십일|시|구|팔|칠|유|오|사|삼|이|일)(?=월(?:\\s|[에의은는과이])))월(?!드|평균)`;
const DAY_OF_MONTH = '(?:(?<fromDay>3[01]|[12]\\d|0?[1-9])일?\\s?[~-]\\s?)?(?<day>3[01]|[12]\\d|0?[1-9])일';
const DAY = `${DAY_OF_MONTH}(?!\\s?(?:간|동안|만에|만이|연속|째|내(?![년달일])|이내|전|뒤|후|치|분))`;
const PART = `(?:${MONTH}(?:\\s?${DAY_OF_MONTH}(?!간|\\s?(?:동안|치|분)))?|(?:(?<fromQuarter>[1-4])\\s?[~·-]\\s?)?(?<quarter>[1-4일이삼사])\\s?분기|(?<half>상반기|하반기))`;
const YEAR_AND_PART = new RegExp(`${YEAR}\\s?${PART}`, 'y');
const ONLY_YEAR = new RegExp(YEAR, 'y');
const ONLY_PART = new RegExp(PART, 'y');
const NUMERIC =
  /(?<year>(?:19|20)\d\d)[.-]\s?(?<month>1[0-2]|0?[1-9])[.-]\s?(?<day>3[01]|[12]\d|0?[1-9])\.?(?!\d)/y;
/** 10. 3.까지, '25.9.12. */
const SHORT_NUMERIC =
  /(?:'?(?<shortYear>2\d)\. ?)?(?<month>1[0-2]|0?[1-9])\. ?(?<day>3[01]|[12]\d|0?[1-9])\.(?=까지|부터| ?[~(])|'?(?<shortYear2>2\d)\.(?<month2>1[0-2]|0?[1-9])\.(?<day2>3[01]|[12]\d|0?[1-9])(?![\d.])/y;
const POINT_DATE =
  /(?<month>1[0-2]|[1-9])·(?<day>3[01]|[12]\d|[1-9])(?=\s?(?:대책|조치|선거|총선|대선|지방선거|사태|계엄|공급|부동산|비상|공습))/y;
const RELATIVE = new RegExp(
  `(?:(?<relativeMonth>${words(RELATIVE_MONTHS)})|(?<relativeWeek>${words(RELATIVE_WEEKS)})|(?<weekday>[${WEEKDAYS}])요일)(?:\\s?${DAY}|${BOUNDARY})`,
  'y',
);
const TIME = new RegExp(
  `(?:(?<half>오전|오후|밤|저녁|새벽|아침|낮)\\s?)?(?:(?:(?<fromHour>2[0-4]|1\\d|0?\\d)\\s?[~-]\\s?)?(?<hour>2[0-4]|1\\d|0?\\d)|(?<nativeHour>열한|열두|다섯|여섯|일곱|여덟|아홉|한|두|세|네|열))\\s?시(?!간|장|즌|리즈|도|군|민|설|청|행)(?:\\s?(?:(?<minute>[0-5]?\\d)분|(?<spelt>[이삼사오]?십[일이삼사오육칠팔구]?|[오])\\s?분|(?<thirty>반)))?`,
  'y',
);
const NOON =
  /(?<noon>정오)(?=$|[^가-힣]|[에께은는이가를]|까지|부터|쯤|무렵)|(?<midnight>자정)(?=$|[^가-힣]|[에께은는이가을]|까지|부터|쯤|무렵)/y;
const CLOCK = /(?<hour>2[0-3]|[01]?\d):(?<minute>[0-5]\d)(?![\d.])/y;
const BEGINS = /[\d'오밤저새아낮열한두세네다여일곱덟홉올금지작전내재이월화수목토상하정자삼사유칠팔구시십]/;

/** The longest expression of a day or a time that begins at `at`. */
export function readDateWords(text: string, at: number): DateWords | null {
  if (!BEGINS.test(text[at] ?? '')) return null;
  const before = text[at - 1] ?? '';
  if (/[가-힣A-Za-z\d]/.test(before)) return null;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text) as { 0: string; groups: Record<string, string | undefined> } | null;
  };
  const date =
    match(NUMERIC) ??
    match(SHORT_NUMERIC) ??
    match(POINT_DATE) ??
    match(YEAR_AND_PART) ??
    match(ONLY_YEAR) ??
    match(ONLY_PART) ??
    match(RELATIVE);
  if (date) return { end: at + date[0].length, ...dateOf(date.groups) };
  const time = match(TIME) ?? match(CLOCK) ?? match(NOON);
  if (!time) return null;
  const { half, fromHour } = time.groups;
  return {
    end: at + time[0].length,
    minutes: minutesOf(time.groups),
    ...(fromHour !== undefined && { fromMinutes: minutesOf({ half, hour: fromHour }) }),
  };
}

type Groups = Record<string, string | undefined>;

function dateOf(told: Groups): Omit<DateWords, 'end'> {
  const groups: Groups = {
    ...told,
    shortYear: told.shortYear ?? told.shortYear2,
    month: told.month ?? told.month2,
    day: told.day ?? told.day2,
  };
  const { ol, year, shortYear, fromDay, day, weekday, relativeMonth, relativeWeek, relativeYear } = groups;
  const months = monthsOf(groups);
  return {
    ...(relativeYear !== undefined && { relativeYear: RELATIVE_YEARS[relativeYear]! }),
    ...(ol !== undefined && { relativeYear: 0 }),
    ...(year !== undefined && { year: Number(year) }),
    ...(shortYear !== undefined && { year: 2000 + Number(shortYear) }),
    ...(months && { months }),
    ...(day !== undefined && { days: [Number(fromDay ?? day), Number(day)] as const }),
    ...(relativeMonth !== undefined && { relativeMonth: RELATIVE_MONTHS[relativeMonth]! }),
    ...(relativeWeek !== undefined && { relativeWeek: RELATIVE_WEEKS[relativeWeek]! }),
    ...(weekday !== undefined && { weekday: WEEKDAYS.indexOf(weekday) }),
  };
}

function monthsOf({
  fromMonth,
  month,
  fromQuarter,
  quarter,
  half,
  speltMonth,
}: Groups): readonly [number, number] | undefined {
  if (quarter !== undefined) {
    const last = '일이삼사'.indexOf(quarter) + 1 || Number(quarter);
    return [3 * Number(fromQuarter ?? last) - 2, 3 * last];
  }
  if (half !== undefined) return half === '상반기' ? [1, 6] : [7, 12];
  if (speltMonth !== undefined) {
    const spelt = SPELT_MONTHS.indexOf(speltMonth) + 1;
    return [spelt, spelt];
  }
  return month === undefined ? undefined : [Number(fromMonth ?? month), Number(month)];
}

function minutesOf({ half, hour, nativeHour, minute, spelt, thirty, noon, midnight }: Groups): number[] {
  if (noon !== undefined) return [12 * 60];
  if (midnight !== undefined) return [0];
  const told = nativeHour === undefined ? Number(hour) : NATIVE_HOURS.indexOf(nativeHour) + 1;
  const minutes =
    Number(minute ?? 0) + (spelt === undefined ? 0 : speltMinutes(spelt)) + (thirty === undefined ? 0 : 30);
  const afternoon =
    half === '오후' || half === '저녁' || (half === '밤' && told < 12) || (half === '낮' && told < 7);
  if (half !== undefined)
    return [((told % 12) + (afternoon || (half === '낮' && told === 12) ? 12 : 0)) * 60 + minutes];
  if (told === 24) return [minutes];
  return told > 12 ? [told * 60 + minutes] : [told * 60 + minutes, ((told % 12) + 12) * 60 + minutes];
}

/** 십, 이십오, 오. */
function speltMinutes(word: string): number {
  const digit = (syllable: string) => '일이삼사오육칠팔구'.indexOf(syllable) + 1;
  const at = word.indexOf('십');
  if (at < 0) return digit(word);
  return 10 * (at === 0 ? 1 : digit(word[0]!)) + (word[at + 1] === undefined ? 0 : digit(word[at + 1]!));
}
