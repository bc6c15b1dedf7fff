import type { AnswerWriter, Answerer } from '../domain/answer/answerer';
import { ExtractiveAnswerWriter } from '../domain/answer/extractive-answer-writer';
import { PassageFinder } from '../domain/answer/passage-finder';
import { SourcedAnswerer } from '../domain/answer/sourced-answerer';
import type { SharedContext } from './shared';

/** What answers questions; without a writer of models it does so in the sources' own words. */
export function createAnswerer(
  { database, glossary }: Pick<SharedContext, 'database' | 'glossary'>,
  writer: AnswerWriter = new ExtractiveAnswerWriter(),
): Answerer {
  return new SourcedAnswerer(new PassageFinder({ pool: database.pool, glossary }), writer);
}
