import { createHash } from 'node:crypto';

/** Whether a pair is kept from whoever tunes the check: a third of all stories, by their name, the id without its number. */
export function isFrozen(id: string): boolean {
  const story = id.replace(/-\d+$/, '');
  return createHash('sha256').update(story).digest()[0]! % 3 === 0;
}
