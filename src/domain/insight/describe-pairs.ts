import type { ChartWords } from './chart-words';
import { correlationOf } from './correlation';
import type { InsightText } from './describe-chart';
import { extremeOf } from './describe-time';
import {
  andIs,
  decimalsOf,
  figureWords,
  is,
  and,
  numberWords,
  roughly,
  subject,
  topic,
  unitOf,
} from './figure-words';

/** From here on two columns go together, and below not. */
const CLEAR = 0.7;
const FAINT = 0.3;

/** A cloud of points. */
export function describePairs(words: ChartWords): InsightText {
  const { points, measure } = words;
  const x = words.xName;
  const relation = words.x.kind === 'number' ? correlationOf(points) : null;
  return {
    headline: `${and(x)} ${measure}, ${HEADLINES[strengthOf(relation)]}`,
    sentences: [
      words.introduction(`${and(x)} ${measure}`, `점 ${numberWords(points.length, 0)}개로 `),
      relationOf(words, relation),
      extremeOf(words, points, 'more'),
      extremeOf(words, points, 'less'),
      averagesOf(words),
    ],
  };
}

type Strength = 'rising' | 'falling' | 'rather' | 'none' | 'unknown';

const HEADLINES: Record<Strength, string> = {
  rising: '함께 커지는 편이에요',
  falling: '반대로 움직이는 편이에요',
  rather: '조금 이어져 있어요',
  none: '뚜렷한 관계가 보이지 않아요',
  unknown: '한눈에 보기',
};

function strengthOf(correlation: number | null): Strength {
  if (correlation === null) return 'unknown';
  if (Math.abs(correlation) < FAINT) return 'none';
  if (Math.abs(correlation) < CLEAR) return 'rather';
  return correlation > 0 ? 'rising' : 'falling';
}

function relationOf(words: ChartWords, correlation: number | null): string {
  const { measure, xName } = words;
  if (correlation === null) return `${and(xName)} ${measure} 사이의 관계는 이 점들만으로 알 수 없어요.`;
  const told = `상관계수는 ${roughly(correlation, 2, (shown) => is(numberWords(shown, 2)))}`;
  const strength = strengthOf(correlation);
  if (strength === 'none') return `${and(xName)} ${measure} 사이에는 뚜렷한 관계가 보이지 않고, ${told}.`;
  const other = correlation > 0 ? `${measure}도 큰` : `${topic(measure)} 작은`;
  const often = strength === 'rather' ? '때가 조금 더 많고' : '편이고';
  return `${subject(words.xName)} 클수록 ${other} ${often}, ${told}.`;
}

function averagesOf(words: ChartWords): string {
  const { x, points, measure } = words;
  const { text } = words.average(points.map(({ y }) => y));
  if (x.kind !== 'number') return `${topic(words.averageOf(measure))} ${is(text)}.`;
  const xs = points.map(({ x: value }) => Number(value));
  const mean = xs.reduce((sum, value) => sum + value, 0) / xs.length;
  const decimals = Math.min(decimalsOf(xs) + 1, 2);
  const meanX = roughly(mean, decimals, (shown) => figureWords(shown, unitOf(x.unit), decimals));
  return `점들의 평균은 ${subject(words.xName)} ${andIs(meanX)}, ${subject(measure)} ${is(text)}.`;
}
