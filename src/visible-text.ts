/** Unicode draws nothing for it (U+200B, U+3164, U+FE0F …), or only a blank (Braille's, a note's). */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** What emoji and some scripts are joined with: invisible, but not in vain. */
const JOINER = /[\u200c-\u200d]|[\ufe00-\ufe0f]|[\u{e0020}-\u{e007f}]/u.source;
const WIDE_BLANK = /[\u115f\u1160\u3164\uffa0\u2800]/gu;
const NO_WIDTH = new RegExp(
  `(?!${JOINER}|\\p{Bidi_Control})\\p{Default_Ignorable_Code_Point}|(?<=[\\p{Script=Hangul}\\p{Script=Latin}])(?:${JOINER})+`,
  'gu',
);
/** Moves what stands around it, or is no character at all. */
const CONTROL = /[^\P{Cc}\s]|[\p{Cs}\p{Bidi_Control}]/gu;
/** More combining marks than any script puts on a letter. U+FF9E and U+FF9F are such in NFKC. */
const EXCESS_MARKS = /([\p{M}\uff9e\uff9f]{8})[\p{M}\uff9e\uff9f]+/gu;
const GRAPHEMES = new Intl.Segmenter('ko');
/** Longer than any emoji; what goes on behind it is no character of a language. */
const LONGEST_GRAPHEME = 64;

/** Whether anything of a text is seen on a screen. */
export function isVisible(text: string): boolean {
  return SEEN.test(text.replace(BLANK, ''));
}

/** A text without what nobody sees, for comparing. */
export function withoutInvisible(text: string): string {
  return text.replace(BLANK, '');
}

/** A text in one form of Unicode, in linear time: ordering a long run of combining marks takes quadratic time. */
export function composed(text: string, form: 'NFC' | 'NFKC' = 'NFC'): string {
  return text.replace(EXCESS_MARKS, '$1').normalize(form);
}

/** A name as it is kept: composed, in one line, single spaces, nothing without a width. Controls stay. */
export function nameLine(text: string): string {
  return composed(text).replace(WIDE_BLANK, ' ').replace(NO_WIDTH, '').replace(/\s+/g, ' ').trim();
}

/** Whether it has control characters, or such as turn the direction of what follows. */
export function hasControls(text: string): boolean {
  return text.search(CONTROL) >= 0;
}

/** A name that others chose, as a name of ours: at most `max` code units; null when nothing of it is seen. */
export function nameFrom(text: string | null | undefined, max: number): string | null {
  const name = cutText(nameLine((text ?? '').replace(CONTROL, '')), max).trim();
  return isVisible(name) ? name : null;
}

/** At most `max` code units of a text, never a part of what is one character on a screen: 👨‍👩‍👧, 🇰🇷, é. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const around = GRAPHEMES.segment(text.slice(0, max + LONGEST_GRAPHEME)).containing(max);
  return text.slice(0, around?.index ?? max);
}
