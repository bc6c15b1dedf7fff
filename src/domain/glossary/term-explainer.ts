import economicTerms from '../../../prisma/seed/economic-terms.json';
import { splitSentences } from '../korean/sentences';
import { keyOf } from '../korean/words';
import { isMeantAsTerm } from './homographs';
import { TermMatcher } from './term-matcher';
import type { NamedTerm } from './term-names';

export interface ExplainedTerm extends NamedTerm {
  description: string;
}

/** A term as it stands in a text, and what it means. */
interface Explanation {
  expression: string;
  easy: string;
}

const MAX_EXPLAINED = 5;
const MIN_EXPLAINED = 2;
const MAX_EASY_CHARACTERS = 200;
/** A word that more of the explanations are made of is one that readers know. */
const EVERYDAY_SHARE = 0.02;

/** Explains what readers of a text may not know, in the words of a glossary. */
export class TermExplainer {
  private readonly matcher: TermMatcher<ExplainedTerm>;
  private readonly mentions = new Map<ExplainedTerm, number>();

  constructor(private readonly terms: readonly ExplainedTerm[]) {
    this.matcher = new TermMatcher(terms.map(withoutEnglishWords));
  }

  /**
   * At most five terms of a text, each once, the hardest, in the order in which they stand there. A word of every day, as
   * 금리, is explained only where there are less than two others.
   */
  explain(text: string): Explanation[] {
    const found = [...this.matcher.names(text)].flatMap(([term, expression]) => {
      const easy = shortExplanation(term.description);
      const isMeant = isWrittenSo(term, expression) && isMeantAsTerm(keyOf(expression), expression, text);
      return isMeant && easy !== null ? [{ expression, easy, mentions: this.mentionsOf(term) }] : [];
    });
    found.sort((a, b) => hardness(b) - hardness(a));
    return found
      .filter(({ mentions }, rank) => rank < MIN_EXPLAINED || mentions <= EVERYDAY_SHARE * this.terms.length)
      .slice(0, MAX_EXPLAINED)
      .map(({ expression, easy }) => ({ expression, easy }))
      .sort((a, b) => text.indexOf(a.expression) - text.indexOf(b.expression));
  }

  /** Whether the explanation is the glossary's own. */
  isOwn({ expression, easy }: Explanation): boolean {
    const term = this.matcher.best(expression);
    return term !== null && shortExplanation(term.description) === easy;
  }

  private mentionsOf(term: ExplainedTerm): number {
    let count = this.mentions.get(term);
    if (count === undefined) {
      const word = term.term.replace(/\s*[([].*/, '');
      count = this.terms.filter(({ description }) => description.includes(word)).length;
      this.mentions.set(term, count);
    }
    return count;
  }
}

/** Of the glossary that new installations begin with. */
export const deliveredTerms = new TermExplainer(
  economicTerms.map(({ term, description, aliases = [] }) => ({ term, description, aliases })),
);

/** Long names are harder; those that explain other terms are easier. */
function hardness({ expression, mentions }: { expression: string; mentions: number }): number {
  return expression.length - mentions;
}

/** "share" and "capital" are words of company names; DSR, Fed and S&P 500 are not. */
function withoutEnglishWords(term: ExplainedTerm): ExplainedTerm {
  return { ...term, aliases: term.aliases.filter((alias) => /^[가-힣\dA-Z]/.test(alias)) };
}

/** Latin letters as the glossary has them: "per" and "Fed" are not PER and FED. */
function isWrittenSo({ term, aliases }: ExplainedTerm, name: string): boolean {
  return (
    /[가-힣]/.test(name) ||
    name === name.toUpperCase() ||
    [term, ...aliases].some((known) => known.includes(name))
  );
}

/** Its first sentences, as many as fit. */
function shortExplanation(description: string): string | null {
  const line = description.replace(/\s+/g, ' ');
  if (line.length <= MAX_EASY_CHARACTERS) return line;
  let short = '';
  for (const sentence of splitSentences(line)) {
    const longer = short === '' ? sentence : `${short} ${sentence}`;
    if (longer.length > MAX_EASY_CHARACTERS) break;
    short = longer;
  }
  return short || null;
}
