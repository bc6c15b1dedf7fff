import { BECOMES, SUM } from './derivation-words';
import type { Figure } from './figure';
import { means, near, SMALL_NUMBER } from './figure-values';
import { isNear, type Known } from './known-figures';

const FEW = 4;
/** A sum of so many parts of its last digit is none by chance. */
const TELLING = 1_000;
/** What stands behind a change, told as an amount: 60만 원을 더 얹어, 30조8천억 원 덜 걷혀. */
const CHANGED =
  /^[을를이가]?(?:만큼|씩)? ?(?:더 |덜 )?(?:늘|줄|올[라랐려렸린]|오르|오른|내[려렸린]|많|적[다은었]|높|낮|증가|감소|인상|인하|상승|하락|확대|연장|모자|부족|얹|추가|불어|빠|덜 |더 )/;

/** Sums and differences of two of an original's amounts that a rewrite tells without a word for them. */
export class PlainSums {
  private readonly known: Known[];

  constructor(
    private readonly text: string,
    known: readonly Known[],
  ) {
    this.known = known
      .filter(
        ({ value, figure: { factor } }) =>
          value / factor >= SMALL_NUMBER || !Number.isInteger(value / factor),
      )
      .sort((one, other) => one.figure.start - other.figure.start);
  }

  /** Exact ones of two digits or more; of fewer only a marked sum of what stands beside each other. */
  supports(figure: Figure, value: number, sentence: string): boolean {
    const isSum = value / figure.place >= TELLING || SUM.test(sentence) || BECOMES.test(sentence);
    if (value / figure.place >= SMALL_NUMBER)
      return this.pairs().some(
        ([one, other]) =>
          near(Math.abs(one.value - other.value), value) ||
          (isSum && near(one.value + other.value, value) && !this.isExplained(one, other)),
      );
    return (
      figure.mark !== null &&
      this.known.slice(1).some((second, index) => {
        const first = this.known[index]!;
        return isNear(first, second) && means(figure, value, first.value + second.value);
      })
    );
  }

  /** A change belongs to the amount it stands behind, or to another change. */
  private pairs(): [Known, Known][] {
    return this.known.flatMap((first, index) =>
      this.known.slice(index + 1).flatMap((second, between): [Known, Known][] => {
        if (this.known.length > FEW && !isNear(first, second)) return [];
        const [before, after] = [this.isChange(first), this.isChange(second)];
        return before === after || (after && between === 0) ? [[first, second]] : [];
      }),
    );
  }

  /** 1,500m, which are 300m more than 1,200m, are not 300m more once again. */
  private isExplained(one: Known, other: Known): boolean {
    const [less, more] = one.value < other.value ? [one, other] : [other, one];
    return this.known.some(({ value }) => near(Math.abs(more.value - value), less.value));
  }

  private isChange({ figure: { start, text } }: Known): boolean {
    return CHANGED.test(this.text.slice(start + text.length, start + text.length + 12));
  }
}
