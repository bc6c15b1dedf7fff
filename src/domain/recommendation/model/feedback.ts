import type { Catalogue } from './catalogue';

/** "Not for me" and "more of this", as a reader said it of an article; `at` in Unix seconds. */
export interface Feedback {
  itemId: string;
  at: number;
  kind: 'HIDE' | 'MORE';
}

/** What was said of an article says something of others for as long as no more than this was said since. */
const MAX_NEWEST = 200;

/** Feedback on items that the model knows. */
export interface KnownFeedback {
  /** Newest first. */
  newest: readonly { item: number; at: number; kind: Feedback['kind'] }[];
  hidden: ReadonlySet<number>;
}

/** `feedback` newest first. */
export function knownFeedback(feedback: readonly Feedback[], catalogue: Catalogue): KnownFeedback {
  const known = feedback.flatMap(({ itemId, at, kind }) => {
    const item = catalogue.indexOf(itemId);
    return item === undefined ? [] : [{ item, at, kind }];
  });
  const hidden = known.filter(({ kind }) => kind === 'HIDE').map(({ item }) => item);
  return { newest: known.slice(0, MAX_NEWEST), hidden: new Set(hidden) };
}
