import { badUserInput } from '../../errors';
import { requireStorable } from '../shared/text';

const MAX_LENGTH = 200;
const MAX_WORDS = 20;
/** Letters of a syllable that is still being typed: 금리 is on its way when 금ㄹ is there. */
const UNFINISHED = /(?<=[가-힣])[ㄱ-ㅎㅏ-ㅣ]+$/;
/** Zero-width characters come along with copied words; articles have none. */
const INVISIBLE = /\p{Cf}/gu;
const NOT_SEARCHED =
  /(?:[^\p{L}\p{N}.%&]|(?<![0-9])\.|\.(?![0-9])|(?<![0-9])%|(?<![a-z0-9])&|&(?![a-z0-9]))+/gu;

/** A text as search sees it: what the SQL function search_text makes of articles. */
export function searchText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/([0-9]),(?=[0-9]{3})/g, '$1');
  return ` ${plain.replace(NOT_SEARCHED, ' ').trim()} `;
}

/** The different words of a search, 1 to 20. Throws BAD_USER_INPUT naming `filter.search`. */
export function searchWordsOf(search: string): string[] {
  if (search.length > MAX_LENGTH)
    throw refused(`${MAX_LENGTH}자까지입니다.`, `At most ${MAX_LENGTH} characters.`);
  requireStorable('filter.search', search);
  const typed = search.replace(INVISIBLE, '').trim().normalize('NFC').replace(UNFINISHED, '');
  const text = searchText(typed).trim();
  if (text === '') throw refused('찾을 낱말이 없습니다.', 'It has no word to search for.');
  const words = [...new Set(text.split(' '))];
  if (words.length > MAX_WORDS)
    throw refused(`낱말 ${MAX_WORDS}개까지입니다.`, `At most ${MAX_WORDS} words.`);
  return words;
}

function refused(ko: string, en: string) {
  return badUserInput('filter.search', { ko, en });
}
