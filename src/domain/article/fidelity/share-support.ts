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
/** What is behind a share that is all its sentence says. */
const THAT_IS = /^(?:꼴|정도|쯤|가량)?(?:로|인)?(?: ?셈)?(?:이에요|예요|이죠|죠|이네요|이었어요|였어요)$/;
/** What is told of some of them for the reckoning. */
const SUPPOSED = /^(?: ?값| ?가격|어치| ?치|이?면|만(?: 해도| 쳐도| 따져도|으로도)|의 값)/;
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
    const told = this.told();
    const isAnother = this.figures
      .of('share')
      .some(({ parts: other }) => other![1].low === part.low && other![0].low !== whole.low);
    const known = isAnother ? told : [...told, ...this.derived, ...atHand];
    const rest = !isAnother && OTHERS.test(sentence) ? known.map((share) => 1 - share) : [];
    return [...known, ...rest].some(
      (share) => share - wanted >= from - EPSILON && share - wanted <= to + EPSILON,
    );
  }

  /** 네 척 가운데 두 척 값만 해도: what half of them would be. */
  isSupposedHalf({ text, parts }: Figure, sentence: string): boolean {
    const [whole, part] = parts!;
    const after = sentence.slice(sentence.lastIndexOf(text) + text.length);
    return near(whole.low, 2 * part.low) && SUPPOSED.test(after);
  }

  /** 다섯 명 중 두 명꼴이에요 says once more what the percent before it says. */
  restates({ text, parts, mark }: Figure, sentence: string, context: string): boolean {
    const said = sentence.trim();
    if (!said.startsWith(text) || !THAT_IS.test(said.slice(text.length))) return true;
    const at = context.lastIndexOf(text);
    const before = readFigures(context.slice(0, Math.max(at, 0))).findLast(
      ({ measure }) => measure === 'percent',
    );
    if (!before) return true;
    const wanted = parts![1].low / parts![0].low;
    const [from, to] = roomOf(mark ?? 'about', parts![0].low, wanted);
    const share = before.low / 100 - wanted;
    return share >= from - EPSILON && share <= to + EPSILON;
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

  private told(): number[] {
    const { figures } = this;
    const lows = (measure: 'fraction' | 'share') => figures.of(measure).map(({ low }) => low);
    return [
      ...figures.of('percent').map(({ low }) => low / 100),
      ...lows('fraction'),
      ...lows('share'),
      ...figures.of('ratio').map(({ low, high }) => Math.min(low, high) / Math.max(low, high)),
      ...(this.halved ? [0.5] : []),
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
