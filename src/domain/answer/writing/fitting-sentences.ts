import { splitSentences } from '../../korean/sentences';
import type { Passage } from '../answerer';
import { ReadText } from '../finding/covered-words';
import { intentOf } from '../finding/question-intent';
import { questionWordsOf } from '../finding/question-words';
import type { Correction } from './premise';

const MAX_SENTENCES = 3;
/** What a sentence beside the best one must say of the question to be told as well. */
const SHARE_OF_BEST = 0.6;
/** News begin with what matters. */
const PLACE_COST = 0.02;
/** As much as words of the question that it says again: the answer seldom does. */
const WORTH_OF_WANTED = 1.2;
const WORTH_OF_FIGURE = 0.5;
const OF_PREDICATE = 0.5;
/** Of a word that the title has: every sentence is about that. */
const OF_TITLE = 0.6;
const FIGURE = /\d/;
const ASKS_FIGURE = /얼마|몇|금액|가격|비율|퍼센트|%|수치|규모|언제/;
/** What is asked for by name, and how a sentence looks that has it. */
const WANTED: readonly (readonly [asked: RegExp, told: RegExp])[] = [
  [/왜|이유|원인|까닭|배경|어째서/, /때문|이유|배경|영향|덕분|탓|거든요|결과|원인/],
  [/언제|몇\s*년|몇\s*월|시기/, /\d\s*(?:년|월|일)|연말|연초|상반기|하반기|내년|올해|이르면|안에/],
  [/몇\s*살|나이|연령/, /\d\s*(?:~|에서\s*)?\d*\s*(?:세|살)/],
  [/몇\s*(?:퍼센트|%|프로)|비율/, /%|퍼센트/],
  [/얼마|금액|가격|비용/, /\d[\d,.만억조천\s]*원|달러|엔/],
  [/어디(?:서|에서|에)?\s*(?:신청|하|받)|신청\s*(?:방법|어디|하려)/, /신청|홈페이지|센터|접수/],
  [/조건|자격|대상|누가\s*받/, /대상|이하|이상|무주택|자격|조건|소득/],
  [/위험|안전|손해|잃/, /위험|잃|손실|손해|안전/],
];
/** How somebody says what they think, or what should be done. */
const CONCLUDES =
  /[해어아여]야|자는\s?것|[해어아]서는\s?안|결국|따라서|그래서|해법|관건|무엇보다|중요|필요하|필자|저는|생각[합한]|봅니다|본다|보인다|보입니다|뜻이|명심|종합하면|달려\s?있/;
/** Leans on a sentence before it. */
const LEANS =
  /^(?:이|그|저|이런|그런|이렇게|그렇게|이는|그는|이것|그것|이를|여기|하지만|그러나|반면|다만|또|그래서|그래도)\s/;

/**
 * One to three sentences of an article that say most of what is asked, in the order of the text; first of all the one that sets
 * the question right.
 */
export function fittingSentences(
  question: string,
  passage: Passage,
  correction: Correction | null,
): string[] {
  const sentences = splitSentences(passage.text);
  const worth = worthOf(question, passage, { sentences, unit: correction?.unit ?? null });
  const best = Math.max(...worth);
  // Where nothing of the question is in any sentence, it is about the article as a whole: its beginning tells it.
  const isWhole = best < SHARE_OF_BEST;
  const ranked = sentences
    .map((sentence, place) => ({ sentence, place, worth: isWhole ? -place : worth[place]! }))
    .filter((one) => isWhole || one.worth >= best * SHARE_OF_BEST)
    .sort((a, b) => b.worth - a.worth || a.place - b.place)
    .slice(0, MAX_SENTENCES);
  const fit = ranked
    .sort((a, b) => a.place - b.place)
    .filter(
      ({ sentence, place }, index) =>
        index > 0 || place === 0 || !LEANS.test(sentence) || ranked.length === 1,
    )
    .map(({ sentence }) => sentence);
  const first = correction?.sentence ?? null;
  return [...new Set(first === null ? fit : [first, ...fit])].slice(0, MAX_SENTENCES);
}

function worthOf(
  question: string,
  { title, text, isOpinion }: Passage,
  { sentences, unit }: { sentences: readonly string[]; unit: string | null },
): number[] {
  const words = questionWordsOf(question);
  const titled = new ReadText(title);
  const ofUnit = unit === null ? null : new RegExp(`\\d[\\d,.만억조천\\s]*${unit}`);
  const asksConclusion = isOpinion === true && intentOf(question).concludes;
  const endsAt = sentences.length - splitSentences(text.split('\n').at(-1)!).length;
  return sentences.map((sentence, place) => {
    const read = new ReadText(sentence);
    const covered = words.reduce(
      (sum, word) =>
        sum +
        read.has(word, []) *
          (word.isPredicate ? OF_PREDICATE : 1) *
          (titled.has(word, []) > 0 ? OF_TITLE : 1),
      0,
    );
    const figure = ASKS_FIGURE.test(question) && FIGURE.test(sentence) ? WORTH_OF_FIGURE : 0;
    const wanted = [
      ...WANTED.map(([asked, says]) => asked.test(question) && says.test(sentence)),
      ofUnit?.test(sentence),
      asksConclusion && place >= endsAt,
      asksConclusion && CONCLUDES.test(sentence),
    ].filter((has) => has === true).length;
    const late = asksConclusion ? (place + 1) / sentences.length : 0;
    return covered + figure + wanted * WORTH_OF_WANTED + late - PLACE_COST * place;
  });
}
