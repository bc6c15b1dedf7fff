import { featureCounts } from './words';

/** How much a feature of `frequency` of these many texts tells: ln(1 + N / (1 + df)). */
export function inverseFrequency(texts: number, frequency: number): number {
  return Math.log(1 + texts / (1 + frequency));
}

/**
 * The `limit` heaviest features, of equals the smaller, as a vector of length 1: (1 + ln tf) · idf (Salton and Buckley
 * 1988).
 */
export function tfIdfVector<T extends string | number>(
  counts: Iterable<readonly [T, number]>,
  idf: (feature: T) => number,
  limit = Infinity,
): [T, number][] {
  const weights = Array.from(counts, ([feature, count]): [T, number] => [
    feature,
    (1 + Math.log(Math.max(count, 0.5))) * idf(feature),
  ]);
  const heaviest =
    weights.length <= limit
      ? weights
      : weights.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
  const norm = Math.sqrt(heaviest.reduce((sum, [, weight]) => sum + weight ** 2, 0)) || 1;
  return heaviest.map(([feature, weight]) => [feature, weight / norm]);
}

/** A vector of each text, whose features are weighed by how few of these texts have them. */
export function textVectors(texts: readonly string[]): Map<string, number>[] {
  const documents = texts.map((text) => featureCounts(text));
  const frequency = new Map<string, number>();
  for (const counts of documents)
    for (const feature of counts.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const idf = (feature: string) => inverseFrequency(texts.length, frequency.get(feature)!);
  return documents.map((counts) => new Map(tfIdfVector(counts, idf)));
}

/** Of vectors of length 1 the cosine of their angle: 0 for texts without a common feature, 1 for equal ones. */
export function dotProduct(
  left: ReadonlyMap<string, number> | undefined,
  right: ReadonlyMap<string, number> | undefined,
): number {
  if (!left || !right) return 0;
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [feature, weight] of small) sum += weight * (large.get(feature) ?? 0);
  return sum;
}
