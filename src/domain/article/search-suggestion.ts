import { searchText } from '../korean/words';
import type { Neighbour } from './search-typos';

/** A common slip weighs as much as a word that is eight times as frequent. */
const LIKELY = 3;
/** Of two syllables there is always a word that is near. */
const FEWEST_OF_SHORT = 2;

/** Of the words that may have been meant the likeliest, by in how many articles each is; null when none is in any. */
export function likeliest(
  neighbours: readonly Neighbour[],
  articles: Readonly<Record<string, number>>,
): string | null {
  const weightOf = ({ form, isLikely }: Neighbour) =>
    Math.log2(1 + articles[form]!) + (isLikely ? LIKELY : 0);
  const known = neighbours.filter(
    ({ form }) => (articles[form] ?? 0) >= (form.length > 2 ? 1 : FEWEST_OF_SHORT),
  );
  return known.sort((a, b) => weightOf(b) - weightOf(a))[0]?.form ?? null;
}

/** What was typed with other words in the place of some, by their form as searchWordsOf gives it; null when none is to be replaced. */
export function suggestionOf(
  search: string,
  words: readonly string[],
  instead: ReadonlyMap<string, string>,
): string | null {
  if (instead.size === 0) return null;
  const typed = search.trim().split(/\s+/);
  const isWhole = typed.every((word) => words.includes(keyOf(word)));
  return (isWhole ? typed : words).map((word) => instead.get(keyOf(word)) ?? word).join(' ');
}

function keyOf(word: string): string {
  return searchText(word).trim();
}
