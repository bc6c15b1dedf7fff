import type { Catalogue } from './catalogue';
import { viewConfidence } from '../training/histories';
import type { ReaderState } from './reading-data';
import { typeShares } from './reader-type';

/** Openings of one reader that are looked at: the newest ones. */
const MAX_HISTORY = 1000;

/** A reader as the scorer needs it: items oldest first, each once. */
export interface ReaderView {
  items: Uint32Array;
  at: Float64Array;
  confidence: Float32Array;
  /** Shares of the five types; null when not known. */
  types: Float32Array | null;
}

/** Looks the ids up, merges repeated openings, orders them by time. */
export function readerView(state: ReaderState, catalogue: Catalogue): ReaderView {
  const merged = new Map<number, { at: number; confidence: number }>();
  for (const { itemId, at, dwellSeconds } of state.history) {
    const item = catalogue.indexOf(itemId);
    if (item === undefined) continue;
    const confidence = viewConfidence(dwellSeconds ?? NaN);
    const known = merged.get(item);
    merged.set(item, {
      at: Math.min(at, known?.at ?? at),
      confidence: confidence + (known?.confidence ?? 0) / 2,
    });
  }
  const ordered = [...merged].sort((left, right) => left[1].at - right[1].at);
  return {
    items: Uint32Array.from(ordered, ([item]) => item),
    at: Float64Array.from(ordered, ([, { at }]) => at),
    confidence: Float32Array.from(ordered, ([, { confidence }]) => confidence),
    types: typeShares(state.typePoints),
  };
}

/** The newest part of a view, at most `length` openings. */
export function newestOf(view: ReaderView, length = MAX_HISTORY): ReaderView {
  if (view.items.length <= length) return view;
  const from = view.items.length - length;
  return {
    items: view.items.subarray(from),
    at: view.at.subarray(from),
    confidence: view.confidence.subarray(from),
    types: view.types,
  };
}
