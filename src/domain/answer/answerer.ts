/** What an answer may be drawn from: `id` is that of its row. */
export interface Passage {
  kind: 'term' | 'faq' | 'article' | 'document';
  id: string;
  title: string;
  /** Plain text; of an article the part that fits the question. */
  text: string;
  /** Of a document, which is not ours. Else null. */
  link: string | null;
  /** Of an article. Else null. */
  publishedAt: Date | null;
  /** Whether it tells what its writer thinks. */
  isOpinion?: boolean;
}

/** What was found for a question, the best first. */
export interface FoundPassages {
  /** Empty when nothing supports an answer. */
  passages: Passage[];
  /** So many of the first are asked for together: of several terms each. */
  together: number;
  /** Questions that can be answered instead, at most three. */
  instead: string[];
}

export interface WritingOptions {
  signal: AbortSignal;
  jobId: string;
  /** Told the whole text so far whenever it has grown; nothing in it is taken back lightly. */
  onText(text: string): Promise<void> | void;
}

export interface WrittenAnswer {
  /** In Korean, 해요체; [1] names the first of `sources`. */
  text: string;
  /** Those that the text rests on; none when it is unknown. */
  sources: Passage[];
  isUnknown: boolean;
  model: string;
  promptVersion: string;
}

/** Writes an answer from passages alone. */
export interface AnswerWriter {
  /** Throws what the model's call throws, or the signal's reason. */
  write(question: string, found: FoundPassages, options: WritingOptions): Promise<WrittenAnswer>;
}

export interface AnsweringOptions extends WritingOptions {
  /** Told what the text will rest on, before any of it. */
  onPassages?(passages: readonly Passage[]): void;
}

/** Finds passages for a question, about an article when one is named, and lets an answer be written from them. */
export interface Answerer {
  answer(
    question: { question: string; articleId: string | null },
    options: AnsweringOptions,
  ): Promise<WrittenAnswer>;
}
