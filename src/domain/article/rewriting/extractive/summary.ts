import { splitLongSentence } from './clause-splitter';
import { toPoliteSentence } from './polite-ending';
import { rankSentences, type RankedSentences } from './sentence-ranking';

const NOVELTY_WEIGHT = 0.3;
/** Conjunctions that point at a sentence which may not have been chosen. */
const CONJUNCTION =
  /^(?:또한|또|그러나|하지만|그런데|그리고|반면|한편|아울러|다만|이어|이에 따라|이에|따라서|그래서|게다가|더불어|실제로),?\s+(?=\S)/;
const POINTS_BACK =
  /^(?:이는|이를|이들|이와|이같|이 같은|이런|이러한|그는|그가|그의|그녀|같은 기간|이날 그|이 회사|이 가운데|이 중)|(?:^|\s)이(?: 같은|러한|런) (?:의견|지적|우려|비판|반발|요구|목소리|주장)/;

/** "…기 때문이다." answers a question that only the sentence before it asks. */
const GIVES_REASON = /때문이다\.$/;
const ASKS_ITSELF = /(?:것은|이유는|까닭은|배경은|이는)\s/;
const MAX_TAKEAWAY_CHARACTERS = 120;
/** A paragraph that begins with no more than this says in the next sentence what it is about. */
const MAX_ANNOUNCEMENT_CHARACTERS = 40;

/** A sentence of an article and the number of its paragraph. */
export interface Sentence {
  text: string;
  paragraph: number;
}

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
export function summarize(sentences: Sentence[], title: string, maxCharacters: number): Summary {
  const texts = sentences.map(({ text }) => text);
  const ranked = rankSentences(texts, title);
  const rewritten = texts.map(rewriteSentence);
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
    else if (pointsBack(sentences[index]!) || announces(sentences, index - 1))
      passages.at(-1)?.push(...parts);
    else passages.push(parts);
  }
  const independent = chosen.filter(
    (index) => !pointsBack(sentences[index]!) && !announces(sentences, index),
  );
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
  sentences: Sentence[],
  rewritten: string[][],
  { scores, similarity }: RankedSentences,
  chosen: number[],
  left: number,
): number | undefined {
  let best: { index: number; value: number } | undefined;
  sentences.forEach((sentence, index) => {
    if (chosen.includes(index) || lengthOf(rewritten[index] ?? []) > left) return;
    if (pointsBack(sentence) && !chosen.includes(index - 1)) return;
    if (announces(sentences, index) && !chosen.includes(index + 1)) return;
    const repeated = Math.max(0, ...chosen.map((other) => similarity(index, other)));
    const value = (1 - NOVELTY_WEIGHT) * (scores[index] ?? 0) - NOVELTY_WEIGHT * repeated;
    if (!best || value > best.value) best = { index, value };
  });
  return best?.index;
}

/** The lead, which says what happened, else the best of the chosen: the first that is short enough to be remembered. */
function pickTakeaway(rewritten: string[][], scores: number[], chosen: number[]): string[] {
  const byScore = [...chosen].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const best = chosen.includes(0) ? [0, ...byScore] : byScore;
  const short = best.find((index) => (rewritten[index]?.[0]?.length ?? 0) <= MAX_TAKEAWAY_CHARACTERS);
  return rewritten[short ?? best[0] ?? -1] ?? [];
}

function pointsBack({ text }: Sentence): boolean {
  return POINTS_BACK.test(text) || (GIVES_REASON.test(text) && !ASKS_ITSELF.test(text));
}

/** A short beginning of a paragraph, which says little without the sentence behind it. */
function announces(sentences: Sentence[], index: number): boolean {
  const { text, paragraph } = sentences[index]!;
  return (
    text.length <= MAX_ANNOUNCEMENT_CHARACTERS &&
    sentences[index - 1]?.paragraph !== paragraph &&
    sentences[index + 1]?.paragraph === paragraph
  );
}

function lengthOf(parts: string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 1, 1);
}

function withoutConjunction(parts: string[]): string[] {
  const [first = '', ...rest] = parts;
  return [first.replace(CONJUNCTION, ''), ...rest];
}
