import type { Figure } from './figure';
import type { Measure } from './figure-units';

/** The figures of an original by what they measure. */
export class MeasuredFigures {
  private readonly byMeasure = new Map<Measure, Figure[]>();

  constructor(figures: readonly Figure[]) {
    for (const figure of figures) {
      const same = this.byMeasure.get(figure.measure);
      if (same) same.push(figure);
      else this.byMeasure.set(figure.measure, [figure]);
    }
  }

  of(...measures: readonly Measure[]): Figure[] {
    return measures.flatMap((measure) => this.byMeasure.get(measure) ?? []);
  }

  /** Both ends of ranges. */
  values(measure: Measure): number[] {
    return this.of(measure).flatMap(({ low, high }) => [low, high]);
  }

  /** Whether any two of one measure that stand beside each other are so. */
  hasNeighbours(are: (first: number, second: number) => boolean): boolean {
    return [...this.byMeasure.values()].some((figures) =>
      figures.slice(1).some(({ low }, index) => are(figures[index]!.low, low)),
    );
  }
}
