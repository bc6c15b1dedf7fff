import {
  FINAL,
  finalConsonant,
  initialIndex,
  syllableAt,
  withFinalConsonant,
  withLastSyllable,
} from '../korean/hangul';
import { stemOf } from '../korean/particles';

/** Before these initial consonants a 사이시옷 may stand: not before ㄹ, ㅊ, ㅋ, ㅌ, ㅍ and ㅎ. */
const SIOS_BEFORE = new Set([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
/** Written without ㄹ behind a vowel and ㄴ, and with it behind other consonants: 환율, 실업률. */
const RATES: readonly [string, string][] = [['율', '률'], ['열', '렬']]; // prettier-ignore
/** ㅈ and ㅊ before ㅑ, ㅕ, ㅛ, ㅠ sound as before ㅏ, ㅓ, ㅗ, ㅜ, as which foreign words are written: 벤처, not 벤쳐. */
const AFTER_J = [12, 14];
const Y_VOWELS: Readonly<Record<number, number>> = { 2: 0, 3: 1, 6: 4, 7: 5, 12: 8, 17: 13 };
/** What is paid for a thing has several names: 배달료, 배달비, 배달요금. People call 전기요금 전기세. */
const FEE = /^(.{2,})(요금|료|비|세)$/;
const FEES = ['요금', '료', '비'];
const SHORT = 2;

export interface Spelling {
  form: string;
  /** Whether it is the same word; perhaps it is another one; or it is what a wrong spelling meant. */
  is: 'same' | 'perhaps' | 'meant';
}

/**
 * How else a word may be spelt, by rules that hold for every word: 배추값 and 배춧값, 실업율 and 실업률, 벤쳐 for 벤처. Of two syllables
 * such a spelling is often another word, as 기발 and 깃발 are.
 */
export function spellingsOf(word: string): Spelling[] {
  const spellings: Spelling[] = [];
  const isShort = word.length <= SHORT;
  for (let at = 0; at < word.length; at += 1) {
    const before = word.slice(0, at + 1);
    const rest = word.slice(at + 1);
    const rate = at > 0 ? otherRate(word[at]!, finalConsonant(word.slice(0, at))) : null;
    if (rate && (!isShort || rate.isRight))
      spellings.push({ form: word.slice(0, at) + rate.syllable + rest, is: isShort ? 'meant' : 'same' });
    const initial = initialIndex(rest, 0);
    const final = finalConsonant(before);
    if (initial === undefined || !SIOS_BEFORE.has(initial)) continue;
    if (final === FINAL.none)
      spellings.push({
        form: withFinalConsonant(before, FINAL.sios) + rest,
        is: isShort ? 'perhaps' : 'same',
      });
    if (final === FINAL.sios && !isShort)
      spellings.push({ form: withFinalConsonant(before, FINAL.none) + rest, is: 'same' });
  }
  spellings.push(...otherFeesOf(word).map((form) => ({ form, is: 'perhaps' as const })));
  const foreign = Array.from(word, withoutYAfterJ).join('');
  if (foreign !== word) spellings.push({ form: foreign, is: isShort ? 'meant' : 'same' });
  return spellings;
}

function otherFeesOf(word: string): string[] {
  const [, paid, fee] = FEE.exec(stemOf(word)) ?? [];
  return FEES.filter(
    (other) => fee !== undefined && other !== fee && !(fee === '세' && other !== '요금'),
  ).map((other) => paid + other);
}

function otherRate(syllable: string, finalBefore: number | undefined) {
  const pair = RATES.find((one) => one.includes(syllable));
  if (!pair || finalBefore === undefined) return null;
  const right = pair[finalBefore === FINAL.none || finalBefore === FINAL.nieun ? 0 : 1];
  const other = pair[pair.indexOf(syllable) === 0 ? 1 : 0];
  return { syllable: other, isRight: other === right };
}

function withoutYAfterJ(syllable: string): string {
  const letters = syllableAt(syllable, 0);
  const vowel = letters && AFTER_J.includes(letters.initial) ? Y_VOWELS[letters.vowel] : undefined;
  return vowel === undefined ? syllable : withLastSyllable(syllable, { vowel });
}
