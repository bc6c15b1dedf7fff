import type { DateTime } from 'luxon';
import type { DateWords } from '../../korean/date-words';

/** Where nothing tells which year it is. */
export const COMMON_YEAR = 2_001;
export const MILLISECONDS_OF_A_DAY = 86_400_000;

export interface Day {
  year: number | undefined;
  month: number | undefined;
  day: number;
}

const DAYS_AWAY: [RegExp, number][] = [
  [/그제|그저께|이틀 전/, -2],
  [/어제|전날|전일|하루 전|하루 앞|간밤|지난밤/, -1],
  [/오늘|이날|당일|금일|같은 날/, 0],
  [/내일|이튿날|다음 ?날|익일|하루 뒤|하루 만/, 1],
  [/모레|이틀 뒤|이틀 후/, 2],
];
const SPELT_DAYS = '하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘'.split(' ');
const SPAN = new RegExp(
  `(?<![가-힣\\d])(?:(\\d{1,2})일|(${SPELT_DAYS.join('|')})|(일주일|한 주)|(보름)) (전|앞서|뒤|후)`,
  'g',
);
/** More than an article tells. */
const MAX_DAYS = 24;
const MAX_SPANS = 12;

/** Days that an original tells by words alone: 전날, 사흘 뒤, 지난 금요일; counted from its own date and from its days. */
export function resolvedDays(
  text: string,
  dates: readonly DateWords[],
  days: readonly number[],
  published: DateTime | null,
): Day[] {
  const told = distinct([
    ...dates.flatMap(({ year, months, days: own }) => (own ? { year, month: months?.[1], day: own[0] } : [])),
    ...days.filter((day) => day >= 1 && day <= 31).map((day) => ({ year: undefined, month: undefined, day })),
  ]).slice(0, MAX_DAYS);
  const away = new Set([
    ...DAYS_AWAY.filter(([words]) => words.test(text)).map(([, count]) => count),
    ...spansOf(text).slice(0, MAX_SPANS),
  ]);
  const counts = [...away];
  const found = told.flatMap((base) => counts.map((count) => ({ ...base, day: base.day + count })));
  if (!published) return found.filter(({ day }) => day >= 1);
  const fromBases = told.flatMap(({ year, month, day }) => {
    const base = published.set({ year: year ?? published.year, month: month ?? published.month, day });
    return base.isValid && base.day === day ? counts.map((count) => dayOf(base.plus({ days: count }))) : [];
  });
  // The 3일 of an article of the 30th is of the next month, and the other way round.
  const besides = days
    .filter((day) => day >= 1 && day <= 31 && day !== published.day)
    .slice(0, MAX_DAYS)
    .map((day) => dayOf(published.plus({ months: day < published.day ? 1 : -1 }).set({ day })));
  const fromNow = counts.map((count) => dayOf(published.plus({ days: count })));
  return distinct([...found, ...fromBases, ...besides, ...fromNow, ...weekdaysOf(dates, text, published)]);
}

function spansOf(text: string): number[] {
  const spans = [...text.matchAll(SPAN)].map(([, digits, spelt, week, half, way]) => {
    const count = digits ? Number(digits) : spelt ? SPELT_DAYS.indexOf(spelt) + 1 : week ? 7 : half ? 15 : 0;
    return way === '전' || way === '앞서' ? -count : count;
  });
  return [...new Set(spans)];
}

/** The days of a week before and after, as far as the original speaks of them. */
function weekdaysOf(dates: readonly DateWords[], text: string, published: DateTime): Day[] {
  const weekdays = new Set(dates.flatMap(({ weekday }) => weekday ?? []));
  const from = /지난 ?주|지난주|전주/.test(text) ? -13 : -6;
  const to = /다음 ?주|내주/.test(text) ? 13 : /오는|이번 ?주|앞으로|내일/.test(text) ? 6 : 0;
  return Array.from({ length: to - from + 1 }, (_, index) => published.plus({ days: from + index }))
    .filter((day) => weekdays.has(day.weekday % 7))
    .map(dayOf);
}

function distinct(days: readonly Day[]): Day[] {
  return [...new Map(days.map((day) => [`${day.year} ${day.month} ${day.day}`, day])).values()];
}

function dayOf({ year, month, day }: DateTime): Day {
  return { year, month, day };
}
