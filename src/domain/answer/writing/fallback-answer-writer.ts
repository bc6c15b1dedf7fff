import { AppError, reasonOf, type ErrorCode } from '../../../errors';
import type { AnswerWriter, FoundPassages, WritingOptions, WrittenAnswer } from '../answerer';

/** Asks one model after the other, each once, then who needs none: a reader waits for no second try. */
export class FallbackAnswerWriter implements AnswerWriter {
  /** `onFallback` is told why another is asked than the one that should have written. */
  constructor(
    private readonly models: readonly AnswerWriter[],
    private readonly lastResort: AnswerWriter,
    private readonly onFallback: (reason: ErrorCode) => void = () => {},
  ) {}

  async write(question: string, found: FoundPassages, options: WritingOptions): Promise<WrittenAnswer> {
    for (const model of this.models) {
      try {
        return await model.write(question, found, options);
      } catch (error) {
        options.signal.throwIfAborted();
        const reason = reasonOf(error);
        if (!(reason instanceof AppError) || !/^(?:MODEL|BUDGET)_/.test(reason.code)) throw error;
        this.onFallback(reason.code);
      }
    }
    return this.lastResort.write(question, found, options);
  }
}
