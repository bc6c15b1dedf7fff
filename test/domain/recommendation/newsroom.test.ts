import { recentPopularity } from '../../../bench/recommend/recent-popularity';
import { popularity, shipped, shippedForNobody } from '../../../bench/recommend/contenders';
import { evaluate, worthOfKnowing } from '../../../bench/recommend/evaluation';
import heldOut from '../../../bench/recommend/held-out.json';
import { makeHeldOut, type HeldOut } from '../../../bench/recommend/held-out-data';
import { simulateNews } from '../../../bench/recommend/newsroom';
import { statisticsOf } from '../../../bench/recommend/newsroom-statistics';

const NEWS = simulateNews({ readers: 600, days: 10, perHour: 4, seed: 8 });

describe('The simulated newsroom', () => {
  const statistics = statisticsOf(NEWS);

  it('is read as news is', () => {
    const within = (value: number, least: number, most: number) => {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    };
    within(statistics.clickRate, 0.03, 0.1);
    within(statistics.openingsASession, 1, 4);
    within(statistics.halfLifeHours, 3, 24);
    within(statistics.topTenth, 0.3, 0.8);
    const [first, tenth] = statistics.clickRateByPlace;
    within(first / tenth, 2, 8);
  });

  it('has narrow fans and broad readers, who come back to what they like', () => {
    const [narrow, , broad] = statistics.categories;
    expect(broad / narrow).toBeGreaterThan(1.3);
    expect(statistics.sameCategory.later).toBeGreaterThan(0.3);
  });

  it('shows each reader a page of at most twelve at one moment, nothing that was opened before', () => {
    const { reader, item, at } = NEWS.impressions!;
    const pages = new Map<string, number[]>();
    at.forEach((time, row) => {
      const page = `${reader[row]} ${time}`;
      pages.set(page, [...(pages.get(page) ?? []), NEWS.place![row]!]);
    });
    for (const places of pages.values()) expect(places).toEqual(places.map((_, index) => index + 1));
    expect(Math.max(...NEWS.place!)).toBe(12);
    const openedAt = new Map(
      Array.from(NEWS.log.at, (time, row) => [`${NEWS.log.reader[row]} ${NEWS.log.item[row]}`, time]),
    );
    const late = Array.from(at).filter((time, row) => {
      const opened = openedAt.get(`${reader[row]} ${item[row]}`);
      return opened !== undefined && opened < time;
    });
    expect(late).toEqual([]);
  });

  it('is worth knowing the reader of, by the bar of the frozen data', async () => {
    const frozen = (heldOut as unknown as HeldOut[]).find(({ name }) => name === 'small news')!;
    const { impressions: _, ...dataset } = makeHeldOut(frozen);
    const contenders = [popularity, recentPopularity, shippedForNobody, shipped];
    const evaluation = await evaluate(dataset, {
      protocol: 'last-out',
      seed: 1,
      maxReaders: 600,
      contenders,
    });
    expect(worthOfKnowing(evaluation)!.times).toBeGreaterThan(frozen.worthOfKnowing!);
  });
});
