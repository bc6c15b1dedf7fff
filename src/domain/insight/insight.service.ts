import type { Pool } from 'pg';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { ArticleStatus, Insight as InsightRow } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import {
  decodeCursor,
  pageOf,
  requireId,
  requirePageSize,
  type Page,
  type PageRequest,
} from '../shared/paging';
import { holdUser } from '../user/remove-user';
import type { Viewer } from '../user/viewer-guard';
import { chartUrls } from './chart-urls';
import {
  countPublishedInsights,
  selectInsightsByIds,
  selectPublishedInsights,
  type Insight,
} from './insights.sql';

/** Reading insights, and what an ADMIN does to one. */
export class InsightService {
  constructor(private readonly deps: { prisma: Prisma; pool: Pool; clock: Clock; publicUrl: string }) {}

  /** Published ones, newest released first. */
  async list(request: PageRequest): Promise<Page<Insight>> {
    const { pool } = this.deps;
    const limit = requirePageSize(request.first) + 1;
    const after = request.after ? decodeCursor(request.after) : null;
    const rows = await selectPublishedInsights(pool, after, limit);
    const position = ({ releasedAt, id }: Insight) => ({ at: releasedAt!, id });
    return pageOf(rows, request, position, () => countPublishedInsights(pool));
  }

  /** null when absent or, for everybody but ADMIN, not published. */
  async byId(viewer: Viewer | null, id: string): Promise<Insight | null> {
    const [insight] = await this.byIds([requireId('id', id)]);
    return insight && (insight.status === 'PUBLISHED' || viewer?.role === 'ADMIN') ? insight : null;
  }

  /** Of every status: only for paths that ADMIN alone can take. */
  byIds(ids: readonly string[]): Promise<Insight[]> {
    return selectInsightsByIds(this.deps.pool, ids);
  }

  /** The specifications of insights that were read. One statement. */
  chartsOf(ids: readonly string[]): Promise<Pick<InsightRow, 'id' | 'chart'>[]> {
    return this.deps.prisma.insight.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, chart: true },
    });
  }

  /** Where its pictures are. */
  urlsOf({ id, hash }: Pick<Insight, 'id' | 'hash'>): { svg: string; png: string } {
    return chartUrls(this.deps.publicUrl, id, hash);
  }

  /** Puts it before readers. Throws NOT_FOUND. */
  publish(viewer: Viewer, id: string): Promise<Insight> {
    return this.move(viewer, requireId('id', id), 'PUBLISHED', 'insight.publish');
  }

  /** Takes it from readers. Throws NOT_FOUND. */
  hide(viewer: Viewer, id: string): Promise<Insight> {
    return this.move(viewer, requireId('id', id), 'HIDDEN', 'insight.hide');
  }

  /** One that is there already stays as it is, and nothing is audited. */
  private async move(
    { userId }: Viewer,
    id: string,
    status: ArticleStatus,
    action: string,
  ): Promise<Insight> {
    await this.deps.prisma.$transaction(async (tx) => {
      await holdUser(tx, userId);
      const before = await lock(tx, id);
      if (before.status === status) return;
      const isFirst = status === 'PUBLISHED' && before.releasedAt === null;
      await tx.insight.update({
        where: { id },
        data: { status, ...(isFirst && { releasedAt: this.deps.clock.now() }) },
      });
      await audit(tx, userId, action, { type: 'Insight', id });
    });
    const [insight] = await this.byIds([id]);
    if (!insight) throw new AppError('NOT_FOUND');
    return insight;
  }
}

async function lock(tx: Transaction, id: string): Promise<Pick<Insight, 'status' | 'releasedAt'>> {
  const [insight] = await tx.$queryRaw<Pick<Insight, 'status' | 'releasedAt'>[]>`
    SELECT status::text, "releasedAt" FROM "Insight" WHERE id = ${id}::uuid FOR UPDATE`;
  if (!insight) throw new AppError('NOT_FOUND');
  return insight;
}
