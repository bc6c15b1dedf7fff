import { inverseFrequency } from '../../korean/tf-idf';
import type { ReadText } from './covered-words';
import type { ArticleCandidates } from './passages.sql';
import type { QuestionWord } from './question-words';

/** A verb says less of what is asked about than a noun. */
const OF_PREDICATE = 0.4;
/** A long word is a name or a compound, which tells more: for each syllable behind the third. */
const OF_LENGTH = 0.15;
const LONGEST = 4;
const FEW = 3;
/** A short word that no article has is most likely one of everyday speech, where others of the question agree: what it counts. */
const OF_SPEECH = 0.35;
const AGREEING = 2;
/** An office is somebody's in particular. */
const OFFICE = /^(?:총재|사장|대표|회장|장관|차관|감독|의장|위원장|시장|교수|선수|직원|임원)$/;
/** A longer one, a term and Latin letters are names. */
const LONGEST_OF_SPEECH = 4;
/** What is not said of a long question counts no further: who asks tells why, too. */
const MOST_UNSAID = 12;

/** The words of a question, each with how much it tells: what few articles have tells most. */
export class WeighedWords {
  private readonly weights: number[];
  private readonly isSpeech: boolean[];

  constructor(
    readonly words: readonly QuestionWord[],
    readonly forms: readonly (readonly string[])[],
    { frequencies, total }: Pick<ArticleCandidates, 'frequencies' | 'total'>,
    isSaidElsewhere: (word: string) => boolean,
  ) {
    this.weights = words.map(
      ({ isPredicate, stem }, index) =>
        inverseFrequency(total, frequencies[index]!) *
        (isPredicate ? OF_PREDICATE : 1 + OF_LENGTH * Math.min(LONGEST, Math.max(0, stem.length - 3))),
    );
    this.isSpeech = words.map(
      ({ stem, isPredicate }, index) =>
        frequencies[index] === 0 &&
        (isPredicate ||
          (/^[가-힣]+$/.test(stem) &&
            stem.length <= LONGEST_OF_SPEECH &&
            !OFFICE.test(stem) &&
            !isSaidElsewhere(stem))),
    );
  }

  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  /** So few that one of them less is another question. */
  get isShort(): boolean {
    return this.words.length <= FEW;
  }

  /** Whether they say what is done, and of nothing in particular. */
  get areOfVerbs(): boolean {
    return this.words.every(({ isPredicate }) => isPredicate);
  }

  /** The share of what the words tell that texts together say, 0 to 1. */
  coverage(...texts: readonly ReadText[]): number {
    if (this.isEmpty) return 0;
    const shares = this.words.map((word, index) =>
      Math.max(...texts.map((text) => text.has(word, this.forms[index]!))),
    );
    const sum = (share: (index: number) => number) =>
      this.weights.reduce((total, weight, index) => total + weight * share(index), 0);
    const agreeing = this.words.filter(({ isPredicate }, index) => !isPredicate && shares[index]! > 0).length;
    const ofSpeech = agreeing >= AGREEING ? OF_SPEECH : 1;
    const said = sum((index) => shares[index]!);
    const unsaid = sum((index) => (1 - shares[index]!) * (this.isSpeech[index] ? ofSpeech : 1));
    return said / (said + Math.min(unsaid, MOST_UNSAID));
  }
}
