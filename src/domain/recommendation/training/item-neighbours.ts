import type { Histories, Openings } from './histories';
import { GrowingColumn, SparseSums, TopItems, type SparseRows } from '../numeric/sparse-rows';

/** Neighbours kept an item. */
const NEIGHBOURS = 100;
const PAIR_BUDGET = 400_000_000;
const CAPS = [2000, 1000, 500, 250, 120, 60, 30];

/**
 * Item-item cosine of who opened what: |U_i ∩ U_j| / √(|U_i| |U_j|) (Sarwar et al. 2001; Deshpande and Karypis 2004),
 * the nearest of every item. Only the newest part of a very long history counts, so that the work is bounded.
 */
export function trainNeighbours(histories: Histories, openings: Openings): SparseRows {
  const newest = historyCap(histories);
  const counts = new Float64Array(histories.items);
  for (let reader = 0; reader < histories.readers; reader += 1)
    for (let row = firstRow(histories, reader, newest); row < histories.start[reader + 1]!; row += 1)
      counts[histories.item[row]!]! += 1;
  return rowsOfBest(histories.items, NEIGHBOURS, (item, sums) => {
    for (let index = openings.start[item]!; index < openings.start[item + 1]!; index += 1) {
      const reader = openings.reader[index]!;
      const first = firstRow(histories, reader, newest);
      if (openings.row[index]! < first) continue;
      const end = histories.start[reader + 1]!;
      for (let row = first; row < end; row += 1) sums.add(histories.item[row]!, 1);
    }
    return (other) => (other === item ? 0 : 1 / Math.sqrt(counts[item]! * counts[other]!));
  });
}

function firstRow(histories: Histories, reader: number, newest: number): number {
  return Math.max(histories.start[reader]!, histories.start[reader + 1]! - newest);
}

/** The largest cap whose pairs of items fit the budget. */
function historyCap(histories: Histories): number {
  const fits = (cap: number) => {
    let pairs = 0;
    for (let reader = 0; reader < histories.readers; reader += 1)
      pairs += Math.min(histories.start[reader + 1]! - histories.start[reader]!, cap) ** 2;
    return pairs <= PAIR_BUDGET;
  };
  return CAPS.find(fits) ?? CAPS.at(-1)!;
}

const FOLLOWERS = 60;
const WINDOW = 5;
const BACKWARD = 0.25;
const SHRINKAGE = 3;

/**
 * What is opened soon after an item: Σ 1/gap over the next five openings of its readers, a quarter of that for the ones
 * before, divided by the item's openings + 3. Sequential rules of Kamehkhosh, Jannach and Ludewig 2017 with shrinkage.
 */
export function trainTransitions(histories: Histories, openings: Openings): SparseRows {
  return rowsOfBest(histories.items, FOLLOWERS, (item, sums) => {
    for (let index = openings.start[item]!; index < openings.start[item + 1]!; index += 1) {
      const reader = openings.reader[index]!;
      const row = openings.row[index]!;
      const last = Math.min(row + WINDOW, histories.start[reader + 1]! - 1);
      for (let next = row + 1; next <= last; next += 1) sums.add(histories.item[next]!, 1 / (next - row));
      const first = Math.max(row - WINDOW, histories.start[reader]!);
      for (let before = first; before < row; before += 1)
        sums.add(histories.item[before]!, BACKWARD / (row - before));
    }
    const scale = 1 / (openings.start[item + 1]! - openings.start[item]! + SHRINKAGE);
    return () => scale;
  });
}

/** For each item the best of the sums that `collect` leaves, times what it says each is worth. */
function rowsOfBest(
  items: number,
  size: number,
  collect: (item: number, sums: SparseSums) => (other: number) => number,
): SparseRows {
  const start = new Uint32Array(items + 1);
  const target = new GrowingColumn(new Uint32Array());
  const weight = new GrowingColumn(new Float32Array());
  const sums = new SparseSums(items);
  const top = new TopItems(size);
  for (let item = 0; item < items; item += 1) {
    const worth = collect(item, sums);
    const best = sums.best(top, worth);
    sums.clear();
    for (const other of best.items) target.push(other);
    for (const score of best.scores) weight.push(score);
    start[item + 1] = start[item]! + best.items.length;
  }
  return { start, target: target.done().slice(), weight: weight.done().slice() };
}
