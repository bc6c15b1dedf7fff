import { FidelityCheck } from '../../article/fidelity/check-fidelity';
import { isPolite, toPoliteSentence } from '../../article/rewriting/extractive/polite-ending';
import { splitSentences } from '../../korean/sentences';
import type { AnswerWriter, FoundPassages, Passage, WritingOptions, WrittenAnswer } from '../answerer';
import { ReadText } from '../finding/covered-words';
import { withParticle } from '../../korean/named-thing';
import { intentOf } from '../finding/question-intent';
import { questionWordsOf } from '../finding/question-words';
import { tellWithoutSources, unknownAnswer } from './unknown-answer';

const MODEL = 'extractive';
const PROMPT_VERSION = 'extractive-answer.v1';
const MAX_ARTICLE_SENTENCES = 3;
const MAX_TERM_SENTENCES = 3;
/** What a sentence beside the best one must say of the question to be told as well. */
const SHARE_OF_BEST = 0.6;
/** News begin with what matters. */
const PLACE_COST = 0.02;
/** As much as words of the question that it says again: the answer seldom does. */
const WORTH_OF_WANTED = 1.2;
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
/** Leans on a sentence before it. */
const LEANS =
  /^(?:이|그|저|이런|그런|이렇게|그렇게|이는|그는|이것|그것|이를|여기|하지만|그러나|반면|다만|또|그래서|그래도)\s/;

/** Answers in the words of the passages, without a model: the same passages always give the same answer. */
export class ExtractiveAnswerWriter implements AnswerWriter {
  async write(
    question: string,
    { passages, instead }: FoundPassages,
    { signal, onText }: WritingOptions,
  ): Promise<WrittenAnswer> {
    const [best] = passages;
    let text = '';
    const sources: Passage[] = [];
    for (const passage of best ? told(question, passages) : []) {
      const sentences = supported(sentencesOf(question, passage), passage);
      if (sentences.length === 0) continue;
      sources.push(passage);
      for (const sentence of sentences) {
        signal.throwIfAborted();
        text += `${text === '' ? '' : ' '}${sentence} [${sources.length}]`;
        await onText(text);
      }
    }
    const written = { model: MODEL, promptVersion: PROMPT_VERSION };
    if (text !== '') return { text, sources, isUnknown: false, ...written };
    return tellWithoutSources(unknownAnswer(instead), onText, written);
  }
}

/** The best passage; of a comparison each of the terms that are compared. */
function told(question: string, passages: readonly Passage[]): Passage[] {
  const [best, ...others] = passages;
  const compared =
    best!.kind === 'term' && intentOf(question).compares ? others.filter(({ kind }) => kind === 'term') : [];
  return [best!, ...compared.slice(0, 1)];
}

function sentencesOf(question: string, passage: Passage): string[] {
  if (passage.kind === 'term') return termSentences(passage);
  const sentences = splitSentences(passage.text);
  if (passage.kind === 'faq') return sentences.map(toPoliteSentence);
  return fitting(question, passage, sentences).map(toPoliteSentence).filter(isPolite);
}

/** The description, which begins with what it describes; the example behind it is made up, and no news. */
function termSentences({ title, text }: Passage): string[] {
  const [first = '', ...others] = splitSentences(text.split('\n')[0]!).map(toPoliteSentence);
  const name = title.replace(/\s*[([].*$/, '');
  const named = first.startsWith(name) ? first : `${withParticle(title, '은', '는')} ${first}`;
  return [named, ...others].slice(0, MAX_TERM_SENTENCES);
}

/** One to three sentences that say most of what is asked, in the order of the text. */
function fitting(question: string, { title }: Passage, sentences: readonly string[]): string[] {
  const words = questionWordsOf(question);
  const titled = new ReadText(title);
  const worth = sentences.map((sentence, place) => {
    const read = new ReadText(sentence);
    const covered = words.reduce(
      (sum, word) =>
        sum + read.has(word, []) * (word.isPredicate ? 0.5 : 1) * (titled.has(word, []) ? 0.6 : 1),
      0,
    );
    const figure = ASKS_FIGURE.test(question) && FIGURE.test(sentence) ? 0.5 : 0;
    const wanted = WANTED.filter(([asked, says]) => asked.test(question) && says.test(sentence)).length;
    return covered + figure + wanted * WORTH_OF_WANTED - PLACE_COST * place;
  });
  const best = Math.max(...worth);
  // Where nothing of the question is in any sentence, it is about the article as a whole: its beginning tells it.
  const isWhole = best < SHARE_OF_BEST;
  const ranked = sentences
    .map((sentence, place) => ({ sentence, place, worth: isWhole ? -place : worth[place]! }))
    .filter((one) => isWhole || one.worth >= best * SHARE_OF_BEST)
    .sort((a, b) => b.worth - a.worth || a.place - b.place)
    .slice(0, MAX_ARTICLE_SENTENCES);
  return ranked
    .sort((a, b) => a.place - b.place)
    .filter(
      ({ sentence, place }, index) =>
        index > 0 || place === 0 || !LEANS.test(sentence) || ranked.length === 1,
    )
    .map(({ sentence }) => sentence);
}

function supported(sentences: readonly string[], { title, text, publishedAt }: Passage): string[] {
  const check = new FidelityCheck({ title, content: text, publishedAt });
  return sentences.filter((content) => check.of({ title: '', content, comment: null, phrases: [] }).passed);
}
