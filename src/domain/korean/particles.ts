/** What search_stem in the database cuts off; a test compares the two. */
const PARTICLES = new Set(
  (
    '이었어요 이라고 이에요 였어요 에서는 에서도 에서의 에게는 으로는 으로도 으로의 까지는 까지의 부터는 보다는 ' +
    '으로 에서 에게 께서 한테 까지 부터 보다 처럼 마다 조차 밖에 하고 이나 이라 라고 이란 이며 이고 이다 예요 에는 에도 로는 로도 로의 ' +
    '와는 와의 과는 과의 만은 만이 은 는 이 가 을 를 의 에 도 와 과 로 만 뿐'
  ).split(' '),
);

/** A word without the longest particle behind it, as long as two characters are left. */
export function stemOf(word: string): string {
  for (let length = 4; length > 0; length -= 1) {
    const stem = word.slice(0, -length);
    if (stem.length >= 2 && PARTICLES.has(word.slice(-length)) && Array.from(stem).length >= 2) return stem;
  }
  return word;
}

/** What follows a noun without making another word of it: 금리들이, 금리에서는, 금리란, 금리예요. */
const NOUN_PARTICLES = [
  '들?',
  '(?:에서|에게서|에게|한테|으로부터|로부터|으로서|로서|으로써|로써|으로|로|까지|부터|보다|처럼|만큼|마다|하고|이랑|랑|과|와|의|에|이|가|을|를)?',
  '(?:은|는|도|만|까지|부터|조차|마저|밖에|뿐|이나|나|이라도|라도|요)*',
  '(?:이?(?:란|라는|라고|라면|라서|라|야|예요|에요|죠|지|지요|고|며|면|든|든지|다|니|냐|였다|었다|었던)|입니다|입니까|인가|인가요|인지|인데|인데요|인)?요?',
].join('');

/** Verbs that a noun becomes: 상장하는, 상장됐다, 상장시킨. */
const VERBS = '(?:하|해|했|한|할|함|합|되|돼|됐|된|될|됨|됩|시키|시킨|시켰).*';

/** Nouns that an economic term is often written together with, still meaning the same: 금리인상, 주식시장. */
const COMPANIONS =
  '(?:인상|인하|상승|하락|동결|급등|급락|변동|조정|결정|전망|정책|제도|규제|시장|거래|투자|상품|계좌|지수|비율|수준|증가|감소).*';

/** How people go on without a space: 금리가뭐야, 환율뜻. */
const QUESTIONS =
  '(?:(?:뭐|뭔|뭘|무엇|무슨|왜|어떻|어떤|얼마|알려|설명|가르쳐|뜻|의미|차이|개념|정의|궁금|누가|언제|어디).*)?';

const ENDING = new RegExp(`^(?:${NOUN_PARTICLES}${QUESTIONS}|${VERBS}|${COMPANIONS})$`);

/** A syllable alone is too often the start of another word (주가, 주의, 주는): only what no such word has. */
const ENDING_OF_SYLLABLE = /^(?:을|를|이?란|이?라는|이?라고|이?라|이야|이에요|예요|입니다|이|인가요?)?$/;

/** Whether the rest of a word, behind a noun of that many syllables, leaves the noun what it is. */
export function isNounEnding(rest: string, syllables: number): boolean {
  return (syllables === 1 ? ENDING_OF_SYLLABLE : ENDING).test(rest);
}
