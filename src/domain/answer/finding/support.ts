import type { Passage } from '../answerer';

/** UTF-16 units of its text. */
export const MAX_PASSAGE = 1_500;

/** What is found, and how well it supports an answer: from about a half on it does, 1 says all that is asked. */
export interface Support {
  passage: Passage;
  support: number;
  /** Of an article: the share of what is asked that it says anywhere. */
  share?: number;
}
