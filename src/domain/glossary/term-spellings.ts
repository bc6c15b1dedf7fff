import { isNounEnding } from '../korean/particles';
import { areWithinSlips, soundOf } from '../korean/slips';
import { FLAG, wordsOf, type WordRuns } from '../korean/word-runs';
import { nameKeysOf, speltNameKeysOf, type NamedTerm } from './term-names';

type Script = 'hangul' | 'latin';

/** Shorter ones are a slip away from too many other words: 담보 and 담배, futures and features. */
const SHORTEST = { hangul: 3, latin: 8 };
/** From so many on there may be two slips. */
const LONG = { hangul: 5, latin: 15 };
const MAX_NAME = 30;
const MAX_WORDS = 30;
/** Of words that a name may be written in, or torn into. */
const MAX_JOINED = 4;

interface Name<T> {
  term: T;
  key: string;
  letters: string;
}

/** Finds terms by names that are misspelt by a letter or a syllable, spelt by ear, or spelt out: 엘티비 is LTV. */
export class TermSpellings<T extends NamedTerm> {
  private readonly sounds = new Map<string, T>();
  /** By the first character of their keys and by the last, each with the length: a slip leaves one of both as it is. */
  private readonly names = new Map<string, Name<T>[]>();

  addNames(term: T): void {
    for (const key of nameKeysOf(term)) {
      this.addSound(key, term);
      this.addLetters(key, term);
    }
  }

  /** After the names of all terms: they are the stronger ones. */
  addSpelt(term: T): void {
    for (const key of speltNameKeysOf(term)) this.addSound(key, term);
  }

  /** The term whose misspelt name is the longest in a question and has so many characters at least, of equals the first. */
  best(runs: WordRuns, least = 0): T | null {
    let best: T | null = null;
    let longest = least - 1;
    for (const { text, isTorn } of spansOf(runs)) {
      const term = text.length > longest ? this.named(text, isTorn) : null;
      if (term) [best, longest] = [term, text.length];
    }
    return best;
  }

  /** The term whose name a key is meant to be. */
  private named(key: string, isTorn: boolean): T | null {
    const script = scriptOf(key);
    if (!script) return null;
    const letters = soundOf(key);
    const same = script === 'latin' || (isTorn && key.length === 2) ? undefined : this.sounds.get(letters);
    if (same) return same;
    const shortest = SHORTEST[script] + (isTorn ? 1 : 0);
    if (key.length < shortest - 1 || key.length > MAX_NAME + 1) return null;
    for (const slips of [1, 2])
      for (const name of this.alike(key, script))
        if (name.key.length >= shortest && isWithin(slips, { key, letters }, name, script)) return name.term;
    return null;
  }

  private addSound(key: string, term: T): void {
    if (scriptOf(key) !== 'hangul' || key.length < 2) return;
    const sound = soundOf(key);
    if (!this.sounds.has(sound)) this.sounds.set(sound, term);
  }

  private addLetters(key: string, term: T): void {
    const script = scriptOf(key);
    if (!script || key.length < SHORTEST[script] || key.length > MAX_NAME) return;
    const name = { term, key, letters: soundOf(key) };
    for (const place of [placeOfFirst(key, key.length), placeOfLast(key, key.length)]) {
      const names = this.names.get(place);
      if (names) names.push(name);
      else this.names.set(place, [name]);
    }
  }

  /** Names that begin as the key does, or end so. The first letter of an English word is hardly ever wrong. */
  private *alike(key: string, script: Script): Generator<Name<T>> {
    for (const more of script === 'hangul' ? [0, 1, -1] : [0, 1, -1, 2, -2]) {
      const length = key.length + more;
      yield* this.names.get(placeOfFirst(key, length)) ?? [];
      if (script === 'hangul') yield* this.names.get(placeOfLast(key, length)) ?? [];
    }
  }
}

function scriptOf(key: string): Script | null {
  if (/^[가-힣]+$/.test(key)) return 'hangul';
  return /^[a-z]+$/.test(key) ? 'latin' : null;
}

const placeOfFirst = (key: string, length: number) => `${length}^${key[0]!}`;
const placeOfLast = (key: string, length: number) => `${length}$${key.at(-1)!}`;

function isWithin(
  slips: number,
  typed: { key: string; letters: string },
  name: { key: string; letters: string },
  script: Script,
): boolean {
  if (slips === 1) return areWithinSlips(typed.letters, name.letters, 1);
  if (name.key.length < LONG[script]) return false;
  if (script === 'latin') return areWithinSlips(typed.letters, name.letters, 2);
  return typed.key.length === name.key.length
    ? areWithinSlips(typed.letters, name.letters, 2)
    : lacksInnerSyllable(typed.key, name.key) || lacksInnerSyllable(name.key, typed.key);
}

/** 서킷브레커 for 서킷브레이커; the first and the last make another word of it: 정규직 and 비정규직. */
function lacksInnerSyllable(shorter: string, longer: string): boolean {
  if (shorter.length + 1 !== longer.length) return false;
  let at = 0;
  while (at < shorter.length && shorter[at] === longer[at]) at += 1;
  return at > 0 && at < shorter.length && shorter.slice(at) === longer.slice(at + 1);
}

/** What may be a noun in a question: a word or words next to each other, without what is behind a noun. */
function* spansOf(runs: WordRuns): Generator<{ text: string; isTorn: boolean }> {
  const words = wordsOf(runs).slice(0, MAX_WORDS);
  for (const [first, { from }] of words.entries())
    for (const [more, word] of words.slice(first, first + MAX_JOINED).entries()) {
      if (more > 0 && runs.flags[word.from]! & FLAG.stop) break;
      const text = runs.compact.slice(from, word.to);
      for (let length = text.length; length > word.from - from && length > 1; length -= 1)
        if (length <= MAX_NAME && isNounEnding(text.slice(length), length))
          yield { text: text.slice(0, length), isTorn: more > 0 };
    }
}
