import { withParticle } from '../../korean/named-thing';
import type { Term } from '../../glossary/terms.sql';
import { ReadText } from './covered-words';
import type { ReadFaq } from './faq-support';
import type { SourceArticle } from './passages.sql';
import type { QuestionWord } from './question-words';
import type { WeighedWords } from './weighed-words';

const MAX_INSTEAD = 3;
const MAX_ARTICLES = 2;
/** A shorter word is in too many names. */
const SHORTEST = 2;
/** What an article or an entry of the FAQ must say of the question. */
const NEAR = 0.25;

/** What stands near to a question. */
export interface Near {
  /** Terms in it. */
  terms: readonly Term[];
  glossary: readonly Term[];
  faqs: readonly ReadFaq[];
  articles: readonly SourceArticle[];
}

/** Up to three questions near to one that cannot be answered, by its words: about terms, about articles, of the FAQ. */
export function questionsInstead(words: WeighedWords, { terms, glossary, faqs, articles }: Near): string[] {
  const others = glossary.filter(({ termKey }) => isNear(termKey, words.words));
  const nearTerms = [...terms, ...others.sort((a, b) => a.termKey.length - b.termKey.length)];
  const nearArticles = nearest(articles, (article) => words.coverage(new ReadText(article.title)));
  const nearFaqs = nearest(faqs, ({ read }) => words.coverage(read));
  const found = [
    ...nearTerms.slice(0, MAX_INSTEAD - 1).map(({ term }) => `${withParticle(term, '이', '가')} 무엇인가요?`),
    ...nearArticles.slice(0, MAX_ARTICLES).map(({ title }) => `‘${title}’ 기사는 무슨 내용인가요?`),
    ...nearFaqs.map(({ question }) => question),
  ];
  return [...new Set(found.length > 0 ? found : faqs.map(({ question }) => question))].slice(0, MAX_INSTEAD);
}

/** Whether a word is a part of a term, or a term of a word: 연금 and 국민연금. */
function isNear(termKey: string, words: readonly QuestionWord[]): boolean {
  return words.some(
    ({ stem, isPredicate }) =>
      !isPredicate &&
      Math.min(stem.length, termKey.length) >= SHORTEST &&
      (termKey.includes(stem) || stem.includes(termKey)),
  );
}

function nearest<T>(all: readonly T[], nearnessOf: (one: T) => number): T[] {
  return all
    .map((one) => ({ one, nearness: nearnessOf(one) }))
    .filter(({ nearness }) => nearness >= NEAR)
    .sort((a, b) => b.nearness - a.nearness)
    .map(({ one }) => one);
}
