import type { Evidence } from './calibration';
import type { Histories } from './histories';
import type { Pacer } from './pause';
import { sample, seededRandom } from './random';
import { DAY, type ImpressionLog } from './reading-data';
import type { Recommender } from './recommender';
import { Replay, viewOf } from './validation';

export interface Shown {
  reader: number;
  item: number;
  at: number;
  opened: boolean;
}

const PERIOD = 0.75;
const READERS = 2_000;
const MAX_SHARE = 0.4;
const MAX_SHOWN = 15_000;

/**
 * Which impressions the calibration is learnt from: those of a sample of readers in the last quarter of the time that
 * impressions cover. Openings of these readers from then on are hidden from the components, whose scores are thus as
 * honest as they will be when serving. The last 24 h are left out: what was shown then may still be opened.
 */
export function planCalibration(
  histories: Histories,
  impressions: ImpressionLog | undefined,
  seed: number,
): { shown: Shown[]; seenUntil: (reader: number) => number } {
  if (!impressions || impressions.at.length === 0) return { shown: [], seenUntil: () => Infinity };
  const times = impressions.at.slice().sort();
  const from = times[Math.floor(times.length * PERIOD)]!;
  const until = times.at(-1)! - DAY;
  const random = seededRandom(seed + 2);
  const chosen = new Uint8Array(histories.readers);
  for (const reader of sample(histories.readers, Math.min(READERS, histories.readers * MAX_SHARE), random))
    chosen[reader] = 1;
  const shown: Shown[] = [];
  for (let row = 0; row < impressions.at.length; row += 1) {
    const [reader, item, at] = [impressions.reader[row]!, impressions.item[row]!, impressions.at[row]!];
    if (!chosen[reader] || at < from || at > until) continue;
    const openedAt = openingOf(histories, reader, item);
    // Shown again after it was read: no longer something that would be recommended.
    if (openedAt < at) continue;
    shown.push({ reader, item, at, opened: openedAt <= at + DAY });
  }
  const taken = [...sample(shown.length, MAX_SHOWN, random)].map((place) => shown[place]!);
  return { shown: taken, seenUntil: (reader) => (chosen[reader] ? from : Infinity) };
}

/** When the reader first opened the item; Infinity when never. */
export function openingOf(histories: Histories, reader: number, item: number): number {
  const [start, end] = [histories.start[reader]!, histories.start[reader + 1]!];
  const place = histories.item.subarray(start, end).indexOf(item);
  return place < 0 ? Infinity : histories.at[start + place]!;
}

/** Scores what was shown as the reader stood at that moment. */
export async function collectEvidence(
  model: Recommender,
  shown: readonly Shown[],
  all: Histories,
  seen: Histories,
  typePoints: Float32Array | undefined,
  pacer: Pacer,
): Promise<{ evidence: Evidence; opened: boolean }[]> {
  model.forgetRecentPopularity();
  const replay = new Replay(seen, model.parts);
  const ordered = shown.toSorted((left, right) => left.at - right.at);
  const evidences: { evidence: Evidence; opened: boolean }[] = [];
  for (const [index, { reader, item, at, opened }] of ordered.entries()) {
    if (pacer.due()) await pacer.pause('calibration', index / ordered.length);
    replay.until(at);
    let historyEnd = all.start[reader]!;
    while (historyEnd < all.start[reader + 1]! && all.at[historyEnd]! < at) historyEnd += 1;
    const view = viewOf(all, reader, historyEnd, typePoints);
    evidences.push({ evidence: model.evidenceOf(view, item, at), opened });
  }
  return evidences;
}
