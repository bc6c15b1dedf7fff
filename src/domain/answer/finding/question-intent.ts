import { FINAL, finalConsonant } from '../../korean/hangul';
import {
  ASKED_OF_THING,
  COMPARISON,
  CONCLUSION,
  CONDITION,
  DEFINES_STRICTLY,
  DEFINITION,
  HAPPENING,
  HAPPENING_ASKED,
  LISTING,
  MEANS,
  NAME_OF_ONE,
  NAME_OF_PERSON,
  NAMELESS,
  NO_NAME,
  OF_ARTICLE,
  PROPERTY,
  QUANTITY,
} from './question-phrases';
import {
  ADVICE,
  ALWAYS_ADVICE,
  BY_THE_MINUTE,
  FINANCIAL,
  FORECAST,
  GREETING,
  OFF_TOPIC,
  SECRETS,
} from './refused-phrases';
import { plainly } from './question-words';

export type Refusal = 'secret' | 'advice' | 'greeting';

export interface Intent {
  /** What is never answered, whatever the sources say. */
  refusal: Refusal | null;
  /** A topic that is none of ours, or what only a live feed knows: a source must say nearly all of the question. */
  isStrange: boolean;
  /** Today's weather, tomorrow's index. */
  isByTheMinute: boolean;
  /** What a thing is. */
  defines: boolean;
  /** That, and not more of it. */
  definesStrictly: boolean;
  /** It tells what a term means and wants its name. */
  isNameless: boolean;
  /** What a word means, whatever is told beside it. */
  means: boolean;
  /** What somebody is called. */
  asksForPerson: boolean;
  /** What a company, a team or a work is called. */
  asksForOne: boolean;
  /** What has happened, why and how much. */
  happens: boolean;
  asksWhy: boolean;
  /** Something of a thing, rather than the thing: its reason, its good sides. */
  ofProperty: boolean;
  compares: boolean;
  /** Several things, one beside the other. */
  lists: boolean;
  /** The article as a whole. */
  ofArticle: boolean;
  /** What its writer comes to. */
  concludes: boolean;
}

export function intentOf(question: string): Intent {
  const text = plainly(question).trim();
  const isByTheMinute = BY_THE_MINUTE.test(text) && FORECAST.test(text);
  return {
    refusal: refusalOf(text),
    isStrange: OFF_TOPIC.some((topic) => topic.test(text)),
    isByTheMinute,
    defines: DEFINITION.test(text),
    definesStrictly: DEFINES_STRICTLY.test(text) && !PROPERTY.test(text),
    isNameless: NAMELESS.test(text) || isBareDescription(text),
    means: MEANS.test(text) && !PROPERTY.test(text),
    asksForPerson: NAME_OF_PERSON.test(text),
    asksForOne: NAME_OF_ONE.test(text),
    happens: QUANTITY.test(text) || PROPERTY.test(text) || (HAPPENING.test(text) && !CONDITION.test(text)),
    asksWhy: /왜|이유|까닭|배경/.test(text) && !CONDITION.test(text),
    ofProperty: PROPERTY.test(text) || ASKED_OF_THING.test(text),
    compares: COMPARISON.test(text),
    lists: LISTING.test(text),
    ofArticle: OF_ARTICLE.test(text),
    concludes: CONCLUSION.test(text),
  };
}

/** A thing that is told by a clause before it, and nothing asked of it: 은행이 망할까 봐 돈을 빼는 사태. */
function isBareDescription(text: string): boolean {
  if (HAPPENING_ASKED.test(text)) return false;
  const words = text.replace(/[\s?.!,~ㅋㅎㅠ]+$/, '').split(/\s+/);
  const [before = '', last = ''] = words.slice(-2);
  if (words.length < 4) return false;
  if (last === '차이') return words.slice(0, -2).filter(isAdnominal).length > 1;
  if (/[는은던](?:거|것|그거|건데)$/.test(last)) return true;
  return /^[가-힣]{1,5}$/.test(last) && !NO_NAME.test(last) && isAdnominal(before);
}

/** 내는, 줄어든, 갚을. */
function isAdnominal(word: string): boolean {
  const final = finalConsonant(word);
  return word.length > 1 && (final === FINAL.nieun || final === FINAL.rieul);
}

function refusalOf(text: string): Refusal | null {
  if (SECRETS.some((secret) => secret.test(text))) return 'secret';
  if (ALWAYS_ADVICE.test(text) || (FINANCIAL.test(text) && ADVICE.test(text))) return 'advice';
  return GREETING.test(text) && text.length <= 20 ? 'greeting' : null;
}
