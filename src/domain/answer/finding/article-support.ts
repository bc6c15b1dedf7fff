import { cutText } from '../../../visible-text';
import { NameSupport } from '../../article/fidelity/name-support';
import { readNames, type Name } from '../../article/fidelity/names';
import { OriginalText } from '../../article/fidelity/original-text';
import type { StoredDocument } from '../../article/retrieval/related-documents.sql';
import { paragraphsOf } from '../../shared/text';
import { ReadText } from './covered-words';
import { MAX_PASSAGE, type Support } from './support';
import type { SourceArticle } from './passages.sql';
import type { Intent } from './question-intent';
import type { WeighedWords } from './weighed-words';

/** What counts that an article says of the question: anywhere, in one paragraph, in its title. */
const SHARES = { anywhere: 0.4, paragraph: 0.35, title: 0.25 };
/** The article that somebody reads is the likeliest to be asked about. */
const BEING_READ = 0.3;
/** Of a question that says nothing but “why?” beside an article. */
const AS_A_WHOLE = 0.8;
const LEAST_OF_READ = 0.2;
const OF_DOCUMENT = 0.6;
/** Of an article that is not the one which the question points at. */
const OTHERS = 0.6;
/** Of one that lacks a name which the question has. */
const STRANGERS = 0.5;
/** Asked for the name of somebody or of a company, one that has none: as one that lacks so many. */
const NAMELESS = 2;
const FITS = 0.05;

/** How well articles support an answer to a question. */
export class ArticleSupport {
  constructor(
    private readonly words: WeighedWords,
    private readonly intent: Intent,
    private readonly asked: { names: readonly Name[]; pointsAtArticle: boolean },
    /** The article that is being read. */
    private readonly readId: string | null,
  ) {}

  of(article: SourceArticle): Support {
    const { id, title, content, comment, publishedAt, isOpinion } = article;
    const isRead = id === this.readId;
    const whole = `${title}\n${content}\n${comment ?? ''}`;
    const paragraphs = paragraphsOf(content);
    const titled = new ReadText(title);
    const read = paragraphs.map((paragraph) => new ReadText(paragraph));
    const shares = read.map((paragraph) => this.words.coverage(paragraph));
    const together = Math.max(0, ...read.map((paragraph) => this.words.coverage(titled, paragraph)));
    const anywhere = this.words.coverage(new ReadText(whole));
    const said =
      SHARES.anywhere * anywhere + SHARES.paragraph * together + SHARES.title * this.words.coverage(titled);
    const passage = {
      kind: 'article' as const,
      id,
      title,
      text: bestParagraphs(paragraphs, shares, isOpinion && this.intent.concludes),
      link: null,
      publishedAt,
      isOpinion,
    };
    const told =
      (isRead
        ? this.ofRead(said, anywhere)
        : said * (this.asked.pointsAtArticle && this.readId ? OTHERS : 1)) + this.fit(title);
    const strangers =
      strangersIn(whole, this.asked.names) +
      (this.intent.asksForPerson && !namesPerson(whole) ? NAMELESS : 0) +
      (this.intent.asksForOne && !namesCompany(whole) ? NAMELESS : 0);
    return { passage, support: told * STRANGERS ** strangers };
  }

  document({ id, title, link, snippet }: StoredDocument): Support {
    const text = cutText(snippet, MAX_PASSAGE);
    const said = this.words.coverage(new ReadText(`${title}\n${text}`));
    return {
      passage: { kind: 'document', id, title, text, link, publishedAt: null },
      support: OF_DOCUMENT * said,
    };
  }

  /** A title that asks why answers it. */
  private fit(title: string): number {
    return this.intent.asksWhy && /왜|이유|까닭|배경/.test(title) ? FITS : 0;
  }

  private ofRead(said: number, anywhere: number): number {
    const { words, intent } = this;
    if (words.isEmpty || ((this.asked.pointsAtArticle || intent.happens) && words.areOfVerbs))
      return AS_A_WHOLE;
    if (intent.isStrange && anywhere < 0.5) return said;
    if (intent.ofArticle) return Math.max(AS_A_WHOLE, said + BEING_READ);
    return anywhere >= LEAST_OF_READ ? Math.max(said, anywhere) + BEING_READ : said;
  }
}

/** How many of the names a text does not have, however they are written. */
function strangersIn(text: string, names: readonly Name[]): number {
  if (names.length === 0) return 0;
  const support = new NameSupport(new OriginalText(text));
  return names.filter((name) => !support.supports(name)).length;
}

/** Whether a text has the name of somebody who is no place or company. */
function namesPerson(text: string): boolean {
  return readNames(text).some((name) => !name.known && !name.isGuess && /^[가-힣]{2,4}$/.test(name.text));
}

function namesCompany(text: string): boolean {
  return readNames(text).some((name) => name.known?.kind === 'companies');
}

/** Those that say most of the question, in the order of the text, as many as fit; of as good ones the first, or the last. */
function bestParagraphs(
  paragraphs: readonly string[],
  shares: readonly number[],
  isOfTheEnd: boolean,
): string {
  const order = paragraphs
    .map((_, index) => index)
    .sort((a, b) => shares[b]! - shares[a]! || (isOfTheEnd ? b - a : a - b));
  const chosen: number[] = [];
  let length = 0;
  for (const index of order) {
    length += paragraphs[index]!.length + 2;
    if (length > MAX_PASSAGE && chosen.length > 0) break;
    chosen.push(index);
  }
  return cutText(
    chosen
      .sort((a, b) => a - b)
      .map((index) => paragraphs[index]!)
      .join('\n\n'),
    MAX_PASSAGE,
  );
}
