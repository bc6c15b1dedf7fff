import type { Figure } from './figure';
import { near, SMALL_NUMBER } from './figure-values';
import type { MeasuredFigures } from './measured-figures';

/** What an original tells in another unit: 2배 for 100%, 30% for 10명 중 3명, 3분의 1 for 33.3%, 시간 for 분. */
export class OtherUnits {
  private readonly doubles: number[];

  /** `tellsIndices`: its points are of an index, and no points of percents. */
  constructor(
    private readonly figures: MeasuredFigures,
    private readonly tellsIndices: boolean,
  ) {
    const isDouble = figures.hasNeighbours(
      (first, second) => second > SMALL_NUMBER && (near(second, 2 * first) || near(first, 2 * second)),
    );
    this.doubles = isDouble ? [2] : [];
  }

  /** Every value that a figure of this unit may stand for. */
  valuesFor({ measure, counter }: Figure, value: number): number[] {
    const { figures } = this;
    const values = figures.values.bind(figures);
    switch (measure) {
      case 'multiple':
        return [
          ...values('percent').flatMap((percent) => [percent / 100, 1 + percent / 100]),
          ...this.doubles,
        ];
      case 'percent':
        return [
          ...values('multiple').flatMap((times) => [100 * times, 100 * (times - 1)]),
          ...[...values('fraction'), ...values('half')].flatMap((part) => [100 * part, 100 * (1 - part)]),
          ...values('share').map((part) => 100 * part),
        ];
      case 'fraction':
        return [...values('percent').map((percent) => percent / 100), ...values('half'), ...values('share')];
      case 'digits':
        return [...values('percent'), ...values('bare')]
          .filter((number) => number >= 1)
          .map((number) => String(Math.trunc(number)).length);
      case 'quarters':
        return values('months').map((months) => months / 3);
      case 'months':
        return [
          ...values('quarters').map((quarters) => 3 * quarters),
          ...values('weeks')
            .filter((weeks) => weeks >= 4 && Math.abs((weeks * 7) / 30.4 - value) < 0.2)
            .map(() => value),
          ...values('days')
            .filter((days) => days >= 28)
            .map((days) => days / 30),
        ];
      case 'days':
        return [
          ...values('minutes').map((minutes) => minutes / 1_440),
          ...values('weeks').map((weeks) => 7 * weeks),
          ...values('months')
            .filter((months) => months <= 6)
            .map((months) => 30 * months),
        ];
      case 'weeks':
        return [...values('days').map((days) => days / 7), ...values('ratio')];
      case 'minutes':
        return values('days').map((days) => 1_440 * days);
      case 'points':
        return value < 1 || this.tellsIndices ? [] : values('bare');
      case 'people':
        return [...values('bare'), ...values('ratio'), ...this.seats()];
      case 'count':
        return [
          ...(counter === '석' ? values('people') : []),
          ...values('ratio'),
          ...figures.of('ratio').map(({ low, high }) => Math.abs(high - low)),
        ];
      default:
        return [];
    }
  }

  /** 189석 for 189명. */
  private seats(): number[] {
    return this.figures
      .of('count')
      .filter(({ counter }) => counter === '석')
      .map(({ low }) => low);
  }
}
