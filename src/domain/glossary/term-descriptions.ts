import { meaningOf } from '../korean/same-meaning';
import { splitSentences } from '../korean/sentences';
import { inverseFrequency } from '../korean/tf-idf';
import { nameKeysOf, type NamedTerm } from './term-names';
import { paraphrasesOf } from './term-paraphrases';
import { beginningOf, EMPTY, meaningsOf } from './told-meanings';

export interface DescribedTerm extends NamedTerm {
  description: string;
  example?: string | null;
}

/** What is read of a description. */
const MAX_CHARACTERS = 400;
const MAX_MEANINGS = 60;
/** And of a question. */
const MAX_ASKED = 20;
/** Of how much a word is worth that stands behind the first sentence. */
const LATER = 0.9;
/** How much of a question's weight a description must share: more of it where only two words are shared. */
const ENOUGH = [Infinity, Infinity, 0.6, 0.48, 0.42];
/** Of a question that names a term this much is enough, of one that does not ask for a name this much more is needed. */
const NAMES_TERM = -0.08;
const NOT_DESCRIBING = 0.2;
/** And of one that tells at length and then asks for the name this much less. */
const ASKS_FOR_NAME = -0.2;
/** But where two words are shared, which any two things may. */
const FEW = 2;
const OF_FEW = 0.1;
/** A word of speech that no description has, of a question that tells at length. */
const OF_UNKNOWN = 0.75;
/** A word without spaces is read so far, in pieces of so many syllables, which must be so much of it. */
const MAX_JOINED = 40;
const LONGEST_PIECE = 5;
const MOST_OF_WORD = 0.6;
/** Syllables that are words. */
const SYLLABLES = new Set(Array.from('돈집빚값땅책차배칩줄'));
/** How much it counts that a first sentence says nothing else. */
const CONCISE = 0.25;
/** Of a word that only the description of a term has, beside a paraphrase of it. */
const OF_DESCRIPTION = 0.9;

/** Of a question that asks for a name: how much of one telling it must say, and how well it must fit. */
const LEAST_OF_TELLING = 0.25;
const LEAST_FIT = 0.42;
/** What any other must say of a paraphrase; one that names a term is about what it names. */
const OF_PARAPHRASE = 0.35;
const OF_PARAPHRASE_NAMED = Infinity;
/** What leaves no doubt that a term is told, however it is asked for. */
const SURE = { count: 3, ofTelling: 0.4, fit: 0.7 };

/** A term that a question tells. */
export interface ToldTerm<T> {
  term: T;
  /** How well it fits, up to 1 + CONCISE. */
  fit: number;
  isSure: boolean;
}

/** What is told of a term in one go: a number for each thing it says. */
interface Telling {
  /** How much each counts. */
  says: ReadonlyMap<number, number>;
  /** Those that are said first, which are all of a paraphrase. */
  first: readonly number[];
}

interface Asked {
  /** What is said of a term, each with its weight. */
  said: ReadonlyMap<number, number>;
  /** The weight of all that is said. */
  weight: number;
}

/** Finds terms by what they mean: as their descriptions tell it, in words of the same meaning, or as readers do. */
export class TermDescriptions<T extends DescribedTerm> {
  private readonly terms: T[] = [];
  /** Of each term: its description, then its paraphrases. */
  private readonly tellings: Telling[][] = [];
  private readonly numbers = new Map<string, number>();
  /** By the number of a meaning: the indexes of terms of which it is said. */
  private readonly places: number[][] = [];

  add(term: T): void {
    const index = this.terms.push(term) - 1;
    const tellings = [
      this.description(term),
      ...paraphrasesOf(term).map((text) => {
        const first = this.numbersOf(meaningsOf(text).keys());
        return { says: new Map(first.map((number) => [number, 1])), first };
      }),
    ];
    this.tellings.push(tellings);
    for (const number of new Set(tellings.flatMap(({ says }) => [...says.keys()])))
      this.places[number]!.push(index);
  }

  private description(term: T): Telling {
    const [first = '', ...later] = splitSentences(term.description.slice(0, MAX_CHARACTERS));
    const names = nameKeysOf(term).filter((key) => /^[가-힣]+$/.test(key));
    const told = this.numbersOf(meaningsOf(first).keys());
    const says = new Map<number, number>();
    const read = (numbers: readonly number[], weight: number) => {
      for (const number of numbers)
        if (!says.has(number) && says.size < MAX_MEANINGS) says.set(number, weight);
    };
    read(told, 1);
    read(this.numbersOf(names.map(meaningOf)), 1);
    read(this.numbersOf(names.map((name) => meaningOf(beginningOf(name)))), LATER);
    read(this.numbersOf(meaningsOf(`${later.join(' ')} ${term.example ?? ''}`).keys()), LATER);
    return { says, first: told };
  }

  /** The term of which most of what a question says is told, or null when of none enough is. */
  best(
    question: string,
    { describes, namesTerm, asksForName }: { describes: boolean; namesTerm: boolean; asksForName?: boolean },
  ): ToldTerm<T> | null {
    const asked = this.read(question, asksForName === true);
    const more =
      (namesTerm ? NAMES_TERM : 0) + (describes ? 0 : NOT_DESCRIBING) + (asksForName ? ASKS_FOR_NAME : 0);
    let best: ToldTerm<T> | null = null;
    for (const index of this.near(asked, ENOUGH.at(-1)! + more)) {
      const [description] = this.tellings[index]!;
      for (const telling of this.tellings[index]!) {
        const { share, count, ofTelling } = this.shareOf(asked, telling, description!);
        const few = asksForName && count <= FEW ? OF_FEW : 0;
        const fit = share + CONCISE * ofTelling;
        if (share < ENOUGH[Math.min(count, ENOUGH.length - 1)]! + more + few || fit <= (best?.fit ?? 0))
          continue;
        const ofParaphrase = namesTerm ? OF_PARAPHRASE_NAMED : OF_PARAPHRASE;
        const least = asksForName ? LEAST_OF_TELLING : telling === description ? 0 : ofParaphrase;
        if (ofTelling < least || (asksForName && fit < LEAST_FIT)) continue;
        const isSure = count >= SURE.count && ofTelling >= SURE.ofTelling && fit >= SURE.fit;
        best = { term: this.terms[index]!, fit, isSure };
      }
    }
    return best;
  }

  /** The indexes of terms of which so much is told in all that a question says. */
  private near({ said, weight: all }: Asked, least: number): number[] {
    const told = new Map<number, number>();
    for (const [number, weight] of said)
      for (const index of this.places[number]!) told.set(index, (told.get(index) ?? 0) + weight);
    return [...told].filter(([, weight]) => weight >= least * all).map(([index]) => index);
  }

  private read(question: string, asksForName: boolean): Asked {
    const said = new Map<number, number>();
    let all = 0;
    for (const [meaning, word] of [...meaningsOf(question)].slice(0, MAX_ASKED)) {
      const number = this.numbers.get(meaning);
      const numbers = number === undefined ? this.pieces(word) : [number];
      for (const piece of numbers) {
        const weight = said.has(piece) ? 0 : this.weightOf(piece);
        all += weight;
        if (weight > 0) said.set(piece, weight);
      }
      // A word that is said of no term tells against all of them.
      if (numbers.length === 0) all += this.weightOf(undefined) * (asksForName ? OF_UNKNOWN : 1);
    }
    return { said, weight: all };
  }

  /** What a word that is said of no term is written of without a space, 돈받고, or begins with: 예금 of 예금자들이. */
  private pieces(word: string): number[] {
    if (!/^[가-힣]{3,}$/.test(word)) return [];
    const found: number[] = [];
    let at = 0;
    let read = 0;
    while (at < Math.min(word.length, MAX_JOINED)) {
      let length = Math.min(LONGEST_PIECE, word.length - at);
      const numberAt = () => this.numbers.get(meaningOf(word.slice(at, at + length)));
      while (length > 1 && (numberAt() === undefined || EMPTY.has(word.slice(at, at + length)))) length -= 1;
      const piece = length > 1 || SYLLABLES.has(word[at]!) ? numberAt() : undefined;
      if (piece !== undefined) {
        found.push(piece);
        read += length;
      }
      at += length;
    }
    if (read >= MOST_OF_WORD * word.length) return found;
    const beginning = this.numbers.get(meaningOf(beginningOf(word)));
    return beginning === undefined ? [] : [beginning];
  }

  /** How much of a question is told, by a paraphrase together with the description, and of the telling that is said. */
  private shareOf(asked: Asked, telling: Telling, description: Telling) {
    let told = 0;
    let count = 0;
    for (const [number, weight] of asked.said) {
      const share = Math.max(
        telling.says.get(number) ?? 0,
        (description.says.get(number) ?? 0) * (telling === description ? 1 : OF_DESCRIPTION),
      );
      if (share === 0) continue;
      told += weight * share;
      count += 1;
    }
    const first = telling.first.reduce((sum, number) => sum + this.weightOf(number), 1);
    const firstSaid = telling.first.reduce((sum, number) => sum + (asked.said.get(number) ?? 0), 0);
    return { share: told / asked.weight, count, ofTelling: Math.min(1, firstSaid / first) };
  }

  private weightOf(number: number | undefined): number {
    return inverseFrequency(this.terms.length, number === undefined ? 0 : this.places[number]!.length);
  }

  private numbersOf(meanings: Iterable<string>): number[] {
    return Array.from(new Set(meanings), (meaning) => {
      let number = this.numbers.get(meaning);
      if (number === undefined) {
        number = this.places.push([]) - 1;
        this.numbers.set(meaning, number);
      }
      return number;
    });
  }
}
