import { FidelityCheck } from '../../article/fidelity/check-fidelity';
import { keyOf, stemsOf } from '../../korean/words';
import type { Passage } from '../answerer';

/** How much of a sentence's words a passage has that it is taken to be told from: unnamed, and named. */
const GROUNDED = 0.5;
const GROUNDED_WHERE_NAMED = 0.3;

/** What passages support: figures and names, and the words of who names no source. */
export class AnswerSupport {
  private readonly checks = new Map<string, FidelityCheck>();
  private readonly keys: readonly string[];

  constructor(private readonly passages: readonly Passage[]) {
    this.keys = passages.map(({ title, text }) => keyOf(`${title} ${text}`));
  }

  /** Reads the passages ahead, which takes as long as many sentences do. */
  prepare(): void {
    this.hasFacts(this.passages[0]?.text ?? '');
  }

  /** Whether all passages together have a text's figures and names. */
  hasFacts(text: string): boolean {
    return this.supports(
      text,
      this.passages.map((_, index) => index),
    );
  }

  /**
   * The passages (the first is 0) that a sentence is told from: those that it names when they have its facts, else the one that it
   * shares most words with. Null when there is none.
   */
  sourcesOf(sentence: string, named: readonly number[]): number[] | null {
    const known = [...new Set(named)].filter((index) => index >= 0 && index < this.passages.length);
    const text = known.map((index) => this.keys[index]!).join(' ');
    if (
      known.length > 0 &&
      sharedWords(sentence, text) >= GROUNDED_WHERE_NAMED &&
      this.supports(sentence, known)
    )
      return known;
    const nearest = this.keys
      .map((key, index) => ({ index, share: sharedWords(sentence, key) }))
      .filter(({ share }) => share >= GROUNDED)
      .sort((one, other) => other.share - one.share)
      .find(({ index }) => this.supports(sentence, [index]));
    return nearest ? [nearest.index] : null;
  }

  /** Whether a passage says it, or leads to it. */
  mentions(address: string): boolean {
    return this.passages.some(({ text, link }) => text.includes(address) || link === address);
  }

  /** Whether the passages have these letters in a row. */
  says(key: string): boolean {
    return this.keys.some((each) => each.includes(key));
  }

  private supports(text: string, indices: readonly number[]): boolean {
    const rewrite = { title: '', content: text, comment: null, phrases: [] };
    return this.checkOf(indices).of(rewrite).passed;
  }

  private checkOf(indices: readonly number[]): FidelityCheck {
    const key = indices.join();
    const known = this.checks.get(key);
    if (known) return known;
    const passages = indices.map((index) => this.passages[index]!);
    const content = passages.map(({ title, text }) => `${title}\n${text}`).join('\n');
    // 지난달 has one meaning only in articles of one day.
    const days = new Set(passages.flatMap(({ publishedAt: day }) => day?.getTime() ?? []));
    const publishedAt = days.size === 1 ? new Date([...days][0]!) : null;
    const check = new FidelityCheck({ title: '', content, publishedAt });
    this.checks.set(key, check);
    return check;
  }
}

function sharedWords(sentence: string, key: string): number {
  const stems = stemsOf(sentence).filter((stem) => stem.length >= 2);
  // The last syllable of a verb changes with its ending.
  const shared = stems.filter((stem) => key.includes(keyOf(stem.length > 2 ? stem.slice(0, -1) : stem)));
  return stems.length === 0 ? 0 : shared.length / stems.length;
}
