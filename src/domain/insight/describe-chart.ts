import { ChartWords, type DrawnChart } from './chart-words';
import { describeCategories } from './describe-categories';
import { describeGroups } from './describe-groups';
import { describePairs } from './describe-pairs';
import { describeTime } from './describe-time';
import { subject, topic, is } from './figure-words';

/** What is written about a chart, in 해요체: plain text. */
export interface InsightText {
  headline: string;
  /** Five, unless what was not true is left out. */
  sentences: string[];
}

/** A headline and five sentences that are true of the points of a chart, whatever they are. */
export function describeChart(chart: DrawnChart): InsightText {
  const words = new ChartWords(chart);
  if (words.points.length === 1) return describeOne(words);
  if (words.choice.kind === 'scatter') return describePairs(words);
  if (words.series !== null) return describeGroups(words);
  return words.x.kind === 'category' ? describeCategories(words) : describeTime(words);
}

function describeOne(words: ChartWords): InsightText {
  const point = words.points[0]!;
  const where = words.whereabouts(point);
  const value = words.value(point.y);
  return {
    headline: `${words.theme}, ${where} ${is(value)}`,
    sentences: [
      words.introduction(`${where} ${words.measure}`),
      `${where} 값은 ${is(value)}.`,
      '보여 줄 값이 하나뿐이라 가장 큰 값과 가장 작은 값이 같아요.',
      `견줄 값이 없어서 ${subject(words.measure)} 커졌는지 작아졌는지는 알 수 없어요.`,
      `${topic(words.measure)} 값이 더 모이면 흐름을 볼 수 있어요.`,
    ],
  };
}
