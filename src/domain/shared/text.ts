import { createHash, timingSafeEqual } from 'node:crypto';
import { badUserInput, type AppError } from '../../errors';
import { composed, hasControls, isVisible, nameLine } from '../../visible-text';

/** What PostgreSQL cannot keep: U+0000, and halves of surrogate pairs in JSON. */
const NOT_STORABLE = /[\0\p{Cs}]/u;

export function isStorable(text: string): boolean {
  return !NOT_STORABLE.test(text);
}

/** Throws BAD_USER_INPUT naming the argument when the database could not even compare with `text`. */
export function requireStorable(argument: string, text: string): string {
  if (isStorable(text)) return text;
  throw unusable(argument);
}

/** BAD_USER_INPUT: no text may have such characters. */
export function unusable(argument: string): AppError {
  return badUserInput(argument, {
    ko: '쓸 수 없는 문자가 있습니다.',
    en: 'It has characters that cannot be used.',
  });
}

/** How long a text may be before it is composed: ᾂ is one of four, and a name loses blanks besides. */
const longestBefore = (max: number) => 4 * max + 100;

/** A trimmed text of `min` to `max` characters, of which one can be seen, in NFC: what is equal looks equal. */
export function requireText(argument: string, text: string | null, max: number, min = 1): string {
  const typed = text?.trim() ?? '';
  const trimmed = typed.length <= longestBefore(max) ? composed(typed) : '';
  if (isVisible(trimmed) && trimmed.length >= min && trimmed.length <= max)
    return requireStorable(argument, trimmed);
  throw badUserInput(argument, {
    ko: `${min}자부터 ${max}자까지여야 합니다.`,
    en: `It must have ${min} to ${max} characters.`,
  });
}

/** The same of a name, a title or a question: one line of what is seen. */
export function requireLine(argument: string, text: string | null, max: number, min = 1): string {
  const line = requireText(
    argument,
    text !== null && text.length <= longestBefore(max) ? nameLine(text) : text,
    max,
    min,
  );
  if (hasControls(line)) throw unusable(argument);
  return line;
}

/** The lines of a plain text that hold something. */
export function paragraphsOf(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== '');
}

/** In constant time, whatever the lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
