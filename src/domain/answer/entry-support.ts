import { cutText } from '../../visible-text';
import { nameKeysOf } from '../glossary/term-names';
import type { Term } from '../glossary/terms.sql';
import { ReadText } from './covered-words';
import type { Support } from './passage-finder';
import type { SourceFaq } from './passages.sql';
import type { Intent } from './question-intent';
import type { WeighedWords } from './weighed-words';

const MAX_PASSAGE = 1_500;
/** A question for what a thing is asks for its entry rather than for an article that has its name. */
const DEFINES = 0.3;
/** And one for what happened for an article. */
const HAPPENS = 0.7;
/** How much it counts that an entry says what is asked behind its name. */
const OF_DESCRIPTION = 0.7;
/** Of a term that the glossary knows to be meant: misspelt, typed on another keyboard, or described. */
const MEANT = 0.85;
/** What a question for a definition may say besides. */
const LEAST_NAMED = 0.4;

interface Asked {
  words: WeighedWords;
  intent: Intent;
  /** Whether the glossary takes the question for one about this very term. */
  isMeant: boolean;
  /** Whether its name is in the question as it stands. */
  isNamed: boolean;
}

/** How well a glossary's entry supports an answer. */
export function termSupport(term: Term, { words, intent, isMeant, isNamed }: Asked): Support {
  const passage = {
    kind: 'term' as const,
    id: term.id,
    title: term.term,
    text: cutText(term.example ? `${term.description}\n${term.example}` : term.description, MAX_PASSAGE),
    link: null,
    publishedAt: null,
  };
  const names = words.coverage(new ReadText(nameKeysOf(term).join(' ')));
  const described = words.coverage(new ReadText(`${nameKeysOf(term).join(' ')} ${passage.text}`));
  if (isMeant && !isNamed && (intent.defines || words.words.length <= 2 || described > 0.5))
    return { passage, support: Math.max(MEANT, described) + (intent.defines ? DEFINES : 0) };
  const said = names + OF_DESCRIPTION * (described - names);
  if (intent.defines && names >= LEAST_NAMED && !intent.happens) return { passage, support: said + DEFINES };
  return { passage, support: intent.happens ? said * HAPPENS : said };
}

/** How well an entry of the FAQ does: its question has to be the one that is asked. */
export function faqSupport({ id, question, answer }: SourceFaq, words: WeighedWords): Support {
  const asked = words.coverage(new ReadText(question));
  const said = words.coverage(new ReadText(`${question}\n${answer}`));
  return {
    passage: {
      kind: 'faq',
      id,
      title: question,
      text: cutText(answer, MAX_PASSAGE),
      link: null,
      publishedAt: null,
    },
    support: 0.5 * asked + 0.5 * said,
  };
}
