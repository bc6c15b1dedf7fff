import { toPlainLine } from '../../article/rewriting/rewriter-plain-text';
import { splitSentences } from '../../korean/sentences';
import type { AnswerSupport } from './answer-support';

/** The one word of a model that finds no answer in the passages. */
export const NO_ANSWER = 'NO_ANSWER';

/** No answer is longer; the rest is not read. */
const MAX_CHARACTERS = 6_000;
/** Milliseconds of looking that an answer has at once; afterwards it rests three times as long as it looks. */
const LOOKS_AT_ONCE_MS = 1_000;
const LOOKING_RESTS = 3;
const MARK = /[[【［]\s*\^?(?:자료|출처|문서)?\s*(\d{1,2}(?:\s*[,·]\s*\d{1,2})*)\s*[\]】］]/;
const MARKS = new RegExp(MARK, 'g');
const MARKS_BEHIND = new RegExp(`^(?:\\s*${MARK.source})+`);
/** A mark, a link or a tag whose end has not come yet. */
const UNCLOSED = /[[【［][^\]】］]*$|<[a-z!/][^<>]*$|\]\([^)]*$/i;
/** Whatever a client might make a link of: with a scheme, bare, of mail. */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]*:)?[\\/]{2}[^\s가-힣)\]>"']*|www\.[^\s가-힣)\]>"']+|(?:[\w.+-]+@)?\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?:[/?#][^\s가-힣)\]>"']*)?/gi;
const NUMBERING = /^\d{1,2}[.)] /;

interface Sentence {
  /** What parts it from the one before. */
  gap: string;
  text: string;
  /** The passages that it is told from, as the text numbers them. */
  sources: number[];
}

/** An answer while a model writes it: what of it may be shown, and which passages it names. */
export class GrowingAnswer {
  private raw = '';
  /** Where the sentence in hand begins. */
  private start = 0;
  private readonly sentences: Sentence[] = [];
  /** What is shown of the sentence in hand. */
  private shown = '';
  /** How much of the sentence in hand was looked at. */
  private checked = 0;
  private lookedMs = 0;
  private lookAgainAt = 0;
  /** Passages in the order in which they are first named. */
  private readonly named: number[] = [];

  constructor(private readonly support: AnswerSupport) {}

  /** The passages that the text rests on: [1] is the first. */
  get sources(): readonly number[] {
    return this.named;
  }

  get isUnknown(): boolean {
    return this.raw.slice(0, 40).replace(/^\W+/, '').startsWith(NO_ANSWER);
  }

  /** Nothing more is read of it. */
  get isFull(): boolean {
    return this.raw.length >= MAX_CHARACTERS;
  }

  /** What the model wrote last, for who looks for what must not be in it. */
  recent(length: number): string {
    return this.raw.slice(-length);
  }

  add(delta: string): void {
    if (this.isFull) return;
    this.raw = (this.raw + delta).slice(0, MAX_CHARACTERS);
    const now = performance.now();
    if (now < this.lookAgainAt) return;
    this.look();
    const took = performance.now() - now;
    this.lookedMs += took;
    // In however small pieces a hostile text comes, others have their turn.
    if (this.lookedMs > LOOKS_AT_ONCE_MS) this.lookAgainAt = now + (1 + LOOKING_RESTS) * took;
  }

  private look(): void {
    for (let end = this.endOfSentence(); end !== null; end = this.endOfSentence()) this.finish(end);
    const inHand = this.raw.slice(this.start);
    // The last word may go on.
    const words = inHand.slice(0, inHand.search(/\S*$/)).replace(UNCLOSED, '');
    if (words.length <= this.checked) return;
    this.checked = words.length;
    if (!this.support.hasFacts(this.plain(words))) return;
    // What makes a name of a word stands behind it: 김철수 회장.
    const told = this.plain(words.trimEnd().replace(/\S+$/, '').replace(UNCLOSED, ''));
    if (told.length > this.shown.length) this.shown = told;
  }

  /** Nothing follows; of an answer that was cut off the last sentence is left out. */
  end(isCut: boolean): void {
    this.look();
    const isEnded = /[.!?。…]["'”’)\]】］\d\s[]*$/.test(this.raw);
    if (!isCut || isEnded) this.finish(this.raw.length);
    this.start = this.raw.length;
    this.shown = '';
  }

  text(): string {
    if (this.isUnknown) return '';
    const told = this.sentences
      .map(({ gap, text, sources }) => `${gap}${text} ${sources.map((number) => `[${number}]`).join('')}`)
      .join('');
    return this.shown === '' ? told : `${told}${this.gap()}${this.shown}`;
  }

  /** Where the sentence in hand and its marks end; null while they may go on. */
  private endOfSentence(): number | null {
    const inHand = this.raw.slice(this.start);
    const [first] = splitSentences(inHand);
    if (first === undefined) return null;
    const end = inHand.indexOf(first) + first.length;
    const marks = MARKS_BEHIND.exec(inHand.slice(end))?.[0].length ?? 0;
    const behind = inHand.slice(end + marks);
    if (/^\s*(?:$|[[【［])/.test(behind) || !/^\s/.test(behind)) return null;
    return this.start + end + marks;
  }

  /** A sentence that its sources do not support is left out whole. */
  private finish(end: number): void {
    const written = this.raw.slice(this.start, end);
    const gap = this.gap();
    this.start = end;
    this.shown = '';
    this.checked = 0;
    const text = this.plain(written);
    if (text === '') return;
    const cited = [...written.matchAll(MARKS)].flatMap(([, numbers]) => numbers!.split(/[,·]/).map(Number));
    const sources = this.support.sourcesOf(
      text,
      cited.map((number) => number - 1),
    );
    if (sources) this.sentences.push({ gap, text, sources: sources.map((source) => this.numberOf(source)) });
  }

  private numberOf(source: number): number {
    if (!this.named.includes(source)) this.named.push(source);
    return this.named.indexOf(source) + 1;
  }

  private gap(): string {
    if (this.sentences.length === 0) return '';
    const blank = /^\s*/.exec(this.raw.slice(this.start))![0];
    return blank.includes('\n') ? '\n' : ' ';
  }

  /** Empty for what leads readers to an address that no passage has. */
  private plain(written: string): string {
    const line = toPlainLine(written.replace(MARKS, ' ').replaceAll(NO_ANSWER, ' '));
    if (line.match(ADDRESS)?.some((address) => !this.support.mentions(address))) return '';
    const text = line
      .replace(NUMBERING, '')
      .replace(/ +(?=[.,!?。…])/g, '')
      .replace(/ {2,}/g, ' ')
      .trim();
    return /[\p{L}\p{N}]/u.test(text) ? text : '';
  }
}
