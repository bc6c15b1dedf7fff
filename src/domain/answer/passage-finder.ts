import type { Pool } from 'pg';
import { selectRelatedDocuments } from '../article/retrieval/related-documents.sql';
import type { Glossary } from '../glossary/glossary';
import type { FoundPassages, Passage } from './answerer';
import { ArticleSupport } from './article-support';
import { faqSupport, termSupport } from './entry-support';
import { questionsInstead } from './instead';
import { selectCandidates, selectFaqs } from './passages.sql';
import { intentOf, type Intent } from './question-intent';
import { questionWordsOf, withoutPointing } from './question-words';
import { WeighedWords } from './weighed-words';

/** What is found, and how well it supports an answer: from about 0.6 on it does, 1 says all that is asked. */
export interface Support {
  passage: Passage;
  support: number;
}

const MAX_PASSAGES = 6;
/** Less than this supports nothing. */
const ENOUGH = 0.55;
/** Of what the best one supports, to stand beside it. */
const BESIDE = 0.6;
/** Of a question whose topic is none of ours. */
const STRANGE_NEEDS = 0.9;
const MAX_TERMS = 4;
const MAX_FORMS = 4;

/** Finds what an answer may be drawn from: the glossary, the FAQ, published articles, and what is related to the one that is read. */
export class PassageFinder {
  constructor(private readonly deps: { pool: Pool; glossary: Glossary }) {}

  /** At most three statements, besides the one that asks whether the glossary is still the same. */
  async find(asked: { question: string; articleId: string | null }): Promise<FoundPassages> {
    const { pool } = this.deps;
    const intent = intentOf(asked.question);
    const { terms, words, forms } = await this.read(asked.question);
    const [candidates, faqs] = await Promise.all([
      selectCandidates(pool, forms, asked.articleId),
      selectFaqs(pool),
    ]);
    const weighed = new WeighedWords(words, forms, candidates);
    const instead = () => questionsInstead(weighed, { terms: terms.map(({ term }) => term), faqs });
    if (intent.refusal !== null) return { passages: [], instead: instead() };
    const readId = candidates.articles.find(({ id }) => id === asked.articleId)?.id ?? null;
    const articles = new ArticleSupport(weighed, intent, readId);
    const documents =
      readId === null ? [] : ((await selectRelatedDocuments(pool, [readId])).get(readId) ?? []);
    const supports = [
      ...terms.map(({ term, ...named }) => termSupport(term, { words: weighed, intent, ...named })),
      ...faqs.map((faq) => faqSupport(faq, weighed)),
      ...candidates.articles.map((article) => articles.of(article)),
      ...documents.map((document) => articles.document(document)),
    ];
    return { passages: supporting(supports, intent), instead: instead() };
  }

  /** What a question says, with the terms that it names or means. */
  private async read(question: string) {
    const { glossary } = this.deps;
    const [matcher, finder] = [await glossary.matcher(), await glossary.finder()];
    const synonyms = await glossary.synonyms();
    const text = withoutPointing(question);
    const named = matcher.all([text], MAX_TERMS);
    const meant = finder.find(text);
    const terms = [...new Set([...named, ...(meant ? [meant] : [])])].map((term) => ({
      term,
      isMeant: term === meant,
      isNamed: named.includes(term),
    }));
    const words = questionWordsOf(question);
    const forms = words.map(({ stem, isPredicate }) =>
      isPredicate ? [stem] : [...new Set([stem, ...synonyms.of(stem)])].slice(0, MAX_FORMS),
    );
    return { terms, words, forms };
  }
}

/** The best first; none when even the best one supports too little. */
function supporting(supports: readonly Support[], { isStrange, isByTheMinute }: Intent): Passage[] {
  const ranked = supports.toSorted((a, b) => b.support - a.support);
  const best = ranked[0]?.support ?? 0;
  if (best < (isStrange || isByTheMinute ? STRANGE_NEEDS : ENOUGH)) return [];
  return ranked
    .filter(({ support }) => support >= BESIDE * Math.max(best, ENOUGH))
    .slice(0, MAX_PASSAGES)
    .map(({ passage }) => passage);
}
