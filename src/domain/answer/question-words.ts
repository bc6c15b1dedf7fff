import { cutText } from '../../visible-text';
import { FINAL, finalConsonant } from '../korean/hangul';
import { isNounEnding, stemOf } from '../korean/particles';
import { meaningOf } from '../korean/same-meaning';
import { searchText } from '../korean/words';

const MAX_LENGTH = 500;
const MAX_WORDS = 24;

/** How somebody points at what is being read. */
const POINTING =
  /(?:^|\s)(?:이|그)\s(?:제도|정책|회사|기업|상품|법|지원금|사업|기술|게임|축제|팀|도시|서비스|방안|조치|규제|소식|이야기|얘기|내용|사건|판결|사람|작품|문제|현상)(?:들)?(?:에서|에|의|는|은|가|이|를|을|로|도)?(?=[\s?!.,]|$)|(?:이|위|해당|방금\s?읽은|지금\s?읽(?:는|고\s?있는)|읽고\s?있는|본|저|그)\s?(?:기사|글|뉴스|칼럼|사설|내용|본문|페이지)(?:에서|에|의|는|은|가|이|를|을|로|에는|에서는)?(?:\s?(?:나온|나오는|말하는|말한|나와\s?있는|언급된|언급한|쓰인|적힌|다룬|다루는|소개된|설명한|본|있는))?|(?:^|\s)(?:기사|본문|글)(?:에서|에)(?:\s?(?:나온|나오는|말하는|말한|언급된|본|있는))?|여기\s?(?:서|에서?)?\s?(?:나온|나오는|말하는|언급된)?|(?:아까|방금)\s?(?:본|읽은)/g;

const WRITER = /글쓴이|필자|작가|저자|칼럼니스트|이거|이게|여기/;

/** How people ask: behind a word without a space, too. */
const TAIL =
  /(?:이란|란|이라는|라는|이|가|은|는|을|를|이랑|랑)?\s?(?:게|건|것은|것이)?(?:뭐|뭔|뭘|머야|모야|무엇|무슨|왜|어떻|어떤|얼마|몇|알려|설명|가르쳐|궁금|언제|어디|누가|누구|차이가?|뜻이?|의미가?)[가-힣]*$/;

/** Words, without their particles, that ask or say nothing of what is asked about. */
const ASKING = new RegExp(
  '^(?:' +
    [
      '뭐.*|뭔.*|뭘.*|뭣.*|머야|모야|무엇.*|무슨|무얼.*|왜.*|어째서|어떻게.*|어떡.*|어떤.*|어때.*|어떨.*|어떠.*|어느|어디.*|언제.*|얼마.*|몇.*|누가|누구.*|누굴',
      '뜻.*|의미.*|말|말이.*|말은|말인.*|말을|말하는|말해.*|개념.*|정의.*|용어.*|단어.*|설명.*|알려.*|알고|알아.*|알수|아나.*|가르쳐.*|갈켜.*|궁금.*|모르겠.*|모르.*|이해.*',
      '쉽게|쉬운|간단.*|간략.*|자세.*|좀|제발|혹시|그럼|그러면|그런데|근데|그래서|그리고|그냥|도대체|대체|솔직히|요즘|요새|자꾸|진짜|정말|한번|다시|빨리|지금|현재|최근|보통|원래|일단|또|더|많이|꼭|잘|딱|막|너무|아주|제일|가장|대충|대략|정도|약|총|모두',
      '이유.*|까닭.*|원인|때문.*|대해.*|대한|관해.*|관한|관련.*|차이.*|다른|다르.*|달라.*|구분|구별|예시.*|예를|예|들어|들어서|들어줘|거|것|게|건|걸|수|데|때|점|등|및|중|중에|하나|하나도|하나만',
      '기사.*|뉴스.*|본문.*|내용.*|글에.*|글|이거.*|이게|이건|그거.*|그게|저게|여기.*|저기.*|저|제|제가|저는|전|나|내|내가|나는|난|나도|우리|너|네|넌|당신|산지니.*|이|그|저기요|있나|이런|그런|저런|이렇게|그렇게|이|요',
      '하는|하는지|하나요|하나|하죠|하지|해|해요|해줘.*|해주.*|한다.*|한|할|할까.*|했.*|하면|하고|하려면|하는데.*|하자|되는.*|되나.*|되죠|되지|된|된다.*|될.*|됐.*|돼.*|되면|되려면|되었.*|있는.*|있어.*|있나.*|있을.*|있다.*|있던.*|있었.*|있습.*|있잖.*|있죠|있냐.*|없는.*|없나.*|없어.*|없을.*',
      '이에요|예요|에요|인가.*|인지.*|인데.*|인건.*|입니까|입니다|이야|야|이죠|죠|건가.*|거야.*|거예.*|거에.*|거죠|거지|건지.*|것인.*|것이.*|거래|거임|걸까.*|걸로|듯.*|같은데.*|같은|같아.*|같애.*|싶은.*|싶어.*|싶다|줘|줄래.*|주세요|주라|주실.*|주시.*|줄|달라.*|부탁.*|보고|봐|봐요|보면|보여.*|본',
      '라고.*|라는.*|이라고.*|이라는.*|이란|란|다던데.*|라던데.*|대요|대|래|래요|라며|한다던데.*|했다던데.*|다는데.*|라는데.*|불러.*|부르.*|나오는.*|나온.*|나오던.*|나와.*|나왔.*|쓰는|읽.*|처음|듣.*|들어본|들었.*|기억.*|요약.*|정리.*|핵심.*|간추.*|줄|줄로|줄요약|가능.*|필요.*|방법.*|법|어려워.*|어렵.*|헷갈.*|초보.*|사람들?|사람들은|얘기.*|이야기.*|생각.*|의견|소식|요점|결론|내용',
      '많은.*|젤|젤로|앞으로|있게|데가|데.*|이런걸|그런걸|이런거|글쓴이.*|필자.*|작가.*|저자.*|다들|저희|거기.*|아님|아닌.*|아니.*|아세.*|맞나.*|맞아.*|맞죠|어케|먼|먼지.*|먼소리.*|뭔소리.*|머.*|모야.*|그거.*|그건|그걸.*|그런건.*|하던데.*|하더라.*|하더니|부르더라|거요|거라.*|말고|이제|알겠.*|명칭|이름|이름이.*|줄임말.*|약자|가리키는|가리켜|지칭.*|동네|저기|엄마.*|아빠.*|부모님.*|친구.*|선배.*|회사에서|쪽은|쪽|건가|진짜로|암튼|아무튼|어차피|말에요|말이에.*|들었는데|봤는데|건데|거던데|쓰던데|하데|그래|그런가.*|권하.*|갔더니|구함|구해.*|구하.*|그대론.*',
      '으로|로|에|에서|의|와|과|을|를|은|는|가|도|만|까지|부터|및|ㅋ+.*|ㅎ+.*|ㅠ+.*|ㅜ+.*|what|is|are|the|a|an|of|does|do|mean|means|meaning|define|definition|explain|how|why|tell|me|about|please|in|to|s',
    ].join('|') +
    ')$',
);
/** A word with an ending of a verb or an adjective. */
const PREDICATE =
  /(?:(?<![수필주개중소])요|니다|니까|[가-힣]까|[하되리르지나았었였했됐렸졌]냐|[하되리르나았었였했됐렸졌있없]지|는지|은지|[하되르리나]나|는데|은데|[아어여해쳐려져워와겨켜눠]서|려면|려고|면서|[하되르리지나으]면|지만|거든|[았었였했됐났갔렸왔봤졌랐컸][가-힣]*|(?:오르|내리|[어아]지|어나|빠지|되|하|나오|늘|줄)는|[하되르리지나싸]다|[은는인온]다|는대|온대|[하되나르지싸]게|[하되르지나리]고|[하되르리]기|[아어여해]야|올라|내려|[어아]져|줄어|늘어|받아|비싸|커|높아|낮아|좋아|나빠|[아어]도|해도|오른|내린|어진|아진|어난|비싼|하던|되던|[가-힣](?:려는|려던|돼|됨)|사도|팔아도|[추꾸]는|[눠려와]주는)$/;

/** What is counted, not what is asked about: 몇 군데야. */
const COUNTED =
  /몇\s?(?:군데|곳|명|팀|개|채|장|건|편|퍼센트|퍼|프로|배|년|살|대|척|번|위|가지|마리|차례)[가-힣]*/g;
/** Syllables that are nouns of their own; others say too little. */
const SYLLABLES = new Set(Array.from('돈집빚금쌀책표차배빵술땅옷'));
const NUMBER = /^\d[\d.]*(?:천|만|억|조|%)*/;
/** LNG선, 4K로. */
const LATIN_START = /^[a-z]{2,}(?=[가-힣])/;
const SUFFIX = /(?<=[가-힣]{2})(?:값|들|장|표|비|료|액|사|사들|업체|구단|단|선|공장|시장|산)$/;
const SPOKEN: readonly [RegExp, string][] = [
  [/(?:뭔|먼|뭐)\s?(?:소리|소린|말|뜻)/g, '무슨 뜻'],
  [/(?<=[가-힣a-z])(?:가|이)?(?:먼지|머지|몬지|뭔지|먼데|먼가|몬데|머꼬)/gi, '가 뭔지'],
  [/(?:머|모)(?=야|에여|예요|에요|임|지\?|냐)/g, '뭐'],
  [/어케/g, '어떻게'],
  [/(?<=[가-힣])여(?=[?!.~\s]|$)/g, '요'],
  [/주세여|주셈|주라|쥬/g, '주세요'],
  [/임(?=[?!~]|$)/g, '인가요'],
  [/(?<=[는은린운])(?:거|건)(?=\s|$)/g, ' 것'],
  [/(?<=[가-힣])(?:다며|다면서|다던데|라던데|다는데|라는데|대매)(?:요)?(?=[\s?!.,]|$)/g, '다고'],
];

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
  for (const typed of searchText(withoutPointing(question).replace(COUNTED, ' ')).trim().split(' ')) {
    const text = bare(withoutTail(typed));
    const stem = stemOf(text);
    if (text === '' || isAsking(text)) continue;
    if (text.length === 1 && !SYLLABLES.has(text)) continue;
    words.set(stem, {
      text,
      stem,
      nouns: nounsOf(text).filter((noun) => noun !== stem),
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
  return nouns.slice(0, 3);
}

/** Whether a question speaks of what is being read. */
export function pointsAtArticle(question: string): boolean {
  return question.search(POINTING) >= 0 || WRITER.test(question);
}

/** Without the words that only say that it is about the article. */
export function withoutPointing(question: string): string {
  return plainly(question).replace(POINTING, ' ');
}

function withoutTail(word: string): string {
  const shorter = word.replace(TAIL, '');
  return shorter.length >= 2 || shorter === '' ? shorter : word;
}
