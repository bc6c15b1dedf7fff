import type { Prisma, Transaction } from '../../adapters/database/database';
import { badUserInput } from '../../errors';
import type { AuditEntry, Prisma as Values } from '../../generated/prisma/client';
import { pageByCreation, type Page, type PageRequest } from '../shared/paging';
import { requireStorable } from '../shared/text';

const TARGET_TYPES = [
  'Answer', 'Article', 'EconomicTerm', 'Faq', 'GenerationJob', 'Import', 'Insight', 'NewsletterIssue', 'NewsletterSubscription',
  'Publisher', 'Queue', 'Session', 'User',
] as const; // prettier-ignore
type TargetType = (typeof TARGET_TYPES)[number];

/** What was done something to. */
export interface AuditTarget {
  type: TargetType;
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
  const actor = await present(tx, actorId);
  await tx.auditEntry.create({ data: { actorId: actor, action, targetType, targetId, ...json } });
}

/** The same of many targets, in one statement. */
export async function auditEach(
  tx: Transaction,
  actorId: string | null,
  action: string,
  targets: readonly AuditTarget[],
  details?: Values.InputJsonObject,
): Promise<void> {
  const actor = await present(tx, actorId);
  await tx.auditEntry.createMany({
    data: targets.map(({ type: targetType, id: targetId }) => ({
      actorId: actor,
      action,
      targetType,
      targetId,
      ...(details && { details }),
    })),
  });
}

/** Null for an actor who has left meanwhile, as it is in all their entries. Who has not cannot until the commit. */
async function present(tx: Transaction, actorId: string | null): Promise<string | null> {
  if (actorId === null) return null;
  const [actor] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "User" WHERE id = ${actorId}::uuid FOR KEY SHARE`;
  return actor?.id ?? null;
}

export class AuditService {
  constructor(private readonly deps: { prisma: Prisma }) {}

  /** Newest first. Throws BAD_USER_INPUT, also for a type of target that there is none of. */
  async list(
    request: PageRequest & { targetType?: string | null; targetId?: string | null },
  ): Promise<Page<AuditEntry>> {
    const where = {
      ...(request.targetType && { targetType: requireTargetType(request.targetType) }),
      ...(request.targetId && { targetId: requireStorable('targetId', request.targetId) }),
    };
    return pageByCreation(this.deps.prisma.auditEntry, where, request);
  }
}

function requireTargetType(type: string): TargetType {
  const known = TARGET_TYPES.find((one) => one === type);
  if (known) return known;
  const names = TARGET_TYPES.join(', ');
  throw badUserInput('targetType', { ko: `${names} 중 하나여야 합니다.`, en: `It must be one of ${names}.` });
}
