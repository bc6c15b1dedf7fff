import type { Evidence } from '../model/calibration';
import type { Histories } from './histories';
import type { Pacer } from './pause';
import { sample, seededRandom } from '../numeric/random';
import { DAY, type ImpressionLog } from '../model/reading-data';
import type { Recommender } from '../model/recommender';
import { Replay } from './replay';
import { viewOf } from './validation';

export interface Shown {
  reader: number;
  item: number;
  at: number;
  opened: boolean;
}

const MAX_SHOWN = 8_000;

/**
 * What was shown from a moment on that the components know nothing of: their scores are as honest as when serving. The
 * last 24 h are left out, since what was shown then may still be opened. A seeded sample when there is much.
 */
export function impressionsSince(
  cut: number,
  histories: Histories,
  impressions: ImpressionLog | undefined,
  seed: number,
): Shown[] {
  if (!impressions) return [];
  const until = impressions.at.reduce((latest, at) => Math.max(latest, at), -Infinity) - DAY;
  const shown: Shown[] = [];
  for (let row = 0; row < impressions.at.length; row += 1) {
    const [reader, item, at] = [impressions.reader[row]!, impressions.item[row]!, impressions.at[row]!];
    if (at < cut || at > until) continue;
    const openedAt = openingOf(histories, reader, item);
    // Shown again after it was read: no longer something that would be recommended.
    if (openedAt < at) continue;
    shown.push({ reader, item, at, opened: openedAt <= at + DAY });
  }
  return [...sample(shown.length, MAX_SHOWN, seededRandom(seed))].map((place) => shown[place]!);
}

/** When the reader first opened the item; Infinity when never. */
export function openingOf(histories: Histories, reader: number, item: number): number {
  const [start, end] = [histories.start[reader]!, histories.start[reader + 1]!];
  const place = histories.item.subarray(start, end).indexOf(item);
  return place < 0 ? Infinity : histories.at[start + place]!;
}

/**
 * Scores what was shown as the reader stood at that moment. Views since the cut reach
 * the model as they do when serving: as the history of the reader and as popularity.
 */
export async function collectEvidence(
  model: Recommender,
  shown: readonly Shown[],
  cut: number,
  all: Histories,
  typePoints: Float32Array | undefined,
  pacer: Pacer,
): Promise<{ evidence: Evidence; opened: boolean }[]> {
  const replay = new Replay(all, model.parts, cut);
  const ordered = shown.toSorted((left, right) => left.at - right.at);
  const evidences: { evidence: Evidence; opened: boolean }[] = [];
  for (const [index, { reader, item, at, opened }] of ordered.entries()) {
    if (pacer.due()) await pacer.pause('calibration', index / ordered.length);
    replay.until(at - 1);
    let historyEnd = all.start[reader]!;
    while (historyEnd < all.start[reader + 1]! && all.at[historyEnd]! < at) historyEnd += 1;
    const view = viewOf(all, reader, historyEnd, typePoints);
    evidences.push({ evidence: model.evidenceOf(view, item, at), opened });
  }
  return evidences;
}
