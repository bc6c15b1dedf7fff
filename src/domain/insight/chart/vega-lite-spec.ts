import { INK } from '../../../adapters/chart/chart-colors';
import type { VegaLiteSpec } from '../../../adapters/chart/vega-lite';
import type { ChartChoice } from '../chart-choice';
import type { ChartPoint } from './chart-points';
import {
  CHART_CONFIG,
  CHART_PADDING,
  LABEL_SIZE,
  LINE_HEIGHT,
  TEXT_WIDTH,
  TITLE_HEIGHT,
  TITLE_SIZE,
} from './chart-style';
import { chartDescription, chartScope, chartTitle, wrapText } from './chart-text';
import { isContinuous, type ChosenFields } from './check-choice';
import { drawBars } from './draw-bars';
import { drawLines } from './draw-lines';
import { drawPie } from './draw-pie';
import { drawnOf, type Drawing, type Drawn } from './drawing';
import { thinPoints } from './thin-points';

const KINDS: Record<ChartChoice['kind'], (drawn: Drawn) => Drawing> = {
  line: drawLines,
  area: drawLines,
  scatter: drawLines,
  bar: drawBars,
  stackedBar: drawBars,
  pie: drawPie,
};

/** The points as a specification of Vega-Lite that computes and loads nothing; of very many those that show. */
export function vegaLiteSpec(
  points: readonly ChartPoint[],
  fields: ChosenFields,
  choice: ChartChoice,
): VegaLiteSpec {
  const drawn = thinPoints(points, isContinuous(choice.kind));
  const { rows, mark, encoding, height } = KINDS[choice.kind](drawnOf(drawn, fields, choice));
  const scope = chartScope(choice, { all: points.length, drawn: drawn.length });
  const title = wrapText(chartTitle(fields, choice), TEXT_WIDTH, TITLE_SIZE, 2);
  const subtitle = wrapText(scope, TEXT_WIDTH, LABEL_SIZE, 2);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title, ...(subtitle.length > 0 && { subtitle }) },
    description: chartDescription(points, fields, choice),
    width: 'container',
    height: height + title.length * TITLE_HEIGHT + subtitle.length * LINE_HEIGHT + 2 * CHART_PADDING,
    autosize: { type: 'fit', contains: 'padding' },
    background: INK.background.light,
    padding: CHART_PADDING,
    data: { values: rows },
    mark,
    encoding,
    config: CHART_CONFIG,
  };
}
