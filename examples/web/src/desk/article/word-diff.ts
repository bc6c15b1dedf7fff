import type { diffArrays as DiffArrays } from 'diff';
import { useEffect, useState } from 'react';

/** A run of words of two texts. `before` and `after` differ at most in blanks unless it is changed; then one is empty. */
export interface DiffPiece {
  before: string;
  after: string;
  isChanged: boolean;
}

export interface Range {
  start: number;
  end: number;
}

const TIMEOUT_MS = 1_500;

/** The words in which two texts differ: null while they are compared, `tooDifferent` when that takes too long. */
export function useWordDiff(before: string, after: string): DiffPiece[] | 'tooDifferent' | null {
  const [known, setKnown] = useState<{
    before: string;
    after: string;
    pieces: DiffPiece[] | 'tooDifferent';
  }>();
  useEffect(() => {
    let left = false;
    void import('diff').then(({ diffArrays }) => {
      const pieces = left ? null : wordDiff(diffArrays, before, after);
      if (pieces) setKnown({ before, after, pieces });
    });
    return () => void (left = true);
  }, [before, after]);
  return known?.before === before && known.after === after ? known.pieces : null;
}

function wordDiff(
  diffArrays: typeof DiffArrays,
  before: string,
  after: string,
): DiffPiece[] | 'tooDifferent' {
  const [old, present] = [wordsOf(before), wordsOf(after)];
  const parts = diffArrays(old, present, {
    comparator: (one, other) => one.trimEnd() === other.trimEnd(),
    timeout: TIMEOUT_MS,
  });
  if (!parts) return 'tooDifferent';
  const take = (words: string[], count: number) => words.splice(0, count).join('');
  return parts.map(({ count, added, removed }) => ({
    before: added ? '' : take(old, count),
    after: removed ? '' : take(present, count),
    isChanged: added || removed,
  }));
}

/** Each with the blanks behind it. */
function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

/** Where one of the texts differs from the other. */
export function changedRanges(pieces: readonly DiffPiece[], side: 'before' | 'after'): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece[side].length;
    if (piece.isChanged && end > start) ranges.push({ start, end });
    start = end;
  }
  return ranges;
}
