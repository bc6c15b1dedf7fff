import { LRUCache } from 'lru-cache';
import { EVERYDAY_WORDS } from './everyday-words';
import { rootOf } from './roots';

const MEANINGS = new Map<string, string>();
for (const [group, words] of EVERYDAY_WORDS.entries())
  for (const word of words.split(' ')) MEANINGS.set(rootOf(word), `#${String(group).padStart(2, '0')}`);

/** A shorter one is too little of a word of three syllables. */
const SHORTEST_ROOT = 3;

/** By word: a glossary says the same words again and again, and finding a root takes some microseconds. */
const known = new LRUCache<string, string>({ max: 5_000 });

/** The root of a word, or what words of the same meaning have in common. */
export function meaningOf(word: string): string {
  let meaning = known.get(word);
  if (meaning === undefined) {
    const root = rootOf(word);
    meaning = MEANINGS.get(root) ?? (root.length < SHORTEST_ROOT && word.length > 2 ? word : root);
    known.set(word, meaning);
  }
  return meaning;
}

/** Whether it is one of those everyday words. */
export function hasSynonyms(word: string): boolean {
  return meaningOf(word).startsWith('#');
}
