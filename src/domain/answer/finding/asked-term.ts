import type { TermFinder } from '../../glossary/term-finder';
import type { Term } from '../../glossary/terms.sql';
import type { Intent } from './question-intent';
import { isPredicate } from './question-words';

/** The last word before what asks, and the one before it. */
const NOUN_ASKED =
  /(?:^|(\S+)\s+)(\S+?)[,.]?\s+(?:(?:그게|정확히|정확하게|대체|도대체|진짜|원래)\s+)?(?:뭐|뭔|무엇|무슨\s?(?:뜻|말|의미|소리))[가-힣]*(?:\s?(?:알려|설명|가르쳐|궁금|모르|쉽게|부터)[가-힣]*)*[\s?.!~]*$/i;
const SENTENCE_END = /(?:[.?!,]|데|대|고|서|면|지만|길래|니까|다|요|음|함|됨|네)$/;
/** It tells the thing by a clause before it: 집을 팔 때 내는 세금. */
const ADNOMINAL = /(?:는|던|[한된인올온간른쓴운])$/;

/** 갭투자 of “갭투자 하다 망했대요. 갭투자가 뭐예요?”: the term that is asked for whatever is told before it. */
export function askedTerm(
  question: string,
  { finder, intent }: { finder: TermFinder<Term>; intent: Intent },
): Term | null {
  const [, before = '', noun = ''] = NOUN_ASKED.exec(question) ?? [];
  if (noun === '' || intent.compares || intent.lists || ADNOMINAL.test(before)) return null;
  const term = finder.named(`${before}${noun}`) ?? finder.named(noun);
  if (term === null || before === '') return term;
  const said = question.slice(0, question.lastIndexOf(noun)).split(/\s+/);
  const isRepeated = said.some((word) => finder.named(word) === term);
  return isRepeated || SENTENCE_END.test(before) || isPredicate(before) ? term : null;
}
