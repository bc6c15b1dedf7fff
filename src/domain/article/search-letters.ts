import { lettersCalled, lettersSpelt, namesOfLetter, speltOut } from '../korean/letter-names';

/** 에이치, the longest name of a letter, twice and more. */
const LONGEST_BEGINNING = 12;
/** Abbreviations are not longer; other words are not spelt out. */
const MAX_LETTERS = 5;
const MAX_SPELLINGS = 4;
/** English words that are written behind a letter: K-pop, e-book. */
const BEHIND_LETTER: readonly [string, string][] = [
  ['pop', '팝'], ['food', '푸드'], ['beauty', '뷰티'], ['drama', '드라마'], ['culture', '컬처'], ['contents', '콘텐츠'],
  ['sports', '스포츠'], ['commerce', '커머스'], ['book', '북'], ['learning', '러닝'], ['webtoon', '웹툰'],
]; // prettier-ignore
const LATER_PARTS = BEHIND_LETTER.map(([word]) => word).join('|');
const BEGUN_BY_LETTER = new RegExp(`^([a-z])(${LATER_PARTS})$`);
const HYPHEN = new RegExp(`(?<=(?<![a-z0-9])[a-z])[-‐‑–](?=(?:${LATER_PARTS})(?![a-z]))`, 'g');

/** A text in lower case with its K-pop as kpop. */
export function withJoinedLetters(text: string): string {
  return text.replace(HYPHEN, '');
}

/** What finds kpop and K-pop in a text in the form of searchText; null for other words. */
export function patternBegunByLetter(word: string): string | null {
  const [, letter, rest] = BEGUN_BY_LETTER.exec(word) ?? [];
  return letter === undefined ? null : `[^a-z]${letter} ?${rest}`;
}

/** Words that are the same but for Latin letters being spelt out: 케이팝 and K팝, e스포츠 and 이스포츠, 엘티브이 and LTV. */
export function otherLettersOf(word: string): string[] {
  const [, letter, english] = BEGUN_BY_LETTER.exec(word) ?? [];
  if (letter !== undefined) {
    const [, hangul] = BEHIND_LETTER.find(([one]) => one === english)!;
    return [letter, ...namesOfLetter(letter)].map((called) => called + hangul);
  }
  const [, letters, rest] = /^([a-z]+)([가-힣]*)$/.exec(word) ?? [];
  if (letters === undefined) return /^[가-힣]+$/.test(word) ? inLetters(word) : [];
  if (letters.length > MAX_LETTERS) return [];
  const spelt = letters.length === 1 ? namesOfLetter(letters) : speltOut(letters);
  return spelt.slice(0, MAX_SPELLINGS).map((name) => name + rest!);
}

function inLetters(word: string): string[] {
  const found: string[] = [];
  for (let end = 1; end <= Math.min(word.length, LONGEST_BEGINNING); end += 1) {
    const beginning = word.slice(0, end);
    const rest = word.slice(end);
    // 이 alone is no e.
    if (rest !== '') found.push(...lettersCalled(beginning).map((letter) => letter + rest));
    found.push(
      ...lettersSpelt(beginning)
        .slice(0, MAX_SPELLINGS)
        .map((letters) => letters + rest),
    );
  }
  return found.slice(-2 * MAX_SPELLINGS);
}
