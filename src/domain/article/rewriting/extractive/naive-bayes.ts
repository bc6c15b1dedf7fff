import { featureCounts } from '../../../korean/words';

const SMOOTHING = 0.3;
/** A stem and the pairs of characters in it say the same about so many times over. */
const REPEATED = 3;

/**
 * Multinomial naive Bayes (Manning, Raghavan and Schütze 2008, 13.2) over stems and character bigrams, each counted
 * once a text, with additive smoothing.
 */
export class NaiveBayes<Label extends string> {
  private readonly classes = new Map<Label, { texts: number; total: number; counts: Map<string, number> }>();
  private readonly vocabulary = new Set<string>();
  private texts = 0;

  constructor(examples: Iterable<readonly [Label, string]>) {
    for (const [label, text] of examples) this.learn(label, text);
  }

  /** The probability of every label; the labels' shares among the examples when nothing in the text is known. */
  probabilities(text: string): Map<Label, number> {
    const known = featuresOf(text).filter((feature) => this.vocabulary.has(feature));
    const scores = [...this.classes].map(([label, { texts, total, counts }]): [Label, number] => {
      const denominator = total + SMOOTHING * this.vocabulary.size;
      const prior = Math.log(texts / this.texts);
      return [
        label,
        known.reduce(
          (sum, feature) => sum + Math.log(((counts.get(feature) ?? 0) + SMOOTHING) / denominator),
          prior,
        ),
      ];
    });
    const greatest = Math.max(...scores.map(([, score]) => score));
    const weights = scores.map(([label, score]): [Label, number] => [
      label,
      Math.exp((score - greatest) / REPEATED),
    ]);
    const sum = weights.reduce((total, [, weight]) => total + weight, 0);
    return new Map(weights.map(([label, weight]) => [label, weight / sum]));
  }

  private learn(label: Label, text: string): void {
    const learnt = this.classes.get(label) ?? { texts: 0, total: 0, counts: new Map<string, number>() };
    this.classes.set(label, learnt);
    learnt.texts += 1;
    this.texts += 1;
    for (const feature of featuresOf(text)) {
      this.vocabulary.add(feature);
      learnt.counts.set(feature, (learnt.counts.get(feature) ?? 0) + 1);
      learnt.total += 1;
    }
  }
}

/** Amounts and dates tell nothing of what a text is about. */
function featuresOf(text: string): string[] {
  return [...featureCounts(text).keys()].filter((feature) => !/[0-9]/.test(feature));
}
