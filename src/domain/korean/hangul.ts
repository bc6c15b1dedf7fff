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

/** The letters of a syllable block by their indexes; the first final consonant is none. */
export const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
export const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
export const FINALS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** Indexes of the letters of a Hangul syllable block. */
export interface Syllable {
  initial: number;
  vowel: number;
  final: number;
}

/** The syllable at a place; undefined when none is there. */
export function syllableAt(text: string, at: number): Syllable | undefined {
  const code = text.charCodeAt(at);
  if (!(code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE)) return undefined;
  const index = code - FIRST_SYLLABLE;
  const vowel = Math.floor(index / FINALS.length);
  return {
    initial: Math.floor(vowel / VOWELS.length),
    vowel: vowel % VOWELS.length,
    final: index % FINALS.length,
  };
}

/** The other way round. */
export function syllableOf({ initial, vowel, final }: Syllable): string {
  return String.fromCharCode(FIRST_SYLLABLE + (initial * VOWELS.length + vowel) * FINALS.length + final);
}

/** The final consonant of the last character, or undefined when that is no Hangul syllable. */
export function finalConsonant(text: string): number | undefined {
  return syllableAt(text, text.length - 1)?.final;
}

/** Which of the 19 initial consonants, ㄱ first, the syllable at a place has; undefined when none is there. */
export function initialIndex(text: string, at: number): number | undefined {
  return syllableAt(text, at)?.initial;
}

/** The text with other letters in its last syllable, if it ends in one: ("하", { vowel: 8 }) is "호". */
export function withLastSyllable(text: string, other: Partial<Syllable>): string {
  const last = syllableAt(text, text.length - 1);
  return last ? text.slice(0, -1) + syllableOf({ ...last, ...other }) : text;
}

/** The text with another final consonant on its last syllable: ("하", bieup) is "합". */
export function withFinalConsonant(text: string, final: number): string {
  return withLastSyllable(text, { final });
}

/** Letters that stand alone are read by their names, small ones too: b(비), l(엘). Behind a digit they are units: 20g(그램). */
const LONE_LETTER = /(?<![a-z\d]|\d )[a-z]$/i;

/** Whether a noun ends in a consonant as it is read: 은행, SM(엠), 2028(팔). Marks behind it are silent. */
export function endsInConsonant(noun: string): boolean {
  const read = noun.replace(/(?:\([^()]*\)|["'”’」』》])+$/, '');
  const final = finalConsonant(read);
  if (final !== undefined) return final !== FINAL.none;
  return LONE_LETTER.test(read) ? /[lmnr]$/i.test(read) : /[LMNR013678]$|[bcdgklmnpt]$/.test(read);
}
