import type { LanguageModel } from '../adapters/language-model/language-model';
import type { Answerer } from '../domain/answer/answerer';
import { ExtractiveAnswerWriter } from '../domain/answer/writing/extractive-answer-writer';
import { FallbackAnswerWriter } from '../domain/answer/writing/fallback-answer-writer';
import { ModelAnswerWriter } from '../domain/answer/writing/model-answer-writer';
import { PassageFinder } from '../domain/answer/finding/passage-finder';
import { SourcedAnswerer } from '../domain/answer/sourced-answerer';
import type { SpendingService } from '../domain/spending/spending.service';
import type { SharedContext } from './shared';

/** What answers questions: a model, else the sources in their own words. */
export function createAnswerer(
  { database, glossary, clock, logger }: Pick<SharedContext, 'database' | 'glossary' | 'clock' | 'logger'>,
  { models, spending }: { models: readonly LanguageModel[]; spending: SpendingService },
): Answerer {
  const writers = models.map((model) => new ModelAnswerWriter(model, spending));
  const writer = new FallbackAnswerWriter(writers, new ExtractiveAnswerWriter(), (reason) =>
    logger.warn({ reason }, 'another than the first model has to answer'),
  );
  return new SourcedAnswerer(new PassageFinder({ pool: database.pool, glossary, clock }), writer);
}
