import { informalPolite, restoredStem } from '../../../korean/conjugation';
import { endsInConsonant, FINAL, finalConsonant, withFinalConsonant } from '../../../korean/hangul';

/** Adjectives whose stem ends in a vowel: their plain form looks like a noun with the copula (크다, 리스크다). */
const VOWEL_STEMS =
  /(?:^크|하|쁘|싸|(?:빠|다|푸|가파|게으|서투|배부)르|(?:아|슬|고)프|(?:느|흐|어)리|(?:거|드)세|(?:멋|값|지)지|띠|^이르)$/;
/** Nouns that look like a stem with -하-. */
const NOUNS_IN_HA = /(?:^|[^가-힣])(?:이하|인하|지하|산하|휘하|저하)$/;
/** Nouns in 이, which stays before 예요: 차이다 is 차이예요, but 사고이다 is 사고예요. */
const NOUNS_IN_I = /(?:^[사나아오추]|차|먹|놀|벌|풀|높|깊|넓|맞|잡|걸|어린|젊은|종|고양|하루살)이$/;
/** Verbs in 이, which is no copula: 보입니다, 줄입니다. */
const VERBS_IN_I =
  /(?:^|\s)(?:[돋내선]?보|줄|높|늘|붙|섞|쌓|끌어들|받아들|들|움직|죽|녹|깎|꺾|벌|기울|망설|쓰|모|반짝|숙)이$/;
/** How a part of a sentence ends that is no noun. */
const NO_NOUN =
  /(?:[요죠고며면서도만로에을를은는이가의와과나까지]|지만|는데|부터|처럼|에게|하게|토록|도록|듯|뿐)$/;

/**
 * A sentence in the plain written style (했다, 한다, 높다, 것이다) or the formal one (했습니다) in 해요체: 했어요, 해요,
 * 높아요, 것이에요. Any other sentence is returned as it is.
 */
export function toPoliteSentence(sentence: string): string {
  const match = /^(.*[^\s.?!])([.!?]*)$/su.exec(sentence);
  if (!match) return sentence;
  const [, text = '', marks = ''] = match;
  if (text.endsWith('다') && text.length > 1 && !/\s다$/.test(text))
    return politePredicate(text.slice(0, -1)) + (marks || '.');
  const question = politeQuestion(text, marks);
  if (question !== undefined) return question + (marks.includes('?') ? marks : '?');
  const nominal = marks.startsWith('.') ? politeNominal(text) : undefined;
  return nominal === undefined ? sentence : nominal + marks;
}

/** Whether a sentence ends politely, or in what somebody said. */
export function isPolite(sentence: string): boolean {
  return /[요죠][.!?~]*$|[.!?요죠다]["”’']\.?$/.test(sentence);
}

/** The polite form of a predicate given without its final 다: "했" gives "했어요", "한" gives "해요". */
export function politePredicate(stem: string): string {
  const final = finalConsonant(stem);
  if (stem.endsWith('니') && finalConsonant(stem.slice(0, -1)) === FINAL.bieup)
    return fromFormal(stem.slice(0, -1));
  if (final === undefined) return withCopula(stem);
  if (final === FINAL.nieun) return fromPresent(stem);
  if (final !== FINAL.none) return informalPolite(stem);
  const word = stem.slice(stem.lastIndexOf(' ') + 1);
  if (word.endsWith('아니')) return `${stem}에요`;
  if (word === '이르') return `${stem.slice(0, -2)}일러요`;
  if (VOWEL_STEMS.test(word) && !NOUNS_IN_HA.test(word)) return informalPolite(stem);
  return stem.endsWith('이') && !NOUNS_IN_I.test(word) ? withCopula(stem.slice(0, -1)) : `${stem}예요`;
}

/** 한, 든, 먹는, 는. */
function fromPresent(stem: string): string {
  const before = stem.slice(0, -1);
  if (stem.endsWith('는') && (finalConsonant(before) ?? FINAL.none) !== FINAL.none)
    return informalPolite(before);
  return informalPolite(restoredStem(withFinalConsonant(stem, FINAL.none)));
}

/** 했습, 합, 것입. */
function fromFormal(stem: string): string {
  const before = stem.slice(0, -1);
  if (stem.endsWith('습') && (finalConsonant(before) ?? FINAL.none) !== FINAL.none)
    return informalPolite(before);
  const verb = withFinalConsonant(stem, FINAL.none);
  if (verb.endsWith('아니')) return `${verb}에요`;
  if (verb.endsWith('이') && !VERBS_IN_I.test(verb)) return withCopula(before);
  return informalPolite(restoredStem(verb));
}

/** Whether the words are a question, and then its polite form: 될까, 뭔가, 있나, 합니까, 점은. */
function politeQuestion(text: string, marks: string): string | undefined {
  const before = text.slice(0, -1);
  const final = finalConsonant(before);
  if (text.endsWith('니까') && finalConsonant(text.slice(0, -2)) === FINAL.bieup) {
    const stem = text.slice(0, -2);
    if (stem.endsWith('습')) return `${stem.slice(0, -1)}나요`;
    return stem.endsWith('입') ? `${stem.slice(0, -1)}인가요` : `${withFinalConsonant(stem, FINAL.none)}나요`;
  }
  if (text.endsWith('까') && final === FINAL.rieul) return `${text}요`;
  if (text.endsWith('가') && final === FINAL.nieun) return `${text}요`;
  const isAsked = marks.includes('?');
  if (text.endsWith('나') && (isAsked || final === FINAL.ssangsios || /[없되받않]나$/.test(text)))
    return `${text}요`;
  if (!isAsked) return undefined;
  if (text.endsWith('느냐')) return `${text.slice(0, -2)}나요`;
  if (text.endsWith('이냐')) return `${text.slice(0, -2)}인가요`;
  if (text.endsWith('냐')) return `${before}나요`;
  return /[은는지데]$/.test(text) ? `${text}요` : undefined;
}

/** 했음, 함, 임, 전망. */
function politeNominal(text: string): string | undefined {
  const before = text.slice(0, -1);
  if (/[있없했됐었았겠였]음$/.test(text)) return informalPolite(before);
  if (/[가-힣]함$/.test(text)) return `${before}해요`;
  if (/[가-힣]됨$/.test(text)) return `${before}돼요`;
  if (/[가-힣]임$/.test(text)) return withCopula(before);
  return /[가-힣]$/.test(text) && !NO_NOUN.test(text) ? withCopula(text) : undefined;
}

/** The noun with 이에요, or 예요 behind a vowel. */
export function withCopula(noun: string): string {
  return noun + (endsInConsonant(noun) ? '이에요' : '예요');
}
