import paraphrases from '../../../prisma/seed/term-paraphrases.json';
import { keyOf } from '../korean/words';
import type { NamedTerm } from './term-names';

const BY_KEY = new Map<string, readonly string[]>(
  Object.entries(paraphrases).map(([term, told]) => [keyOf(term), told]),
);

/** How readers tell a term of new installations when its name escapes them. To find it by, never to be shown. */
export function paraphrasesOf({ term }: NamedTerm): readonly string[] {
  return BY_KEY.get(keyOf(term)) ?? [];
}
