import { FINAL, finalConsonant } from '../../../korean/hangul';
import { MAX_SENTENCE_CHARACTERS } from '../../../korean/sentences';

const MIN_SENTENCE_CHARACTERS = 60;
const MIN_CLAUSE_CHARACTERS = 15;
const MIN_CLAUSE_WORDS = 3;

/** Connective endings that may follow a stem in -ㅆ-/-ㅄ-, whose plain form is then just stem + 다. */
const CONNECTIVES: { ending: string; link: string }[] = [
  { ending: '으며', link: '' },
  { ending: '고', link: '' },
  { ending: '지만', link: '하지만 ' },
  { ending: '으나', link: '하지만 ' },
  { ending: '는데', link: '' },
];
/** Nouns that stand in apposition before 로/으로 and a comma: "…줄어든 수치로, …". */
const APPOSITIVE =
  /(수치|규모|제도|사례|결과|구조|장치|방식|업체|단체)로,$|(수준|시점|금액|상품|기업|기술|법안)으로,$/;
const STARTS_WITH_LINK = /^(?:하지만|그러나|다만|반면|이는|이에|이와|그런데|또|특히)(?:\s|,)/;
/** Reported speech: what comes before it may be part of the report, so it is not asserted on its own. */
const REPORTED = /(?:다|라|자|냐)(?:고|며|면서|는)(?=[\s,”"])|[”"]|것으로/;
const TOPIC_OR_SUBJECT = /[가-힣A-Za-z0-9)%]{1,}(?:은|는|이|가|도)$/;
const ADNOMINAL =
  /(?:있|없|하|되|오르|내리|받|주|보|나오|나서|않|맞|같|높|낮|많|적|좋|싶|넘|넓|짧|깊|[러어아]지|[커떨]지|[어타러떠]나|줄어드|만드)(?:는|은)$/;
/** Copula: a noun or a counted amount, not one of the verbs that end alike (보이지만). */
const COPULA = /^(.+이)지만,$|^(.+)인데,$|^(.*\d.*(?:명|개|건|곳|배|원|달러|가구|번)이)며,$/;
const VERBS_IN_I = /(?:보|쓰|높|줄|모|붙|섞|쌓|끌|움직|먹|속|죽|녹|숙|들|놓|깎|꺾|벌|기울|망설)이지만,$/;

interface Cut {
  /** The last word of the first sentence. */
  predicate: string;
  /** What the second sentence begins with. */
  link: string;
}

/**
 * A long sentence as two or more that are each grammatical, in the plain style (…했다.). It is cut only behind a past
 * or existential predicate (했으며, 있고, 없지만, 늘었는데), a copula (대상이지만,) or an apposition (수치로,), outside of quotations, where the
 * first part has its own subject and the rest is not reported speech. Other sentences are returned whole.
 */
export function splitLongSentence(sentence: string): string[] {
  const { length } = sentence;
  if (length < MIN_SENTENCE_CHARACTERS || length > MAX_SENTENCE_CHARACTERS || !/다\.$/.test(sentence))
    return [sentence];
  const words = sentence.split(' ');
  for (let index = MIN_CLAUSE_WORDS - 1; index < words.length - MIN_CLAUSE_WORDS; index += 1) {
    const head = words.slice(0, index).join(' ');
    const tail = words.slice(index + 1).join(' ');
    const cut = cutBehind(words[index] ?? '', words.slice(0, index), tail);
    if (
      !cut ||
      isInsideQuotation(head) ||
      head.length < MIN_CLAUSE_CHARACTERS ||
      tail.length < MIN_CLAUSE_CHARACTERS
    ) {
      continue;
    }
    const link = STARTS_WITH_LINK.test(tail) ? '' : cut.link;
    return [`${head} ${cut.predicate}.`, ...splitLongSentence(link + tail)];
  }
  return [sentence];
}

function cutBehind(word: string, before: string[], tail: string): Cut | undefined {
  if (!before.some(isTopicOrSubject)) return undefined;
  const cut = appositionCut(word) ?? copulaCut(word) ?? stemCut(word, tail);
  if (!cut) return undefined;
  // -는데 cannot be part of what is reported behind it with 것으로.
  const reported = /는데,?$/.test(word) ? tail.replaceAll('것으로', '') : tail;
  return REPORTED.test(reported) ? undefined : cut;
}

function appositionCut(word: string): Cut | undefined {
  const match = APPOSITIVE.exec(word);
  if (!match) return undefined;
  return { predicate: word.replace(/(?:으로|로),$/, match[1] ? '다' : '이다'), link: '' };
}

function copulaCut(word: string): Cut | undefined {
  const match = VERBS_IN_I.test(word) ? null : COPULA.exec(word);
  if (!match) return undefined;
  const [, contrasted, noun, counted] = match;
  return { predicate: `${contrasted ?? counted ?? `${noun}이`}다`, link: contrasted ? '하지만 ' : '' };
}

function stemCut(word: string, tail: string): Cut | undefined {
  const bare = word.replace(/,$/, '');
  const connective = CONNECTIVES.find(({ ending }) => bare.endsWith(ending));
  if (!connective) return undefined;
  const stem = bare.slice(0, -connective.ending.length);
  if (finalConsonant(stem) !== FINAL.ssangsios && !stem.endsWith('없')) return undefined;
  if (!word.endsWith(',') && !tail.split(' ').slice(0, 4).some(isTopicOrSubject)) return undefined;
  return { predicate: `${stem}다`, link: connective.link };
}

function isTopicOrSubject(word: string): boolean {
  return TOPIC_OR_SUBJECT.test(word) && !ADNOMINAL.test(word);
}

function isInsideQuotation(head: string): boolean {
  const count = (mark: string) => head.split(mark).length - 1;
  return (
    count('"') % 2 === 1 || count('“') > count('”') || count('‘') > count('’') || count('(') > count(')')
  );
}
