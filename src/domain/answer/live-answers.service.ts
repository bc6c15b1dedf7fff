import type { Prisma } from '../../adapters/database/database';
import type { LiveListener } from '../../adapters/live/live-listener';
import { LiveTopic } from '../../adapters/live/live-topic';
import type { LiveUpdates } from '../../adapters/live/live-updates';
import { AppError } from '../../errors';
import type { Answer } from '../../generated/prisma/client';
import { requireId } from '../shared/paging';
import type { Viewer } from '../user/viewer-guard';

/** Answers as they grow: a worker writes each at most ten times a second. */
export class LiveAnswerService {
  private readonly answers: LiveTopic<Answer>;

  constructor(private readonly deps: { prisma: Prisma; listener: LiveListener }) {
    this.answers = new LiveTopic('answer', deps.listener, (ids) => this.byIds(ids));
  }

  /** The answer as it is, then each change of it. Throws NOT_FOUND, also for another's. */
  async updatesOf({ userId }: Viewer, id: string): Promise<LiveUpdates<Answer>> {
    const answerId = requireId('id', id);
    const isOwn = (answer: Answer) => answer.userId === userId;
    const answer = await this.answers.current(answerId);
    if (!answer || !isOwn(answer)) throw new AppError('NOT_FOUND');
    return this.answers.watch(answerId, () => [answerId], isOwn);
  }

  private async byIds(ids: readonly string[]): Promise<Map<string, Answer>> {
    const answers = await this.deps.prisma.answer.findMany({ where: { id: { in: [...ids] } } });
    return new Map(answers.map((answer) => [answer.id, answer]));
  }
}
