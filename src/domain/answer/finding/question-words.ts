import { cutText } from '../../../visible-text';
import { FINAL, finalConsonant } from '../../korean/hangul';
import { isNounEnding, stemOf } from '../../korean/particles';
import { meaningOf } from '../../korean/same-meaning';
import { searchText } from '../../korean/words';
import { ASKING, PREDICATE } from './asking-words';
import { SPOKEN } from './spoken-words';

const MAX_LENGTH = 500;
const MAX_WORDS = 24;
const MAX_NOUNS = 3;

/** How somebody points at what is being read. */
const POINTING =
  /(?:^|\s)(?:이|그)\s(?:제도|정책|회사|기업|상품|법|지원금|사업|기술|게임|축제|팀|도시|서비스|방안|조치|규제|소식|이야기|얘기|내용|사건|판결|사람|작품|문제|현상)(?:들)?(?:에서|에|의|는|은|가|이|를|을|로|도)?(?=[\s?!.,]|$)|(?:이|위|해당|방금\s?읽은|지금\s?읽(?:는|고\s?있는)|읽고\s?있는|본|저|그)\s?(?:기사|글|뉴스|칼럼|사설|내용|본문|페이지)(?:에서|에|의|는|은|가|이|를|을|로|에는|에서는)?(?:\s?(?:나온|나오는|말하는|말한|나와\s?있는|언급된|언급한|쓰인|적힌|다룬|다루는|소개된|설명한|본|있는))?|(?:^|\s)(?:기사|본문|글)(?:에서|에)(?:\s?(?:나온|나오는|말하는|말한|언급된|본|있는))?|여기\s?(?:서|에서?)?\s?(?:나온|나오는|말하는|언급된)?|(?:아까|방금)\s?(?:본|읽은)/g;

const WRITER = /글쓴이|필자|작가|저자|칼럼니스트|이거|이게|여기/;

/** How people ask: behind a word without a space, too. */
const TAIL =
  /(?:이란|란|이라는|라는|이|가|은|는|을|를|이랑|랑)?\s?(?:게|건|것은|것이)?(?:뭐|뭔|뭘|머야|모야|무엇|무슨|왜|어떻|어떤|얼마|몇|알려|설명|가르쳐|궁금|언제|어디|누가|누구|차이가?|뜻이?|의미가?)[가-힣]*$/;

/** What is counted, not what is asked about: 몇 군데야. */
const COUNTED =
  /몇\s?(?:군데|곳|명|팀|개|채|장|건|편|퍼센트|퍼|프로|배|년|살|대|척|번|위|가지|마리|차례)[가-힣]*/g;
/** Syllables that are nouns of their own; others say too little. */
const SYLLABLES = new Set(Array.from('돈집빚금쌀책표차배빵술땅옷'));
const NUMBER = /^\d[\d.]*(?:천|만|억|조|%)*/;
/** LNG선, 4K로. */
const LATIN_START = /^[a-z]{2,}(?=[가-힣])/;
const SUFFIX = /(?<=[가-힣]{2})(?:값|들|장|표|비|료|액|사|사들|업체|구단|단|선|공장|시장|산|장)$/;

export interface QuestionWord {
  /** In the form of searchText. */
  text: string;
  /** Without its particle. */
  stem: string;
  /** What it is without other endings of a noun, the longest first: 복리 of 복리랑, 검토 of 검토중인. */
  nouns: readonly string[];
  meaning: string;
  /** More likely a verb or an adjective than what the question is about. */
  isPredicate: boolean;
}

/** What a question is about, word by word, the last ones of a long one; none of a greeting or of a bare “왜요?”. */
export function questionWordsOf(question: string): QuestionWord[] {
  const words = new Map<string, QuestionWord>();
  for (const typed of searchText(withoutCounted(withoutPointing(question)))
    .trim()
    .split(' ')) {
    const text = syllableOf(bare(withoutTail(typed)));
    const stem = stemOf(text);
    if (text === '' || isAsking(text)) continue;
    if (text.length === 1 && !SYLLABLES.has(text)) continue;
    words.set(stem, {
      text,
      stem,
      nouns: [...new Set([...nounsOf(text), ...nounsOf(stem)])]
        .filter((noun) => noun !== stem)
        .slice(0, MAX_NOUNS),
      meaning: meaningOf(text),
      isPredicate: stem.length > 1 && isPredicate(text),
    });
  }
  return [...words.values()].slice(-MAX_WORDS);
}

/** Whether a word asks, or says nothing of what is asked about. */
export function isAsking(word: string): boolean {
  return ASKING.test(word) || ASKING.test(stemOf(word));
}

export function isPredicate(word: string): boolean {
  return word.length > 1 && /^[가-힣]+$/.test(word) && (PREDICATE.test(word) || isPastOrTold(word));
}

/** 그만뒀대, 줄인대. */
function isPastOrTold(word: string): boolean {
  const syllables = Array.from(word);
  return (
    syllables.slice(1, -1).some((syllable) => finalConsonant(syllable) === FINAL.ssangsios) ||
    (/.대요?$/.test(word) && finalConsonant(word.replace(/대요?$/, '')) === FINAL.nieun && word.length > 2)
  );
}

/** A question as one would write it: 먼지 is 뭔지, 낮추는거 is 낮추는 것. */
export function plainly(question: string): string {
  return SPOKEN.reduce(
    (text, [spoken, written]) => text.replace(spoken, written),
    cutText(question, MAX_LENGTH),
  );
}

/** 빚 of 빚이. */
function syllableOf(word: string): string {
  return word.length === 2 && SYLLABLES.has(word[0]!) && /[이은을가는를도만]$/.test(word) ? word[0]! : word;
}

/** A number without what is counted, letters without what is joined to them. */
function bare(word: string): string {
  return NUMBER.exec(word)?.[0] ?? LATIN_START.exec(word)?.[0] ?? word;
}

/** What a word may be a noun with an ending of. */
function nounsOf(word: string): string[] {
  if (!/^[가-힣]+$/.test(word)) return [];
  const nouns: string[] = [];
  for (let length = word.length - 1; length >= 2; length -= 1) {
    const noun = word.slice(0, length);
    if (isNounEnding(word.slice(length), length) || SUFFIX.exec(word)?.[0].length === word.length - length)
      nouns.push(noun);
  }
  return nouns;
}

/** Whether a question speaks of what is being read. */
export function pointsAtArticle(question: string): boolean {
  return question.search(POINTING) >= 0 || WRITER.test(question);
}

/** Without what is only counted. */
export function withoutCounted(text: string): string {
  return text.replace(COUNTED, ' ');
}

/** Without the words that only say that it is about the article. */
export function withoutPointing(question: string): string {
  return plainly(question).replace(POINTING, ' ');
}

/** What a question tells, without the words that ask. */
export function toldIn(question: string): string {
  return question
    .split(/\s+/)
    .filter((word) => !isAsking(searchText(word).trim()))
    .join(' ');
}

function withoutTail(word: string): string {
  const shorter = word.replace(TAIL, '');
  return shorter.length >= 2 || shorter === '' ? shorter : word;
}
