import { FidelityCheck } from '../../article/fidelity/check-fidelity';
import { isPolite, toPoliteSentence } from '../../article/rewriting/extractive/polite-ending';
import { splitSentences } from '../../korean/sentences';
import type { AnswerWriter, FoundPassages, Passage, WritingOptions, WrittenAnswer } from '../answerer';
import { withParticle } from '../../korean/named-thing';
import { fittingSentences } from './fitting-sentences';
import { whoseView } from './opinion';
import { correctionOf, type Correction } from './premise';
import { tellWithoutSources, unknownAnswer } from './unknown-answer';

const MODEL = 'extractive';
const PROMPT_VERSION = 'extractive-answer.v1';
const MAX_TERM_SENTENCES = 3;

/** Answers in the words of the passages, without a model: the same passages always give the same answer. */
export class ExtractiveAnswerWriter implements AnswerWriter {
  async write(
    question: string,
    { passages, together, instead }: FoundPassages,
    { signal, onText }: WritingOptions,
  ): Promise<WrittenAnswer> {
    const told: string[] = [];
    const sources: Passage[] = [];
    for (const passage of passages.slice(0, together)) {
      const correction = correctionOf(question, passage);
      const sentences = supported(sentencesOf(question, passage, correction), passage);
      if (sentences.length === 0) continue;
      sources.push(passage);
      const leads = [whoseView(passage), correction?.lead].filter((lead) => lead != null);
      for (const sentence of sentences) {
        signal.throwIfAborted();
        told.push(...leads.splice(0), `${sentence} [${sources.length}]`);
        await onText(told.join(' '));
      }
    }
    const text = told.join(' ');
    const written = { model: MODEL, promptVersion: PROMPT_VERSION };
    if (text !== '') return { text, sources, isUnknown: false, ...written };
    return tellWithoutSources(unknownAnswer(instead), onText, written);
  }
}

function sentencesOf(question: string, passage: Passage, correction: Correction | null): string[] {
  if (passage.kind === 'term') return termSentences(passage);
  if (passage.kind === 'faq') return splitSentences(passage.text).map(toPoliteSentence);
  return fittingSentences(question, passage, correction).map(toPoliteSentence).filter(isPolite);
}

/** The description, which begins with what it describes; the example behind it is made up, and no news. */
function termSentences({ title, text }: Passage): string[] {
  const [first = '', ...others] = splitSentences(text.split('\n')[0]!).map(toPoliteSentence);
  const name = title.replace(/\s*[([].*$/, '');
  const named = first.startsWith(name) ? first : `${withParticle(title, '은', '는')} ${first}`;
  return [named, ...others].slice(0, MAX_TERM_SENTENCES);
}

function supported(sentences: readonly string[], { title, text, publishedAt }: Passage): string[] {
  const check = new FidelityCheck({ title, content: text, publishedAt });
  return sentences.filter((content) => check.of({ title: '', content, comment: null, phrases: [] }).passed);
}
