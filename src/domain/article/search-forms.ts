import { stemOf } from '../korean/particles';
import { fromKoreanKeys, isInitials, typedKey } from '../korean/typing';
import { searchText } from '../korean/words';
import { waysToWrite } from './search-amounts';
import { otherLettersOf, patternBegunByLetter } from './search-letters';
import { spellingsOf } from './search-spelling';

/** What an article may have in place of a word of the search. */
export interface Form {
  /** The place of the word among those of the search. */
  word: number;
  /** In the form of searchText, without spaces. */
  form: string;
  /** One of RANK or behind it: the lower, the likelier meant. */
  rank: number;
  /** Finds it in a text; without one, it is found as a word with particles or a part of words. */
  pattern?: string;
}

export const RANK = {
  typed: 0,
  /** Another spelling of the same. */
  same: 1,
  /** Another name of the same. */
  alias: 2,
  /** From here on only the first form that any article has counts, and only when none has a form of before. */
  instead: 10,
  /** From here on it is told what was taken for the word. */
  guessed: 20,
  /** Initial consonants, for which the commonest keyword of articles stands that has them. */
  initials: 40,
} as const;

const RANK_OF_SPELLING = { same: RANK.same, perhaps: RANK.instead, meant: RANK.guessed };

/** What the glossary knows of words. */
export interface WordKnowledge {
  /** All names of what has this name. */
  synonymsOf(name: string): readonly string[];
  /** What initial consonants and slips of the keyboard mean; gets a word as it was typed, with capitals. */
  meantBy(typed: string): readonly string[];
}

const LONGEST_NAME = 4;
/** Each is looked up. */
export const MAX_FORMS = 80;
const LATIN = /^[a-z]+$/;
/** No Korean as it stands: initial consonants and other lone letters, or letters of a keyboard switched to English. */
const UNCLEAR = /[\u1100-\u11ff]|^[a-z]+$/;

/** The words of a search, those of an English name in one, and what each may stand for. */
export function formsOf(
  search: string,
  words: readonly string[],
  knowledge: WordKnowledge,
): { words: string[]; forms: Form[] } {
  const typed = new Map(search.split(/\s+/).map((word) => [searchText(word).trim(), word]));
  const sought = withEnglishNames(words, knowledge);
  const forms = sought.flatMap(({ key, pattern }, word) => {
    const guesses = pattern || isLaughter(key) ? [] : guessesOf(key, typed.get(key) ?? key, knowledge);
    const isVague = sought.length > 1 && isShortInitials(key);
    const meant = isVague ? guesses.filter((guess) => isOfLength(guess, key.length)) : guesses;
    const own: Omit<Form, 'word'>[] = [...spelt(key, pattern), ...aliasesOf(key, knowledge), ...meant];
    return uniqueForms(own).map((form) => ({ ...form, word }));
  });
  const byRank = forms.toSorted((a, b) => a.rank - b.rank).slice(0, MAX_FORMS);
  return { words: sought.map(({ key }) => key), forms: byRank };
}

/** What a part of a joined word may stand for. */
export function formsOfPiece(piece: string, knowledge: WordKnowledge): Omit<Form, 'word'>[] {
  return uniqueForms([{ form: piece, rank: RANK.typed }, ...aliasesOf(piece, knowledge)]);
}

function spelt(word: string, pattern?: string): Omit<Form, 'word'>[] {
  if (pattern) return [{ form: word, rank: RANK.typed, pattern }];
  const amounts = waysToWrite(word).map(({ isAbout, ...way }) => ({
    ...way,
    rank: isAbout ? RANK.instead : RANK.same,
  }));
  if (amounts.length > 0 && /^\d/.test(word)) return amounts;
  const spellings = spellingsOf(word).map(({ form, is }) => ({ form, rank: RANK_OF_SPELLING[is] }));
  const letters = otherLettersOf(word).map((form) => ({ form, rank: RANK.same }));
  const begun = patternBegunByLetter(word);
  const asTyped = { form: word, rank: RANK.typed, ...(begun !== null && { pattern: begun }) };
  return [asTyped, ...amounts, ...spellings, ...letters];
}

function aliasesOf(word: string, { synonymsOf }: WordKnowledge): Omit<Form, 'word'>[] {
  const known = [word, stemOf(word), ...otherLettersOf(word)].map(synonymsOf);
  const names = known.find(({ length }) => length > 0) ?? [];
  return names.map((form) =>
    // A short name in Latin letters begins many words.
    LATIN.test(form)
      ? { form, rank: RANK.alias, pattern: `[^a-z]${form}(?![a-z])` }
      : { form, rank: RANK.alias },
  );
}

function guessesOf(word: string, typed: string, { meantBy }: WordKnowledge): Omit<Form, 'word'>[] {
  const asked = askedPolitely(word);
  if (asked !== null) return [{ form: asked, rank: RANK.instead }];
  const meant = UNCLEAR.test(word) ? [...meantBy(typed), fromKoreanKeys(typed)] : [];
  const guesses = meant
    .filter((form) => form !== null)
    .map((form, at) => ({ form: searchText(form).replaceAll(' ', ''), rank: RANK.guessed + at }));
  const initials = typedKey(word);
  return isInitials(initials) ? [...guesses, { form: initials, rank: RANK.initials }] : guesses;
}

/** Two initial consonants beside other words begin too many: they stand for a whole term only. */
function isShortInitials(word: string): boolean {
  return word.length <= 2 && isInitials(typedKey(word));
}

function isOfLength({ form, rank }: Omit<Form, 'word'>, length: number): boolean {
  return rank < RANK.initials && form.length === length;
}

/** ㅋㅋㅋ, ㅎㅎ, ㅇㅇ. */
function isLaughter(word: string): boolean {
  return /^([\u1100-\u1112])\1+$/.test(typedKey(word));
}

/** 금리는 of 금리는요, which somebody asks; null when nothing but 요 is behind the word: 총수요 is another one than 총수. */
function askedPolitely(word: string): string | null {
  const asked = /^[가-힣]+(?=요$)/.exec(word)?.[0] ?? '';
  return stemOf(asked) === asked ? null : asked;
}

/** base rate is one word when the glossary has it: articles have its Korean name. */
function withEnglishNames(words: readonly string[], { synonymsOf }: WordKnowledge) {
  const sought: { key: string; pattern?: string }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    let length = LONGEST_NAME;
    const nameOf = () => words.slice(at, at + length);
    while (length > 1 && !(nameOf().length === length && isEnglishName(nameOf(), synonymsOf))) length -= 1;
    const name = nameOf();
    sought.push(
      length === 1 ? { key: name[0]! } : { key: name.join(''), pattern: `[^a-z]${name.join(' ')}` },
    );
    at += length - 1;
  }
  return sought;
}

function isEnglishName(words: readonly string[], synonymsOf: WordKnowledge['synonymsOf']): boolean {
  return words.every((word) => LATIN.test(word)) && synonymsOf(words.join('')).length > 0;
}

/** Each form once, as the likeliest that it is. */
function uniqueForms<T extends Omit<Form, 'word'>>(forms: readonly T[]): T[] {
  const best = new Map<string, T>();
  for (const form of forms.filter(({ form }) => form !== '').toSorted((a, b) => a.rank - b.rank)) {
    const key = `${form.form} ${form.rank === RANK.initials}`;
    if (!best.has(key)) best.set(key, form);
  }
  return [...best.values()];
}
