import type { Figure } from './figure';
import { near } from './figure-values';
import { readFigures } from './figures';
import type { MeasuredFigures } from './measured-figures';

/** How far from each other the values of a list in order stand. */
const MAX_GAP = 40;
const MAX_RANK = 10;

/** 경북이 16%로 2위: whether the value that a rank stands behind has that place in a list of the original; undefined when it is in none. */
export function isRankInList(rank: Figure, sentence: string, figures: MeasuredFigures): boolean | undefined {
  if (rank.measure !== 'rank' || rank.low < 2 || rank.low > MAX_RANK) return undefined;
  const at = sentence.lastIndexOf(rank.text);
  const value = readFigures(sentence.slice(0, Math.max(at, 0))).findLast(({ measure }) => measure !== 'rank');
  const places = value ? placesOf(value, figures).filter((place) => place > 1) : [];
  return places.length > 0 ? places.includes(rank.low) : undefined;
}

/** The places of a value among those that get less, or more, one after the other. */
function placesOf({ measure, low, counter }: Figure, figures: MeasuredFigures): number[] {
  const known = figures
    .of(measure)
    .filter((figure) => figure.low === figure.high && figure.counter === counter)
    .sort((one, other) => one.start - other.start);
  return known.flatMap((figure, index) => (near(figure.low, low) ? placesAt(known, index) : []));
}

function placesAt(known: readonly Figure[], index: number): number[] {
  return [1, -1].map((direction) => {
    let from = index;
    while (
      from > 0 &&
      known[from]!.start - known[from - 1]!.start < MAX_GAP &&
      direction * (known[from - 1]!.low - known[from]!.low) > 0
    )
      from -= 1;
    const [first, ...others] = known.slice(from, index + 1).map(({ low }) => low);
    // What they are parts of stands before them.
    const isTotal = others.length > 1 && first! >= others.reduce((sum, one) => sum + one, 0);
    return index - from + (isTotal ? 0 : 1);
  });
}
