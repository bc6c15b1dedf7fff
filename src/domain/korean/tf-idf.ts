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
