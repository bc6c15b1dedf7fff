import type { Figure } from './figure';
import { BECOMES, CLEAR_DIFFERENCE, DIFFERENCE, SUM } from './derivation-words';
import { differencesOf, LENGTHS, means, near } from './figure-values';
import { readFigures } from './figures';
import { isNear, type Known } from './known-figures';

/** What a difference of days is told by; most words of differences stand beside days that tell when. */
const OF_DAYS = /줄|늘[어었려린]|단축|빨라|빨리|앞당|당겨|짧|길어|연장|차이|더 |덜 /;
/** 14일에서 6일로. */
const A_STEP = 4;
const MAX_KNOWN = 24;

/** Whether a small figure is the sum or the difference of two that stand in its own sentence, or beside each other in the original. */
export function isSumAtHand(figure: Figure, value: number, own: readonly Known[], sentence: string): boolean {
  const is = (known: number) => known > 0 && means(figure, value, known);
  const isDifference = ([first, second]: Pair) => is(Math.abs(first - second));
  const known = own.slice(0, MAX_KNOWN);
  const values = known.map(({ value: one }) => one);
  // 1,500m, which are 300m more than 1,200m, are not 300m more once again.
  const isSum = ([first, second]: Pair) =>
    is(first + second) && !values.some((one) => near(one, Math.abs(first - second)));
  const told = readFigures(sentence)
    .flatMap(({ low, high }) => [low, high])
    .filter((one) => !near(one, value) && values.some((other) => near(other, one)));
  const beside = pairsOf(known)
    .filter(([first, second]) => isNear(first, second))
    .map(([first, second]): Pair => [first.value, second.value]);
  if (figure.measure === 'days') {
    const changes = known.slice(1).flatMap((second, index): Pair[] => {
      const { figure: from, value: first } = known[index]!;
      return second.figure.start - from.start - from.text.length < A_STEP ? [[first, second.value]] : [];
    });
    return OF_DAYS.test(sentence) && [...pairsOf(told), ...changes].some(isDifference);
  }
  // 8, 12, 15: numbers of a list.
  const isCounted = figure.measure !== 'bare' || figure.native;
  if (isCounted && pairsOf(told).some((pair) => isDifference(pair) || isSum(pair))) return true;
  // 10년물 and 3년물 are no seven years apart.
  const words = LENGTHS.includes(figure.measure) ? CLEAR_DIFFERENCE : DIFFERENCE;
  if (words.test(sentence) && beside.some(isDifference)) return true;
  if (SUM.test(sentence)) return beside.some(isSum);
  return (
    BECOMES.test(sentence) &&
    beside.some((pair) => pair.some((one) => told.some((other) => near(one, other))) && isSum(pair))
  );
}

/** 17.4%인데 14.9%보다 2.5%포인트 높아요: of two that the sentence tells. */
export function isDifferenceAtHand(
  sentence: string,
  percents: readonly Known[],
  is: (known: number) => boolean,
): boolean {
  const told = readFigures(sentence)
    .filter(({ measure, low }) => measure === 'percent' && percents.some(({ value }) => near(value, low)))
    .map(({ low }) => low);
  return differencesOf(told).some(is);
}

type Pair = [number, number];

function pairsOf<T>(values: readonly T[]): [T, T][] {
  return values.flatMap((first, index) => values.slice(index + 1).map((second): [T, T] => [first, second]));
}
