import { stemOf } from './particles';
import { lettersOf } from './slips';

/** In letters, as `lettersOf` gives them: what is behind the stem of a verb or adjective, or behind a noun of one syllable. */
const ENDINGS = [
  'ㄴㅡㄴㄷㅔ', 'ㅇㅡㄴㄷㅔ', 'ㄴㄷㅔ', 'ㄹㅕㄱㅗ', 'ㄹㅕㄴㅡㄴ', 'ㄷㅗㄹㅗㄱ', 'ㅁㅕㄴㅅㅓ', 'ㄹㄲㅏ', 'ㅇㅡㅁㅕㄴ', 'ㅁㅕㄴ', 'ㅈㅣㅁㅏㄴ', 'ㄱㅓㄴㅏ', 'ㄴㅏㅇㅛ', 'ㄷㅏㄱㅏ', 'ㄴㅣㄲㅏ', 'ㅈㅏㅁㅏㅈㅏ',
  'ㅇㅣㅇㅔㅇㅛ', 'ㅇㅖㅇㅛ', 'ㅇㅑ', '(?<=[ㅏ-ㅣ].*[ㅏ-ㅣ].*)ㅇ[ㅣㅕ]', '(?<=ㅎㅏ)ㅈㅣ', 'ㄲㅏㅈㅣ', 'ㅂㅜㅌㅓ', 'ㅂㅗㄷㅏ', 'ㅇㅔㄱㅔ', 'ㅁㅏㄴ', 'ㅇㅡㄹㅗ', '(?<=[ㅏ-ㅣ].*[ㅏ-ㅣ].*)ㅎ[ㅏㅐ]', 'ㅇㅔㅅㅓ', 'ㄴㅡㄴ', 'ㅇㅡㄴ', 'ㄷㅓㄴ', 'ㅇㅡㄹ', 'ㄹㅡㄹ', 'ㅇㅡㅁ', 'ㅇㅡㅣ', 'ㄱㅗ', 'ㄱㅔ', 'ㄷㅏ', 'ㅇㅛ', 'ㅁㅕ', '(?<=[ㅏ-ㅣ])ㅅㅓ', '(?<=.{3}[ㅏ-ㅣ])ㄴㅏ', 'ㅇㅓ', '(?<=[ㄱ-ㅎ])(?:ㅇ[ㅏㅔ]|ㅈㅣ)',
  '(?<=[ㅍㅊㄷㅌㅈㅎ])ㄱㅣ', '(?<=[ㅏ-ㅣ])[ㄴㄹㅁㅂㅆ]',
].join('|'); // prettier-ignore
const ENDING = new RegExp(`(?<=[ㄱ-ㅎ][ㅏ-ㅣ].*)(?:${ENDINGS})$`);
const MAX_ENDINGS = 4;
/** A stem's last vowel as 아 or 어 made it, and as it was: 빌려, 나눠, 올라, 해. */
const CONTRACTED: readonly [RegExp, string][] = [
  [/ㄹㄹ[ㅏㅓ]$/, 'ㄹㅡ'],
  [/ㅎㅐ$/, 'ㅎㅏ'],
  [/ㅆㅓ$/, 'ㅆㅡ'],
  [/ㅜㅓ$/, 'ㅜ'],
  [/ㅗㅏ$/, 'ㅗ'],
  [/ㅗㅐ$/, 'ㅗㅣ'],
  [/ㅕ$/, 'ㅣ'],
  [/ㅇㅡ$/, ''],
];
const MAX_LENGTH = 20;

/**
 * What the forms of a word have in common, in letters: 내리는, 내려서 and 내렸다; 값이 and 값. Only to be compared with other
 * roots: of nouns that end as verbs do it is less than the word.
 */
export function rootOf(word: string): string {
  if (word.length > MAX_LENGTH || !/^[가-힣]+$/.test(word)) return word;
  const stem = /^.이$/.test(word) ? word.slice(0, 1) : stemOf(word).replace(/(?<=..)들$/, '');
  let root = lettersOf(stem);
  for (let count = 0; count < MAX_ENDINGS; count += 1) {
    const shorter = root.replace(ENDING, '');
    if (shorter === root) break;
    root = shorter;
  }
  for (const [contracted, whole] of CONTRACTED) {
    const longer = root.replace(contracted, whole);
    if (longer !== root && longer !== '') return longer;
  }
  return root;
}
