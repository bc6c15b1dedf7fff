import type { Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import { Prisma, type User } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import { mailboxKey } from '../shared/mail-address';
import { cancelRuns } from '../jobs/runs.sql';

/** How long a transaction may take that removes a user: a long history goes in many statements. */
export const REMOVAL = { timeout: 20_000 };

/** Few enough for the time limit of a statement on a busy machine. */
const BATCH = 20_000;
/** What readers leave by the hundred thousand; the rest goes with the user's row. */
const HISTORY = [Prisma.raw('"ArticleView"'), Prisma.raw('"Impression"')];

/**
 * Removes a user with all that is theirs; what they wrote stays without a name. Throws CONFLICT when the user is gone by
 * now or has another role than was read.
 */
export async function removeUser(
  tx: Transaction,
  { id, role }: Pick<User, 'id' | 'role'>,
  action: 'user.delete' | 'user.unlink',
): Promise<void> {
  // The user's row first, as everybody does who writes what belongs to it: or they would deadlock.
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT id FROM "User" WHERE id = ${id}::uuid AND role::text = ${role} FOR UPDATE`;
  if (locked.length === 0) throw new AppError('CONFLICT');
  // Their questions are answered to nobody. Jobs before answers, as whoever writes those.
  await cancelRuns(tx, Prisma.sql`"requestedById" = ${id}::uuid AND kind = 'ANSWER'`);
  for (const table of HISTORY) {
    let removed: number;
    do {
      removed = await tx.$executeRaw`
        DELETE FROM ${table}
        WHERE ctid = ANY (ARRAY (SELECT ctid FROM ${table} WHERE "userId" = ${id}::uuid LIMIT ${BATCH}))`;
    } while (removed === BATCH);
  }
  const { email } = await tx.user.delete({ where: { id } });
  // Those of the account itself went with it; of its address there may be others.
  if (email !== null) await tx.newsletterSubscription.deleteMany({ where: { emailKey: mailboxKey(email) } });
  await audit(tx, null, action, { type: 'User', id });
}

/**
 * Keeps the caller from being removed until the transaction ends. Taken before any row that may refer to the caller, as
 * `removeUser` does. Throws UNAUTHENTICATED when the caller is gone.
 */
export async function holdUser(tx: Transaction, id: string): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`SELECT id FROM "User" WHERE id = ${id}::uuid FOR KEY SHARE`;
  if (held.length === 0) throw new AppError('UNAUTHENTICATED');
}
