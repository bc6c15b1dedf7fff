import type { Prisma, Transaction } from '../../adapters/database/database';
import type { AuditEntry } from '../../generated/prisma/client';
import {
  afterCreatedAt,
  NEWEST_FIRST,
  pageOf,
  requirePageSize,
  type Page,
  type PageRequest,
} from '../shared/paging';
import { requireStorable } from '../shared/text';

/** What was done something to. */
export interface AuditTarget {
  type: 'Article' | 'EconomicTerm' | 'Faq' | 'GenerationJob' | 'Publisher' | 'Session' | 'User';
  id: string;
}

/**
 * Writes an entry inside the transaction that does what it describes. The actor is null when nobody signed in did it:
 * configuration, the command line, a worker. An action is `<subject>.<verb>`, e.g. article.publish.
 */
export async function audit(
  tx: Transaction,
  actorId: string | null,
  action: string,
  { type: targetType, id: targetId }: AuditTarget,
  details?: Record<string, unknown>,
): Promise<void> {
  const json = details && { details: JSON.parse(JSON.stringify(details)) };
  await tx.auditEntry.create({ data: { actorId, action, targetType, targetId, ...json } });
}

export class AuditService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** Newest first. */
  async list(
    request: PageRequest & { targetType?: string | null; targetId?: string | null },
  ): Promise<Page<AuditEntry>> {
    const first = requirePageSize(request.first);
    const where = {
      ...(request.targetType != null && { targetType: requireStorable('targetType', request.targetType) }),
      ...(request.targetId != null && { targetId: requireStorable('targetId', request.targetId) }),
    };
    const rows = await this.deps.prisma.auditEntry.findMany({
      where: { ...where, ...afterCreatedAt(request.after) },
      orderBy: NEWEST_FIRST,
      take: first + 1,
    });
    const count = () => this.deps.prisma.auditEntry.count({ where });
    return pageOf(rows, { ...request, first }, (entry) => ({ at: entry.createdAt, id: entry.id }), count);
  }
}
