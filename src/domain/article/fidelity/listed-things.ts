import type { Figure } from './figure';
import { readFigures } from './figures';
import { readNames } from './names';

/** Longer items are clauses. */
const MAX_ITEM = 30;
const SENTENCE_END = /[.!?](?=\s|$)|\n/;
const AND = /[가-힣A-Za-z0-9](?:와|과|랑|및|하고|이랑) |그리고/;

/** More than these are not counted by whoever reads a list. */
const MAX_LISTED = 10;
/** From this many on things are not merely spoken of. */
const MIN_TOLD = 5;
/** What is counted by different words. */
const THINGS = [
  /(?:회사|기업|업체|단체|은행|개사|사|팀)$/,
  /(?:나라|개국|국가)$/,
  /도시$/,
  /(?:가지|종류|종)$/,
  /(?:사람|위원)$/,
];
const LISTED_COUNTERS = new Set(['나라', '대', '도시']);

/** What a reader of an original may count: 세 곳 where three are named. */
export class ListedThings {
  private readonly lists: ReadonlySet<number>;
  /** How many names the sentences have. */
  private readonly named: ReadonlySet<number>;

  constructor(
    private readonly text: string,
    private readonly told: readonly Figure[],
  ) {
    this.lists = countsOfLists(text);
    this.named = countsOfNames(text);
  }

  supports(figure: Figure, value: number, sentence: string): boolean {
    return this.isSpokenOf(figure, value) || this.isListed(figure, value, sentence);
  }

  /** 세 나라, 두 회사 where the original does not tell another number of them. */
  private isSpokenOf({ text, native }: Figure, value: number): boolean {
    const things = thingsOf(text);
    if (!native || value >= MIN_TOLD || things === undefined) return false;
    const isCounted = this.lists.has(value) || this.named.has(value);
    if (value > 2 && !isCounted && this.tellsAnother()) return false;
    return !this.told.some(({ text: other, low }) => isSmall(low) && thingsOf(other) === things);
  }

  /** 세 곳 where three are named, and 두 곳 where no other number of them is told. */
  private isListed({ measure, counter, native, place }: Figure, value: number, sentence: string): boolean {
    if (!['count', 'people', 'bare'].includes(measure) || !Number.isInteger(value) || place > 1) return false;
    if (!isSmall(value)) return false;
    if (!isGeneral(counter)) return native && this.isOfNumbers(value, counter);
    if (value > 2 && (this.lists.has(value) || countsOfLists(sentence).has(value))) return true;
    const isTold = this.tellsAnother();
    if (value > 2) return !isTold && native && this.named.has(value);
    return !isTold && (native || this.lists.has(2));
  }

  /** Whether another small number of things of no kind is told. */
  private tellsAnother(): boolean {
    return this.told.some(
      ({ measure, low, counter }) => measure !== 'people' && isSmall(low) && isGeneral(counter),
    );
  }

  /** 두 기 for 5·6호기. */
  private isOfNumbers(value: number, counter: string | undefined): boolean {
    return (
      !this.told.some((other) => other.counter === counter) &&
      new RegExp(`(?<![\\d·])\\d{1,3}(?:·\\d{1,3}){${value - 1}}(?![\\d·])`).test(this.text)
    );
  }

  /** 나머지 23개 구 of 25 when two are spoken of; 모두 네 명 when one has three others with them. */
  supportsRest({ measure, text, counter, start }: Figure, value: number, context: string): boolean {
    if (!['count', 'people', 'bare'].includes(measure) || !Number.isInteger(value)) return false;
    const before = context.slice(0, context.lastIndexOf(text));
    const spoken = readFigures(before).filter((other) => other.measure === measure && other.start !== start);
    if (/(?:함께|포함|까지)[^.!?]*(?:모두|합쳐|합해|다 해서)[^.!?]{0,6}$/.test(before))
      return spoken.some(({ low }) => low === value - 1) && measure === 'people';
    if (!/나머지 (?:[가-힣]{1,6} )?$/.test(before)) return false;
    const gone = new Set([1, ...spoken.map(({ low }) => low), ...countsOfLists(before)]);
    return this.told.some(
      (whole) =>
        (whole.counter === counter || !whole.counter || !counter) && gone.has(whole.low - value) && value > 0,
    );
  }
}

function isSmall(value: number): boolean {
  return value > 1 && value <= MAX_LISTED;
}

function isGeneral(counter: string | undefined): boolean {
  return counter === undefined || LISTED_COUNTERS.has(counter);
}

function thingsOf(text: string): number | undefined {
  const kind = THINGS.findIndex((words) => words.test(text));
  return kind < 0 ? undefined : kind;
}

/** Of how many names each sentence has. */
function countsOfNames(text: string): Set<number> {
  return new Set(text.split(SENTENCE_END).map((sentence) => readNames(sentence).length));
}

/** Of how many things each the lists of a text are: 3 of 삼성, LG와 SK. */
function countsOfLists(text: string): Set<number> {
  const counts = new Set<number>();
  for (const sentence of text.split(SENTENCE_END)) {
    for (const word of sentence.split(/[\s,]/)) counts.add(word.split('·').length);
    if (AND.test(sentence)) counts.add(2);
    let commas = 0;
    sentence.split(/,(?!\d{3})/).forEach((item, index, items) => {
      if (index === 0) return;
      commas += 1;
      const isLast = index === items.length - 1 || item.length > MAX_ITEM;
      if (!isLast) return;
      counts.add(commas + (AND.test(item.slice(0, MAX_ITEM)) ? 2 : 1));
      commas = 0;
    });
  }
  return counts;
}
