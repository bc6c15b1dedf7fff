import { checkFidelity } from '../../src/domain/article/fidelity/check-fidelity';
import type { Pair } from './pairs-file';

export interface Score {
  expected: number;
  reported: number;
  right: number;
  /** Of the right ones those that are the same to the last character. */
  identical: number;
  /** 1 when nothing was reported, or nothing was to be found. */
  precision: number;
  recall: number;
  f1: number;
}

export interface Miss {
  id: string;
  kind: string;
  what: 'figure' | 'name';
  /** Not reported though unsupported, or reported though supported. */
  fault: 'missed' | 'wrong';
  text: string;
}

export interface FidelityEvaluation {
  pairs: number;
  figures: Score;
  names: Score;
  kinds: { kind: string; pairs: number; figures: Score; names: Score }[];
  misses: Miss[];
}

/** What the check finds in these pairs against what a person found. */
export function evaluatePairs(pairs: readonly Pair[]): FidelityEvaluation {
  const compared = pairs.map(compare);
  const kinds = [...new Set(pairs.map(({ kind }) => kind))].sort();
  const of = (some: typeof compared) => ({
    pairs: some.length,
    figures: scoreOf(some.map(({ figures }) => figures)),
    names: scoreOf(some.map(({ names }) => names)),
  });
  return {
    ...of(compared),
    kinds: kinds.map((kind) => ({ kind, ...of(compared.filter(({ pair }) => pair.kind === kind)) })),
    misses: compared.flatMap(({ pair, figures, names }) => [
      ...missesOf(pair, 'figure', figures),
      ...missesOf(pair, 'name', names),
    ]),
  };
}

interface Comparison {
  missed: string[];
  wrong: string[];
  right: number;
  identical: number;
}

function compare(pair: Pair) {
  const { original, rewrite } = pair;
  const report = checkFidelity({
    original,
    rewrite: { ...rewrite, comment: rewrite.comment ?? null, phrases: rewrite.phrases ?? [] },
  });
  return {
    pair,
    figures: match(pair.unsupportedFigures, report.unsupportedFigures),
    names: match(pair.unsupportedNames, report.unsupportedNames),
  };
}

/** One for one: the identical first, then those that differ in where the string begins or ends. */
function match(expected: readonly string[], reported: readonly string[]): Comparison {
  const missed = new Set(expected);
  const wrong = new Set(reported);
  const total = missed.size;
  for (const text of reported) if (missed.delete(text)) wrong.delete(text);
  const identical = total - missed.size;
  for (const text of [...missed]) {
    const same = [...wrong].find((other) => isPartOf(text, other) || isPartOf(other, text));
    if (same === undefined) continue;
    missed.delete(text);
    wrong.delete(same);
  }
  return { missed: [...missed], wrong: [...wrong], right: total - missed.size, identical };
}

/** 3.8% is a part of 약 3.8%, and none of 13.8%; 김도현 one of 김도현 총재. */
function isPartOf(part: string, whole: string): boolean {
  const at = whole.indexOf(part);
  if (at < 0 || part.length < 2) return false;
  const before = whole[at - 1] ?? '';
  const after = whole[at + part.length] ?? '';
  return (
    !(/\d/.test(part[0]!) && /[\d.,]/.test(before)) && !(/\d/.test(part.at(-1)!) && /[\d.,]/.test(after))
  );
}

function scoreOf(comparisons: readonly Comparison[]): Score {
  const sum = (of: (comparison: Comparison) => number) =>
    comparisons.reduce((total, one) => total + of(one), 0);
  const right = sum((one) => one.right);
  const expected = right + sum((one) => one.missed.length);
  const reported = right + sum((one) => one.wrong.length);
  const precision = reported === 0 ? 1 : right / reported;
  const recall = expected === 0 ? 1 : right / expected;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { expected, reported, right, identical: sum((one) => one.identical), precision, recall, f1 };
}

function missesOf({ id, kind }: Pair, what: Miss['what'], { missed, wrong }: Comparison): Miss[] {
  const miss = (fault: Miss['fault']) => (text: string) => ({ id, kind, what, fault, text });
  return [...missed.map(miss('missed')), ...wrong.map(miss('wrong'))];
}
