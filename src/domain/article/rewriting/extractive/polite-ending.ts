import { FINAL, finalConsonant, withFinalConsonant } from '../../../korean/hangul';

const VOWEL_STEM_PREDICATES =
  /(?:^크|하|쁘|싸|(?:빠|다|이|푸|가파|게으|서투|배부)르|(?:아|슬|고)프|(?:느|흐|어)리|(?:거|드)세|(?:멋|값|지)지|아니|띠)$/;
/** Nouns that look like a stem with -하-. */
const NOUNS_IN_HA = /(?:^|[^가-힣])(?:이하|인하|지하|산하|휘하|저하)$/;

/**
 * A sentence in the plain written style (했다, 한다, 높다, 것이다) in the polite one (했습니다, 합니다, 높습니다,
 * 것입니다). Any other sentence is returned as it is.
 */
export function toPoliteSentence(sentence: string): string {
  const match = /^(.*\S)다([.!?]*)$/su.exec(sentence);
  if (!match) return sentence;
  const [, beforeEnding = '', punctuation = ''] = match;
  return politePredicate(beforeEnding) + (punctuation || '.');
}

/** The polite form of a predicate given without its final 다: "했" gives "했습니다", "한" gives "합니다". */
export function politePredicate(stem: string): string {
  const final = finalConsonant(stem);
  if (final === undefined) return `${stem}입니다`;
  if (stem.endsWith('니') && finalConsonant(stem.slice(0, -1)) === FINAL.bieup) return `${stem}다`;
  if (stem.endsWith('는') && (finalConsonant(stem.slice(0, -1)) ?? FINAL.none) !== FINAL.none) {
    return `${stem.slice(0, -1)}습니다`;
  }
  if (final === FINAL.nieun || final === FINAL.rieul) return `${withFinalConsonant(stem, FINAL.bieup)}니다`;
  if (final !== FINAL.none) return `${stem}습니다`;
  const lastWord = stem.slice(stem.lastIndexOf(' ') + 1);
  const isPredicate =
    lastWord.endsWith('이') || (VOWEL_STEM_PREDICATES.test(lastWord) && !NOUNS_IN_HA.test(lastWord));
  return isPredicate ? `${withFinalConsonant(stem, FINAL.bieup)}니다` : `${stem}입니다`;
}
