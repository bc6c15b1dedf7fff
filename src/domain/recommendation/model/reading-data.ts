import { READER_TYPES } from '../../user/questionnaire';
import type { Catalogue } from './catalogue';
import { knownFeedback, type Feedback, type KnownFeedback } from './feedback';

/** One article as the recommender knows it. Times are Unix seconds. */
export interface CatalogueItem {
  id: string;
  /** Title and content; may be empty. */
  text: string;
  category: string | null;
  /** When readers could first see it (`releasedAt`, else `publishedAt`); null when unknown. */
  publishedAt: number | null;
}

/** What was shown to whom, as columns in any order: the denominator of every probability. */
export interface ImpressionLog {
  reader: Uint32Array;
  item: Uint32Array;
  /** Unix seconds. */
  at: Float64Array;
}

/** The same of views; a reader may have opened an item several times. */
export interface ReadingLog extends ImpressionLog {
  /** Seconds; NaN when it was not measured. */
  dwell: Float32Array;
}

export interface TrainingData {
  /** How many readers there are; `log.reader` is below it. */
  readers: number;
  /** `log.item` is an index into this. */
  items: readonly CatalogueItem[];
  log: ReadingLog;
  /** Five points a reader (order of READER_TYPES), all zero when the questionnaire was not answered. */
  typePoints?: Float32Array;
  impressions?: ImpressionLog;
}

/** All that serving knows of a reader: no training is needed for somebody who has just arrived. */
export interface ReaderState {
  /** In any order; items that the model does not know are passed over. */
  history: readonly { itemId: string; at: number; dwellSeconds?: number | null }[];
  /** Points of the questionnaire in the order of READER_TYPES; null when it was not answered. */
  typePoints: ArrayLike<number> | null;
  /** What the reader said of articles, newest first. */
  feedback?: readonly Feedback[];
}

export interface RankedItem {
  itemId: string;
  /** Probability, 0 to 1, that this reader opens the item within 24 h of being shown it. */
  score: number;
  /** Why, in Korean. */
  reason: string;
  /** The article behind it; `reasonAbout` names it by the title it has now, if it can still be read. */
  about: { itemId: string; wanted: boolean; ending: string } | null;
}

export const DAY = 86_400;
export const HOUR = 3_600;

/** Openings of one reader that are looked at: the newest ones. */
const MAX_HISTORY = 1000;

/** A reader as the scorer needs it: items oldest first, each once. */
export interface ReaderView {
  items: Uint32Array;
  at: Float64Array;
  confidence: Float32Array;
  /** Shares of the five types; null when not known. */
  types: Float32Array | null;
  feedback?: KnownFeedback;
  /** Of the items those that were not opened: the reader only asked for more like them. */
  unopened?: ReadonlySet<number>;
}

/** Seconds of a stay than which no longer one counts for more. */
export const STRONG_DWELL = 225;

/**
 * Looks the ids up, merges repeated openings, orders them by time. An article that the reader wants more of counts as a long
 * stay at the time when they said so; what was hidden tells nothing of their taste.
 */
export function readerView(state: ReaderState, catalogue: Catalogue): ReaderView {
  const feedback = knownFeedback(state.feedback ?? [], catalogue);
  const merged = new Map<number, { at: number; confidence: number }>();
  for (const { itemId, at, dwellSeconds } of state.history) {
    const item = catalogue.indexOf(itemId);
    if (item === undefined || feedback.hidden.has(item)) continue;
    const confidence = viewConfidence(dwellSeconds ?? NaN);
    const known = merged.get(item);
    merged.set(item, {
      at: Math.min(at, known?.at ?? at),
      confidence: confidence + (known?.confidence ?? 0) / 2,
    });
  }
  const unopened = new Set<number>();
  for (const { item, at, kind } of feedback.newest) {
    if (kind !== 'MORE') continue;
    const opened = merged.get(item);
    if (!opened) unopened.add(item);
    merged.set(item, { at, confidence: viewConfidence(STRONG_DWELL) + (opened?.confidence ?? 0) / 2 });
  }
  const ordered = [...merged].sort((left, right) => left[1].at - right[1].at);
  return {
    items: Uint32Array.from(ordered, ([item]) => item),
    at: Float64Array.from(ordered, ([, { at }]) => at),
    confidence: Float32Array.from(ordered, ([, { confidence }]) => confidence),
    types: typeShares(state.typePoints),
    feedback,
    unopened,
  };
}

/** The newest part of a view, at most `length` openings. */
export function newestOf(view: ReaderView, length = MAX_HISTORY): ReaderView {
  if (view.items.length <= length) return view;
  const from = view.items.length - length;
  return {
    ...view,
    items: view.items.subarray(from),
    at: view.at.subarray(from),
    confidence: view.confidence.subarray(from),
  };
}

/** The items that were opened. */
export function openedOf({ items, unopened }: ReaderView): Uint32Array {
  return unopened?.size ? items.filter((item) => !unopened.has(item)) : items;
}

/** What is no candidate any more: opened or hidden. */
export function outOfQuestion(view: ReaderView): Uint32Array {
  const { feedback } = view;
  const opened = openedOf(view);
  return feedback?.hidden.size ? Uint32Array.from([...opened, ...feedback.hidden]) : opened;
}

/** Points as shares that add up to 1; null when there are none. */
export function typeShares(points: ArrayLike<number> | null): Float32Array | null {
  if (points === null) return null;
  const shares = Float32Array.from({ length: READER_TYPES.length }, (_, type) =>
    Math.max(points[type] ?? 0, 0),
  );
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum > 0 ? shares.map((share) => share / sum) : null;
}

/**
 * What one view is worth: log2(1 + seconds / 15) / 2, between 0.25 and 2, thus 1 at 45 s; 1 when it was not measured.
 * Dwell as confidence: Yi et al. 2014, Beyond clicks: dwell time for personalization; the logarithm as in Hu et al. 2008, 6.
 */
export function viewConfidence(dwellSeconds: number): number {
  if (!(dwellSeconds >= 0)) return 1;
  return Math.min(Math.max(Math.log2(1 + dwellSeconds / 15) / 2, 0.25), 2);
}
