import { AppError } from '../../../../errors';
import type { Rewrite, RewriteOptions, Rewriter } from '../rewriter';
import { toPlainLine, toPlainText } from '../rewriter-plain-text';
import { lengthOf, readSentences } from './article-sentences';
import { cleanTitle, isCompleteSentence } from './boilerplate';
import { classifyArticle } from './category-classifier';
import { findEasyTerms } from './term-finder';
import { isPolite } from './polite-ending';
import { firstWords } from './shorten';
import { summarize } from './summary';

const MAX_SHARE = 0.6;
/** Of its sentences: a body of tables, captions and bylines must not be copied whole, either. */
const MAX_SENTENCE_SHARE = 0.75;
const MAX_SUMMARY_CHARACTERS = 1_000;
const MIN_BODY_CHARACTERS = 40;
const MAX_BODY_CHARACTERS = 30_000;
const MAX_PUBLISHED_TITLE = 1_000;
const MAX_TITLE_CHARACTERS = 100;
const MAX_COMMENT_CHARACTERS = 300;
const MAX_CUT_COMMENT_CHARACTERS = 200;
const SENTENCES_PER_PARAGRAPH = 3;

/**
 * The built-in rewriter: chooses, shortens and softens sentences of the article itself, without a model and without
 * cost. The content is at most 60 % of the original body and at most 1,000 characters, except where the lead alone is
 * more. The same article always gives the same rewrite.
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

    const whole = body.replace(/\s+/g, ' ').length;
    const share = Math.min(whole * MAX_SHARE, length * MAX_SENTENCE_SHARE);
    const budget = Math.min(Math.floor(share), MAX_SUMMARY_CHARACTERS);
    const lead = sentences[0]!;
    // What never ends is no sentence: it may be cut.
    if (!isCompleteSentence(lead.text)) lead.text = firstWords(lead.text, budget);
    const summary = summarize(sentences, title, budget);
    const content = joinParagraphs(summary.passages);
    return {
      title: firstWords(title || summary.takeaway, MAX_TITLE_CHARACTERS),
      content,
      comment: commentOf(summary.takeaway),
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

/** The lead as a whole, unless it never ends. */
function commentOf(takeaway: string): string {
  const isWhole = isPolite(takeaway) && takeaway.length <= MAX_COMMENT_CHARACTERS;
  return isWhole ? takeaway : firstWords(takeaway, MAX_CUT_COMMENT_CHARACTERS);
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
