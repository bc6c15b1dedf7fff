import type { Pool } from 'pg';
import type { Transaction } from '../../adapters/database/database';
import { TryLater } from '../../errors';
import type { Logger } from '../../logger';
import { cutText } from '../../visible-text';
import { RunLost, type RunHandle } from '../jobs/job-runner.service';
import { holdRun, type JobOutcome, type JobRun } from '../jobs/runs.sql';
import type { AnswerJobInput } from './answer-job';
import type { Answerer, WrittenAnswer } from './answerer';
import { growAnswer, holdShown, saveAnswer, selectQuestion } from './answers.sql';
import { GrowingText } from './growing-text';
import { keptSources, quotedPlaces, type QuotedPlaces } from './kept-source';

/** Longer than anybody reads; what a model writes must end somewhere. */
const MAX_TEXT = 10_000;
/** Before an answer is written anew whose source was hidden while it was written. */
const ANEW_MS = 1_000;

/** The work of a job of kind ANSWER. */
export class WriteAnswerService {
  constructor(private readonly deps: { pool: Pool; answerer: Answerer; logger: Logger }) {}

  async run({ run, signal, progress, succeed }: RunHandle<AnswerJobInput>): Promise<void> {
    const { pool, answerer, logger } = this.deps;
    const { answerId } = run.input;
    const question = await selectQuestion(pool, answerId);
    if (!question) return succeed(async () => ({}));
    await progress('answering', 0);
    const lost = new AbortController();
    let quoted: QuotedPlaces = { articleIds: [], pages: [] };
    const growing = new GrowingText(async (text) => {
      try {
        if (!(await growAnswer(pool, run, { answerId, text: storable(text), ...quoted })))
          lost.abort(new RunLost());
      } catch (error) {
        logger.warn(
          { error, jobId: run.id },
          'a part of an answer could not be written; the next one may be',
        );
      }
    });
    let answer: WrittenAnswer;
    try {
      answer = await answerer.answer(question, {
        jobId: run.id,
        signal: AbortSignal.any([signal, lost.signal]),
        onPassages: (passages) => (quoted = quotedPlaces(passages)),
        onText: (text) => growing.note(text),
      });
    } finally {
      await growing.end();
    }
    await succeed((tx) => save(tx, run, answer));
  }
}

/** Rows are locked in one order by all who write them: articles, the job, the answer. */
async function save(
  tx: Transaction,
  run: JobRun<AnswerJobInput>,
  answer: WrittenAnswer,
): Promise<JobOutcome> {
  if (!(await holdShown(tx, quotedPlaces(answer.sources)))) throw new TryLater(ANEW_MS);
  if (!(await holdRun(tx, run))) throw new RunLost();
  await saveAnswer(
    tx,
    run.input.answerId,
    { ...answer, text: storable(answer.text) },
    keptSources(answer.sources),
  );
  return { model: answer.model, promptVersion: answer.promptVersion };
}

function storable(text: string): string {
  return cutText(text.replaceAll('\0', ''), MAX_TEXT);
}
