import { FINAL, finalConsonant, syllableAt, withFinalConsonant, withLastSyllable } from './hangul';

/** Index of a vowel in a Hangul syllable block (Unicode 3.12). */
const VOWEL = {
  a: 0,
  ae: 1,
  ya: 2,
  eo: 4,
  yeo: 6,
  o: 8,
  wa: 9,
  wae: 10,
  oe: 11,
  u: 13,
  wo: 14,
  eu: 18,
  i: 20,
};
/** Of a stem that ends in a vowel: what that vowel becomes with 어. Others take 어 as a syllable of its own. */
const CONTRACTED = new Map([
  [VOWEL.a, VOWEL.a],
  [VOWEL.ae, VOWEL.ae],
  [VOWEL.eo, VOWEL.eo],
  [VOWEL.eo + 1, VOWEL.eo + 1],
  [VOWEL.yeo, VOWEL.yeo],
  [VOWEL.o, VOWEL.wa],
  [VOWEL.u, VOWEL.wo],
  [VOWEL.oe, VOWEL.wae],
  [VOWEL.i, VOWEL.yeo],
]);
const BRIGHT: readonly number[] = [VOWEL.a, VOWEL.ya, VOWEL.o];

const REGULAR_IN_BIEUP = /[좁굽씹입잡뽑꼽접집업]$/;
const IRREGULAR_IN_SIOS = /[짓낫붓잇긋젓]$/;
const IRREGULAR_IN_DIGEUT = /(?:[묻듣싣]|깨닫|일컫|치닫|내닫|걷)$/;
/** 세금을 걷는다 is regular, 길을 걷는다 is not. */
const COLLECTED = /(?:세금|세|료|돈|회비|부담금|기금)(?:을|를) (?:[가-힣]+ )?걷$/;
const IRREGULAR_IN_HIEUH = /[렇떻랗갛맣얗]$/;
const DROPS_EU_OF_REU = /(?:따|치|들|다다|우러)르$/;
const ADDS_REO = /(?:^|[^가-힣])(?:이|푸)르$/;

/** Last syllables that only stems in -ㄹ- have without it: 든, 돈 and 팝 of 들다, 돌다, 팔다. */
const ALWAYS_RIEUL = /[드도여거파더느머다터노모푸트버]$/;
/** Words that are such stems as a whole. */
const WORD_IN_RIEUL = /^(?:(?:떠|내|치)?미|비|이?끄|아|부|[저머허다여]?무|드무|우|기우|어|조|기)$/;
const OBJECT = /[을를]$/;
/** A predicate's stem with 아요 or 어요: 높 gives 높아요, 오르 올라요, 어렵 어려워요. */
export function informalPolite(stem: string): string {
  return `${infinitive(stem)}요`;
}

function infinitive(stem: string): string {
  if (stem.endsWith('하')) return `${stem.slice(0, -1)}해`;
  if (finalConsonant(stem) === FINAL.none) return infinitiveOfVowel(stem);
  const bare = withFinalConsonant(stem, FINAL.none);
  switch (finalConsonant(stem)) {
    case FINAL.ssangsios:
      return `${stem}어`;
    case FINAL.bieup:
      if (REGULAR_IN_BIEUP.test(stem)) break;
      return bare + (/[돕곱]$/.test(stem) ? '와' : '워');
    case FINAL.sios:
      if (IRREGULAR_IN_SIOS.test(stem)) return bare + harmonic(bare);
      break;
    case FINAL.digeut:
      if (!IRREGULAR_IN_DIGEUT.test(stem) || COLLECTED.test(stem)) break;
      return withFinalConsonant(stem, FINAL.rieul) + harmonic(stem);
    case FINAL.rieul:
      return stem + (stem.endsWith('머물') ? '러' : harmonic(stem));
    case FINAL.hieuh:
      if (IRREGULAR_IN_HIEUH.test(stem)) return withVowel(bare, bare.endsWith('야') ? 3 : VOWEL.ae);
      break;
  }
  return stem + harmonic(stem);
}

function infinitiveOfVowel(stem: string): string {
  const vowel = vowelOf(stem);
  if (vowel !== VOWEL.eu) {
    const contracted = CONTRACTED.get(vowel);
    return contracted === undefined ? `${stem}어` : withVowel(stem, contracted);
  }
  const before = stem.slice(0, -1);
  if (ADDS_REO.test(stem)) return `${stem}러`;
  if (stem.endsWith('르') && !DROPS_EU_OF_REU.test(stem))
    return `${withFinalConsonant(before, FINAL.rieul)}${isBright(before) ? '라' : '러'}`;
  return withVowel(stem, isBright(before) && !/[쓰크뜨트끄]$/.test(stem) ? VOWEL.a : VOWEL.eo);
}

/** The stem whose last consonant ㄹ was lost before ㄴ or ㅂ: "수출이 느" of 는다 is "수출이 늘". Other stems stay. */
export function restoredStem(stem: string): string {
  const words = stem.split(' ');
  const word = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const lost =
    ALWAYS_RIEUL.test(word) ||
    WORD_IN_RIEUL.test(word) ||
    (word === '사' && !OBJECT.test(before)) ||
    (word === '주' && !isInfinitive(before) && !words.slice(-5, -1).some((one) => OBJECT.test(one)));
  return lost ? withFinalConsonant(stem, FINAL.rieul) : stem;
}

/** 낮춰, 깎아: what the verb 주다 helps. 수요가, 해마다 and 점차 are none. */
function isInfinitive(word: string): boolean {
  const { a, ae, eo, yeo, wa, wae, wo } = VOWEL;
  return (
    finalConsonant(word) === FINAL.none &&
    !/[가다차]$/.test(word) &&
    [a, ae, eo, yeo, wa, wae, wo].includes(vowelOf(word))
  );
}

function harmonic(stem: string): string {
  return isBright(stem) ? '아' : '어';
}

function isBright(stem: string): boolean {
  return finalConsonant(stem) !== undefined && BRIGHT.includes(vowelOf(stem));
}

function vowelOf(text: string): number {
  return syllableAt(text, text.length - 1)?.vowel ?? NaN;
}

function withVowel(text: string, vowel: number): string {
  return withLastSyllable(text, { vowel });
}
