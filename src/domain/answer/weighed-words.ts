import { inverseFrequency } from '../korean/tf-idf';
import type { ReadText } from './covered-words';
import type { ArticleCandidates } from './passages.sql';
import type { QuestionWord } from './question-words';

/** A verb says less of what is asked about than a noun. */
const OF_PREDICATE = 0.4;

/** The words of a question, each with how much it tells: what few articles have tells most. */
export class WeighedWords {
  private readonly weights: number[];
  readonly total: number;

  constructor(
    readonly words: readonly QuestionWord[],
    readonly forms: readonly (readonly string[])[],
    { frequencies, total }: Pick<ArticleCandidates, 'frequencies' | 'total'>,
  ) {
    this.weights = words.map(
      ({ isPredicate }, index) =>
        inverseFrequency(total, frequencies[index]!) * (isPredicate ? OF_PREDICATE : 1),
    );
    this.total = this.weights.reduce((sum, weight) => sum + weight, 0);
  }

  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** The share of what the words tell that texts together say, 0 to 1. */
  coverage(...texts: readonly ReadText[]): number {
    if (this.isEmpty) return 0;
    const said = this.words.reduce(
      (sum, word, index) =>
        sum + this.weights[index]! * Math.max(...texts.map((text) => text.has(word, this.forms[index]!))),
      0,
    );
    return said / this.total;
  }
}
