import type { ArticleText } from '../article-text';
import { FigureSupport } from './figure-support';
import type { Figure } from './figure';
import type { Measure } from './figure-units';
import { readFigures } from './figures';
import { NameSupport } from './name-support';
import { readNames } from './names';
import { OriginalText } from './original-text';
import { withoutInvisible } from '../../../visible-text';
import { unreadNumerals } from '../../korean/numerals';

/** What of a rewrite its original does not support: strings as they stand in the rewrite, in order, each once. */
export type FidelityReport = { unsupportedFigures: string[]; unsupportedNames: string[]; passed: boolean };

export interface FidelityInput {
  original: { title: string; content: string; publishedAt?: Date | null };
  rewrite: Pick<ArticleText, 'title' | 'content' | 'comment' | 'phrases'>;
}

const SENTENCE_BEFORE = 120;
const SENTENCE_AFTER = 60;
/** No rewrite has so many; the next one counts as unsupported, so that a person has to look. */
const MAX_FIGURES = 1_000;
const MAX_NAMES = 1_000;
const SENTENCE_END = /[.!?](?=\s|$)|\n/g;

/** Compares figures and names of a rewrite with its original. Takes time linear in the length of both. */
export function checkFidelity({ original, rewrite }: FidelityInput): FidelityReport {
  return new FidelityCheck(original).of(rewrite);
}

/** An original that several texts are compared with: it is read once. */
export class FidelityCheck {
  private readonly source: OriginalText;
  private readonly figures: FigureSupport;
  private readonly names: NameSupport;

  constructor({ title, content, publishedAt }: FidelityInput['original']) {
    this.source = new OriginalText(withoutInvisible(`${title}\n${content}`));
    this.figures = new FigureSupport(this.source, publishedAt ?? null);
    this.names = new NameSupport(this.source);
  }

  of({ title, content, comment, phrases }: FidelityInput['rewrite']): FidelityReport {
    const { source, figures, names } = this;
    const unsupportedFigures = new Set<string>();
    const unsupportedNames = new Set<string>();
    // A title tells the sum that a sentence below explains.
    const supportedFigures = new Set<string>();
    const uncheckedFigures = new Set<string>();
    const check = (shown: string, isExplanation: boolean) => {
      // What is not seen would part a number that is seen as one.
      const text = withoutInvisible(shown);
      const found = readFigures(text);
      for (const figure of found.slice(0, MAX_FIGURES)) {
        if (isExplanation && isDefinition(figure)) continue;
        const isSupported = isExplanation
          ? figures.supports({ ...figure, mark: null }, '')
          : figures.supports(figure, sentenceAround(text, figure), wordsAround(text, figure));
        (isSupported ? supportedFigures : unsupportedFigures).add(figure.text);
      }
      for (const figure of found.slice(MAX_FIGURES, MAX_FIGURES + 1)) uncheckedFigures.add(figure.text);
      for (const [index, name] of readNames(text)
        .slice(0, MAX_NAMES + 1)
        .entries())
        if (index === MAX_NAMES || !names.supports(name)) unsupportedNames.add(name.text);
      for (const numeral of unreadNumerals(text))
        if (!source.text.includes(numeral)) unsupportedFigures.add(numeral);
    };
    for (const text of [title, content, comment ?? '']) check(text, false);
    for (const { expression, easy } of phrases) {
      check(expression, false);
      check(easy, true);
    }
    for (const figure of supportedFigures) unsupportedFigures.delete(figure);
    for (const figure of uncheckedFigures) unsupportedFigures.add(figure);
    return {
      unsupportedFigures: [...unsupportedFigures],
      unsupportedNames: [...unsupportedNames],
      passed: unsupportedFigures.size + unsupportedNames.size === 0,
    };
  }
}

/** What a quarter, a half year and units of measure are explained by, in the measure's own unit. */
const DEFINITIONS: Partial<Record<Measure, readonly number[]>> = {
  months: [3, 6, 12],
  litres: [159, 158.987],
  grams: [3.75, 28.35, 31.1, 31.1035, 600],
  area: [3.3, 10_000],
  days: [365],
  metres: [1_609],
};

/** What explanations of terms are made of: one of something, a hundred, a basis point's hundredth. */
function isDefinition({ measure, low, high, factor }: Figure): boolean {
  if (low !== high || measure === 'date') return false;
  const value = low / factor;
  if (value === 1 || value === 100 || DEFINITIONS[measure]?.includes(low)) return true;
  return (measure === 'percent' || measure === 'points') && value === 0.01;
}

/** The sentence before too. */
function wordsAround(text: string, { start, text: { length } }: Figure): string {
  return text.slice(Math.max(0, start - SENTENCE_BEFORE), start + length);
}

function sentenceAround(text: string, { start, text: { length } }: Figure): string {
  const before = text.slice(Math.max(0, start - SENTENCE_BEFORE), start);
  const after = text.slice(start + length, start + length + SENTENCE_AFTER);
  const from = [...before.matchAll(SENTENCE_END)].at(-1)?.index;
  const to = after.search(SENTENCE_END);
  return (
    before.slice(from === undefined ? 0 : from + 1) +
    text.slice(start, start + length) +
    (to < 0 ? after : after.slice(0, to))
  );
}
