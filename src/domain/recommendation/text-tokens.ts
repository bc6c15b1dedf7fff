const MAX_CHARACTERS = 4_000;
const PARTICLES =
  /(?:으로부터|에서부터|에게서|에서는|에게는|으로는|까지는|부터는|이라는|이라고|에서|에게|으로|까지|부터|보다|처럼|마다|이나|라고|라는|에는|에도|과는|와는|들이|들은|들을|하고|은|는|이|가|을|를|에|의|와|과|도|로|만)$/;

/**
 * Words without their particles and, for Hangul, their character bigrams, as hashes below `buckets`: compounds and
 * inflected forms still share something. Hashing trick: Weinberger et al. 2009.
 */
export function hashedTokens(text: string, buckets: number): Map<number, number> {
  const counts = new Map<number, number>();
  const count = (token: string, weight: number) => {
    const bucket = fnv1a(token) % buckets;
    counts.set(bucket, (counts.get(bucket) ?? 0) + weight);
  };
  const words =
    text
      .slice(0, MAX_CHARACTERS)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) {
    const hangul = /[가-힣]/.test(word);
    const stem = hangul && word.length > 2 ? word.replace(PARTICLES, '') || word : word;
    if (stem.length < 2) continue;
    count(stem, 1);
    if (hangul && stem.length > 2)
      for (let index = 0; index + 2 <= stem.length; index += 1) count(stem.slice(index, index + 2), 0.5);
  }
  return counts;
}

function fnv1a(token: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < token.length; index += 1)
    hash = Math.imul(hash ^ token.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
