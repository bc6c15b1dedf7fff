import { OTHER_SLICES, type ChartPoint } from './chart/chart-points';
import { percentWords, type ChartWords } from './chart-words';
import type { InsightText } from './describe-chart';
import { extreme } from './describe-time';
import { and, andIs, is, numberWords, subject, through, topic } from './figure-words';

/** One value for each category: bars, and the slices of a pie. */
export function describeCategories(words: ChartWords): InsightText {
  const isPie = words.choice.kind === 'pie';
  // What a limit has left out is one of nobody.
  const named = isPie ? words.points.filter(({ x }) => x !== OTHER_SLICES) : words.points;
  const { best, alike } = extreme(words, named, 'more');
  const introduction = words.introduction(`${words.xName}별 ${words.measure}${scopeOf(words)}`);
  const count = `${numberWords(named.length, 0)}개`;
  if (alike.length === named.length) {
    const value = words.value(best.y);
    return {
      headline: `${words.theme}, ${count} 모두 ${is(value)}`,
      sentences: [
        introduction,
        `견준 것은 모두 ${count}인데, 값이 똑같이 ${through(value)} 나왔어요.`,
        `가장 ${words.more.value} 값과 가장 ${words.less.value} 값이 같아요.`,
        `${words.averageName}도 ${is(value)}.`,
        `그래서 ${words.measure}만으로는 서로를 구별할 수 없어요.`,
      ],
    };
  }
  return {
    headline: headlineOf(words, best, alike.length),
    sentences: [
      introduction,
      rankOf(words, named, 'more'),
      rankOf(words, named, 'less'),
      gapOf(words, named),
      isPie ? sharesOf(words, named) : averageOf(words, named),
    ],
  };
}

function headlineOf(words: ChartWords, { x }: ChartPoint, alike: number): string {
  if (alike > 1) return `${words.theme}, ${words.place(x)} 등 ${alike}개가 가장 ${words.more.is}`;
  return `${words.theme}, ${subject(words.place(x))} 가장 ${words.more.is}`;
}

function scopeOf({ choice: { kind, limit, sort }, points }: ChartWords): string {
  if (limit === null || kind === 'pie' || !sort.startsWith('y')) return '';
  return ` ${sort === 'yDescending' ? '상위' : '하위'} ${points.length}개`;
}

/** Whether what a limit left out may be beyond this end: the lowest of the twelve highest is not the lowest. */
function isCutAt({ choice: { kind, limit, sort } }: ChartWords, which: 'more' | 'less'): boolean {
  if (limit === null || kind === 'pie') return false;
  return sort !== (which === 'more' ? 'yDescending' : 'yAscending');
}

function rankOf(words: ChartWords, points: readonly ChartPoint[], which: 'more' | 'less'): string {
  const { best, alike } = extreme(words, points, which);
  const name = `${isCutAt(words, which) ? `그래프에 나온 ${numberWords(points.length, 0)}개 가운데 ` : ''}가장 ${words[which].of} 쪽`;
  const [place, value] = [words.place(best.x), words.value(best.y)];
  if (alike.length === 1) return `${topic(name)} ${andIs(place)}, 값은 ${is(value)}.`;
  return `${topic(name)} ${place} 등 ${alike.length}개이고, 값은 똑같이 ${is(value)}.`;
}

function gapOf(words: ChartWords, points: readonly ChartPoint[]): string {
  const [most, least] = (['more', 'less'] as const).map((which) => extreme(words, points, which).best);
  const gap = `${and(words.place(most!.x))} ${words.place(least!.x)}의 차이는 ${words.difference(most!.y, least!.y)}`;
  const ratio = least!.y > 0 ? most!.y / least!.y : 0;
  if (ratio < 1.5 || words.unit.kind === 'percent') return `${is(gap)}.`;
  const times = `${numberWords(ratio, 1)}배`;
  const isExact = Number(ratio.toFixed(1)) === ratio;
  return `${andIs(gap)}, ${isExact ? '' : '약 '}${is(times)}.`;
}

function sharesOf(words: ChartWords, points: readonly ChartPoint[]): string {
  const total = words.points.reduce((sum, { y }) => sum + y, 0);
  const { best } = extreme(words, points, 'more');
  const share = percentWords((best.y / total) * 100)!;
  return `모두 더하면 ${andIs(words.value(total))}, 그 가운데 ${words.place(best.x)}의 몫은 ${is(share)}.`;
}

function averageOf(words: ChartWords, points: readonly ChartPoint[]): string {
  const average = words.average(points.map(({ y }) => y));
  const above = points.filter(({ y }) => y > average.value).length;
  const count = numberWords(points.length, 0);
  return `${topic(words.averageOf(`그래프에 나온 ${count}개`))} ${andIs(average.text)}, 이보다 ${words.more.of} 쪽은 ${numberWords(above, 0)}개예요.`;
}
