import type { Figure } from '../../article/fidelity/figure';
import { readFigures } from '../../article/fidelity/figures';
import { means } from '../../article/fidelity/figure-values';
import { NameSupport } from '../../article/fidelity/name-support';
import { readNames } from '../../article/fidelity/names';
import { OriginalText } from '../../article/fidelity/original-text';
import type { ChartPoint } from '../chart/chart-points';
import type { ChartWords } from '../chart-words';
import { unitOf } from '../figure-words';
import { beyondChart } from './beyond-chart';
import { factsOf, type Fact } from './chart-facts';
import { changesIn } from './told-changes';
import { readSentence, type Mention, type ToldFigure, type ToldSentence } from './told-sentence';
import { FALL, RISE, WordClaims } from './word-claims';

/** Of the text; what ends otherwise is a title. */
const SENTENCE = /요[.!?]$/;
/** What tells a difference, and what says that it does. */
const COMPARING: readonly Fact['kind'][] = ['difference', 'percent', 'ratio'];
const DIFFERS = /차이|보다|격차|변화|달라|벌어|배예요|배이/;
/** What binary fractions are off. */
const ROOM = 1e-9;
/** Digits from which a figure is no chance. */
const TELLING = 10;
const TRUNCATED = 1_000;

/** What a chart does not show of a sentence. */
export interface Unsupported {
  figures: string[];
  names: string[];
}

/** Compares sentences with the points of a chart: figures, of what they are told, which way, and which is the most. */
export class ChartClaims {
  private readonly facts: Fact[];
  private readonly names: NameSupport;
  private readonly named: string;
  private readonly measure: Pick<Figure, 'measure' | 'factor'>;
  private readonly xMeasure: Pick<Figure, 'measure' | 'factor'>;
  private readonly xFactor: number;
  private readonly ordered: ChartPoint[];
  private readonly inWords: WordClaims;

  /** `known` is what may be named beside the data: the data set, the title of the request. */
  constructor(
    private readonly words: ChartWords,
    known: readonly string[],
  ) {
    this.named = [...known, words.measure, words.xName, words.series ?? ''].join('\n');
    this.facts = factsOf(words);
    const points = words.points.flatMap(({ x, series }) => [String(x), series ?? '']);
    const filters = words.choice.filters.flatMap(({ field, value }) => [field, String(value)]);
    this.names = new NameSupport(
      new OriginalText(
        [...known, words.measure, words.xName, words.series ?? '', ...filters, ...new Set(points)].join('\n'),
      ),
    );
    this.measure = measureOf(words.unit.name);
    const xUnit = unitOf(words.x.unit);
    this.xMeasure = measureOf(xUnit.name);
    this.xFactor = xUnit.factor * this.xMeasure.factor;
    this.ordered = words.x.kind === 'category' ? [] : [...words.points].sort((a, b) => (a.x < b.x ? -1 : 1));
    this.inWords = new WordClaims(words, this.ordered);
  }

  /** Null when all of the sentence stands in the chart, and says something of it. */
  unsupportedIn(sentence: string): Unsupported | null {
    const told = readSentence(sentence, this.words);
    const names = readNames(sentence)
      .filter((name) => !this.names.supports(name))
      .map(({ text }) => text);
    const changes = changesIn(told, this.words.points, this.ordered);
    const facts = told.figures.map((figure) => ({ figure, facts: this.factsFor(figure, told, changes) }));
    const figures = [
      ...told.strangeDates,
      ...facts.filter((each) => each.facts.length === 0).map(({ figure }) => figure),
    ].map(({ text }) => text);
    const found = facts.flatMap((each) => each.facts);
    const beyond = beyondChart(sentence, told.text, this.named);
    if (beyond !== null) figures.push(beyond);
    else if (figures.length === 0) {
      const claim =
        this.inWords.wrongIn(told, found, changes) ??
        this.inWords.strangeIn(told, found, !SENTENCE.test(sentence));
      if (claim !== null) figures.push(claim);
    }
    return figures.length + names.length === 0 ? null : { figures, names };
  }

  /** The facts that a figure may tell in its sentence. */
  private factsFor(figure: ToldFigure, told: ToldSentence, changes: readonly Fact[]): Fact[] {
    if (figure.low !== figure.high) return [];
    const [isRise, isFall] = [RISE.test(told.text), FALL.test(told.text)];
    const isOneWay = isRise !== isFall;
    return [...this.facts, ...changes].filter((fact) => {
      if (!this.isOf(fact, told) || !this.tells(figure, fact)) return false;
      if (fact.kind === 'value' && !this.isBeside(fact, figure, told)) return false;
      // How often something rose is nothing that we know.
      if (fact.kind === 'count' && figure.measure === 'times' && (isRise || isFall)) return false;
      if (fact.needs) return fact.needs.test(told.text);
      if (!COMPARING.includes(fact.kind)) return true;
      return isOneWay ? fact.direction === (isRise ? 1 : -1) : isRise || DIFFERS.test(told.text);
    });
  }

  private isOf({ places, series }: Fact, told: ToldSentence): boolean {
    const isThere =
      places.length === 0 || told.places.length === 0 || places.some((place) => told.places.includes(place));
    return isThere && (told.series.length === 0 || series === null || told.series.includes(series));
  }

  /** Of several dates or names a value belongs to the last before it, else to the first behind it. */
  private isBeside({ places, series }: Fact, { start }: ToldFigure, { mentions }: ToldSentence): boolean {
    const nearest = (all: readonly Mention[]) =>
      all.filter((mention) => mention.start < start).at(-1) ?? all[0];
    const place = nearest(mentions.filter((mention) => mention.places.length > 0));
    const name = nearest(mentions.filter((mention) => mention.series.length > 0));
    return (
      (places.length === 0 || !place || places.some((one) => place.places.includes(one))) &&
      (series === null || !name || name.series.includes(series))
    );
  }

  private tells(figure: ToldFigure, { value, kind }: Fact): boolean {
    const { measure } = figure;
    const isBare = measure === 'bare';
    const own = this.measure.measure;
    switch (kind) {
      case 'value': {
        if (!isBare && measure !== own) return false;
        const known = this.inUnits(value);
        return known < 0 === figure.isNegative || known === 0 ? this.isNear(figure, Math.abs(known)) : false;
      }
      case 'difference':
        if (own === 'percent') return measure === 'points' && this.isNear(figure, value);
        return (isBare || measure === own) && this.isNear(figure, Math.abs(this.inUnits(value)));
      case 'percent':
        if (measure === 'half') return Math.abs(value - 50) < 2;
        return measure === 'percent' && this.isNear(figure, value);
      case 'ratio':
        return measure === 'multiple' && this.isNear(figure, value);
      case 'place':
        return (
          (isBare || measure === this.xMeasure.measure) && this.isNear(figure, Math.abs(value * this.xFactor))
        );
      case 'correlation':
        return isBare && value < 0 === figure.isNegative && this.isNear(figure, Math.abs(value));
      case 'span':
        return measure === 'months' && figure.low === value;
      case 'count':
        return (
          ['count', 'times', 'bare'].includes(measure) && figure.counter === undefined && figure.low === value
        );
    }
  }

  private isNear(figure: ToldFigure, known: number): boolean {
    const { low: value, place } = figure;
    const difference = Math.abs(known - value);
    if (difference <= ROOM || means(figure, value, known)) return true;
    if (value / place >= TELLING && difference <= 0.5001 * place) return true;
    if (figure.isAbout && difference <= 0.5001 * place) return true;
    return value / place >= TRUNCATED && known > value && difference < place;
  }

  /** As figures are read: in single units. */
  private inUnits(value: number): number {
    return value * this.words.unit.factor * this.measure.factor;
  }
}

/** How figures with a unit are read. */
function measureOf(unit: string): Pick<Figure, 'measure' | 'factor'> {
  return readFigures(`2${unit}`)[0] ?? { measure: 'bare', factor: 1 };
}
