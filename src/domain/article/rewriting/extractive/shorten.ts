import { cutText } from '../../../../visible-text';

/** The first words with an ellipsis; characters when there are no words. */
export function firstWords(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const cut = cutText(text, Math.max(maxCharacters - 1, 0));
  const space = cut.lastIndexOf(' ');
  const words = space > maxCharacters / 2 ? cut.slice(0, space) : cut;
  return `${words.replace(/[\s,.·"“‘'(]+$/, '')}…`;
}
