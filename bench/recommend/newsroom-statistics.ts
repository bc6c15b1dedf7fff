import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { buildHistories, type Histories } from '../../src/domain/recommendation/training/histories';
import type { Dataset } from './dataset';

/** What can be compared with what is known of news reading. */
export interface NewsStatistics {
  /** Openings an impression. */
  clickRate: number;
  /** The same of the first and of the tenth place of a page. */
  clickRateByPlace: [number, number];
  openingsASession: number;
  openingsAReader: number;
  /** Age of an article at half of all openings. */
  halfLifeHours: number;
  /** Share of the openings that the most opened tenth of the articles has. */
  topTenth: number;
  /** exp(entropy) of the categories that readers of ten and more openings open: the quartiles. */
  categories: [number, number, number];
  /** How often an opening is of the category of the one before, up to ten minutes and half a day or more later. */
  sameCategory: { atOnce: number; later: number };
}

const MANY = 10;
const SESSION_ENDS = HOUR / 2;

export function statisticsOf(dataset: Dataset): NewsStatistics {
  const { items, readers, impressions } = dataset;
  const histories = buildHistories(dataset.log, readers, items.length);
  const openings = histories.item.length;
  const counts = new Float64Array(items.length);
  for (const item of histories.item) counts[item]! += 1;
  const most = counts
    .toSorted()
    .reverse()
    .slice(0, Math.ceil(items.length / 10));
  const ages = Array.from(
    histories.item,
    (item, row) => (histories.at[row]! - items[item]!.publishedAt!) / HOUR,
  );
  const { sessions, widths, sameCategory } = habits(dataset, histories);
  return {
    clickRate: openings / impressions!.at.length,
    clickRateByPlace: [clickRateAt(1, dataset, histories), clickRateAt(10, dataset, histories)],
    openingsASession: openings / sessions,
    openingsAReader: openings / readers,
    halfLifeHours: quantile(ages, 0.5),
    topTenth: sum(most) / openings,
    categories: [quantile(widths, 0.25), quantile(widths, 0.5), quantile(widths, 0.75)],
    sameCategory,
  };
}

function habits({ items, readers }: Dataset, histories: Histories) {
  const widths: number[] = [];
  const pairs = { atOnce: [0, 0], later: [0, 0] };
  let sessions = 0;
  for (let reader = 0; reader < readers; reader += 1) {
    const [from, to] = [histories.start[reader]!, histories.start[reader + 1]!];
    const category = Array.from(histories.item.subarray(from, to), (item) => items[item]!.category);
    category.forEach((name, index) => {
      const since = index === 0 ? Infinity : histories.at[from + index]! - histories.at[from + index - 1]!;
      if (since > SESSION_ENDS) sessions += 1;
      const pair = since <= HOUR / 6 ? pairs.atOnce : since >= DAY / 2 && index > 0 ? pairs.later : [0, 0];
      pair[0]! += name === category[index - 1] ? 1 : 0;
      pair[1]! += 1;
    });
    const shares = [...new Set(category)].map(
      (name) => category.filter((other) => other === name).length / category.length,
    );
    if (category.length >= MANY) widths.push(Math.exp(-sum(shares.map((share) => share * Math.log(share)))));
  }
  const share = ([same, all]: number[]) => same! / all!;
  return { sessions, widths, sameCategory: { atOnce: share(pairs.atOnce), later: share(pairs.later) } };
}

/** Of what was at this place of a page, how much was opened before the reader's session was over. */
function clickRateAt(wanted: number, { impressions, place }: Dataset, histories: Histories): number {
  let [clicks, all] = [0, 0];
  place!.forEach((shownAt, row) => {
    if (shownAt !== wanted) return;
    const reader = impressions!.reader[row]!;
    const [from, to] = [histories.start[reader]!, histories.start[reader + 1]!];
    const opened = histories.item.subarray(from, to).indexOf(impressions!.item[row]!);
    const after = opened < 0 ? -1 : histories.at[from + opened]! - impressions!.at[row]!;
    all += 1;
    if (after >= 0 && after < SESSION_ENDS) clicks += 1;
  });
  return clicks / all;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? NaN;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
