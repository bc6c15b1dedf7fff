import { stemOf } from '../korean/particles';
import { meaningOf } from '../korean/same-meaning';
import { searchText } from '../korean/words';

/** Words, without their particles, that say nothing of what is described. */
export const EMPTY = new Set(
  (
    '것 거 게 걸 건 그거 이거 이런거 그런거 얘 것이 것을 것은 것이에요 거예요 거야 거라고 현상 현상이에요 현상을 말 말이에요 용어 단어 이름 뜻 뜻이에요 의미 때 때의 경우 일 일이 일을 일이에요 상태 상태예요 상황 상황이에요 사태 곳 곳이에요 데 ' +
    '뭐 뭐가 뭐야 뭐지 뭐예요 뭘 무엇 무엇인가요 무슨 뭐라고 뭐라 어떤 그 이 저 이런 그런 수 수가 등 좀 또 또는 그리고 때문 대해 대한 가운데 중 중에 두 같은 같이 ' +
    '하다 하는 되게 있는데 있잖아 이럴 이럴때 그럴때 드는지 주는지 하는지 되는지 머 뭐더라 진짜 막 싹 쭉 확 딱 하는 한 할 하고 해 해요 하나요 하죠 하지 한다 부르다 불러 불러요 부르나요 부르는 되다 되는 된 될 돼 돼요 되고 있다 있는 있을 있게 있어요 있고 있도록 이다 인 ' +
    '주다 주는 준 줄 주고 줘 줘요 주어 보다 보는 본 볼 보고 봐 가다 가는 간 갈 알려 알려줘 설명 설명해 궁금해요'
  ).split(' '),
);
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
export function meaningsOf(text: string): Map<string, string> {
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
export function beginningOf(word: string): string {
  return /^[가-힣]{3,}$/.test(word) ? word.slice(0, 2) : word;
}
