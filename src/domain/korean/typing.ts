import { convertHangulToQwerty, convertQwertyToHangul } from 'es-hangul';
import { composed } from '../../visible-text';
import { initialIndex } from './hangul';

/** U+1100 ㄱ to U+1112 ㅎ: what NFKC makes of initial consonants that stand alone. */
const FIRST_INITIAL = 0x1100;
const MAX_LETTERS = 200;
/** Keys that give whole syllables; of others es-hangul may throw, as of "how". */
const VOWEL_KEYS = '(?:hk|ho|hl|nj|np|nl|ml|[yuiophjklbnmOP])';
const CONSONANT_KEY = '[qwertasdfgzxcvQWERT]';
const SYLLABLES = new RegExp(
  `^${CONSONANT_KEY}${VOWEL_KEYS}(?:${CONSONANT_KEY}{1,3}${VOWEL_KEYS})*${CONSONANT_KEY}{0,2}$`,
);
/** Keys that give the same letter with the shift key. */
const UNSHIFTED = /[^QWERTOP]/g;
/** Two consonants that a keyboard joins though two initials were meant, in NFKC. */
const JOINED = new Map(
  'ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ'
    .split(' ')
    .map(([joined = '', ...apart]) => [composed(joined, 'NFKC'), composed(apart.join(''), 'NFKC')]),
);

/** A key (NFKC) with its joined consonants apart. */
export function typedKey(key: string): string {
  return key.replace(/[\u1100-\u11ff]/g, (letter) => JOINED.get(letter) ?? letter);
}

/** Whether a key of two or more initial consonants and nothing else, as ㄱㅈㄱㄹ for 기준금리. */
export function isInitials(key: string): boolean {
  return /^[\u1100-\u1112]{2,}$/.test(key);
}

/** What a key, or what was typed of one, is found under: its initial consonant, else its first character. */
export function firstLetter(key: string): string {
  const initial = initialIndex(key, 0);
  return initial === undefined ? key.charAt(0) : String.fromCharCode(FIRST_INITIAL + initial);
}

/** Whether `key` begins with what was typed, an initial consonant standing for every syllable that has it: 기ㅈ, ㄱㅈ, ㄱ. */
export function beginsAsTyped(key: string, typed: string): boolean {
  if (key.length < typed.length) return false;
  for (let at = 0; at < typed.length; at += 1)
    if (key[at] !== typed[at] && initialIndex(key, at) !== typed.charCodeAt(at) - FIRST_INITIAL) return false;
  return true;
}

/**
 * What was meant by words typed on a Korean keyboard that was switched to English: rlwnsrmafl is 기준금리. Null unless they
 * give two whole syllables or more and nothing else.
 */
export function fromEnglishKeys(text: string): string | null {
  const letters = text.trim().replace(/[?!.]+$/, '');
  if (letters.length > MAX_LETTERS || !/^[a-z]+(?:\s+[a-z]+)*$/i.test(letters)) return null;
  // With the shift key ㄱ is ㄲ; all in capitals it was the other key.
  const keys =
    letters === letters.toUpperCase()
      ? letters.toLowerCase()
      : letters.replace(UNSHIFTED, (key) => key.toLowerCase());
  const words = keys.split(/\s+/);
  if (!words.every((word) => SYLLABLES.test(word))) return null;
  const hangul = words.map(convertQwertyToHangul).join(' ');
  return /^[가-힣]+(?: [가-힣]+)*$/.test(hangul) && hangul.length > 1 ? hangul : null;
}

/**
 * What was meant by a word typed on an English keyboard that was switched to Korean: ㄷㅅㄹ is etf, ㅎ에 gdp. Null unless it
 * has a letter that belongs to no syllable, and nothing but Hangul.
 */
export function fromKoreanKeys(word: string): string | null {
  if (word.length > MAX_LETTERS || !/^[ㄱ-ㅣ가-힣]*[ㄱ-ㅣ][ㄱ-ㅣ가-힣]*$/.test(word)) return null;
  const letters = convertHangulToQwerty(word).toLowerCase();
  return letters.length > 1 ? letters : null;
}
