import { createHash } from 'node:crypto';

/**
 * Whether a pair is of the third of all stories, by their name (the id without its number), that is kept from whoever
 * tunes the check. Its misses have been read once: later figures are no blind ones for these stories.
 */
export function isFrozen(id: string): boolean {
  const story = id.replace(/-\d+$/, '');
  return createHash('sha256').update(story).digest()[0]! % 3 === 0;
}
