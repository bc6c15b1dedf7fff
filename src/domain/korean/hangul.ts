/** Index of the final consonant in a Hangul syllable block (Unicode 3.12); 0 is none. */
export const FINAL = {
  none: 0,
  nieun: 4,
  digeut: 7,
  rieul: 8,
  mieum: 16,
  bieup: 17,
  sios: 19,
  ssangsios: 20,
  hieuh: 27,
} as const;

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;
const SYLLABLES_PER_INITIAL = 588;

/** The final consonant of the last character, or undefined when that is no Hangul syllable. */
export function finalConsonant(text: string): number | undefined {
  const code = text.charCodeAt(text.length - 1);
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE ? (code - FIRST_SYLLABLE) % FINALS : undefined;
}

/** Which of the 19 initial consonants, ㄱ first, the syllable at a place has; undefined when none is there. */
export function initialIndex(text: string, at: number): number | undefined {
  const code = text.charCodeAt(at);
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
    ? Math.floor((code - FIRST_SYLLABLE) / SYLLABLES_PER_INITIAL)
    : undefined;
}

/** The text with another final consonant on its last syllable: ("하", bieup) is "합". */
export function withFinalConsonant(text: string, final: number): string {
  const code = text.charCodeAt(text.length - 1);
  return text.slice(0, -1) + String.fromCharCode(code - ((code - FIRST_SYLLABLE) % FINALS) + final);
}

/** Whether a noun ends in a consonant as it is read: 은행, SM(엠), 2028(팔). Marks behind it are silent. */
export function endsInConsonant(noun: string): boolean {
  const read = noun.replace(/(?:\([^()]*\)|["'”’」』》])+$/, '');
  const final = finalConsonant(read);
  return final === undefined ? /[LMNR013678]$|[bcdgklmnpt]$/.test(read) : final !== FINAL.none;
}
