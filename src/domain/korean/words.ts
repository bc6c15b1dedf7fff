import { composed, withoutInvisible } from '../../visible-text';
import { stemOf } from './particles';

/** What is written for the middle dot, in NFKC: ㆍ (U+119E there), ‧, •, ∙, ⋅, ・, ꞏ, ᐧ. The SQL function search_text has them too. */
const MIDDLE_DOTS = /[\u119e\u2027\u2022\u2219\u22c5\u30fb\ua78f\u1427]/g;
const NOT_SEARCHED =
  /(?:[^\p{L}\p{N}.%&]|(?<![0-9])\.|\.(?![0-9])|(?<![0-9])%|(?<![a-z0-9])&|&(?![a-z0-9]))+/gu;

/** One form of every letter: NFKC, lower case, one middle dot, nothing invisible. The SQL function search_text does the same. */
export function normalText(text: string): string {
  return withoutInvisible(composed(text, 'NFKC')).toLowerCase().replace(MIDDLE_DOTS, '·');
}

/** What two texts have in common when only spacing, punctuation, case or width tells them apart; may be empty. */
export function keyOf(text: string): string {
  return normalText(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** A text as search sees it, words between single spaces: what the SQL function search_text makes of articles. */
export function searchText(text: string): string {
  const plain = normalText(text).replace(/([0-9]),(?=[0-9]{3})/g, '$1');
  return ` ${plain.replace(NOT_SEARCHED, ' ').trim()} `;
}

/** The words of a text in order, without their particles; one that is empty for a text without any. */
export function stemsOf(text: string): string[] {
  return searchText(text).trim().split(' ').map(stemOf);
}

/**
 * How often each stem is in a text, and with `pairWeight` each pair of characters in those with Hangul, which compounds
 * and inflected forms share.
 */
export function featureCounts(text: string, pairWeight = 1): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (feature: string, weight: number) => counts.set(feature, (counts.get(feature) ?? 0) + weight);
  for (const stem of stemsOf(text)) {
    if (stem === '') continue;
    count(stem, 1);
    if (stem.length > 2 && /[가-힣]/.test(stem))
      for (let index = 0; index + 2 <= stem.length; index += 1)
        count(stem.slice(index, index + 2), pairWeight);
  }
  return counts;
}
