import { finalConsonant, FINAL } from '../korean/hangul';

const NAMELESS =
  /(?:뭐|무엇이|뭘)(?:라고|라|라구)|무슨 (?:용어|말|단어)|(?:용어|단어|말)(?:가|는|은|이)? ?(?:뭐|무엇|있)/;
const TAIL =
  /[\s?!.~,]*(?:(?:을|를|이|가|은|는)?\s*(?:뭐|뭘|무엇|무슨|어떤|뜻|알려|설명|궁금|용어|하나요|해요?|부르|불러|하죠|하지)[^\s]*\s*)*[\s?!.~,]*$/;
/** "The reason why prices rise" asks about prices. */
const NOT_DESCRIBED =
  /(?:요|다|까|죠|나|[는은을]지)$|^(?:이유|원인|까닭|때|영향|배경|시기|방법|법|중|동안|뜻)/;
const ASKED_OF_A_THING = /(?:^|\s)(?:왜|언제|어떻게|어디)/;
/** 상장된다는 게 무슨 뜻이에요: it names the word. */
const NAMES_WORD = /다는 ?(?:게|건|거|것이) ?(?:무슨|뭔) ?(?:뜻|말|소리)/;
/** A thing that is told by a clause before it: 물가가 오르는 현상, 빌린 돈. */
const STATE = /(?:현상|상태)(?:이|가|을|를|은|는)?$/;

/** Whether a question tells what a term means instead of naming it. */
export function isDescription(question: string): boolean {
  if (NAMELESS.test(question)) return true;
  if (ASKED_OF_A_THING.test(question) || NAMES_WORD.test(question)) return false;
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
