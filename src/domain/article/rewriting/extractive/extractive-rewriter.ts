import { AppError } from '../../../../errors';
import type { Rewrite, RewriteOptions, Rewriter } from '../rewriter';
import { toPlainLine, toPlainText } from '../rewriter-plain-text';
import { cleanTitle, isBoilerplate, isCompleteSentence, stripLinePrefix } from './boilerplate';
import { classifyArticle } from './category-classifier';
import { findEasyTerms } from './term-finder';
import { splitSentences } from '../../../korean/sentences';
import { firstWords, shortenSentence } from './shorten';
import { summarize, type Sentence } from './summary';

const MAX_SHARE = 0.6;
const MAX_SUMMARY_CHARACTERS = 1_000;
const MIN_BODY_CHARACTERS = 40;
const MAX_BODY_CHARACTERS = 30_000;
const MAX_PUBLISHED_TITLE = 1_000;
const MAX_SENTENCES = 150;
const MAX_TITLE_CHARACTERS = 100;
const MAX_COMMENT_CHARACTERS = 200;
const SENTENCES_PER_PARAGRAPH = 3;

/**
 * The built-in rewriter: chooses, shortens and softens sentences of the article itself, without a model and without
 * cost. The content is at most 60 % of the original body and at most 1,000 characters. The same article always gives
 * the same rewrite.
 */
export class ExtractiveRewriter implements Rewriter {
  async rewrite(
    article: { title: string; content: string },
    { signal, explainer }: Pick<RewriteOptions, 'signal' | 'explainer'>,
  ): Promise<Rewrite> {
    signal.throwIfAborted();
    const body = toPlainText(article.content.slice(0, MAX_BODY_CHARACTERS));
    const published = toPlainLine(article.title.slice(0, MAX_PUBLISHED_TITLE));
    const title = cleanTitle(published);
    const sentences = readSentences(body, title);
    const length = lengthOf(sentences);
    if (length < MIN_BODY_CHARACTERS) throw new AppError('ARTICLE_NOT_FOUND_IN_PAGE');

    const budget = Math.min(Math.floor(length * MAX_SHARE), MAX_SUMMARY_CHARACTERS);
    const summary = summarize(sentences, title, budget);
    if (summary.passages.length === 0) {
      summary.takeaway = shortenSentence(sentences[0]?.text ?? '', budget);
      summary.passages.push([summary.takeaway]);
    }
    const content = joinParagraphs(summary.passages);
    return {
      title: firstWords(title || summary.takeaway, MAX_TITLE_CHARACTERS),
      content,
      comment: firstWords(summary.takeaway, MAX_COMMENT_CHARACTERS),
      category: classifyArticle(
        published,
        sentences.map(({ text }) => text),
      ),
      phrases: findEasyTerms(content, explainer),
      model: 'extractive',
      promptVersion: null,
    };
  }
}

/** The article's own sentences, bounded in number; subheadings only when there is nothing else. */
function readSentences(body: string, title: string): Sentence[] {
  const sentences = body
    .split('\n')
    .flatMap((line, paragraph) => splitSentences(stripLinePrefix(line)).map((text) => ({ text, paragraph })))
    .slice(0, 2 * MAX_SENTENCES);
  const own = sentences.filter(({ text }) => !isBoilerplate(text, title));
  const complete = own.filter(({ text }) => isCompleteSentence(text));
  return (lengthOf(complete) >= MIN_BODY_CHARACTERS ? complete : own).slice(0, MAX_SENTENCES);
}

/** Characters, with one between sentences. */
function lengthOf(sentences: Sentence[]): number {
  return sentences.map(({ text }) => text).join(' ').length;
}

function joinParagraphs(passages: string[][]): string {
  const paragraphs: string[][] = [];
  for (const parts of passages) {
    const last = paragraphs.at(-1);
    if (last && last.length + parts.length <= SENTENCES_PER_PARAGRAPH) last.push(...parts);
    else paragraphs.push([...parts]);
  }
  // One character between sentences and two between paragraphs stay within what was counted.
  return paragraphs.map((parts) => parts.join(' ')).join('\n\n');
}
