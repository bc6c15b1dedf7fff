import { withParticle } from '../../korean/named-thing';
import type { Term } from '../../glossary/terms.sql';
import { ReadText } from './covered-words';
import type { SourceFaq } from './passages.sql';
import type { WeighedWords } from './weighed-words';

const MAX_INSTEAD = 3;

/** Up to three questions near to one that cannot be answered: about the terms in it, then of the FAQ. */
export function questionsInstead(
  words: WeighedWords,
  { terms, faqs }: { terms: readonly Term[]; faqs: readonly SourceFaq[] },
): string[] {
  const ofTerms = terms.map(({ term }) => `${withParticle(term, '이', '가')} 무엇인가요?`);
  const near = faqs
    .map(({ question }, place) => ({ question, place, share: words.coverage(new ReadText(question)) }))
    .sort((a, b) => b.share - a.share || a.place - b.place);
  return [...ofTerms, ...near.map(({ question }) => question)].slice(0, MAX_INSTEAD);
}
