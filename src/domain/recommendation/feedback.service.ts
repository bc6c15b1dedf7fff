import type { Pool } from 'pg';
import { AppError } from '../../errors';
import type { Clock } from '../shared/clock';
import { requireId } from '../shared/paging';
import type { Viewer } from '../user/viewer-guard';
import type { Feedback } from './model/feedback';
import type { KnownReaders } from './known-readers';
import { saveFeedback } from './reader-state.sql';

/** Keeps what readers say of articles; every gateway heeds it from the next request on. */
export class FeedbackService {
  constructor(private readonly deps: { pool: Pool; clock: Clock; readers: KnownReaders }) {}

  /** The last word on an article counts. Throws NOT_FOUND (absent or not published), BAD_USER_INPUT. */
  async say(kind: Feedback['kind'], { userId }: Viewer, articleId: string): Promise<boolean> {
    const id = requireId('articleId', articleId);
    const at = this.deps.clock.now();
    if (!(await saveFeedback(this.deps.pool, { userId, articleId: id, kind, at })))
      throw new AppError('NOT_FOUND');
    this.deps.readers.forget(userId);
    return true;
  }
}
