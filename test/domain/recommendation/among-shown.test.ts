import { amongShown, inTheFirstDay } from '../../../bench/recommend/among-shown';
import { frontPage, portal } from '../../../bench/recommend/impression-shapes';
import { simulateNews } from '../../../bench/recommend/newsroom';

describe('Among what is shown the model tells what is opened', () => {
  it.each([
    ['a newsroom', () => simulateNews({ readers: 200, days: 7, perHour: 2, seed: 21 })],
    [
      'lists of a portal without places and texts',
      () => portal({ readers: 600, days: 3, perDay: 80, lists: 1_200, length: 20, life: 8, seed: 21 }),
    ],
    [
      'a front page of which only ids are known and whose readers nobody knows',
      () => frontPage({ readers: 9_000, days: 4, perDay: 40, lists: 8_000, length: 1, life: 10, seed: 21 }),
    ],
  ])('of %s better than the click rate so far and recent popularity do', (_, make) => {
    const { model, clickRate, popularity, ece } = amongShown(make(), 1)!;
    expect(model.all).toBeGreaterThan(clickRate.all);
    expect(model.all).toBeGreaterThan(popularity.all);
    expect(ece).toBeLessThan(0.045);
  });

  it.each([0, 6])('with a right probability when impressions are kept for %s hours', (hours) => {
    const news = simulateNews({ readers: 300, days: 6, perHour: 2, seed: 22 });
    expect(inTheFirstDay(news, hours, 1)!.ece).toBeLessThan(0.05);
  });
});
