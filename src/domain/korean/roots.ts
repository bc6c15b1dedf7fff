import { stemOf } from './particles';
import { lettersOf } from './slips';

/** In letters, as `lettersOf` gives them: what is behind the stem of a verb or adjective, or behind a noun of one syllable. */
const ENDINGS = [
  'ㄴㅡㄴㄷㅔ', 'ㅇㅡㄴㄷㅔ', 'ㄴㄷㅔ', 'ㄹㅕㄱㅗ', 'ㄹㅕㄴㅡㄴ', 'ㅇㅡㄹㅓ', 'ㄷㅗㄹㅗㄱ', 'ㅁㅕㄴㅅㅓ', 'ㄹㄲㅏ', 'ㅇㅡㅁㅕㄴ', 'ㅁㅕㄴ', 'ㅈㅣㅁㅏㄴ', 'ㄱㅓㄴㅏ', 'ㄴㅏㅇㅛ', 'ㄷㅏㄱㅏ', 'ㄴㅣㄲㅏ', 'ㅈㅏㅁㅏㅈㅏ',
  'ㅇㅣㅇㅔㅇㅛ', 'ㅇㅖㅇㅛ', 'ㅇㅑ', '(?<=ㅎㅏ)(?:ㅈㅣ|ㄱㅣ)', 'ㅊㅓㄹㅓㅁ', 'ㄲㅏㅈㅣ', 'ㅂㅜㅌㅓ', 'ㅂㅗㄷㅏ', 'ㅇㅔㄱㅔ', 'ㅁㅏㄴ', 'ㅇㅡㄹㅗ', 'ㅇㅔㅅㅓ', 'ㄴㅡㄴ', 'ㄷㅓㄴ', 'ㄹㅡㄹ', 'ㅇㅡㅣ', 'ㄱㅗ', 'ㄱㅔ', 'ㄷㅏ', 'ㅇㅛ', 'ㅁㅕ',
  '(?<=[ㅏ-ㅣ])(?:ㅅㅓ|ㅆ)', '(?<=[ㄱ-ㅎ])(?:ㅇㅏ|ㅇㅓ|ㅇㅔ|ㅇㅡㄴ|ㅇㅡㄹ|ㅇㅡㅁ)', '(?<=ㅂㅗㅌㅐ|ㄷㅗㅣ)ㅇㅓ', '(?<=[ㅍㅊㅌㅎㄷㅅ])(?:ㅈㅣ|ㄱㅣ)',
].join('|'); // prettier-ignore
const ENDING = new RegExp(`(?<=[ㄱ-ㅎ][ㅏ-ㅣ].*)(?:${ENDINGS})$`);
const MAX_ENDINGS = 4;
/** What makes a noun or another verb of a stem: 내린, 내릴, 내림; 팔 and 파는. */
const FINAL = /(?<=[ㄱ-ㅎ][ㅏ-ㅣ]+.*[ㅏ-ㅣ]|^[ㄱ-ㅎ][ㅏ-ㅣ]{1,2})[ㄴㄹㅁㅂ]$/;
/** 투자하다, 손해이다, 나눠주다. */
const AUXILIARY = /(?<=[ㅏ-ㅣ][^]*[ㅏ-ㅣ][^]*)(?:ㅎ[ㅏㅐ]|ㅇ[ㅣㅕ]|ㄷㅗㅣ)$|(?<=[ㅏㅓㅕㅐ])ㅈㅜ$/;
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
  const stem = /^.이$/.test(word)
    ? word.slice(0, 1)
    : stemOf(word).replace(/(?<=..)(?:들끼리|끼리|들|(?<!거)나)$|(?<=^.)이나$/, '');
  let root = lettersOf(stem);
  for (let count = 0; count < MAX_ENDINGS; count += 1) {
    const shorter = root.replace(ENDING, '');
    if (shorter === root) break;
    root = shorter;
  }
  root = root.replace(FINAL, '');
  if (AUXILIARY.test(root)) root = root.replace(AUXILIARY, '').replace(FINAL, '');
  for (const [contracted, whole] of CONTRACTED) {
    const longer = root.replace(contracted, whole);
    if (longer !== root && longer !== '') return longer;
  }
  return root;
}
