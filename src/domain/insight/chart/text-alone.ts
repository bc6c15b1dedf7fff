import { INK } from '../../../adapters/chart/chart-colors';
import type { VegaLiteSpec } from '../../../adapters/chart/vega-lite';
import { CHART_CONFIG, CHART_PADDING, TEXT_WIDTH, TITLE_SIZE } from './chart-style';
import { wrapText } from './chart-text';

const WORDS = '차트 없이 글만 있습니다';

/** What stands in the place of a chart that an insight does not have. */
export function textAlone(title: string): VegaLiteSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: wrapText(title, TEXT_WIDTH, TITLE_SIZE, 2) },
    description: WORDS,
    width: 'container',
    height: 200,
    autosize: { type: 'fit', contains: 'padding' },
    background: INK.background.light,
    padding: CHART_PADDING,
    data: { values: [{ words: WORDS }] },
    mark: { type: 'text', fontSize: TITLE_SIZE },
    encoding: { text: { field: 'words', type: 'nominal' } },
    config: CHART_CONFIG,
  };
}
