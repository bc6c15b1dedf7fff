import { DateTime, type DateTimeOptions } from 'luxon';

const SEOUL: DateTimeOptions = { zone: 'Asia/Seoul' };
const COMPACT_FORMATS = ['yyyyMMddHHmmss', 'yyyyMMddHHmm', 'yyyyMMdd', 'yyyyMMdd HH:mm:ss', 'yyyyMMdd HH:mm'];
/** As `Date` of Java and C writes it. */
const DATES_OF_C = ['EEE MMM d HH:mm:ss yyyy', 'EEE MMM d HH:mm:ss z yyyy'];
/** What would change the time that was read, and was not understood. */
const REST_OF_TIME = /^(?:T|\s?(?:[A-Z]{2,5}\b|[+-]\d|Z\b|\d{1,2}:))/;
/** `2026.11.23 09:30`, `2026년 11월 23일 (월) 오전 9시 30분`, `2026/11/23 9:30:05 PM`, with words around it. */
const WRITTEN_DATE =
  /(?<!\d)(\d{4})\s{0,3}[.\-/년]\s{0,3}(\d{1,2})\s{0,3}[.\-/월]\s{0,3}(\d{1,2})(?!\d)\s{0,3}[.일,]?\s{0,3}(?:\(?[월화수목금토일](?:요일)?\)?)?\s{0,3}(?:(오전|오후|[AP]M)?\s{0,3}(\d{1,2})\s{0,3}[:시]\s{0,3}(\d{1,2})?분?(?:\s{0,3}[:\s]\s{0,3}(\d{1,2})초?)?\s{0,3}([AP]M)?)?/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Names that RFC 822 and feeds of this part of the world have; KST is what a time without one is in. */
const ZONES: Record<string, string> = {
  UT: 'Z', UTC: 'Z', GMT: 'Z', Z: 'Z', KST: '+09:00', JST: '+09:00',
  EST: '-05:00', EDT: '-04:00', CST: '-06:00', CDT: '-05:00', MST: '-07:00', MDT: '-06:00', PST: '-08:00', PDT: '-07:00',
}; // prettier-ignore
/** `Wed, 25 Nov 2026 05:00:00 +0900` however the day, the month and the zone are written, as `수, 25 11월 2026`. */
const DAY_AND_MONTH =
  /^(?:\p{L}{1,9}\.?,? ?)?(\d{1,2})[ -](?:(\d{1,2})월|([A-Za-z]{3})[a-z]*\.?)[ ,-]{1,2}(\d{4}|\d{2})(?:,? (\d{1,2}:\d\d(?::\d\d)?)(?: ?([A-Za-z]{1,4}|[+-]\d\d:?\d\d))?)?(?: ?\([^)]*\))?$/u;

/**
 * A publication time as pages and feeds write it: ISO 8601, SQL, RFC 2822, HTTP, epoch, compact digits or Korean.
 * Without a zone it is Asia/Seoul; without a time it is the day's first moment there.
 * @returns null when no date before the year 2200 and after 1990 is recognised
 */
export function parsePublishedAt(written: string): Date | null {
  const text = written
    .slice(0, 200)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?\(?\bKST\)?(?=$| \d{4}$)/, '')
    .replace(/T(?=\d:)/, 'T0');
  for (const parse of [parseEpoch, parseStandard, parseDayAndMonth, parseCompact, parseWritten]) {
    const date = parse(text);
    if (date?.isValid && date.year > 1990 && date.year < 2200) return date.toJSDate();
  }
  return null;
}

function parseEpoch(text: string): DateTime | undefined {
  if (!/^(?:\d{10}|\d{13})$/.test(text)) return undefined;
  return DateTime.fromMillis(Number(text) * (text.length === 10 ? 1_000 : 1), SEOUL);
}

function parseStandard(text: string): DateTime | undefined {
  if (/^\d+$/.test(text)) return undefined;
  // Some publishers leave a space before the offset, or write it without the colon.
  const spaced = text.replace(/ (?=[+-]\d{2}:?\d{2}$)/, '');
  return [
    DateTime.fromISO(spaced, SEOUL),
    DateTime.fromSQL(spaced, SEOUL),
    DateTime.fromRFC2822(text, SEOUL),
    ...DATES_OF_C.map((format) => DateTime.fromFormat(text, format, { ...SEOUL, locale: 'en' })),
    DateTime.fromHTTP(text, SEOUL),
  ].find((date) => date.isValid);
}

/** The name of the weekday is not believed: it is a mistake more often than the date is. */
function parseDayAndMonth(text: string): DateTime | undefined {
  const [, day, number, name, year, time = '00:00', zone] = DAY_AND_MONTH.exec(text) ?? [];
  const month = number === undefined ? MONTHS.indexOf(name?.toLowerCase() ?? '') + 1 : Number(number);
  const offset = zone === undefined || /^[+-]/.test(zone) ? (zone ?? '') : ZONES[zone.toUpperCase()];
  if (!year || offset === undefined) return undefined;
  const date = [year.padStart(4, '20'), String(month).padStart(2, '0'), day!.padStart(2, '0')].join('-');
  return DateTime.fromISO(`${date}T${time.padStart(time.length < 6 ? 5 : 8, '0')}${offset}`, SEOUL);
}

function parseCompact(text: string): DateTime | undefined {
  if (!/^\d{8,14}(?: \d\d:\d\d(?::\d\d)?)?$/.test(text)) return undefined;
  return COMPACT_FORMATS.map((format) => DateTime.fromFormat(text, format, SEOUL)).find(
    (date) => date.isValid,
  );
}

function parseWritten(text: string): DateTime | undefined {
  const match = WRITTEN_DATE.exec(text);
  if (!match || REST_OF_TIME.test(text.slice(match.index + match[0].length))) return undefined;
  const [, year, month, day, before, hour, minute, second, after] = match;
  return DateTime.fromObject(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: hour24(Number(hour ?? 0), before ?? after),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
    },
    SEOUL,
  );
}

function hour24(hour: number, half: string | undefined): number {
  if (!half || hour > 12) return hour;
  return (hour % 12) + (/오후|pm/i.test(half) ? 12 : 0);
}
