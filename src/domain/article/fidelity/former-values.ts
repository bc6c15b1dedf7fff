import { DOWN, UP } from './derivation-words';
import { isNear, type Known, type KnownFigures } from './known-figures';

/** How far behind a change it is told which way it went. */
const DIRECTION_WITHIN = 16;

/** What was, computed from what is and by how much an original says that it changed. */
export class FormerValues {
  constructor(
    private readonly text: string,
    private readonly known: KnownFigures,
  ) {}

  /** 37.6% after a rise by 3.5%포인트 was 34.1%. */
  percents(percents: readonly number[]): number[] {
    return this.known
      .measured('points')
      .flatMap((step) => percents.flatMap((percent) => this.undone(percent, step)));
  }

  /** 27위 after a fall by 7계단 was 20위. */
  ranks(): number[] {
    const steps = this.known.steps();
    return this.known
      .measured('rank')
      .flatMap(({ value }) => steps.flatMap((step) => [value - step.value, value + step.value]));
  }

  /** What each was before one of the others changed it. */
  amounts(own: readonly Known[]): number[] {
    return own.flatMap((now) =>
      own.flatMap((change) => (change.value < now.value ? this.undone(now.value, change) : [])),
    );
  }

  /** Some 5만2000원 for 6만2000원 after a rise by 18.4%, and 4100달러 for twice as much. */
  amountsByPercents(own: readonly Known[]): number[] {
    return this.known
      .measured('percent')
      .filter((percent) => this.isChange(percent))
      .flatMap((change) =>
        own
          .filter((now) => isNear(now, change))
          .flatMap(({ value }) => [value / (1 + change.value / 100), value / (1 - change.value / 100)]),
      );
  }

  /** 20만 명 for 80만 명 after they became four times as many. */
  amountsByMultiples(own: readonly Known[]): number[] {
    return this.known
      .measured('multiple')
      .flatMap((times) => own.filter((now) => isNear(now, times)).map(({ value }) => value / times.value));
  }

  /** Some 9000원 for a fall by 3.2% to 27만1500원. */
  changes(own: readonly Known[]): number[] {
    return this.known
      .measured('percent')
      .flatMap(({ value: percent, sentence }) =>
        own
          .filter((now) => now.sentence === sentence)
          .flatMap(({ value }) => [(value * percent) / (100 + percent), (value * percent) / (100 - percent)]),
      );
  }

  private isChange(known: Known): boolean {
    const after = this.behind(known);
    return UP.test(after) || DOWN.test(after);
  }

  private behind({ figure: { start, text } }: Known): string {
    return this.text.slice(start + text.length, start + text.length + DIRECTION_WITHIN);
  }

  private undone(now: number, change: Known): number[] {
    const { value } = change;
    const after = this.behind(change);
    const [up, down] = [UP.test(after), DOWN.test(after)];
    if (up && !down) return [now - value];
    return down && !up ? [now + value] : [now - value, now + value];
  }
}
