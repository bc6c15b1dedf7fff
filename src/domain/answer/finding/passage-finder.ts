import type { Pool } from 'pg';
import { selectRelatedDocuments } from '../../article/retrieval/related-documents.sql';
import { readNames } from '../../article/fidelity/names';
import type { Glossary } from '../../glossary/glossary';
import type { ToldTerm } from '../../glossary/term-descriptions';
import type { TermFinder } from '../../glossary/term-finder';
import type { Term } from '../../glossary/terms.sql';
import { otherNamesOf } from '../../korean/everyday-nouns';
import { lettersSpelt } from '../../korean/letter-names';
import type { Clock } from '../../shared/clock';
import type { FoundPassages, Passage } from '../answerer';
import { ArticleSupport } from './article-support';
import { termSupport } from './entry-support';
import { isOfService } from './faq-support';
import { questionsInstead } from './instead';
import { KnownFaqs } from './known-faqs';
import { selectCandidates } from './passages.sql';
import { intentOf, type Intent } from './question-intent';
import { pointsAtArticle, questionWordsOf, toldIn, withoutPointing } from './question-words';
import type { Support } from './support';
import { WeighedWords } from './weighed-words';

const MAX_PASSAGES = 6;
/** Less than this supports nothing. */
const ENOUGH = 0.55;
/** Enough of an article for more than a few words; of one that supports so many times what the next one does. */
const ALONE = 1.8;
const ENOUGH_ALONE = 0.38;
const ENOUGH_OF_ARTICLE = 0.46;
/** Of what the best one supports, to stand beside it. */
const BESIDE = 0.6;
/** Of a question whose topic is none of ours. */
const STRANGE_NEEDS = 0.9;
const MAX_TERMS = 4;
const MAX_FORMS = 8;
/** 에이아이 is AI; shorter words are others. */
const SHORTEST_SPELT = 3;
/** What of a long question may be asked by itself. */
const CLAUSE_END = /(?<=[.?!,])\s+|(?<=는데|은데|던데|고요|지만|해서|니다)\s+/;
/** And what its last words may tell. */
const LAST_WORDS = [14, 12, 10, 8, 6];
/** Names that tell nothing apart. */
const OURS = /^(?:한국|대한민국|우리나라|경단|산지니|카카오톡)$/;

interface Asked {
  question: string;
  articleId: string | null;
}

/** Finds what an answer may be drawn from: the glossary, the FAQ, published articles, and what is related to the one that is read. */
export class PassageFinder {
  private readonly faqs: KnownFaqs;

  constructor(private readonly deps: { pool: Pool; glossary: Glossary; clock: Clock }) {
    this.faqs = new KnownFaqs(deps);
  }

  /** At most two statements, besides those that ask whether the glossary and the FAQ are still the same. */
  async find(asked: Asked): Promise<FoundPassages> {
    const intent = intentOf(asked.question);
    const { supports, near, named, words } = await this.weigh(asked, intent);
    const instead = questionsInstead(words, near);
    if (intent.refusal !== null) return { passages: [], together: 0, instead };
    const passages = supporting(supports, intent, words.isShort && asked.articleId === null);
    const isOfSeveral = asksForSeveral(intent) && passages[0]?.kind === 'term';
    return { ...(isOfSeveral ? withAllNamed(passages, named) : { passages, together: 1 }), instead };
  }

  /** All that is near to a question, each with how well it supports an answer. */
  private async weigh(asked: Asked, intent: Intent) {
    const { pool, glossary } = this.deps;
    const { terms, words, forms, names, isTerm } = await this.read(asked.question, intent);
    const [candidates, faqs] = await Promise.all([
      selectCandidates(pool, forms, asked.articleId),
      this.faqs.support(),
    ]);
    const readId = candidates.articles.find(({ id }) => id === asked.articleId)?.id ?? null;
    const documents =
      readId === null ? [] : ((await selectRelatedDocuments(pool, [readId])).get(readId) ?? []);
    const told = documents.map(({ title, snippet }) => `${title} ${snippet}`).join(' ');
    const weighed = new WeighedWords(words, forms, candidates, (word) => isTerm(word) || told.includes(word));
    const articles = new ArticleSupport(
      weighed,
      intent,
      { names, pointsAtArticle: pointsAtArticle(asked.question) },
      readId,
    );
    const ofTerms = terms.map(({ term, ...named }) =>
      termSupport(term, { words: weighed, intent, ...named, strangers: names.length }),
    );
    const ofFaqs = faqs.of(asked.question);
    const supports = [
      ...ofTerms,
      ...ofFaqs,
      ...candidates.articles.map((article) => articles.of(article)),
      ...documents.map((document) => articles.document(document)),
    ];
    return {
      supports: isOfService(asked.question) ? ofFaqs : supports,
      named: ofTerms.filter((_, index) => terms[index]!.isNamed).map(({ passage }) => passage),
      near: {
        terms: terms.map(({ term }) => term),
        glossary: await glossary.terms(),
        faqs: faqs.faqs,
        articles: candidates.articles,
      },
      words: weighed,
    };
  }

  /** What a question says, with the terms that it names or means. */
  private async read(question: string, intent: Intent) {
    const { glossary } = this.deps;
    const [matcher, finder] = [await glossary.matcher(), await glossary.finder()];
    const synonyms = await glossary.synonyms();
    const text = withoutPointing(question);
    const named = matcher.all([text], MAX_TERMS);
    const { meant, told } = meantTerm(text, { finder, named, intent });
    const terms = [...new Set([...named, ...(meant ? [meant] : []), ...(told ? [told.term] : [])])].map(
      (term) => ({
        term,
        isMeant: term === meant,
        isNamed: named.includes(term),
        told: term === told?.term ? told.fit : 0,
      }),
    );
    const words = questionWordsOf(question);
    const forms = words.map(({ text: word, stem, nouns, isPredicate }) =>
      isPredicate
        ? [stem, ...nouns]
        : [
            ...new Set([
              stem,
              ...nouns,
              ...(word.length >= SHORTEST_SPELT ? lettersSpelt(word) : []),
              ...[stem, ...nouns].flatMap((name) => [...otherNamesOf(name), ...synonyms.of(name)]),
            ]),
          ].slice(0, MAX_FORMS),
    );
    const names = readNames(text).filter(
      ({ text: name, isGuess }) =>
        !isGuess && /[가-힣A-Z]/.test(name) && !matcher.named(name) && !OURS.test(name),
    );
    return { terms, words, forms, names, isTerm: (word: string) => matcher.named(word) !== null };
  }
}

interface Meant {
  meant: Term | null;
  /** One that it tells, and surely when it does not ask for a name. */
  told?: ToldTerm<Term> | null;
}

/**
 * The term that a question means: as a whole, or in the sentence that asks. Of terms that are compared the first; of what is
 * told without its name one that is not named.
 */
function meantTerm(
  question: string,
  { finder, named, intent }: { finder: TermFinder<Term>; named: readonly Term[]; intent: Intent },
): Meant {
  const compared = (intent.compares || intent.lists) && named.length > 1 ? named[0]! : null;
  if (compared && !intent.isNameless) return { meant: compared };
  const clauses = question.split(CLAUSE_END).toReversed();
  const words = question.split(/\s+/);
  const ends = LAST_WORDS.filter((count) => count < words.length).map((count) =>
    words.slice(-count).join(' '),
  );
  const parts = [question, toldIn(question), ...clauses, ...ends];
  if (intent.isNameless) {
    const likes = parts.map((part) => finder.describedBy(part)).filter((one) => one !== null);
    const found = [...likes.map(({ term }) => term), ...parts.map((part) => finder.find(part))].filter(
      (term) => term !== null && !named.includes(term),
    );
    const votes = (term: Term | null) => found.filter((one) => one === term).length;
    const [meant = null] = found.toSorted((one, other) => votes(other) - votes(one));
    if (meant) return { meant, told: likes.find(({ term }) => term === meant) ?? null };
    return { meant: compared ?? (intent.definesStrictly && named.length > 0 ? finder.find(question) : null) };
  }
  const meant = [question, ...clauses].map((part) => finder.find(part)).find((term) => term !== null) ?? null;
  if (intent.ofProperty) return { meant };
  const told = [question, ...clauses]
    .map((part) => finder.describedBy(part))
    .find((one) => one?.isSure && !named.includes(one.term));
  return { meant, told };
}

/** Whether each of the terms in it is asked for. */
function asksForSeveral({ compares, lists, definesStrictly, isNameless }: Intent): boolean {
  return (compares || lists) && definesStrictly && !isNameless;
}

/** What is best of the terms that a question names, then the others, then what else supports an answer. */
function withAllNamed(passages: readonly Passage[], named: readonly Passage[]) {
  const [best] = passages;
  const others = named.filter(({ id }) => id !== best!.id);
  const ids = new Set([best!, ...others].map(({ id }) => id));
  const rest = passages.filter(({ id }) => !ids.has(id));
  return { passages: [best!, ...others, ...rest].slice(0, MAX_PASSAGES), together: ids.size };
}

/** The best first; none when even the best one supports too little. */
function supporting(
  supports: readonly Support[],
  { isStrange, isByTheMinute }: Intent,
  isShort: boolean,
): Passage[] {
  const ranked = supports.toSorted((a, b) => b.support - a.support);
  const [best, second] = ranked;
  if (!best) return [];
  const isAlone = best.support >= ALONE * (second?.support ?? 0);
  const ofArticle = isAlone ? ENOUGH_ALONE : ENOUGH_OF_ARTICLE;
  const enough = best.passage.kind === 'article' && !isShort ? ofArticle : ENOUGH;
  const needed = isStrange || isByTheMinute ? STRANGE_NEEDS : enough;
  if (best.support < needed) return [];
  return ranked
    .filter(({ support }) => support >= BESIDE * Math.max(best.support, ENOUGH))
    .slice(0, MAX_PASSAGES)
    .map(({ passage }) => passage);
}
