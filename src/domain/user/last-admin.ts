import type { Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';

/** The ADMINs, locked, so that two changes that each leave one wait for each other. */
export async function lockAdmins(tx: Transaction): Promise<string[]> {
  // Who never signed in cannot look after anything, and may be a mistyped id of the command line.
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM "User" WHERE role = 'ADMIN' AND "lastLoginAt" IS NOT NULL ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

/** Throws CONFLICT when `userId` is the only one of `admins`. */
export function requireAnotherAdmin(admins: readonly string[], userId: string): void {
  if (admins.length === 1 && admins[0] === userId)
    throw new AppError('CONFLICT', { detail: { ko: '마지막 관리자입니다.', en: 'This is the last admin.' } });
}
