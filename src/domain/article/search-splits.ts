import { stemOf } from '../korean/particles';

/** Of the pieces of a word: 자동차 and 관세 are two of 자동차관세, ott and 요금 of OTT요금. */
const SHORTEST = 2;
const LONGEST_WORD = 12;
/** Letters of both scripts, which nobody writes apart from habit. */
const MIXED = /^(?=.*[가-힣])(?=.*[a-z])[a-z0-9가-힣]+$/;
const LATIN = /[a-z0-9]/;
const MAX_PIECES = 100;
/** The end of what is no noun: 없는, 오른. */
const NO_NOUN = /^.[는된될할했였른]$/;

/** How well the articles know a piece: as a word of its own, or as a part of words. */
export type Acquaintance = 'word' | 'part';

const WORTH: Record<Acquaintance, number> = { word: 10, part: 4 };
/** Few long pieces rather than many short ones. */
const COST = 7;

/** What the words that may be joined ones could consist of. */
export function piecesOf(words: readonly string[]): string[] {
  const pieces = new Set<string>();
  for (const word of words.map(stemOf).filter(isCompound))
    for (let from = 0; from + SHORTEST <= word.length; from += 1)
      for (let to = from + SHORTEST; to <= word.length; to += 1)
        if (to - from < word.length && isPiece(word, from, to)) pieces.add(word.slice(from, to));
  return [...pieces].filter((piece) => !NO_NOUN.test(piece)).slice(0, MAX_PIECES);
}

/** The pieces a word consists of, as far as they are known; none when it is not joined of any. */
export function splitWord(
  word: string,
  known: ReadonlyMap<string, Acquaintance>,
): { pieces: string[]; isWhole: boolean } {
  const stem = stemOf(word);
  if (!isCompound(stem)) return { pieces: [], isWhole: false };
  /** By where it ends: the worth of the best way there, and its pieces. */
  const best: { worth: number; pieces: string[]; known: number }[] = [{ worth: 0, pieces: [], known: 0 }];
  for (let end = 1; end <= stem.length; end += 1) {
    let way = { ...best[end - 1]!, worth: best[end - 1]!.worth - 1 };
    for (let from = 0; from + SHORTEST <= end; from += 1) {
      const piece = stem.slice(from, end);
      const acquaintance = known.get(piece);
      if (!acquaintance || !isPiece(stem, from, end)) continue;
      const before = best[from]!;
      const worth = before.worth + WORTH[acquaintance] * piece.length - COST;
      if (worth > way.worth)
        way = { worth, pieces: [...before.pieces, piece], known: before.known + piece.length };
    }
    best.push(way);
  }
  const { pieces, known: syllables } = best[stem.length]!;
  return { pieces, isWhole: syllables === stem.length };
}

function isCompound(word: string): boolean {
  if (word.length > LONGEST_WORD) return false;
  return MIXED.test(word) || (word.length >= 2 * SHORTEST && /^[가-힣]+$/.test(word));
}

/** Whether it cuts no word in Latin letters. */
function isPiece(word: string, from: number, to: number): boolean {
  const cuts = (at: number) => LATIN.test(word[at - 1] ?? '') && LATIN.test(word[at] ?? '');
  return !cuts(from) && !cuts(to);
}
