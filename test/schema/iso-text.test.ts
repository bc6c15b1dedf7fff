import { isoText } from '../../src/schema/shared/iso-text';
import { DateTime } from '../../src/schema/shared/scalars';

const DAY = 86_400_000;

describe('the text of a date', () => {
  it('is that of toISOString, for dates of all times', () => {
    const days = Array.from(
      { length: 10_000 },
      (_, n) => (n * 733 - 3_000_000) * DAY + ((n * 7_919_993) % DAY),
    );
    const edges = ['0000-01-01', '9999-12-31', '1970-01-01', '2024-02-29'].flatMap((day) =>
      [-1, 0, 1, DAY - 1, DAY].map((ms) => Date.parse(day) + ms),
    );
    for (const at of [...days, ...edges, -8.64e15, 8.64e15])
      expect(isoText(new Date(at))).toBe(new Date(at).toISOString());
  });

  it('is what clients get, and no text of what is no date', () => {
    expect(DateTime.serialize(new Date('2026-01-02T03:04:05.678Z'))).toBe('2026-01-02T03:04:05.678Z');
    expect(() => DateTime.serialize(new Date(NaN))).toThrow();
    expect(() => DateTime.serialize('yesterday')).toThrow();
  });
});
