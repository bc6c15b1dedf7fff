import { cutText } from '../../../visible-text';
import { meaningOf } from '../../korean/same-meaning';
import { inverseFrequency } from '../../korean/tf-idf';
import { searchText } from '../../korean/words';
import type { SourceFaq } from './passages.sql';
import { isAsking, isPredicate, plainly } from './question-words';
import { serviceConceptOf } from './service-words';
import { MAX_PASSAGE, type Support } from './support';

/** What only an answer of the FAQ says, not its question. */
const OF_ANSWER = 0.6;
/** A verb that nothing of the service is called. */
const OF_PREDICATE = 0.3;
/** Less is another question. */
const LEAST = 0.5;
/** 안 해도 is one word. */
const TOGETHER = /(?<=(?:^|\s)안)\s+(?=[해하])|(?<=(?:^|\s)(?:회원|계정))\s+(?=[가-힣])/g;

/** How well entries of the FAQ do: one's question has to say what is asked, in whatever words, and little else. */
export function faqSupports(question: string, faqs: readonly SourceFaq[]): Support[] {
  const asked = conceptsOf(plainly(question));
  const titles = faqs.map((faq) => conceptsOf(faq.question));
  const answers = faqs.map(({ answer }) => conceptsOf(answer));
  const frequencies = new Map<string, number>();
  for (const concept of titles.flatMap((title) => [...title.keys()]))
    frequencies.set(concept, (frequencies.get(concept) ?? 0) + 1);
  const weightOf = (concept: string) => inverseFrequency(faqs.length, frequencies.get(concept) ?? 0);
  const sum = (concepts: Map<string, number>, share: (concept: string) => number) =>
    [...concepts].reduce(
      (total, [concept, counts]) => total + weightOf(concept) * counts * share(concept),
      0,
    );
  const wholeQuestion = sum(asked, () => 1) || 1;
  return faqs.map(({ id, question: title, answer }, index) => {
    const [titled, answered] = [titles[index]!, answers[index]!];
    const said = sum(asked, (concept) => (titled.has(concept) ? 1 : answered.has(concept) ? OF_ANSWER : 0));
    const met = sum(titled, (concept) => (asked.has(concept) ? 1 : 0));
    const ofAsked = said / wholeQuestion;
    const ofTitle = met / (sum(titled, () => 1) || 1);
    const isMetOnce = [...asked.keys()].filter((concept) => titled.has(concept)).length <= 1;
    const share = isMetOnce ? (ofAsked * (1 + ofTitle)) / 2 : (ofAsked + ofTitle) / 2;
    const support = share < LEAST ? 0 : share;
    const text = cutText(answer, MAX_PASSAGE);
    return { passage: { kind: 'faq', id, title, text, link: null, publishedAt: null }, support };
  });
}

/** What a text says of the service, each with how much it counts. */
function conceptsOf(text: string): Map<string, number> {
  const concepts = new Map<string, number>();
  for (const word of searchText(text.replace(TOGETHER, '')).trim().split(' ')) {
    const concept = serviceConceptOf(word);
    if (concept !== null) concepts.set(concept, 1);
    else if (word !== '' && !isAsking(word))
      concepts.set(meaningOf(word), isPredicate(word) ? OF_PREDICATE : 1);
  }
  return concepts;
}
