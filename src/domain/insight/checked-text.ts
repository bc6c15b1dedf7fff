import type { FidelityReport } from '../article/fidelity/check-fidelity';
import { readFigures } from '../article/fidelity/figures';
import { ChartWords, type DrawnChart } from './chart-words';
import { describeChart, type InsightText } from './describe-chart';
import { ChartClaims, type Unsupported } from './fidelity/chart-claims';

const SENTENCES = 5;
const POLITE = /요[.!?]$/;

export type CheckedText = InsightText & {
  /** What was wrong with the text before it was mended. */
  fidelity: FidelityReport;
};

/**
 * A text of which all stands in the chart: a sentence that says anything else, or says it otherwise than in 해요체, gives way
 * to one that was computed. `title` is that of the request, whose words may be used.
 */
export function checkedText(draft: InsightText, chart: DrawnChart, title: string): CheckedText {
  const claims = new ChartClaims(new ChartWords(chart), [chart.dataset.name, title]);
  const own = describeChart(chart);
  const found: Unsupported[] = [];
  const isTrue = (sentence: string) => {
    const unsupported = claims.unsupportedIn(sentence);
    if (unsupported) found.push(unsupported);
    return unsupported === null;
  };
  const headline = isTrue(draft.headline) ? draft.headline : own.headline;
  const kept = draft.sentences.map((sentence, index) => {
    const isRepeated = draft.sentences.indexOf(sentence) < index;
    return !isRepeated && isTrue(sentence) && POLITE.test(sentence) ? sentence : null;
  });
  const told = new Set(
    kept.flatMap((sentence) => (sentence === null ? [] : readFigures(sentence))).map(({ text }) => text),
  );
  const isNew = (sentence: string) => {
    const figures = readFigures(sentence);
    return figures.length === 0 || figures.some(({ text }) => !told.has(text));
  };
  const spare = own.sentences.filter((sentence) => !kept.includes(sentence) && isNew(sentence));
  const sentences = kept
    .map((sentence) => sentence ?? spare.shift())
    .filter((sentence) => sentence !== undefined);
  const unsupportedFigures = [...new Set(found.flatMap(({ figures }) => figures))];
  const unsupportedNames = [...new Set(found.flatMap(({ names }) => names))];
  return {
    headline,
    sentences: sentences.slice(0, SENTENCES),
    fidelity: { unsupportedFigures, unsupportedNames, passed: found.length === 0 },
  };
}
