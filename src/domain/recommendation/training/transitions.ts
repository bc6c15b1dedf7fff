import type { Histories, Openings } from './histories';
import type { Pacer } from './pause';
import { SparseRowsBuilder, SparseSums, type SparseRows } from '../numeric/sparse-rows';
import { TopItems } from '../numeric/top-items';

const FOLLOWERS = 60;
const WINDOW = 5;
const BACKWARD = 0.25;
const SHRINKAGE = 3;

/**
 * What is opened soon after an item: Σ 1/gap over the next five openings of its readers, a quarter of that for the ones
 * before, divided by the item's openings + 3. Sequential rules of Kamehkhosh, Jannach and Ludewig 2017 with shrinkage.
 */
export async function trainTransitions(
  histories: Histories,
  openings: Openings,
  pacer: Pacer,
): Promise<SparseRows> {
  const builder = new SparseRowsBuilder(histories.items);
  const sums = new SparseSums(histories.items);
  const top = new TopItems(FOLLOWERS);
  for (let item = 0; item < histories.items; item += 1) {
    if ((item & 31) === 0 && pacer.due()) await pacer.pause('transitions', item / histories.items);
    for (let index = openings.start[item]!; index < openings.start[item + 1]!; index += 1) {
      const reader = openings.reader[index]!;
      const row = openings.row[index]!;
      const last = Math.min(row + WINDOW, histories.start[reader + 1]! - 1);
      for (let next = row + 1; next <= last; next += 1) sums.add(histories.item[next]!, 1 / (next - row));
      const first = Math.max(row - WINDOW, histories.start[reader]!);
      for (let before = first; before < row; before += 1)
        sums.add(histories.item[before]!, BACKWARD / (row - before));
    }
    const openingsOfItem = openings.start[item + 1]! - openings.start[item]!;
    for (let index = 0; index < sums.length; index += 1) {
      const other = sums.touched[index]!;
      top.offer(other, sums.sum[other]! / (openingsOfItem + SHRINKAGE));
    }
    sums.clear();
    const { items, scores } = top.drain();
    builder.append(items, scores);
  }
  return builder.build();
}
