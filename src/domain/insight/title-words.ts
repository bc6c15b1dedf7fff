import { keyOf, stemsOf } from '../korean/words';

/** What a title says of how the data are to be shown. */
const SHARE = /비중|구성|점유|차지|몫|원그래프|파이/;
const RELATION = /관계|상관|산점도|따라|영향/;
const COURSE = /추이|변화|흐름|동향|추세|움직임/;
const STACK = /누적|쌓|구성/;
const LEAST = /하위|최하위|가장 (?:적|낮|작)|꼴찌/;
const TOP = /(?:상위|하위|톱|TOP)\s*(\d{1,2})|(\d{1,2})\s*(?:위까지|곳만|개만)/i;
const PERIOD = /((?:19|20)\d\d)\s*(?:년|[.-](?=\d))?\s*(?:(1[0-2]|0?[1-9])\s*월)?/g;
const SINCE = /^\s*(?:이후|이래|부터)/;
const UNTIL = /^\s*(?:이전|까지)/;
const RECENT = /최근\s*(\d{1,2})\s*년/;
const MIN_STEM = 2;

/** A year or a month that a title names, and how. */
export interface NamedPeriod {
  date: string;
  comparison: 'equals' | 'atLeast' | 'atMost';
}

/** The title of a request, compared with what a table has. */
export class TitleWords {
  private readonly key: string;
  private readonly stems: string[];

  constructor(private readonly title: string) {
    this.key = keyOf(title);
    this.stems = stemsOf(title)
      .map(keyOf)
      .filter((stem) => stem !== '');
  }

  readonly asksFor = {
    share: () => SHARE.test(this.title),
    relation: () => RELATION.test(this.title),
    course: () => COURSE.test(this.title),
    stack: () => STACK.test(this.title),
    least: () => LEAST.test(this.title),
  };

  /** 상위 5; null without a number. */
  get top(): number | null {
    const match = TOP.exec(this.title);
    const number = Number(match?.[1] ?? match?.[2] ?? 0);
    return number > 0 ? number : null;
  }

  /** How much of a column's name it has; 0 for nothing. */
  names(column: string): number {
    const key = keyOf(column.replace(/[([（［].*$/, '')) || keyOf(column);
    if (key !== '' && this.key.includes(key)) return 2 * key.length;
    const parts = this.stems.filter((stem) => stem.length >= MIN_STEM && key.includes(stem));
    return parts.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** 지역별. */
  groupsBy(column: string): boolean {
    const key = keyOf(column);
    return key !== '' && this.key.includes(`${key}별`);
  }

  /** The one of these values that it names: 서울 is 서울특별시 when no other begins so. */
  valueOf(values: readonly string[]): string | null {
    const named = values
      .map((value) => ({ value, key: keyOf(value) }))
      .filter(({ key }) => (key.length >= MIN_STEM ? this.key.includes(key) : this.stems.includes(key)))
      .sort((a, b) => b.key.length - a.key.length);
    if (named.length > 0) return named[0]!.value;
    for (const stem of this.stems) {
      if (stem.length < MIN_STEM) continue;
      const begun = values.filter((value) => keyOf(value).startsWith(stem));
      if (begun.length === 1) return begun[0]!;
    }
    return null;
  }

  /** 휘발유와 경유. */
  namesSeveral(values: readonly string[]): boolean {
    const keys = new Map(values.map((value) => [value, keyOf(value)]));
    const named = values.filter((value) => {
      const key = keys.get(value)!;
      if (key.length < MIN_STEM) return this.stems.includes(key);
      const begins = (stem: string) => (other: string) => keys.get(other)!.startsWith(stem);
      const isBegun = (stem: string) =>
        stem.length >= MIN_STEM && begins(stem)(value) && values.filter(begins(stem)).length === 1;
      return this.key.includes(key) || this.stems.some(isBegun);
    });
    // 남성 has 남 in it, and names one.
    const isPart = (value: string) =>
      named.some((other) => other !== value && keys.get(other)!.includes(keys.get(value)!));
    return named.filter((value) => !isPart(value)).length > 1;
  }

  /** Of dates up to `latest`: 2020년 이후, 2023년 3월, 최근 3년. */
  periods(latest: string): NamedPeriod[] {
    const periods = [...this.title.matchAll(PERIOD)].map(({ 0: text, 1: year, 2: month, index }) => {
      const after = this.title.slice(index + text.length);
      const comparison = SINCE.test(after) ? 'atLeast' : UNTIL.test(after) ? 'atMost' : 'equals';
      return { date: month ? `${year}-${month.padStart(2, '0')}` : year!, comparison } as const;
    });
    const years = Number(RECENT.exec(this.title)?.[1] ?? 0);
    if (years > 0)
      periods.push({ date: String(Number(latest.slice(0, 4)) - years + 1), comparison: 'atLeast' });
    return periods.slice(0, 2);
  }
}
