import type { Pool } from 'pg';
import { badUserInput } from '../../errors';
import type { Surface } from '../../generated/prisma/enums';
import type { Clock } from '../shared/clock';
import { GroupCommit } from '../shared/group-commit';
import { requireId } from '../shared/paging';
import { recordImpressions, type ImpressionRow } from './impressions.sql';
import type { AnonymousWeight } from './anonymous-weight';
import type { Reader } from './reader';

const MAX_ARTICLES = 100;

/** Keeps which articles were put before whom: the denominator of every prediction. */
export class ImpressionService {
  private readonly writes: GroupCommit<ImpressionRow[], true>;

  private readonly weight: AnonymousWeight;

  constructor({ pool, clock, weight }: { pool: Pool; clock: Clock; weight: AnonymousWeight }) {
    this.weight = weight;
    this.writes = new GroupCommit({
      write: async (batch) => {
        await recordImpressions(pool, batch.flat(), clock.now());
        return batch.map(() => true);
      },
      maxBatch: 50, // calls, of up to 100 articles each
      maxWaiting: 2_000,
    });
  }

  /**
   * Once a reader, day in Asia/Seoul and article. Ids that nobody can read are ignored, and so is what a reader
   * is shown beyond the day's bound, and an address's anonymous readers beyond theirs. Throws BAD_USER_INPUT naming the id, UPSTREAM_UNAVAILABLE.
   */
  async record(reader: Reader, articleIds: readonly string[], surface: Surface): Promise<boolean> {
    if (articleIds.length === 0 || articleIds.length > MAX_ARTICLES)
      throw badUserInput('articleIds', {
        ko: `1개부터 ${MAX_ARTICLES}개까지입니다.`,
        en: `There must be 1 to ${MAX_ARTICLES}.`,
      });
    const ids = articleIds.map((id, index) => requireId(`articleIds.${index}`, id));
    if (!(await this.weight.allowsImpressions(reader, ids.length))) return true;
    return this.writes.add(
      ids.map((articleId) => ({ readerId: reader.id, articleId, userId: reader.userId, surface })),
    );
  }

  /** Resolves when every call that was taken is written or refused. */
  idle(): Promise<void> {
    return this.writes.idle();
  }
}
