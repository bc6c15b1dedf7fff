import type { Transaction } from '../../adapters/database/database';

/**
 * Counts a question of a user for a day in Asia/Seoul, exactly, over all gateways. False when `most` were asked already. It
 * is the Kakao account that asks: who deletes the account here and comes back has asked what was asked.
 */
export async function countQuestion(
  tx: Transaction,
  { userId, day, most }: { userId: string; day: string; most: number },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO "AskedQuestions" AS asked (day, asker, count)
    SELECT ${day}::date, encode(sha256(convert_to(${day} || ' ' || "kakaoId", 'UTF8')), 'base64'), 1
    FROM "User" WHERE id = ${userId}::uuid
    ON CONFLICT (day, asker) DO UPDATE SET count = asked.count + 1 WHERE asked.count < ${most}`;
  return count === 1;
}
