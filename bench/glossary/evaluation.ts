import { createHash } from 'node:crypto';
import type { DescribedTerm } from '../../src/domain/glossary/term-descriptions';
import { TermFinder } from '../../src/domain/glossary/term-finder';
import { TermLookup } from '../../src/domain/glossary/term-lookup';
import { TermMatcher } from '../../src/domain/glossary/term-matcher';

/** By kind: questions, each with the term that it asks for, null for none. */
export type Questions = Readonly<
  Record<string, readonly (readonly [question: string, term: string | null])[]>
>;

export interface Miss {
  question: string;
  expected: string | null;
  found: string | null;
}

export interface Score {
  kind: string;
  isFrozen: boolean;
  asked: number;
  right: number;
  misses: Miss[];
}

/**
 * Whether a question is kept from whoever tunes the finder: a third of what was written before anything was tuned, and of the
 * last that were added; of those between them, whose misses were read, only the others are here.
 */
export function isFrozen(question: string): boolean {
  return createHash('sha256').update(question).digest()[0]! % 3 === 0;
}

/** Of each kind and part how many questions a glossary answers with the term they ask for. */
export async function evaluateQuestions(
  terms: readonly DescribedTerm[],
  questions: Questions,
): Promise<Score[]> {
  const names = { matcher: new TermMatcher(terms), lookup: new TermLookup(terms) };
  const finder = await TermFinder.of(terms, names);
  return Object.entries(questions).flatMap(([kind, asked]) =>
    [false, true].map((frozen) => {
      const part = asked.filter(([question]) => isFrozen(question) === frozen);
      const misses = part
        .map(([question, expected]) => ({ question, expected, found: finder.find(question)?.term ?? null }))
        .filter(({ expected, found }) => found !== expected);
      return { kind, isFrozen: frozen, asked: part.length, right: part.length - misses.length, misses };
    }),
  );
}
