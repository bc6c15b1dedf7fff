import { cutText } from '../../../visible-text';
import { meaningOf } from '../../korean/same-meaning';
import { inverseFrequency } from '../../korean/tf-idf';
import { searchText } from '../../korean/words';
import type { SourceFaq } from './passages.sql';
import { ReadText } from './covered-words';
import { isAsking, isPredicate, plainly, withoutCounted } from './question-words';
import { serviceQuestionOf } from './service-questions';
import { serviceConceptOf } from './service-words';
import { MAX_PASSAGE, type Support } from './support';

/** What only an answer of the FAQ says, not its question. */
const OF_ANSWER = 0.6;
/** A verb that nothing of the service is called. */
const OF_PREDICATE = 0.3;
/** Less is another question. */
const LEAST = 0.5;
/** 받고, 오는, 적힌, 만든, 눌러도. */
const VERB = /[고던니]$|^.[는힌든]$|[러려해아어여]도$/;
/** 안 해도 is one word. */
const TOGETHER = /(?<=(?:^|\s)안)\s+(?=[해하])|(?<=(?:^|\s)(?:회원|계정))\s+(?=[가-힣])/g;

type Concepts = ReadonlyMap<string, number>;

/** An entry in the forms in which its question is compared. */
export interface ReadFaq extends SourceFaq {
  read: ReadText;
  titled: Concepts;
  answered: Concepts;
}

/** How well entries of the FAQ support an answer, which are read once for all questions. */
export class FaqSupport {
  readonly faqs: readonly ReadFaq[];
  private readonly frequencies = new Map<string, number>();

  constructor(faqs: readonly SourceFaq[]) {
    this.faqs = faqs.map((faq) => ({
      ...faq,
      read: new ReadText(faq.question),
      titled: conceptsOf(faq.question),
      answered: conceptsOf(faq.answer),
    }));
    for (const { titled } of this.faqs)
      for (const concept of titled.keys())
        this.frequencies.set(concept, (this.frequencies.get(concept) ?? 0) + 1);
  }

  /** One's question has to say what is asked, in whatever words, and little else. */
  of(question: string): Support[] {
    const said = [plainly(question), serviceQuestionIn(question)].filter((text) => text !== null);
    const asked = said.map(conceptsOf);
    return this.faqs.map(({ id, question: title, answer, titled, answered }) => {
      const shares = asked.map((concepts) => this.shareOf(concepts, titled, answered));
      const share = Math.max(...shares);
      const text = cutText(answer, MAX_PASSAGE);
      return {
        passage: { kind: 'faq', id, title, text, link: null, publishedAt: null },
        support: share < LEAST ? 0 : share,
      };
    });
  }

  private shareOf(asked: Concepts, titled: Concepts, answered: Concepts): number {
    const said = this.sum(asked, (concept) =>
      titled.has(concept) ? 1 : answered.has(concept) ? OF_ANSWER : 0,
    );
    const met = this.sum(titled, (concept) => (asked.has(concept) ? 1 : 0));
    const ofAsked = said / (this.sum(asked, () => 1) || 1);
    const ofTitle = met / (this.sum(titled, () => 1) || 1);
    const isMetOnce = [...asked.keys()].filter((concept) => titled.has(concept)).length <= 1;
    return isMetOnce ? (ofAsked * (1 + ofTitle)) / 2 : (ofAsked + ofTitle) / 2;
  }

  private sum(concepts: Concepts, share: (concept: string) => number): number {
    const weightOf = (concept: string) =>
      inverseFrequency(this.faqs.length, this.frequencies.get(concept) ?? 0);
    return [...concepts].reduce(
      (total, [concept, counts]) => total + weightOf(concept) * counts * share(concept),
      0,
    );
  }
}

/** Whether a question is one about the service, which no article answers. */
export function isOfService(question: string): boolean {
  return serviceQuestionIn(question) !== null;
}

function serviceQuestionIn(question: string): string | null {
  const text = plainly(question);
  return serviceQuestionOf(text, nounsOf(text));
}

function nounsOf(text: string): string[] {
  return wordsOf(withoutCounted(text)).filter(
    (word) => word.length > 1 && !isAsking(word) && !isPredicate(word) && !VERB.test(word),
  );
}

/** What a text says of the service, each with how much it counts. */
function conceptsOf(text: string): Map<string, number> {
  const concepts = new Map<string, number>();
  for (const word of wordsOf(text)) {
    const concept = serviceConceptOf(word);
    if (concept !== null) concepts.set(concept, 1);
    else if (!isAsking(word)) concepts.set(meaningOf(word), isPredicate(word) ? OF_PREDICATE : 1);
  }
  return concepts;
}

function wordsOf(text: string): string[] {
  return searchText(text.replace(TOGETHER, ''))
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}
