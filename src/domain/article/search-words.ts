import { badUserInput } from '../../errors';
import { composed, isVisible, withoutInvisible } from '../../visible-text';
import { searchText } from '../korean/words';
import { requireStorable } from '../shared/text';

const MAX_LENGTH = 200;
const MAX_WORDS = 20;
/** Letters of a syllable that is still being typed: 금리 is on its way when 금ㄹ is there. */
const UNFINISHED = /(?<=[가-힣])[ㄱ-ㅎㅏ-ㅣ]+$/;

/** Whether anything was typed: a box that is empty or blank asks for no search. */
export function isSearch(search: string | null | undefined): search is string {
  return search != null && isVisible(search);
}

/** Whether it has no word of more than a character: most articles have each of these. */
export function isOfSyllables(search: string): boolean {
  const words = searchText(search.slice(0, MAX_LENGTH)).split(' ');
  return words.every((word) => word.length <= 1);
}

/** The different words of a search, 1 to 20. Throws BAD_USER_INPUT naming `filter.search`. */
export function searchWordsOf(search: string): string[] {
  if (search.length > MAX_LENGTH)
    throw refused(`${MAX_LENGTH}자까지입니다.`, `At most ${MAX_LENGTH} characters.`);
  requireStorable('filter.search', search);
  const typed = composed(withoutInvisible(search).trim()).replace(UNFINISHED, '');
  const text = searchText(typed).trim();
  if (text === '') throw refused('찾을 낱말이 없습니다.', 'It has no word to search for.');
  const words = [...new Set(text.split(' '))];
  if (words.length > MAX_WORDS)
    throw refused(`낱말 ${MAX_WORDS}개까지입니다.`, `At most ${MAX_WORDS} words.`);
  return words;
}

/** What else a word can mean; as searchWordsOf gives it. */
export interface Meant {
  word: string;
  /** In its place when no article has it, and no article has what is meant before. */
  form: string;
}

/** Whether a word is no Korean as it stands: initial consonants, or letters of a keyboard switched to English. */
const UNCLEAR = /^(?:[\u1100-\u11ff]+|[a-z]+)$/;

/** What the unclear words of a search can mean, by `meantBy`, which gets them as they were typed: with capitals. */
export function meantOf(
  search: string,
  words: readonly string[],
  meantBy: (word: string) => string[],
): Meant[] {
  const typed = new Map((search.match(/[a-z]+/gi) ?? []).map((word) => [word.toLowerCase(), word]));
  return words.flatMap((word) =>
    UNCLEAR.test(word)
      ? meantBy(typed.get(word) ?? word).map((form) => ({ word, form: searchText(form).trim() }))
      : [],
  );
}

/** Whether `meantOf` could say anything. */
export function isUnclear(words: readonly string[]): boolean {
  return words.some((word) => UNCLEAR.test(word));
}

function refused(ko: string, en: string) {
  return badUserInput('filter.search', { ko, en });
}
