import { BodyTooLarge, readBounded } from '../../../src/adapters/http/read-body';

async function* pieces(count: number): AsyncGenerator<Buffer> {
  for (let piece = 0; piece < count; piece++) yield Buffer.from('a');
}

describe('a bounded body', () => {
  it('is refused beyond its bytes or 20,000 pieces, whatever they hold', async () => {
    await expect(readBounded(pieces(10), { maxBytes: 9 })).rejects.toThrow(BodyTooLarge);
    await expect(readBounded(pieces(20_001), { maxBytes: 1_000_000 })).rejects.toThrow(BodyTooLarge);
    expect((await readBounded(pieces(20_000), { maxBytes: 20_000 })).length).toBe(20_000);
  });

  it('is cut where asked to', async () => {
    expect((await readBounded(pieces(10), { maxBytes: 4, overflow: 'truncate' })).toString()).toBe('aaaa');
  });
});
