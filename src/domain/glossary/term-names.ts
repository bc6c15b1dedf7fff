import { composed } from '../../visible-text';
import { speltOut } from '../korean/letter-names';
import { keyOf } from '../korean/words';

export interface NamedTerm {
  term: string;
  aliases: readonly string[];
}

const IN_BRACKETS = /^(.+?)\s*[([]([^)\]]+)[)\]]\s*$/;
const LATIN = /[a-z]/i;

/** Letters of their own: ETF, S&P. */
const INITIALS = /(?<![A-Za-z])[A-Z](?:&?[A-Z]){1,4}(?![A-Za-z])/g;
/** Shorter ones are other words: 시비 is no CB. */
const SHORTEST_SPELT = 3;
const MAX_SPELT = 16;

/**
 * The keys a term is found by, the strongest first: itself; 국내총생산(GDP) without its brackets; what they hold, when
 * it is the name in the other script; its aliases.
 */
export function nameKeysOf(term: NamedTerm): string[] {
  return [...new Set(namesOf(term).map(keyOf))].filter((key) => key !== '');
}

/** The keys of those of its names that have letters of their own, with these spelt out in Hangul: 이티에프, 스트레스디에스알. */
export function speltNameKeysOf(term: NamedTerm): string[] {
  const spelt = new Set<string>();
  for (const name of namesOf(term)) {
    let forms = [''];
    let end = 0;
    for (const { 0: letters, index } of name.matchAll(INITIALS)) {
      const between = name.slice(end, index);
      const ways = speltOut(letters);
      forms = forms.flatMap((form) => ways.map((way) => form + between + way)).slice(0, MAX_SPELT);
      end = index + letters.length;
    }
    if (end > 0) for (const form of forms) spelt.add(keyOf(form + name.slice(end)));
  }
  return [...spelt].filter((key) => key.length >= SHORTEST_SPELT);
}

function namesOf({ term, aliases }: NamedTerm): string[] {
  const names = [term];
  const brackets = IN_BRACKETS.exec(composed(term, 'NFKC'));
  if (brackets) {
    const [, base, inside] = brackets as unknown as [string, string, string];
    names.push(base);
    for (const name of inside.split(/[,;/]/)) if (LATIN.test(name) !== LATIN.test(base)) names.push(name);
  }
  return [...names, ...aliases].map((name) => composed(name, 'NFKC'));
}
