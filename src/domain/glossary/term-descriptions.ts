import { finalConsonant, FINAL } from '../korean/hangul';
import { stemOf } from '../korean/particles';
import { meaningOf } from '../korean/same-meaning';
import { splitSentences } from '../korean/sentences';
import { inverseFrequency } from '../korean/tf-idf';
import { searchText } from '../korean/words';
import { nameKeysOf, type NamedTerm } from './term-names';

export interface DescribedTerm extends NamedTerm {
  description: string;
  example?: string | null;
}

/** What is read of a description. */
const MAX_CHARACTERS = 400;
const MAX_MEANINGS = 60;
/** And of a question. */
const MAX_ASKED = 20;
/** Of how much a word is worth that stands behind the first sentence. */
const LATER = 0.9;
/** How much of a question's weight a description must share: more of it where only two words are shared. */
const ENOUGH = [Infinity, Infinity, 0.6, 0.48, 0.42];
/** Of a question that names a term this much is enough, of one that does not ask for a name this much more is needed. */
const NAMES_TERM = -0.08;
const NOT_DESCRIBING = 0.2;
/** And of one that tells at length and then asks for the name this much less. */
const ASKS_FOR_NAME = -0.2;
/** But where two words are shared, which any two things may. */
const FEW = 2;
const OF_FEW = 0.1;
/** A word of speech that no description has, of a question that tells at length. */
const OF_UNKNOWN = 0.75;
/** How much it counts that a first sentence says nothing else. */
const CONCISE = 0.25;

/** Words, without their particles, that say nothing of what is described. */
const EMPTY = new Set(
  (
    '것 거 게 걸 건 것이 것을 것은 것이에요 거예요 거야 거라고 현상 현상이에요 현상을 말 말이에요 용어 단어 이름 뜻 뜻이에요 의미 때 때의 경우 일 일이 일을 일이에요 상태 상태예요 상황 상황이에요 사태 곳 곳이에요 데 ' +
    '뭐 뭐가 뭐야 뭐지 뭐예요 뭘 무엇 무엇인가요 무슨 뭐라고 뭐라 어떤 그 이 저 이런 그런 수 수가 등 좀 또 또는 그리고 때문 대해 대한 가운데 중 중에 두 같은 같이 ' +
    '하다 하는 한 할 하고 해 해요 하나요 하죠 하지 한다 부르다 불러 불러요 부르나요 부르는 되다 되는 된 될 돼 돼요 되고 있다 있는 있을 있게 있어요 있고 있도록 이다 인 ' +
    '주다 주는 준 줄 주고 줘 줘요 주어 보다 보는 본 볼 보고 봐 가다 가는 간 갈 알려 알려줘 설명 설명해 궁금해요'
  ).split(' '),
);
const NAMELESS =
  /(?:뭐|무엇이|뭘)(?:라고|라|라구)|무슨 (?:용어|말|단어)|(?:용어|단어|말)(?:가|는|은|이)? ?(?:뭐|무엇|있)/;
const TAIL =
  /[\s?!.~,]*(?:(?:을|를|이|가|은|는)?\s*(?:뭐|뭘|무엇|무슨|어떤|뜻|알려|설명|궁금|용어|하나요|해요?|부르|불러|하죠|하지)[^\s]*\s*)*[\s?!.~,]*$/;
/** "The reason why prices rise" asks about prices. */
const NOT_DESCRIBED =
  /(?:요|다|까|죠|나|[는은을]지)$|^(?:이유|원인|까닭|때|영향|배경|시기|방법|법|중|동안|뜻)/;
const ASKED_OF_A_THING = /(?:^|\s)(?:왜|언제|어떻게|어디)/;
/** A thing that is told by a clause before it: 물가가 오르는 현상, 빌린 돈. */
const STATE = /(?:현상|상태)(?:이|가|을|를|은|는)?$/;

/** Whether a question tells what a term means instead of naming it. */
export function isDescription(question: string): boolean {
  if (NAMELESS.test(question)) return true;
  if (ASKED_OF_A_THING.test(question)) return false;
  const told = question.trim().replace(TAIL, '').trim();
  if (STATE.test(told)) return true;
  const words = told.split(/\s+/);
  const noun = words.at(-1) ?? '';
  return (
    words.length >= 3 &&
    words.slice(1, -1).some(isClauseEnd) &&
    /^[가-힣]+$/.test(noun) &&
    !NOT_DESCRIBED.test(noun)
  );
}

function isClauseEnd(word: string): boolean {
  const final = finalConsonant(word);
  return word.length > 0 && (/(?:는|은|던)$/.test(word) || final === FINAL.nieun || final === FINAL.rieul);
}

/** Of the weight of a question: what a description shares of it, and the part in its first sentence. */
interface Share {
  weight: number;
  ofFirst: number;
  count: number;
}

/** Finds terms by what they mean, in the words of their descriptions or others of the same meaning. */
export class TermDescriptions<T extends DescribedTerm> {
  private readonly terms: T[] = [];
  /** What the first sentence of each says, by number. */
  private readonly told: number[][] = [];
  private readonly numbers = new Map<string, number>();
  /** By the number of a meaning: the indexes of terms that have it, doubled, and one more in a first sentence or a name. */
  private readonly places: number[][] = [];

  add(term: T): void {
    const index = this.terms.push(term) - 1;
    const [first = '', ...later] = splitSentences(term.description.slice(0, MAX_CHARACTERS));
    const told = [...meaningsOf(first).keys()];
    const names = nameKeysOf(term).filter((key) => /^[가-힣]+$/.test(key));
    const seen = new Set<string>();
    const read = (meanings: Iterable<string>, isFirst: 0 | 1) => {
      for (const meaning of meanings) {
        if (seen.has(meaning) || seen.size >= MAX_MEANINGS) continue;
        seen.add(meaning);
        this.places[this.numberOf(meaning)]!.push(2 * index + isFirst);
      }
    };
    read(told, 1);
    read(names.map(meaningOf), 1);
    read(
      names.map((name) => meaningOf(beginningOf(name))),
      0,
    );
    read(meaningsOf(`${later.join(' ')} ${term.example ?? ''}`).keys(), 0);
    this.told.push(told.filter((meaning) => seen.has(meaning)).map((meaning) => this.numberOf(meaning)));
  }

  /** The term whose description says most of what a question says, or null when none says enough of it. */
  best(
    question: string,
    { describes, namesTerm, asksForName }: { describes: boolean; namesTerm: boolean; asksForName?: boolean },
  ): T | null {
    const shares = new Map<number, Share>();
    let asked = 0;
    for (const [meaning, word] of [...meaningsOf(question)].slice(0, MAX_ASKED)) {
      const number = this.numbers.get(meaning) ?? this.numbers.get(meaningOf(beginningOf(word)));
      // A word that no description has tells against all of them.
      const places = number === undefined ? [] : this.places[number]!;
      const weight = this.weightOf(places.length);
      asked += weight * (asksForName && places.length === 0 ? OF_UNKNOWN : 1);
      for (const place of places) {
        const share = shares.get(place >> 1) ?? { weight: 0, ofFirst: 0, count: 0 };
        share.weight += place & 1 ? weight : LATER * weight;
        if (place & 1) share.ofFirst += weight;
        share.count += 1;
        shares.set(place >> 1, share);
      }
    }
    const more =
      (namesTerm ? NAMES_TERM : 0) + (describes ? 0 : NOT_DESCRIBING) + (asksForName ? ASKS_FOR_NAME : 0);
    let best: { index: number; score: number } | null = null;
    for (const [index, { weight, ofFirst, count }] of shares) {
      const few = asksForName && count <= FEW ? OF_FEW : 0;
      if (weight < (ENOUGH[Math.min(count, ENOUGH.length - 1)]! + more + few) * asked) continue;
      const score = weight / asked + CONCISE * Math.min(1, ofFirst / this.weightOfFirst(index));
      if (score > (best?.score ?? 0)) best = { index, score };
    }
    return best && this.terms[best.index]!;
  }

  private weightOfFirst(index: number): number {
    return this.told[index]!.reduce((sum, number) => sum + this.weightOf(this.places[number]!.length), 1);
  }

  private weightOf(frequency: number): number {
    return inverseFrequency(this.terms.length, frequency);
  }

  private numberOf(meaning: string): number {
    let number = this.numbers.get(meaning);
    if (number === undefined) {
      number = this.places.push([]) - 1;
      this.numbers.set(meaning, number);
    }
    return number;
  }
}

const ABROAD = /다른 나라/g;
/** 다음 달 is a word as 담달 is. */
const NEXT_MONTH = /(?:다음|담)\s?달/g;
/** 살수있게, 갚을수없는. */
const JOINED = /(?<=[가-힣])(?=수\s?(?:있|없))/g;
/** 물건값 and 기름값 are what 물건 가격 and 기름 값 are. */
const VALUE = /(?<=[가-힣])값/g;
/** 돈빼러, 못준대. */
const VERB_JOINED =
  /(?<=(?<![가-힣])돈)(?=[빼뺀넣벌쓰갚떼모버낸번굴])|(?<=[는은])(?=돈(?:\s|$))|(?<=(?<![가-힣])못)(?=[준주갚받내팔])|(?<=(?<![가-힣])안)(?=[갖팔쓰갚])/g;
/** 팔아버림, 깎아달라, 줄어있음. */
const AUXILIARY =
  /(?<=떼)(?=가)|(?<=[가-힣][아어여해려져러])(?=(?:버[리렸림려린]|달라|있[음는어]|놓[은는고]))/g;
/** 전셋값, 전셋집. */
const RENT = /셋(?=[값집방])/g;
/** 떨어지지 않는, 갚지 못하는. */
const NEGATED = /(?<=[가-힣])지(?= (?:않|못))/g;
/** GDP가, 10%예요. */
const SCRIPT_END = /[0-9a-z%]+(?=[가-힣])/gi;

/** What a text says, each with the word that says it first. What it says again is another thing: 이자에 이자. */
function meaningsOf(text: string): Map<string, string> {
  const meanings = new Map<string, string>();
  const apart = text
    .replace(ABROAD, '외국')
    .replace(NEXT_MONTH, '다음달')
    .replace(RENT, '세')
    .replace(JOINED, ' ')
    .replace(VERB_JOINED, ' ')
    .replace(AUXILIARY, ' ')
    .replace(NEGATED, '')
    .replace(VALUE, ' 값')
    .replace(SCRIPT_END, '$& ');
  for (const word of searchText(apart).trim().split(' ')) {
    const meaning = meaningOf(word);
    if (meaning !== '' && !EMPTY.has(word) && !EMPTY.has(stemOf(word)))
      meanings.set(meanings.has(meaning) ? `${meaning} ${meaning}` : meaning, word);
  }
  return meanings;
}

/** 예금 of 예금자들이, 수입 of 수입품. */
function beginningOf(word: string): string {
  return /^[가-힣]{3,}$/.test(word) ? word.slice(0, 2) : word;
}
