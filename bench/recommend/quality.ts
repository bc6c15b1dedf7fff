import type { Question } from './protocol';
import type { Ranker } from './ranker';

const LIMIT = 10;

/** How well questions are answered by ten items each. */
export class Quality {
  private asked = 0;
  private recalls = 0;
  private ndcgs = 0;
  private readonly recommended = new Set<number>();

  ask(ranker: Ranker, { reader, now, opened }: Question): void {
    const top = ranker.top(reader, now, LIMIT);
    for (const item of top) this.recommended.add(item);
    const wanted = new Set(opened);
    const gains = top.map((item, place) => (wanted.has(item) ? 1 / Math.log2(place + 2) : 0));
    this.asked += 1;
    this.recalls += gains.filter((gain) => gain > 0).length / wanted.size;
    this.ndcgs += gains.reduce((sum, gain) => sum + gain, 0) / idealGain(wanted.size);
  }

  get recall(): number {
    return this.recalls / Math.max(this.asked, 1);
  }

  get ndcg(): number {
    return this.ndcgs / Math.max(this.asked, 1);
  }

  /** Share of the items that are in somebody's top ten. */
  coverageOf(items: number): number {
    return this.recommended.size / Math.max(items, 1);
  }
}

/** DCG of a perfect top ten (Järvelin and Kekäläinen 2002, binary gains). */
function idealGain(relevant: number): number {
  let sum = 0;
  for (let place = 0; place < Math.min(relevant, LIMIT); place += 1) sum += 1 / Math.log2(place + 2);
  return sum;
}
