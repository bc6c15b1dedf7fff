import { DAY, type ImpressionLog } from '../model/reading-data';
import type { Histories } from './histories';

/** What was shown, in the order of time, and when the reader first opened it then: Infinity when never. */
export interface Outcomes extends ImpressionLog {
  openedAt: Float64Array;
}

export const NOTHING_SHOWN: Outcomes = {
  reader: new Uint32Array(0),
  item: new Uint32Array(0),
  at: new Float64Array(0),
  openedAt: new Float64Array(0),
};

/** Without what was shown again after it was read: that is nothing that would be recommended. */
export function outcomesOf(impressions: ImpressionLog | undefined, histories: Histories): Outcomes {
  if (!impressions) return NOTHING_SHOWN;
  const { reader, item, at } = impressions;
  const openedAt = at.map((shownAt, row) => {
    const opened = openingOf(histories, reader[row]!, item[row]!);
    return opened < shownAt ? NaN : opened <= shownAt + DAY ? opened : Infinity;
  });
  const rows = Uint32Array.from(at, (_, row) => row).filter((row) => !Number.isNaN(openedAt[row]!));
  rows.sort((left, right) => at[left]! - at[right]! || left - right);
  return {
    reader: rows.map((row) => reader[row]!),
    item: rows.map((row) => item[row]!),
    at: Float64Array.from(rows, (row) => at[row]!),
    openedAt: Float64Array.from(rows, (row) => openedAt[row]!),
  };
}

const SOON = 0.98;

/** After so many seconds nearly all that is opened of what was shown has been. */
export function settlingTime({ at, openedAt }: Outcomes): number {
  const delays = openedAt.map((opened, row) => opened - at[row]!).filter((delay) => delay < Infinity);
  return delays.sort()[Math.floor(SOON * delays.length)] ?? DAY;
}

/** When the reader first opened the item; Infinity when never. */
function openingOf(histories: Histories, reader: number, item: number): number {
  const [start, end] = [histories.start[reader]!, histories.start[reader + 1]!];
  const place = histories.item.subarray(start, end).indexOf(item);
  return place < 0 ? Infinity : histories.at[start + place]!;
}
