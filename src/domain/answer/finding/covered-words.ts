import { lettersOf, areWithinSlips } from '../../korean/slips';
import { meaningOf } from '../../korean/same-meaning';
import { searchText } from '../../korean/words';
import type { QuestionWord } from './question-words';

/** How much of a word a text has that says it in other words, or in another spelling. */
const SAID_OTHERWISE = 0.9;
const WITHOUT_ENDING = 0.95;
const MISSPELT = 0.8;
const SHORTEST_MISSPELT = 3;
/** A word that is joined of others, or a question without spaces. */
const SHORTEST_JOINED = 4;
const SHORTEST_PIECE = 2;
const LEAST_OF_JOINED = 0.6;
const MAX_READ = 12_000;

/** A text in the forms in which words are looked for. */
export class ReadText {
  private readonly words: string[];
  private readonly normal: string;
  readonly compact: string;
  private meanings: Set<string> | null = null;
  private letters: string[] | null = null;

  constructor(text: string) {
    this.normal = searchText(text.slice(0, MAX_READ));
    this.words = [...new Set(this.normal.trim().split(' '))];
    this.compact = this.normal.replaceAll(' ', '');
  }

  /** How much of a word it has, 0 to 1; `names` are others of the same. */
  has(word: QuestionWord, names: readonly string[]): number {
    if (this.holds(word.stem)) return 1;
    if (word.nouns.some((noun) => this.holds(noun))) return WITHOUT_ENDING;
    if (names.some((name) => this.holds(name))) return SAID_OTHERWISE;
    if (word.meaning !== '' && this.hasMeaning(word.meaning)) return SAID_OTHERWISE;
    const joined = this.shareOf(word.stem);
    if (joined >= LEAST_OF_JOINED) return joined * SAID_OTHERWISE;
    return this.hasMisspelt(word) ? MISSPELT : 0;
  }

  private holds(stem: string): boolean {
    if (stem.length > 3) return this.compact.includes(stem);
    if (/^[a-z]/.test(stem)) return new RegExp(`(?<![a-z])${stem}(?![a-z])`).test(this.normal);
    if (/^\d/.test(stem))
      return new RegExp(`(?<![\\d.])${stem.replace('.', '[.]')}(?!\\d)`).test(this.normal);
    if (stem.length === 1) return this.words.some((word) => word.startsWith(stem) && word.length <= 2);
    return this.normal.includes(stem);
  }

  private hasMeaning(meaning: string): boolean {
    this.meanings ??= new Set(this.words.map(meaningOf));
    return this.meanings.has(meaning);
  }

  /** The share of a joined word that consists of pieces which the text has. */
  private shareOf(word: string): number {
    if (word.length < SHORTEST_JOINED || !/^[가-힣]+$/.test(word)) return 0;
    let found = 0;
    for (let at = 0; at < word.length;) {
      let length = word.length - at;
      while (length >= SHORTEST_PIECE && !this.normal.includes(word.slice(at, at + length))) length -= 1;
      if (length >= SHORTEST_PIECE) found += length;
      at += Math.max(1, length);
    }
    return found / word.length;
  }

  private hasMisspelt({ stem, isPredicate }: QuestionWord): boolean {
    if (stem.length < SHORTEST_MISSPELT || isPredicate || !/^[가-힣]+$/.test(stem)) return false;
    const letters = lettersOf(stem);
    this.letters ??= this.words.map((word) => word.slice(0, 8));
    return this.letters.some(
      (word) =>
        word.length >= stem.length && areWithinSlips(lettersOf(word.slice(0, stem.length)), letters, 1),
    );
  }
}
