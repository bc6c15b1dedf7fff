import { setImmediate as turn } from 'node:timers/promises';
import { ToldAtOnce } from '../../../src/http/graphql/told-at-once';

it('is worked out once in a turn for each event and key, and anew in the next', async () => {
  const told = new ToldAtOnce<number>();
  const [one, other] = [{}, {}];
  let count = 0;
  const of = (event: object, key: string) => told.of(event, key, () => (count += 1));
  expect([of(one, 'a'), of(one, 'a'), of(one, 'b'), of(other, 'a'), of(one, 'a')]).toEqual([1, 1, 2, 3, 1]);
  await turn();
  expect([of(one, 'a'), of(one, 'a')]).toEqual([4, 4]);
});
