import { runInThread } from '../../../src/adapters/threads/thread';

const COUNTING = require.resolve('../../helpers/threads/counting.thread');

describe('A thread', () => {
  it('gets an input, tells how far it is, and answers', async () => {
    const told: unknown[] = [];
    const input = { numbers: Float64Array.from({ length: 5_000 }, () => 1) };
    const { sums } = await runInThread<{ sums: Float64Array }>(COUNTING, input, {
      onProgress: (phase, fraction) => told.push([phase, fraction]),
    });
    expect([sums.length, sums[4_999]]).toEqual([5_000, 5_000]);
    expect(told).toEqual([['counting', 0.5]]);
  });

  it('ends at once when it is aborted, while the starter goes on', async () => {
    const stop = new AbortController();
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 10);
    const onProgress = () => setTimeout(() => stop.abort(new Error('enough')), 200);
    const answer = runInThread(COUNTING, { forever: true }, { signal: stop.signal, onProgress });
    await expect(answer).rejects.toThrow('enough');
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it('hands on what is thrown, with its fields', async () => {
    await expect(runInThread(COUNTING, {})).rejects.toMatchObject({
      message: 'nothing to count',
      code: 'NOTHING',
    });
  });
});
