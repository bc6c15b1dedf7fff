import { FINALS, INITIALS, syllableAt, syllableOf, VOWELS } from '../korean/hangul';

/** Letters that are taken for one another by ear, or by a finger on the key beside. */
const INITIALS_ALIKE =
  'ㄱㄲㅋ ㄷㄸㅌ ㅂㅃㅍ ㅅㅆ ㅈㅉㅊ ㄴㄹㅇ ㅂㅈ ㅈㄷ ㄷㄱ ㄱㅅ ㅁㄴ ㄹㅎ ㅎㅇ ㅋㅌ ㅌㅊ ㅊㅍ'.split(' ');
const VOWELS_ALIKE =
  'ㅐㅔ ㅒㅖㅔ ㅙㅚㅞ ㅏㅑ ㅓㅕ ㅗㅛ ㅜㅠ ㅜㅡ ㅡㅓ ㅢㅣㅡ ㅓㅗ ㅣㅏ ㅗㅓㅏㅣ ㅟㅣ ㅘㅏ ㅝㅓ ㅐㅏ ㅔㅓ ㅖㅕ'.split(
    ' ',
  );
const FINALS_ALIKE = 'ㄴㅇㅁ ㄱㄲㅋ ㅂㅍㅄ ㅅㅆㅈㅊㄷㅌ ㄹㄺㄼ ㄴㄹ ㄱㅂ ㅅㄱ ㄶㄴ ㅀㄹ'.split(' ');
/** A final consonant that was left out, or was one too many. */
const FINALS_MISSED = ' ㄱㄴㄹㅁㅂㅅㅇㅆ';
const MAX_LENGTH = 8;
/** Vowels that sound the same, in words that may have several of them: 스테그플래이션. */
const SAME_SOUND = ['ㅐㅔ', 'ㅒㅖ', 'ㅙㅚㅞ'];
const MAX_SOUND_ALIKE = 32;
const SHORTEST_LATIN = 4;
/** So many of a word are looked for, the likeliest first. */
const MAX_LOOKED_FOR = 200;
const LATIN = 'abcdefghijklmnopqrstuvwxyz';

/** A word that a slip may have turned into the one that was typed. */
export interface Neighbour {
  form: string;
  /** Whether such slips are common. */
  isLikely: boolean;
}

/** The words one slip away from one of two to eight letters, the likelier first: 반도체 of 반도채, nvidia of nvidai. */
export function neighboursOf(word: string): Neighbour[] {
  if (word.length < 2 || word.length > MAX_LENGTH) return [];
  const isLatin = /^[a-z]+$/.test(word);
  if (isLatin ? word.length < SHORTEST_LATIN : !/^[가-힣]+$/.test(word)) return [];
  const found = new Map<string, boolean>();
  const add = (form: string, isLikely: boolean) =>
    form === word || found.set(form, isLikely || (found.get(form) ?? false));
  for (const form of soundingAlike(word)) add(form, true);
  for (let at = 0; at < word.length; at += 1) {
    const before = word.slice(0, at);
    const behind = word.slice(at + 1);
    if (word.length > 2) {
      add(before + behind, isLatin || word.length > 3 || word[at] === word[at - 1]);
      if (at > 0) add(word.slice(0, at - 1) + word[at]! + word[at - 1]! + behind, true);
    }
    for (const { form, isLikely } of isLatin ? latinNear(word[at]!) : syllablesNear(word[at]!))
      add(before + form + behind, isLikely);
  }
  const all = [...found].map(([form, isLikely]) => ({ form, isLikely }));
  const likely = all.filter(({ isLikely }) => isLikely);
  // Of two syllables everything is near to something else.
  if (word.length === 2) return likely;
  return [...likely, ...all.filter(({ isLikely }) => !isLikely)].slice(0, MAX_LOOKED_FOR);
}

/** Another letter, or one more. */
function latinNear(letter: string): Neighbour[] {
  return Array.from(LATIN, (other) => [
    { form: other, isLikely: false },
    { form: letter + other, isLikely: other === letter },
  ]).flat();
}

/** The word with every vowel that sounds like another as either of them. */
function soundingAlike(word: string): string[] {
  let forms = [''];
  for (const letter of word) {
    const parts = syllableAt(letter, 0);
    const alike = parts && SAME_SOUND.find((group) => group.includes(VOWELS[parts.vowel]!));
    const ways = alike
      ? Array.from(alike, (vowel) => syllableOf({ ...parts, vowel: VOWELS.indexOf(vowel) }))
      : [letter];
    forms = forms.flatMap((before) => ways.map((way) => before + way)).slice(0, MAX_SOUND_ALIKE);
  }
  return forms;
}

function syllablesNear(syllable: string): Neighbour[] {
  const parts = syllableAt(syllable, 0);
  if (!parts) return [];
  const { initial, vowel, final } = parts;
  return [
    ...Array.from(INITIALS, (_, other) => ({
      form: syllableOf({ ...parts, initial: other }),
      isLikely: areAlike(INITIALS_ALIKE, INITIALS, initial, other),
    })),
    ...Array.from(VOWELS, (_, other) => ({
      form: syllableOf({ ...parts, vowel: other }),
      isLikely: areAlike(VOWELS_ALIKE, VOWELS, vowel, other),
    })),
    ...Array.from(FINALS, (_, other) => ({
      form: syllableOf({ ...parts, final: other }),
      isLikely: areAlike(FINALS_ALIKE, FINALS, final, other) || isMissed(final, other),
    })),
  ];
}

function isMissed(final: number, other: number): boolean {
  return (final === 0 || other === 0) && [final, other].every((one) => FINALS_MISSED.includes(FINALS[one]!));
}

function areAlike(groups: readonly string[], letters: string, one: number, other: number): boolean {
  return groups.some((group) => group.includes(letters[one]!) && group.includes(letters[other]!));
}
