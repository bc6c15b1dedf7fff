import type { ChartPoint } from './chart/chart-points';
import type { ChartWords } from './chart-words';
import type { InsightText } from './describe-chart';
import { and, andIs, is, object, topic } from './figure-words';

/** One value for each date or number along the x axis. */
export function describeTime(words: ChartWords): InsightText {
  const points = [...words.points].sort((a, b) => (a.x < b.x ? -1 : 1));
  const [first, last] = [points[0]!, points.at(-1)!];
  const values = points.map(({ y }) => y);
  const period = `${words.place(first.x)}부터 ${words.place(last.x)}까지의 ${words.measure}`;
  const lastName = `${words.x.kind === 'date' ? '가장 최근인' : '마지막인'} ${words.place(last.x)}`;
  const average = words.average(values);
  const introduction = words.introduction(period);
  if (values.every((value) => words.areAlike(value, first.y))) {
    const value = words.value(first.y);
    return {
      headline: `${words.theme}, ${words.place(first.x)}부터 ${words.place(last.x)}까지 그대로 ${is(value)}`,
      sentences: [
        introduction,
        `그래프의 값은 모두 ${words.points.length}개인데, 처음부터 끝까지 ${andIs(value)} 바뀐 적이 없어요.`,
        `가장 ${words.more.value} 값과 가장 ${words.less.value} 값이 모두 ${is(value)}.`,
        `${words.averageName}도 ${is(value)}.`,
        `${lastName}의 값 역시 ${is(value)}.`,
      ],
    };
  }
  return {
    headline: headlineOf(words, first, last),
    sentences: [
      introduction,
      changeOf(words, first, last),
      extremeOf(words, points, 'more'),
      extremeOf(words, points, 'less'),
      `${topic(words.averageName)} ${andIs(average.text)}, ${lastName}의 ${comparedWith(words, last, average.value)}.`,
    ],
  };
}

function headlineOf(words: ChartWords, first: ChartPoint, last: ChartPoint): string {
  const since = words.place(first.x);
  if (words.areAlike(first.y, last.y)) return `${words.theme}, ${and(since)} 같은 ${is(words.value(last.y))}`;
  return `${words.theme}, ${since}보다 ${words.difference(last.y, first.y)} ${words.changed(last.y > first.y)}`;
}

function changeOf(words: ChartWords, first: ChartPoint, last: ChartPoint): string {
  const [from, to] = [words.place(first.x), words.place(last.x)];
  if (words.areAlike(first.y, last.y))
    return `처음인 ${and(from)} 마지막인 ${to}의 값이 ${words.value(last.y)}, 똑같아요.`;
  const change = words.change(first.y, last.y);
  return `${from} ${words.value(first.y)}에서 ${to} ${words.value(last.y)}까지 ${change} ${words.changed(last.y > first.y)}.`;
}

/** 가장 높은 값은 2023년 1월의 3.5%예요. */
export function extremeOf(words: ChartWords, points: readonly ChartPoint[], which: 'more' | 'less'): string {
  const { best, alike } = extreme(words, points, which);
  const name = `가장 ${words[which].value} 값`;
  const value = words.value(best.y);
  if (alike.length === 1) return `${topic(name)} ${words.whereabouts(best)}의 ${is(value)}.`;
  return `${topic(name)} ${andIs(value)}, ${object(words.whereabouts(alike[0]!))} 비롯해 ${alike.length}번 나와요.`;
}

/** The highest or lowest point, and all that look the same. */
export function extreme(words: ChartWords, points: readonly ChartPoint[], which: 'more' | 'less') {
  const best = points.reduce((found, point) =>
    (which === 'more' ? point.y > found.y : point.y < found.y) ? point : found,
  );
  return { best, alike: points.filter(({ y }) => words.areAlike(y, best.y)) };
}

function comparedWith(words: ChartWords, { y }: ChartPoint, average: number): string {
  const value = words.value(y);
  const distance = words.distance(y, average);
  if (distance === null) return `${topic(value)} 평균과 거의 같아요`;
  return `${topic(value)} 평균보다 ${distance} ${(y > average ? words.more : words.less).is}`;
}
