import type { Answerer, AnsweringOptions, AnswerWriter, WrittenAnswer } from './answerer';
import type { PassageFinder } from './finding/passage-finder';
import { helpFor, tellWithoutSources, unknownAnswer } from './writing/unknown-answer';

const WRITTEN = { model: 'extractive', promptVersion: 'unknown-answer.v1' };

/** Answers from what was found, and asks no writer when nothing was. */
export class SourcedAnswerer implements Answerer {
  constructor(
    private readonly finder: Pick<PassageFinder, 'find'>,
    private readonly writer: AnswerWriter,
  ) {}

  async answer(
    asked: { question: string; articleId: string | null },
    options: AnsweringOptions,
  ): Promise<WrittenAnswer> {
    options.signal.throwIfAborted();
    const help = helpFor(asked.question);
    if (help !== null) return tellWithoutSources(help, options.onText, WRITTEN);
    const found = await this.finder.find(asked);
    options.signal.throwIfAborted();
    options.onPassages?.(found.passages);
    if (found.passages.length > 0) return this.writer.write(asked.question, found, options);
    return tellWithoutSources(unknownAnswer(found.instead), options.onText, WRITTEN);
  }
}
