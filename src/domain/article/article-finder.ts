import type { Pool } from 'pg';
import type { Asker, FairTurns } from '../../adapters/rate-limiter/fair-turns';
import type { Glossary } from '../glossary/glossary';
import { stemOf } from '../korean/particles';
import type { ArticleCard, ArticleFilter } from './article';
import type { Projection } from './article-row';
import { searchArticles } from './article-search.sql';
import { searchPartially } from './partial-search.sql';
import { formsOf, formsOfPiece, MAX_FORMS, type Form, type WordKnowledge } from './search-forms';
import { patternBegunByLetter } from './search-letters';
import type { Found } from './search-match.sql';
import { piecesOf, splitWord, type Acquaintance } from './search-splits';
import { isConjugated, likeliest, nounsOf, suggestionOf } from './search-suggestion';
import { neighboursOf, type Neighbour } from './search-typos';
import { searchWordsOf } from './search-words';

/** Of so many words that no article has is guessed what was meant: each guess is looked up. */
const MAX_GUESSED = 2;

export interface SearchRequest {
  filter: ArticleFilter;
  search: string;
  after?: string | null;
  limit: number;
}

export interface SearchResult<T> extends Found<T> {
  /** What was probably meant; null when nothing better is known. */
  suggestion: string | null;
}

type Learnt = Awaited<ReturnType<typeof searchArticles>>;

/** What readers look for: what has all their words, and when that is little, what has most of them. */
export class ArticleFinder {
  constructor(private readonly deps: { pool: Pool; heavy: FairTurns; glossary: Glossary }) {}

  /** One statement, and a second one when it finds few. Throws BAD_USER_INPUT naming `filter.search` or `after`. */
  async find<T extends ArticleCard>(
    asker: Asker,
    projection: Projection<T>,
    request: SearchRequest,
  ): Promise<SearchResult<T>> {
    const { search } = request;
    const knowledge = await this.knowledge();
    const { words, forms } = formsOf(search, searchWordsOf(search), knowledge);
    return this.deps.heavy.run(asker, async () => {
      const { pool } = this.deps;
      const pieces = piecesOf(words);
      const full = await searchArticles(pool, projection, { ...request, words: words.length, forms, pieces });
      const instead = new Map(
        Object.entries(full.guessed).map(([word, form]) => [words[Number(word)]!, form]),
      );
      const more = full.ids && partlyOf(words, forms, full, knowledge);
      if (!more || (more.forms.length === 0 && more.guesses.size === 0))
        return { hits: full.hits, total: full.total, suggestion: suggestionOf(search, words, instead) };
      const partial = await searchPartially(pool, projection, {
        ...request,
        ...more,
        without: full.ids!,
        limit: Math.max(0, request.limit - full.hits.length),
        guesses: [...more.guesses].flatMap(([word, own]) => [
          ...nounsOf(word),
          ...own.flat().map(({ form }) => form),
        ]),
      });
      for (const [word, neighbours] of more.guesses) {
        if (nounsOf(word).some((noun) => partial.guesses[noun])) continue;
        const form = neighbours.map((own) => likeliest(own, partial.guesses)).find((one) => one !== null);
        if (form !== undefined) instead.set(word, form);
      }
      return {
        hits: [...full.hits, ...partial.hits],
        total: full.total + partial.total,
        suggestion: suggestionOf(search, words, instead),
      };
    });
  }

  /** From memory. */
  private async knowledge(): Promise<WordKnowledge> {
    const { glossary } = this.deps;
    const [synonyms, lookup] = [await glossary.synonyms(), await glossary.lookup()];
    return { synonymsOf: (name) => synonyms.of(name), meantBy: (typed) => lookup.meantBy(typed) };
  }
}

/** What to look for when few articles have all words: words that none has are split, and may be slips. */
function partlyOf(
  words: readonly string[],
  forms: readonly Form[],
  { known, guessed, pieces }: Learnt,
  knowledge: WordKnowledge,
) {
  const acquaintances = new Map<string, Acquaintance>();
  for (const [piece, acquaintance] of Object.entries(pieces)) {
    const own = knowledge.synonymsOf(piece).length > 0 ? 'word' : acquaintance;
    if (own) acquaintances.set(piece, own);
  }
  /** Of the whole word, then of it without its particle. */
  const guesses = new Map<string, Neighbour[][]>();
  const sought: (readonly Omit<Form, 'word'>[])[] = [];
  for (const [place, word] of words.entries()) {
    const split = splitWord(word, acquaintances);
    const parts = split.pieces.map((piece) => formsOfPiece(piece, knowledge));
    if (known[place] === undefined) sought.push(...parts);
    else if (words.length > 1) sought.push(forms.filter((form) => form.word === place));
    else if (split.isWhole) sought.push(...parts);
    const isKnown = known[place] === true || guessed[place] !== undefined;
    if (isKnown || isConjugated(word) || patternBegunByLetter(word) !== null || guesses.size === MAX_GUESSED)
      continue;
    const neighbours = [...new Set([word, stemOf(word)])].map((typed) =>
      // Its beginning is no other word: 여름 of 여름휴가.
      neighboursOf(typed).filter(({ form }) => !word.startsWith(form)),
    );
    if (neighbours.flat().length > 0) guesses.set(word, neighbours);
  }
  return {
    forms: sought.flatMap((own, word) => own.map((form) => ({ ...form, word }))).slice(0, MAX_FORMS),
    // One word that articles have is more than its parts.
    needsAll: words.length === 1 && known[0] !== undefined,
    isOneWord: words.length === 1,
    guesses,
  };
}
