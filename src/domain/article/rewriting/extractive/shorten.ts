import { cutText } from '../../../../visible-text';
import { splitLongSentence } from './clause-splitter';
import { toPoliteSentence } from './polite-ending';

/** Endings of a condition or a contrast: without the word that has one, the rest would say something else. */
const CONDITION = /(?:면|려면|다면|라면|경우|때|아니라|않고|없이|달리|불구하고)$/;

/**
 * One sentence of at most `maxCharacters` out of one that is too long: a grammatical part of it, else its end (in
 * Korean the predicate comes last), else its beginning with an ellipsis. Never the whole sentence.
 */
export function shortenSentence(sentence: string, maxCharacters: number): string {
  const part = splitLongSentence(sentence)
    .map(toPoliteSentence)
    .find((clause) => clause.length <= maxCharacters);
  if (part && part.length < sentence.length) return part;
  const withoutAsides = toPoliteSentence(sentence.replace(/\s?\([^()]*\)/g, ''));
  if (withoutAsides.length < sentence.length && withoutAsides.length <= maxCharacters) return withoutAsides;
  return lastWords(withoutAsides, maxCharacters) ?? firstWords(sentence, maxCharacters);
}

function lastWords(sentence: string, maxCharacters: number): string | undefined {
  if (!/다\.$/.test(sentence) || /["“”'‘’]/.test(sentence)) return undefined;
  const words = sentence.split(' ');
  let start = words.length;
  let length = -1;
  while (start > 0 && length + (words[start - 1]?.length ?? 0) + 1 <= maxCharacters) {
    start -= 1;
    length += (words[start]?.length ?? 0) + 1;
  }
  const dropped = words.slice(0, start).map((word) => word.replace(/[.,]$/, ''));
  return words.length - start < 3 || dropped.some((word) => CONDITION.test(word))
    ? undefined
    : words.slice(start).join(' ');
}

/** The first words with an ellipsis; characters when there are no words. */
export function firstWords(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const cut = cutText(text, Math.max(maxCharacters - 1, 0));
  const space = cut.lastIndexOf(' ');
  const words = space > maxCharacters / 2 ? cut.slice(0, space) : cut;
  return `${words.replace(/[\s,.·"“‘'(]+$/, '')}…`;
}
