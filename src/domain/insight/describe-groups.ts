import { groupBy } from '../shared/group-by';
import { labelOf } from './chart/chart-labels';
import type { ChartPoint } from './chart/chart-points';
import { percentWords, type ChartWords } from './chart-words';
import type { InsightText } from './describe-chart';
import { extreme, extremeOf } from './describe-time';
import { andIs, is, numberWords, subject, topic } from './figure-words';

/** A line, a colour of a stack or of a group of bars. */
interface Group {
  name: string;
  points: ChartPoint[];
}

/** What stands above one place of the x axis. */
interface Place {
  x: number | string;
  points: ChartPoint[];
}

/** Several lines, stacks or groups of bars. */
export function describeGroups(words: ChartWords): InsightText {
  const { kind } = words.choice;
  const groups = groupsOf(words);
  const places = placesOf(words);
  const isOrdered = words.x.kind !== 'category';
  const latest = isOrdered ? places.at(-1)! : null;
  const adds = kind === 'stackedBar' || kind === 'area';
  const isStacked = adds && places.length > 1 && words.points.every(({ y }) => y >= 0);
  const compared = isStacked
    ? [totalOf(words, places, 'more'), totalOf(words, places, 'less'), shareOf(words, groups)]
    : latest
      ? [...standingsOf(words, latest), extremeOf(words, words.points, 'more')]
      : [
          extremeOf(words, words.points, 'more'),
          extremeOf(words, words.points, 'less'),
          meansOf(words, groups),
        ];
  return {
    headline: headlineOf(words, latest, groups),
    sentences: [
      introductionOf(words, places, groups.length),
      ...compared,
      isOrdered ? largestChange(words, groups) : averageOf(words),
    ],
  };
}

function groupsOf({ points }: ChartWords): Group[] {
  return [...groupBy(points, ({ series }) => series!)].map(([series, own]) => ({
    name: labelOf(series, 30),
    points: own.sort((a, b) => (a.x < b.x ? -1 : 1)),
  }));
}

/** In the order of the x axis where it has one. */
function placesOf({ points, x: { kind } }: ChartWords): Place[] {
  const places = [...groupBy(points, ({ x }) => JSON.stringify(x)).values()].map((own) => ({
    x: own[0]!.x,
    points: own,
  }));
  return kind === 'category' ? places : places.sort((a, b) => (a.x < b.x ? -1 : 1));
}

function introductionOf(words: ChartWords, places: readonly Place[], groups: number): string {
  const { x, measure, series } = words;
  const [from, to] = [words.place(places[0]!.x), words.place(places.at(-1)!.x)];
  const span = x.kind === 'category' ? `${words.xName}별` : `${from}부터 ${to}까지의`;
  const shown = `${places.length === 1 ? `${from}의` : span} ${measure}`;
  return words.introduction(shown, `${series}에 따라 ${numberWords(groups, 0)}가지로 나눠 `);
}

function headlineOf(words: ChartWords, latest: Place | null, groups: readonly Group[]): string {
  const compared = latest ? latest.points : groups.map(totalPointOf);
  const { best, alike } = extreme(words, compared, 'more');
  const name = labelOf(best.series!, 30);
  if (compared.length === 1)
    return `${words.theme}, ${words.place(best.x)} ${name} ${is(words.value(best.y))}`;
  const who = alike.length > 1 ? `${name} 등 ${alike.length}가지가` : subject(name);
  const when = latest ? `${words.place(latest.x)}에는` : '모두 더하면';
  return `${words.theme}, ${when} ${who} 가장 ${words.more.is}`;
}

function totalPointOf({ name, points }: Group): ChartPoint {
  return { x: name, y: sumOf(points), series: name };
}

function totalOf(words: ChartWords, places: readonly Place[], which: 'more' | 'less'): string {
  const totals = places.map(({ x, points }) => ({ x, y: sumOf(points), series: null }));
  const { best, alike } = extreme(words, totals, which);
  const [place, value] = [words.place(best.x), words.value(best.y)];
  const name = topic(`모두 더한 값이 가장 ${words[which].of} 쪽`);
  if (alike.length > 1) return `${name} ${place} 등 ${alike.length}개이고, 똑같이 ${is(value)}.`;
  return `${name} ${andIs(place)}, ${is(value)}.`;
}

function shareOf(words: ChartWords, groups: readonly Group[]): string {
  const { best } = extreme(words, groups.map(totalPointOf), 'more');
  const share = percentWords((best.y / sumOf(words.points)) * 100);
  return share === null
    ? '그래프의 값은 모두 더해도 0이에요.'
    : `그래프의 값을 모두 더하면 ${best.series}의 몫이 ${share}로 가장 커요.`;
}

function standingsOf(words: ChartWords, { x, points }: Place): string[] {
  const when = `${words.x.kind === 'date' ? '가장 최근인' : '마지막인'} ${words.place(x)}`;
  if (points.length === 1) {
    const { series, y } = points[0]!;
    const only = `${when}에 값이 있는 것은 ${labelOf(series!, 30)}뿐이고, ${is(words.value(y))}.`;
    return [only, extremeOf(words, words.points, 'less')];
  }
  return (['more', 'less'] as const).map((which) => {
    const { best, alike } = extreme(words, points, which);
    const [name, value] = [labelOf(best.series!, 30), words.value(best.y)];
    const who = topic(`${when}에 가장 ${words[which].of} 쪽`);
    if (alike.length > 1) return `${who} ${name} 등 ${alike.length}가지이고, 똑같이 ${is(value)}.`;
    return `${who} ${andIs(name)}, ${is(value)}.`;
  });
}

function meansOf(words: ChartWords, groups: readonly Group[]): string {
  const means = groups.map(({ name, points }) => ({
    x: name,
    y: words.average(points.map(({ y }) => y)).value,
    series: name,
  }));
  const { best, alike } = extreme(words, means, 'more');
  const text = words.average([best.y]).text;
  if (alike.length > 1)
    return `평균이 가장 ${words.more.of} 쪽은 ${best.series} 등 ${alike.length}가지이고, ${is(text)}.`;
  return `평균이 가장 ${words.more.of} 쪽은 ${andIs(best.series!)}, ${is(text)}.`;
}

function largestChange(words: ChartWords, groups: readonly Group[]): string {
  const changes = groups
    .filter(({ points }) => points.length > 1)
    .map(({ name, points }) => ({ name, first: points[0]!, last: points.at(-1)! }))
    .sort((a, b) => Math.abs(b.last.y - b.first.y) - Math.abs(a.last.y - a.first.y));
  const [largest] = changes;
  if (!largest) return '값이 한 번씩만 나와서 오르내림은 알 수 없어요.';
  const { name, first, last } = largest;
  if (words.areAlike(first.y, last.y)) return '어느 쪽도 처음과 마지막의 값이 다르지 않아요.';
  const way = `${words.place(first.x)} ${words.value(first.y)}에서 ${words.place(last.x)} ${words.value(last.y)}까지`;
  return `가장 크게 바뀐 쪽은 ${andIs(name)}, ${way} ${words.change(first.y, last.y)} ${words.changed(last.y > first.y)}.`;
}

function averageOf(words: ChartWords): string {
  const { text } = words.average(words.points.map(({ y }) => y));
  const count = numberWords(words.points.length, 0);
  return `${topic(words.averageOf(`그래프에 나온 값 ${count}개`))} ${is(text)}.`;
}

function sumOf(points: readonly ChartPoint[]): number {
  return points.reduce((sum, { y }) => sum + y, 0);
}
