import { AppError } from '../../../src/errors';
import { GroupCommit } from '../../../src/domain/shared/group-commit';

describe('writes that are committed together', () => {
  const batches: string[][] = [];
  const failing = (error: unknown) =>
    new GroupCommit<string, string>({
      write: async (batch) => {
        batches.push(batch);
        if (batch.includes('poison')) throw error;
        return batch.map((item) => (item === 'gone' ? new AppError('NOT_FOUND') : item));
      },
      maxBatch: 500,
      maxWaiting: 1_000,
    });
  const outcomes = (group: GroupCommit<string, string>, items: string[]) =>
    Promise.all(
      items.map((item) =>
        group.add(item).catch((error: { code?: string; message: string }) => error.message),
      ),
    );
  beforeEach(() => batches.splice(0));

  it('fail alone when they cannot be written, whatever came with them', async () => {
    const items = Array.from({ length: 100 }, (_, n) => `item ${n}`);
    const mixed = [...items.slice(0, 37), 'poison', 'gone', ...items.slice(37)];
    const answers = await outcomes(failing(new Error('bad row')), mixed);
    const gone = new AppError('NOT_FOUND').message;
    expect(answers).toEqual(
      mixed.map((item) => (item === 'poison' ? 'bad row' : item === 'gone' ? gone : item)),
    );
    expect(batches[0]).toHaveLength(102);
    expect(batches.length).toBeLessThan(20);
  });

  it('fail together, and are not tried again, when the database is away', async () => {
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    expect(await outcomes(failing(away), ['one', 'poison', 'two'])).toEqual(['away', 'away', 'away']);
    expect(batches).toHaveLength(1);
  });
});
