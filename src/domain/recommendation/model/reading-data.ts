/** One article as the recommender knows it. Times are Unix seconds. */
export interface CatalogueItem {
  id: string;
  /** Title and content; may be empty. */
  text: string;
  category: string | null;
  publisher: string | null;
  /** When readers could first see it (`releasedAt`, else `publishedAt`); null when unknown. */
  publishedAt: number | null;
}

/** Views as columns, in any order; a reader may have opened an item several times. */
export interface ReadingLog {
  reader: Uint32Array;
  item: Uint32Array;
  /** Unix seconds. */
  at: Float64Array;
  /** Seconds; NaN when it was not measured. */
  dwell: Float32Array;
}

/** What was shown to whom: the denominator of every probability. */
export interface ImpressionLog {
  reader: Uint32Array;
  item: Uint32Array;
  at: Float64Array;
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
}

export interface RankedItem {
  itemId: string;
  /** Probability, 0 to 1, that this reader opens the item within 24 h of being shown it. */
  score: number;
  /** Why, in Korean. */
  reason: string;
  /** The read article behind it; `reasonAbout` names it by the title it has now, if it can still be read. */
  about: { itemId: string; ending: string } | null;
}

/** `fraction` of this phase, 0 to 1. */
export type Progress = (phase: string, fraction: number) => void;

export const DAY = 86_400;
export const HOUR = 3_600;
