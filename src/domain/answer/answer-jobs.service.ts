import type { Prisma, Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { Answer } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import type { Caller, JobIntake } from '../jobs/job-intake';
import { koreanDay, untilKoreanMidnight } from '../reading/korean-calendar';
import type { Clock } from '../shared/clock';
import { requireId } from '../shared/paging';
import { requireLine } from '../shared/text';
import { answerJobInput, type AnswerJobInput } from './answer-job';
import { countQuestion } from './asked-questions.sql';

const MIN_QUESTION = 2;
const MAX_QUESTION = 500;

export interface Question {
  question: string;
  articleId?: string | null;
}

/** Asking questions: each is a row and a job of kind ANSWER that writes its answer. */
export class AnswerJobService {
  constructor(
    private readonly deps: {
      prisma: Prisma;
      intake: JobIntake;
      clock: Clock;
      /** 0 for no limit. */
      questionsPerDay: number;
      onLimited: () => void;
    },
  ) {}

  /** Throws BAD_USER_INPUT, NOT_FOUND for an article that is not published, RATE_LIMITED until midnight in Seoul, CONFLICT. */
  async ask(caller: Caller, { question, articleId }: Question, key: string | null): Promise<Answer> {
    const asked = {
      question: requireLine('question', question, MAX_QUESTION, MIN_QUESTION),
      articleId: articleId == null ? null : requireId('articleId', articleId),
    };
    const call = { operation: 'askQuestion', key, arguments: asked };
    const job = await this.deps.intake.ask(caller, call, (tx) => this.create(tx, caller, asked));
    const { answerId: id } = answerJobInput.parse(job.input);
    const answer = await this.deps.prisma.answer.findUnique({ where: { id } });
    if (!answer) throw new AppError('NOT_FOUND');
    return answer;
  }

  private async create(
    tx: Transaction,
    caller: Caller,
    asked: { question: string; articleId: string | null },
  ): Promise<string> {
    const { articleId } = asked;
    const { userId } = caller.viewer;
    if (articleId !== null && !(await isPublished(tx, articleId)))
      throw new AppError('NOT_FOUND', { argument: 'articleId' });
    const { id } = await tx.answer.create({ data: { userId, ...asked }, select: { id: true } });
    const input: AnswerJobInput = { answerId: id };
    const jobId = await this.deps.intake.create(
      tx,
      caller,
      { kind: 'ANSWER', input, articleId },
      'question.ask',
    );
    await tx.answer.update({ where: { id }, data: { jobId } });
    // An admin finds the job by the answer's id.
    await audit(tx, userId, 'question.ask', { type: 'Answer', id }, { jobId });
    // Last: other questions of the same reader wait from here to the commit.
    await this.count(tx, userId);
    return jobId;
  }

  private async count(tx: Transaction, userId: string): Promise<void> {
    const { clock, questionsPerDay: most, onLimited } = this.deps;
    const now = clock.now();
    if (most === 0 || (await countQuestion(tx, { userId, day: koreanDay(now), most }))) return;
    onLimited();
    throw new AppError('RATE_LIMITED', {
      retryAfterSeconds: Math.ceil(untilKoreanMidnight(now) / 1000),
      detail: {
        ko: `질문은 하루에 ${most}개까지 할 수 있고, 한국 시각 자정이 지나면 다시 할 수 있습니다.`,
        en: `${most} questions a day can be asked; more after midnight in Seoul.`,
      },
    });
  }
}

async function isPublished(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.article.count({ where: { id, status: 'PUBLISHED' } })) === 1;
}
