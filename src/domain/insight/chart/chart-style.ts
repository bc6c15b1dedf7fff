import { INK, SERIES_COLORS } from '../../../adapters/chart/chart-colors';

/** Pixels of the picture for which texts are sized: a phone shows it nearly as it is. */
export const CHART_WIDTH = 440;
export const CHART_PADDING = 12;
export const TEXT_WIDTH = CHART_WIDTH - 2 * CHART_PADDING;
export const TITLE_SIZE = 16;
export const LABEL_SIZE = 12;
export const TITLE_HEIGHT = 22;
/** Of a line of a legend or a subtitle. */
export const LINE_HEIGHT = 18;
const FONT =
  "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', 'Gothic A1', sans-serif";
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]; // prettier-ignore
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'];

/** The colour of the series at a place. */
export function colorAt(index: number): string {
  return SERIES_COLORS[index % SERIES_COLORS.length]!.light;
}

/** Few lines are told apart by their colours alone; of many each colour and dash comes once. */
export function dashAt(index: number, count: number): number[] {
  return count <= 4
    ? DASHES[0]!
    : DASHES[(index + Math.floor(index / SERIES_COLORS.length)) % DASHES.length]!;
}

export function shapeAt(index: number): string {
  return SHAPES[(index + Math.floor(index / SERIES_COLORS.length)) % SHAPES.length]!;
}

/** The look of all our charts. */
export const CHART_CONFIG = {
  font: FONT,
  title: {
    anchor: 'start',
    frame: 'bounds',
    color: INK.text.light,
    fontSize: TITLE_SIZE,
    lineHeight: TITLE_HEIGHT,
    offset: 12,
    subtitleColor: INK.muted.light,
    subtitleFontSize: LABEL_SIZE,
    subtitleLineHeight: LINE_HEIGHT,
    subtitlePadding: 10,
  },
  view: { stroke: null },
  axis: {
    domainColor: INK.rule.light,
    tickColor: INK.rule.light,
    gridColor: INK.grid.light,
    labelColor: INK.muted.light,
    labelFontSize: LABEL_SIZE,
    labelPadding: 6,
    titleColor: INK.muted.light,
    titleFontSize: LABEL_SIZE,
    titleFontWeight: 'normal',
    titlePadding: 8,
    titleLimit: TEXT_WIDTH,
  },
  legend: {
    orient: 'bottom',
    direction: 'horizontal',
    titleFontSize: LABEL_SIZE,
    labelColor: INK.text.light,
    labelFontSize: LABEL_SIZE,
    columnPadding: 12,
    rowPadding: 6,
    symbolStrokeWidth: 2,
    offset: 10,
  },
};
