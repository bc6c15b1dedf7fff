import { badUserInput } from '../../errors';
import { composed, isVisible, withoutInvisible } from '../../visible-text';
import { normalText, searchText } from '../korean/words';
import { requireStorable } from '../shared/text';
import { withJoinedAmounts } from './search-amounts';
import { withJoinedLetters } from './search-letters';

const MAX_LENGTH = 200;
const MAX_WORDS = 20;
/** Letters of a syllable that is still being typed: 금리 is on its way when 금ㄹ is there. */
const UNFINISHED = /(?<=[가-힣])[ㄱ-ㅎ]+$/;
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
  const text = searchedText(typed);
  if (text === '') throw refused('찾을 낱말이 없습니다.', 'It has no word to search for.');
  const words = [...new Set(text.split(' '))];
  if (words.length > MAX_WORDS)
    throw refused(`낱말 ${MAX_WORDS}개까지입니다.`, `At most ${MAX_WORDS} words.`);
  return words;
}

/** Joined, a name is found however it is written, and its parts only next to each other. */
function searchedText(search: string): string {
  return withJoinedAmounts(searchText(withJoinedLetters(normalText(search).replace(JOINT, ''))).trim());
}

function refused(ko: string, en: string) {
  return badUserInput('filter.search', { ko, en });
}
