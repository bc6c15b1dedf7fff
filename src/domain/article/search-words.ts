import { badUserInput } from '../../errors';
import { composed, isVisible, withoutInvisible } from '../../visible-text';
import { stemOf } from '../korean/particles';
import { normalText, searchText } from '../korean/words';
import { requireStorable } from '../shared/text';

const MAX_LENGTH = 200;
const MAX_WORDS = 20;
/** Letters of a syllable that is still being typed: 금리 is on its way when 금ㄹ is there. */
const UNFINISHED = /(?<=[가-힣])[ㄱ-ㅎㅏ-ㅣ]+$/;
/** In a name, as 한·미: each of its parts is in most articles. Not in 3·1절, as a number is no part of another. */
const JOINT = /(?<=\p{Lo})·(?=\p{Lo})/gu;

/** Whether anything was typed: a box that is empty or blank asks for no search. */
export function isSearch(search: string | null | undefined): search is string {
  return search != null && isVisible(search);
}

/** Whether it has no word of more than a character: most articles have each of these. */
export function isOfSyllables(search: string): boolean {
  const words = searchedText(search.slice(0, MAX_LENGTH)).split(' ');
  return words.every((word) => word.length <= 1);
}

/** The different words of a search, 1 to 20. Throws BAD_USER_INPUT naming `filter.search`. */
export function searchWordsOf(search: string): string[] {
  if (search.length > MAX_LENGTH)
    throw refused(`${MAX_LENGTH}자까지입니다.`, `At most ${MAX_LENGTH} characters.`);
  requireStorable('filter.search', search);
  const typed = composed(withoutInvisible(search).trim()).replace(UNFINISHED, '');
  const text = searchedText(typed).trim();
  if (text === '') throw refused('찾을 낱말이 없습니다.', 'It has no word to search for.');
  const words = [...new Set(text.split(' '))];
  if (words.length > MAX_WORDS)
    throw refused(`낱말 ${MAX_WORDS}개까지입니다.`, `At most ${MAX_WORDS} words.`);
  return words;
}

/** Joined, a name is found however it is written, and its parts only next to each other. */
function searchedText(search: string): string {
  return searchText(normalText(search).replace(JOINT, ''));
}

/** What else a word can mean; as searchWordsOf gives it. */
export interface Meant {
  word: string;
  /** In its place when no article has it, and no article has what is meant before. */
  form: string;
}

/** Whether a word is no Korean as it stands: initial consonants, or letters of a keyboard switched to English. */
const UNCLEAR = /^(?:[\u1100-\u11ff]+|[a-z]+)$/;

/** 금리는 of 금리는요, which somebody asks; null when nothing but 요 is behind the word: 총수요 is another one than 총수. */
function askedPolitely(word: string): string | null {
  const asked = /^[가-힣]+(?=요$)/.exec(word)?.[0] ?? '';
  return stemOf(asked) === asked ? null : asked;
}

/** What the unclear words of a search can mean, by `meantBy`, which gets them as they were typed: with capitals. */
export function meantOf(
  search: string,
  words: readonly string[],
  meantBy: (word: string) => string[],
): Meant[] {
  const typed = new Map((search.match(/[a-z]+/gi) ?? []).map((word) => [word.toLowerCase(), word]));
  return words.flatMap((word) => {
    const asked = askedPolitely(word);
    if (asked !== null) return [{ word, form: asked }];
    if (!UNCLEAR.test(word)) return [];
    return meantBy(typed.get(word) ?? word).map((form) => ({ word, form: searchText(form).trim() }));
  });
}

/** Whether `meantOf` could say anything. */
export function isUnclear(words: readonly string[]): boolean {
  return words.some((word) => UNCLEAR.test(word) || askedPolitely(word) !== null);
}

function refused(ko: string, en: string) {
  return badUserInput('filter.search', { ko, en });
}
