/** Slips of fingers and ears, for whoever finds words by what was typed: the glossary and the search of articles. */
import { distance } from 'fastest-levenshtein';
import { INITIALS, syllableAt } from './hangul';

/** In the order of a syllable block, each as it is typed: ㅘ is ㅗ and ㅏ, ㄳ is ㄱ and ㅅ. */
const TYPED_VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(
  ' ',
);
const TYPED_FINALS =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );
/** Spellings that sound alike, in letters as they are typed. */
const SAME_SOUND: readonly [RegExp, string][] = [
  [/[ㅐㅒㅖ]/g, 'ㅔ'],
  [/ㅗ[ㅔㅣ]/g, 'ㅜㅔ'],
  [/(?<=[ㅈㅊ])ㅑ/g, 'ㅏ'],
  [/(?<=[ㅈㅊ])ㅕ/g, 'ㅓ'],
  [/(?<=[ㅈㅊ])ㅛ/g, 'ㅗ'],
  [/(?<=[ㅈㅊ])ㅠ/g, 'ㅜ'],
];
const LAX: Readonly<Record<string, string>> = { ㄲ: 'ㄱ', ㄸ: 'ㄷ', ㅃ: 'ㅂ', ㅆ: 'ㅅ', ㅉ: 'ㅈ' };

/** The letters of a text one by one, as they are typed: 환율 is ㅎㅗㅏㄴㅇㅠㄹ. What is no Hangul syllable stays. */
export function lettersOf(text: string): string {
  let letters = '';
  for (let at = 0; at < text.length; at += 1) {
    const syllable = syllableAt(text, at);
    letters += syllable
      ? INITIALS[syllable.initial]! + TYPED_VOWELS[syllable.vowel]! + TYPED_FINALS[syllable.final]!
      : text[at]!;
  }
  return letters;
}

/** A key that words have in common which are told apart by spelling more than by ear: 환률 and 환율, 대출 and 데출. */
export function soundOf(word: string): string {
  let sound = lettersOf(word.replaceAll('률', '율').replaceAll('렬', '열'));
  sound = sound.replace(/[ㄲㄸㅃㅆㅉ]/g, (letter) => LAX[letter]!);
  for (const [spelling, same] of SAME_SOUND) sound = sound.replace(spelling, same);
  return sound;
}

/**
 * Whether so many slips of the fingers tell two words apart at most, given their letters: one letter that is another,
 * missing or too many, or two that changed places.
 */
export function areWithinSlips(letters: string, others: string, slips: number): boolean {
  if (Math.abs(letters.length - others.length) > slips) return false;
  return distance(letters, others) <= slips || (slips > 0 && areSwapped(letters, others));
}

function areSwapped(letters: string, others: string): boolean {
  if (letters.length !== others.length) return false;
  let at = 0;
  while (at < letters.length && letters[at] === others[at]) at += 1;
  return (
    letters[at] === others[at + 1] &&
    letters[at + 1] === others[at] &&
    letters.slice(at + 2) === others.slice(at + 2)
  );
}
