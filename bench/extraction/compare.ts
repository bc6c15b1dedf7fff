import type { ExpectedArticle } from './shape';

export interface Agreement {
  precision: number;
  recall: number;
  f1: number;
}

const tokensOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words in order: what stands twice, in another order or glued to its neighbour does not agree. */
export function compareBody(text: string, { body, optional = [] }: ExpectedArticle): Agreement {
  const may = tokensOf(optional.join('\n')).join(' ');
  const found = text
    .split('\n')
    .map(tokensOf)
    .filter((line) => !may.includes(line.join(' ')))
    .flat();
  const expected = tokensOf(body.join('\n'));
  const common = longestCommonSubsequence(found, expected);
  const precision = found.length === 0 ? 0 : common / found.length;
  const recall = common / expected.length;
  return { precision, recall, f1: common === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    const next = new Uint32Array(b.length + 1);
    for (let n = 0; n < b.length; n++)
      next[n + 1] = word === b[n] ? row[n]! + 1 : Math.max(next[n]!, row[n + 1]!);
    row = next;
  }
  return row[b.length]!;
}
