import { isNounEnding } from '../korean/particles';
import { searchText } from '../korean/words';
import type { Neighbour } from './search-typos';

/** A common slip weighs as much as a word that is eight times as frequent. */
const LIKELY = 3;
/** Of two syllables there is always a word that is near. */
const FEWEST_OF_SHORT = 2;

/** A verb or an adjective in one of its many forms, of which articles have few: another one is not what was meant. */
const CONJUGATED =
  /(?:.까|[까나아어여해세네지데래대]요|죠|니다|니까|는데|려면|려고|면서|[아어해]서|[았었였했됐났갔렸랐렀졌왔봤]다)$/;
const SHORTEST_STEM = 2;

export function isConjugated(word: string): boolean {
  return CONJUGATED.test(word);
}

/** The nouns that a word may be a form of: 아이 of 아이들, which is no slip when articles have 아이. */
export function nounsOf(word: string): string[] {
  const lengths = Array.from(
    { length: Math.max(0, word.length - SHORTEST_STEM) },
    (_, n) => n + SHORTEST_STEM,
  );
  return lengths
    .filter((length) => isNounEnding(word.slice(length), length))
    .map((length) => word.slice(0, length));
}

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
