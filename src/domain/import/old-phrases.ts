import { isVisible } from '../../visible-text';
import type { Phrase } from '../article/article';
import { MAX_LENGTH, MAX_PHRASES } from '../article/article-text';
import { bounded, plainLine, plainText, type RowNotes } from './old-text';

const HARD = ['expression', 'phrase', 'term', 'word', 'original', 'difficult'];
const EASY = ['easy', 'meaning', 'explanation', 'description', 'simple', 'definition'];
/** A JSON text of a JSON text. */
const MAX_NESTING = 3;
const FENCE = /^\s*```(?:json)?\s*([^]*?)\s*```\s*$/;

/** Phrases from what stands in the column: a map, a list, or a text that holds one. What cannot be read is noted. */
export function oldPhrases(json: string | null, notes: RowNotes): Phrase[] {
  const value = parsed(json);
  if (value === null || value === '') return [];
  const pairs = pairsOf(value);
  const phrases = new Map<string, Phrase>();
  for (const pair of pairs) {
    const expression = pair && plainLine(pair[0]);
    const easy = pair && plainText(pair[1]);
    if (!expression || !easy || !isVisible(expression)) notes.add('PHRASES_UNREADABLE');
    else if (phrases.size >= MAX_PHRASES) notes.add('PHRASES_CUT');
    else if (!phrases.has(expression))
      phrases.set(expression, {
        expression: bounded(expression, MAX_LENGTH.expression, notes),
        easy: bounded(easy, MAX_LENGTH.easy, notes),
      });
  }
  return [...phrases.values()];
}

type Pair = readonly [hard: string, easy: string] | null;

/** Null for what is no phrase. */
function pairsOf(value: unknown): Pair[] {
  if (Array.isArray(value)) {
    const [hard, easy] = value;
    // A list of two texts is one phrase, any other list one of phrases.
    if (value.length === 2 && typeof hard === 'string' && typeof easy === 'string') return [[hard, easy]];
    return value.flatMap(pairsOf);
  }
  if (typeof value !== 'object' || value === null) return [null];
  const entries = Object.entries(value);
  const named = (names: string[]) => entries.find(([name]) => names.includes(name.toLowerCase()))?.[1];
  const [hard, easy] = [named(HARD), named(EASY)];
  if (typeof hard === 'string' && typeof easy === 'string') return [[hard, easy]];
  return entries.flatMap(([expression, meaning]): Pair[] => {
    if (typeof meaning === 'string' || typeof meaning === 'number') return [[expression, String(meaning)]];
    // { "phrases": [ … ] }
    return Array.isArray(meaning) ? pairsOf(meaning) : [null];
  });
}

function parsed(json: string | null): unknown {
  let value: unknown = json;
  for (let depth = 0; typeof value === 'string' && depth < MAX_NESTING; depth++) {
    const text: string = FENCE.exec(value)?.[1] ?? value.trim();
    if (text === '') return null;
    try {
      value = JSON.parse(text);
    } catch {
      return value;
    }
  }
  return value;
}
