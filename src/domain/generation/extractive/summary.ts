import { splitLongSentence } from './clause-splitter';
import { toPoliteSentence } from './polite-ending';
import { rankSentences, type RankedSentences } from './sentence-ranking';

const NOVELTY_WEIGHT = 0.3;
/** Conjunctions that point at a sentence which may not have been chosen. */
const CONJUNCTION =
  /^(?:또한|또|그러나|하지만|그런데|그리고|반면|한편|아울러|다만|이어|이에 따라|이에|따라서|그래서|게다가|더불어|실제로),?\s+(?=\S)/;
const POINTS_BACK =
  /^(?:이는|이를|이들|이와|이같|이 같은|이런|이러한|그는|그가|그의|그녀|같은 기간|이날 그|이 회사|이 가운데|이 중)/;

/** "…기 때문이다." answers a question that only the sentence before it asks. */
const GIVES_REASON = /때문이다\.$/;
const ASKS_ITSELF = /(?:것은|이유는|까닭은|배경은|이는)\s/;
const MAX_TAKEAWAY_CHARACTERS = 120;

export interface Summary {
  /**
   * Chosen sentences in their original order, each rewritten as one or more; those that lean on the one before are in
   * the same passage.
   */
  passages: string[][];
  /** The most important one, rewritten; empty when nothing fits. */
  takeaway: string;
}

/**
 * Chooses sentences by maximal marginal relevance (Carbonell and Goldstein 1998) over LexRank scores until no further
 * one fits `maxCharacters`, which counts the sentences as rewritten and one separator each.
 */
export function summarize(sentences: string[], title: string, maxCharacters: number): Summary {
  const ranked = rankSentences(sentences, title);
  const rewritten = sentences.map(rewriteSentence);
  const chosen: number[] = [];
  let left = maxCharacters;
  for (;;) {
    // The lead first: the sentences behind it take it for granted.
    const leadFits = chosen.length === 0 && lengthOf(rewritten[0] ?? []) <= left;
    const next = leadFits ? 0 : pickNext(sentences, rewritten, ranked, chosen, left);
    if (next === undefined) break;
    left -= lengthOf(rewritten[next] ?? []);
    chosen.push(next);
  }
  const inOrder = [...chosen].sort((a, b) => a - b);
  const passages: string[][] = [];
  for (const index of inOrder) {
    const parts = rewritten[index] ?? [];
    if (!chosen.includes(index - 1)) passages.push(withoutConjunction(parts));
    else if (pointsBack(sentences[index] ?? '')) passages.at(-1)?.push(...parts);
    else passages.push(parts);
  }
  const independent = chosen.filter((index) => !pointsBack(sentences[index] ?? ''));
  const standing = independent.length > 0 ? independent : chosen;
  return {
    passages,
    takeaway: withoutConjunction(pickTakeaway(rewritten, ranked.scores, standing))[0] ?? '',
  };
}

/** A sentence in easy form: long ones split, endings polite. */
export function rewriteSentence(sentence: string): string[] {
  return splitLongSentence(sentence).map(toPoliteSentence);
}

function pickNext(
  sentences: string[],
  rewritten: string[][],
  { scores, similarity }: RankedSentences,
  chosen: number[],
  left: number,
): number | undefined {
  let best: { index: number; value: number } | undefined;
  sentences.forEach((sentence, index) => {
    if (chosen.includes(index) || lengthOf(rewritten[index] ?? []) > left) return;
    if (pointsBack(sentence) && !chosen.includes(index - 1)) return;
    const repeated = Math.max(0, ...chosen.map((other) => similarity(index, other)));
    const value = (1 - NOVELTY_WEIGHT) * (scores[index] ?? 0) - NOVELTY_WEIGHT * repeated;
    if (!best || value > best.value) best = { index, value };
  });
  return best?.index;
}

/** The best of the chosen that is short enough to be remembered, else the best. */
function pickTakeaway(rewritten: string[][], scores: number[], chosen: number[]): string[] {
  const best = [...chosen].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const short = best.find((index) => (rewritten[index]?.[0]?.length ?? 0) <= MAX_TAKEAWAY_CHARACTERS);
  return rewritten[short ?? best[0] ?? -1] ?? [];
}

function pointsBack(sentence: string): boolean {
  return POINTS_BACK.test(sentence) || (GIVES_REASON.test(sentence) && !ASKS_ITSELF.test(sentence));
}

function lengthOf(parts: string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 1, 1);
}

function withoutConjunction(parts: string[]): string[] {
  const [first = '', ...rest] = parts;
  return [first.replace(CONJUNCTION, ''), ...rest];
}
