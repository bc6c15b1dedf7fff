import type { Figure } from './figure';
import { near } from './figure-values';
import { readFigures } from './figures';
import type { Measure } from './figure-units';
import type { OriginalText } from './original-text';

const AMOUNT_WORDS: [number, RegExp][] = [
  [1e6, /(?<![\d십백천])백만 ?원?대/],
  [1e7, /(?<![\d십백])천만 ?원?대/],
  [1e8, /(?<![\d십백천])억 ?원?대|(?<![\d십백천])억 ?단위/],
  [1e12, /(?<![\d십백천])조 ?원?대|(?<![\d십백천])조 ?단위/],
];
const MONEY: readonly Measure[] = ['won', 'dollars', 'bare'];

/** Whether an original tells a figure by words alone: 1위 for 가장, 0원 for 무료, 1억 원 넘게 for 억대. */
export function isToldInWords(figure: Figure, original: OriginalText): boolean {
  return isRank(figure, original) || isAllOrNothing(figure, original) || isAmount(figure, original);
}

const PRICES = [10, 100, 1_000, 10_000];
/** 100원어치를 팔면, 만 원 중. */
const OF_PRICE = /원(?:어치|을? (?:벌|팔|쓰|받)| 중| 가운데)/;

/** 58원 of 100원 for 58%, and the 100원 that it is told of. */
export function isPercentOfPrice(
  { measure, low }: Figure,
  sentence: string,
  percents: readonly number[],
): boolean {
  if (measure !== 'won' || low > 10_000 || !OF_PRICE.test(sentence)) return false;
  const told = readFigures(sentence).filter((other) => other.measure === 'won');
  const isPart = (part: number, price: number) =>
    part < price && percents.some((percent) => near((price * percent) / 100, part));
  return told.some(
    (other) =>
      (PRICES.includes(other.low) && isPart(low, other.low)) ||
      (PRICES.includes(low) && isPart(other.low, low)),
  );
}

/** 1위 for 가장, 2위 for 뒤를 이었다. */
function isRank({ measure, low }: Figure, original: OriginalText): boolean {
  if (measure !== 'rank') return false;
  if (low <= 5 && original.says(/ 순(?:이[다었]|으로|서)/)) return true;
  if (low === 1) return original.says(/가장|최[대고다초]|선두|처음|사상 첫/);
  return low === 2 && original.says(/뒤를 이|다음으로|그다음/);
}

/** 0원 for 무료, 100% for 전량. */
function isAllOrNothing({ measure, low }: Figure, original: OriginalText): boolean {
  if (low === 0) return original.says(/무료|공짜|면제|없애|없앤|폐지|전액|무상|무이자|제로/);
  return measure === 'percent' && low === 100 && original.says(/전량|전부|전액|완전|모두|만장일치/);
}

function isAmount({ measure, low }: Figure, original: OriginalText): boolean {
  return (
    MONEY.includes(measure) && AMOUNT_WORDS.some(([amount, words]) => amount === low && original.says(words))
  );
}
