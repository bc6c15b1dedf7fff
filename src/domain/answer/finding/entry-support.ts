import { cutText } from '../../../visible-text';
import { nameKeysOf } from '../../glossary/term-names';
import type { Term } from '../../glossary/terms.sql';
import { ReadText } from './covered-words';
import { MAX_PASSAGE, type Support } from './support';
import type { Intent } from './question-intent';
import type { WeighedWords } from './weighed-words';

/** A question for what a thing is asks for its entry rather than for an article that has its name. */
const DEFINES = 0.3;
/** And one for what happened for an article. */
const HAPPENS = 0.7;
/** How much it counts that an entry says what is asked behind its name. */
const OF_DESCRIPTION = 0.7;
/** Of a term that the glossary knows to be meant: misspelt, typed on another keyboard, or described. */
const MEANT = 0.85;
const DEFINED = 1.1;
/** Of one that a question without a name may mean. */
const GUESSED = 0.7;
/** A term that another is compared with. */
const COMPARED = 1;
/** Nothing but its name. */
const ALL_NAMED = 0.75;
/** A question about somebody else, whom it names: what is left of the support. */
const STRANGERS = 0.4;
/** What a question for a definition may say besides. */
const LEAST_NAMED = 0.4;

interface Asked {
  words: WeighedWords;
  intent: Intent;
  /** Whether the glossary takes the question for one about this very term. */
  isMeant: boolean;
  /** Whether its name is in the question as it stands. */
  isNamed: boolean;
  /** How well it is told without its name, when it is; else 0. */
  told: number;
  /** How many names of others the question has. */
  strangers: number;
}

/** How well a glossary's entry supports an answer. */
export function termSupport(
  term: Term,
  { words, intent, isMeant, isNamed, told, strangers }: Asked,
): Support {
  const passage = {
    kind: 'term' as const,
    id: term.id,
    title: term.term,
    text: cutText(
      term.example
        ? `${term.description.replace(/\n+/g, ' ')}\n예를 들면: ${term.example}`
        : term.description,
      MAX_PASSAGE,
    ),
    link: null,
    publishedAt: null,
  };
  const ownNames = nameKeysOf(term).join(' ');
  const names = words.coverage(new ReadText(ownNames));
  const described = words.coverage(new ReadText(`${ownNames} ${passage.text}`));
  const said = names + OF_DESCRIPTION * (described - names);
  const asksFor =
    intent.definesStrictly && (!intent.happens || intent.means || intent.compares || intent.lists);
  if (isMeant && intent.isNameless && !asksFor && !isNamed && told === 0)
    return { passage, support: Math.max(GUESSED, said) };
  if (isMeant && (asksFor || intent.isNameless))
    return { passage, support: Math.max(DEFINED, said + DEFINES) };
  if (asksFor && (intent.compares || intent.lists) && isNamed) return { passage, support: COMPARED };
  return { passage, support: Math.max(told, (isMeant ? meant(said) : said) * STRANGERS ** strangers) };

  function meant(share: number): number {
    if (names >= ALL_NAMED && !intent.happens) return Math.max(DEFINED, share + DEFINES);
    if (!isNamed && !intent.happens) return Math.max(MEANT, described);
    if (intent.defines && names >= LEAST_NAMED && !intent.happens) return share + DEFINES;
    return intent.happens ? share * HAPPENS : share;
  }
}
