import { stemsOf } from '../../../korean/words';
import type { Sentence } from './article-sentences';
import { splitLongSentence } from './clause-splitter';
import { isPolite, toPoliteSentence } from './polite-ending';
import { rankSentences } from './sentence-ranking';
import { tiesOf, withoutConjunction } from './sentence-ties';

const NOVELTY_WEIGHT = 0.4;
/** For each word and each figure of the headline that nothing chosen has yet. */
const HEADLINE_WORD_WEIGHT = 0.25;
const HEADLINE_SUBJECT_WEIGHT = 0.5;
const HEADLINE_FIGURE_WEIGHT = 0.5;
/** For what goes on with the lead, for causes, for figures: who, when, why and how much. */
const LEAD_PARAGRAPH_WEIGHT = 0.4;
const CAUSE_WEIGHT = 0.2;
const FIGURE_WEIGHT = 0.05;
const MAX_FIGURES = 3;
/** News begin with what matters: how much a place further down costs. */
const PLACE_WEIGHT = 0.06;
const CAUSE = /때문|영향|탓이|덕분|여파|까닭|이유|배경|판단에서/;
/** How much a short sentence is better than a long one of the same worth. */
const BREVITY_WEIGHT = 0.3;
const USUAL_CHARACTERS = 40;
/** 1,745 · 2.50 · 4조1천억 */
const FIGURE = /\d+(?:[.,]\d+)*(?:[조억만천백]\s?\d*(?:[.,]\d+)*)*/g;
export interface Summary {
  /**
   * Chosen sentences in their original order, each rewritten as one or more; those that lean on the one before are in
   * the same passage.
   */
  passages: string[][];
  /** The lead, which says what happened, with what it cannot do without. */
  takeaway: string;
}

/**
 * The lead, and sentences chosen by maximal marginal relevance (Carbonell and Goldstein 1998) over LexRank scores until
 * no further one fits `maxCharacters`, which counts the sentences as rewritten and one separator each. The lead is whole
 * whatever its length; nothing is chosen without what it is tied to.
 */
export function summarize(sentences: Sentence[], title: string, maxCharacters: number): Summary {
  const rewritten = sentences.map(({ text }) => rewriteSentence(text));
  const ties = tiesOf(sentences);
  const lead = inOrder(withTies(ties, 0));
  const chosen = new Set(lead);
  const choose = chooserOf(sentences, rewritten, ties, title);
  for (;;) {
    const spent = [...chosen].reduce((sum, index) => sum + lengthOf(rewritten[index]!), 0);
    const next = choose(chosen, maxCharacters - spent);
    if (!next) break;
    for (const index of next) chosen.add(index);
  }
  const passages: string[][] = [];
  for (const index of inOrder(chosen)) {
    const parts = rewritten[index]!;
    const follows = chosen.has(index - 1);
    const isTied = ties[index]!.includes(index - 1) || (follows && ties[index - 1]!.includes(index));
    if (!follows) passages.push(firstWithoutConjunction(parts));
    else if (isTied) passages.at(-1)!.push(...parts);
    else passages.push(parts);
  }
  return { passages, takeaway: takeawayOf(lead.map((index) => rewritten[index]!)) };
}

/** A sentence in easy form: long ones split, endings polite. */
export function rewriteSentence(sentence: string): string[] {
  return splitLongSentence(sentence).map(toPoliteSentence);
}

/** Chooses what is best to add to the chosen and fits `left`, together with all that it is tied to. */
function chooserOf(sentences: Sentence[], rewritten: string[][], ties: number[][], title: string) {
  const texts = sentences.map(({ text }) => text);
  const { scores, similarity } = rankSentences(texts, title);
  const contents = texts.map(contentOf);
  const headline = contentOf(title);
  const [subject] = headline.words;
  const groups = texts.map((_text, index) => inOrder(withTies(ties, index)));
  const ownWorths = sentences.map(
    ({ text, paragraph }, index) =>
      (1 - NOVELTY_WEIGHT) * (scores[index] ?? 0) -
      PLACE_WEIGHT * Math.sqrt(index) +
      (paragraph === sentences[0]!.paragraph ? LEAD_PARAGRAPH_WEIGHT : 0) +
      (CAUSE.test(text) ? CAUSE_WEIGHT : 0),
  );
  /** Of what a sentence tells beyond the chosen ones. */
  const newsWorth = ({ words, figures }: Content, told: Content[]) => {
    const newWords = [...words].filter((word) => !told.some((one) => one.words.has(word)));
    const newFigures = [...figures].filter((figure) => !told.some((one) => one.figures.has(figure)));
    return (
      FIGURE_WEIGHT * Math.min(MAX_FIGURES, newFigures.length) +
      HEADLINE_FIGURE_WEIGHT * newFigures.filter((figure) => headline.figures.has(figure)).length +
      HEADLINE_WORD_WEIGHT * newWords.filter((word) => headline.words.has(word)).length +
      (newWords.includes(subject ?? '') ? HEADLINE_SUBJECT_WEIGHT : 0)
    );
  };
  return (chosen: ReadonlySet<number>, left: number): number[] | undefined => {
    const told = [...chosen].map((index) => contents[index]!);
    let best: { group: number[]; value: number } | undefined;
    sentences.forEach((_sentence, index) => {
      if (chosen.has(index)) return;
      const group = groups[index]!.filter((other) => !chosen.has(other));
      const length = group.reduce((sum, other) => sum + lengthOf(rewritten[other]!), 0);
      if (length > left || !group.every((other) => rewritten[other]!.every(isPolite))) return;
      const repeated = Math.max(0, ...[...chosen].map((other) => similarity(index, other)));
      const worth = ownWorths[index]! - NOVELTY_WEIGHT * repeated + newsWorth(contents[index]!, told);
      const value = worth > 0 ? worth * (USUAL_CHARACTERS / length) ** BREVITY_WEIGHT : worth;
      if (!best || value > best.value) best = { group, value };
    });
    return best?.group;
  };
}

interface Content {
  /** Stems. */
  words: Set<string>;
  /** Without their units. */
  figures: Set<string>;
}

function contentOf(text: string): Content {
  const words = stemsOf(text);
  return {
    words: new Set(words.filter((word) => word.length > 1 && !/\d/.test(word))),
    figures: new Set(text.match(FIGURE)),
  };
}

/** A sentence and all that it leads to. */
function withTies(ties: number[][], index: number): Set<number> {
  const found = new Set([index]);
  for (const one of found) for (const tied of ties[one]!) found.add(tied);
  return found;
}

function inOrder(indexes: Iterable<number>): number[] {
  return [...indexes].sort((a, b) => a - b);
}

/** A quotation with its speaker, a question with its answer; of others the first sentence. */
function takeawayOf(lead: string[][]): string {
  return lead.map(([first = '']) => first).join(' ');
}

function lengthOf(parts: string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 1, 1);
}

function firstWithoutConjunction([first = '', ...rest]: string[]): string[] {
  return [withoutConjunction(first), ...rest];
}
