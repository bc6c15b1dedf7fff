import { composed } from '../../visible-text';
import { keyOf } from '../korean/words';

export interface NamedTerm {
  term: string;
  aliases: readonly string[];
}

const IN_BRACKETS = /^(.+?)\s*[([]([^)\]]+)[)\]]\s*$/;
const LATIN = /[a-z]/i;

/**
 * The keys a term is found by, the strongest first: itself; 국내총생산(GDP) without its brackets; what they hold, when
 * it is the name in the other script; its aliases.
 */
export function nameKeysOf({ term, aliases }: NamedTerm): string[] {
  const keys = [keyOf(term)];
  const brackets = IN_BRACKETS.exec(composed(term, 'NFKC'));
  if (brackets) {
    const [, base, inside] = brackets as unknown as [string, string, string];
    keys.push(keyOf(base));
    for (const name of inside.split(/[,;/]/))
      if (LATIN.test(name) !== LATIN.test(base)) keys.push(keyOf(name));
  }
  keys.push(...aliases.map(keyOf));
  return [...new Set(keys)].filter((key) => key !== '');
}
