import type { Figure } from './figure';
import { EPSILON, near, ROUNDING, SMALL_NUMBER } from './figure-values';
import { readFigures } from './figures';
import type { MeasuredFigures } from './measured-figures';
import type { Mark } from './rounding-marks';

/** How far a share may be from the tenth that it is told as. */
const ROUNDED_TENTH = 0.035;
/** 절반 넘게 줄었어요 is told of what is gone. */
const LOST = /줄|깎|떨어|내[려렸]|감소|빠[졌지]|사라/;
/** One of three for 31%. */
const ROUNDED_PART = 0.025;
/** Those that are not spoken of in the original. */
const OTHERS = /않|못|아닌|없|나머지|반대|안 /;

/** Whether an original supports a share of a whole, or its half. */
export class ShareSupport {
  /** `halved`: the original tells a half in words; `derived`: shares that can be computed from its amounts. */
  constructor(
    private readonly figures: MeasuredFigures,
    private readonly halved: boolean,
    private readonly derived: readonly number[],
  ) {}

  /** 열 명 중 일곱 명 넘게 for 75.8%, 세 곳 중 한 곳 for 3분의 1. */
  supportsShare({ parts, mark }: Figure, sentence: string, atHand: readonly number[]): boolean {
    const [whole, part] = parts!;
    const wanted = part.low / whole.low;
    const [from, to] = roomOf(mark, whole.low, wanted);
    const known = [...this.known(), ...atHand];
    const rest = OTHERS.test(sentence) ? known.map((share) => 1 - share) : [];
    return [...known, ...rest].some(
      (share) => share - wanted >= from - EPSILON && share - wanted <= to + EPSILON,
    );
  }

  supportsHalf({ mark }: Figure, sentence: string, atHand: readonly number[]): boolean {
    if (this.halved) return true;
    const { figures } = this;
    const percents = [
      ...figures.values('percent'),
      ...[...figures.of('share').map(({ low }) => low), ...atHand].map((share) => 100 * share),
    ];
    const [from, to] = mark === 'over' ? [50, 66] : mark === 'under' ? [40, 50] : [47, 53];
    if (percents.some((percent) => percent >= from && percent <= to)) return true;
    if (figures.of('fraction').some(({ low }) => near(low, 0.5))) return true;
    const isPair = figures.hasNeighbours((first, second) => {
      const part = Math.min(first, second) / Math.max(first, second);
      const parts = LOST.test(sentence) ? [100 * part, 100 - 100 * part] : [100 * part];
      return Math.max(first, second) > SMALL_NUMBER && parts.some((one) => one >= from && one <= to);
    });
    return isPair || this.isHalfTold(sentence);
  }

  private known(): number[] {
    const { figures } = this;
    const lows = (measure: 'fraction' | 'share') => figures.of(measure).map(({ low }) => low);
    return [
      ...figures.of('percent').map(({ low }) => low / 100),
      ...lows('fraction'),
      ...lows('share'),
      ...figures.of('ratio').map(({ low, high }) => Math.min(low, high) / Math.max(low, high)),
      ...(this.halved ? [0.5] : []),
      ...this.derived,
    ];
  }

  /** 기본 3.5%, 최고 7%; 두 척에 2억4천만 of which the rewrite tells 절반인 1억2천만. */
  private isHalfTold(sentence: string): boolean {
    const told = readFigures(sentence);
    return (['percent', 'points', 'won', 'dollars', 'people'] as const).some((measure) => {
      const known = this.figures.of(measure);
      return told.some(
        (figure) => figure.measure === measure && known.some(({ low }) => near(low, 2 * figure.low)),
      );
    });
  }
}

/** How far the original's share may be from the one that is told. */
function roomOf(mark: Mark | null, whole: number, wanted: number): [from: number, to: number] {
  if (mark === 'over') return [0, 1 / whole];
  if (mark === 'under') return [-1 / whole, 0];
  if (mark === 'about' || (whole > 10 && whole % 10 !== 0)) return [-0.5 / whole, 0.5 / whole];
  if (whole === 10) return [-ROUNDED_TENTH, ROUNDED_TENTH];
  const room = Math.max(ROUNDING * wanted, whole < 10 ? ROUNDED_PART : 0);
  return [-room, room];
}
