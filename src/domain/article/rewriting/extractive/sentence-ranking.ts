import { dotProduct, textVectors } from '../../../korean/tf-idf';

const DAMPING = 0.85;
const ITERATIONS = 30;
const TITLE_WEIGHT = 2;

export interface RankedSentences {
  /** Importance in the order of the sentences, 1 for the greatest. */
  scores: number[];
  /** Cosine similarity of two sentences, 0 to 1. */
  similarity(left: number, right: number): number;
}

/**
 * LexRank (Erkan and Radev 2004, continuous form) over tf-idf vectors of stems and character bigrams. The teleport
 * distribution prefers early sentences and those close to the title, as in biased LexRank (Otterbacher et al. 2009).
 * Quadratic in the number of sentences: the caller bounds it.
 */
export function rankSentences(sentences: string[], title: string): RankedSentences {
  const [titleVector = new Map<string, number>(), ...vectors] = textVectors([title, ...sentences]);
  const count = sentences.length;
  const matrix = vectors.map(() => new Float64Array(count));
  for (let row = 0; row < count; row += 1) {
    for (let column = row + 1; column < count; column += 1) {
      const value = dotProduct(vectors[row], vectors[column]);
      matrix[row]![column] = value;
      matrix[column]![row] = value;
    }
  }
  const prior = normalized(
    vectors.map(
      (vector, index) => (1 + TITLE_WEIGHT * dotProduct(vector, titleVector)) / Math.sqrt(index + 1),
    ),
  );
  const scores = powerIteration(matrix, prior);
  const greatest = Math.max(...scores, Number.MIN_VALUE);
  return {
    scores: scores.map((score) => score / greatest),
    similarity: (left, right) => (left === right ? 1 : (matrix[left]?.[right] ?? 0)),
  };
}

function powerIteration(matrix: Float64Array[], prior: number[]): number[] {
  const sums = matrix.map((row) => row.reduce((sum, value) => sum + value, 0));
  let scores = prior;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const next = prior.map((value) => (1 - DAMPING) * value);
    let dangling = 0;
    matrix.forEach((row, from) => {
      const share = (DAMPING * (scores[from] ?? 0)) / (sums[from] || 1);
      if (!sums[from]) dangling += DAMPING * (scores[from] ?? 0);
      else row.forEach((value, to) => (next[to] = (next[to] ?? 0) + share * value));
    });
    scores = next.map((value, index) => value + dangling * (prior[index] ?? 0));
  }
  return scores;
}

function normalized(values: number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  return values.map((value) => value / total);
}
