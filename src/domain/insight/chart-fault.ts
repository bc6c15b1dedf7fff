/** The part of a choice that cannot be drawn. */
export type ChoicePart = 'kind' | 'x' | 'y' | 'series' | 'aggregate' | 'filters' | 'sort' | 'limit';

/** A chart that was chosen cannot be drawn of these data; the message tells whoever chose it what to choose otherwise. */
export class ChartFault extends Error {
  override name = 'ChartFault';

  constructor(
    readonly part: ChoicePart,
    message: string,
  ) {
    super(message);
  }
}
