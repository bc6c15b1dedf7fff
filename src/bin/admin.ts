import { grantAdmin, revokeAdmin } from '../domain/user/admins';
import type { User } from '../generated/prisma/client';
import { runWithDatabase } from './command-database';

const USAGE = 'Usage: npm run admin -- grant <kakaoId> | revoke <kakaoId>';

/** `npm run admin -- grant|revoke <kakaoId>`: makes a Kakao user ADMIN, before or after the first login, or USER again. */
void runWithDatabase(async (prisma) => {
  const [command, kakaoId = ''] = process.argv.slice(2);
  if (!['grant', 'revoke'].includes(command ?? '') || !/^\d{1,20}$/.test(kakaoId)) throw new Error(USAGE);
  if (command === 'revoke') {
    console.log(outcomeOf(await revokeAdmin(prisma, kakaoId, new Date())));
    return;
  }
  console.log(outcomeOf(await grantAdmin(prisma, kakaoId, new Date())));
});

function outcomeOf({ name, kakaoId, role, lastLoginAt }: User): string {
  return lastLoginAt
    ? `${name} (Kakao ${kakaoId}) is ${role} now; a session that is open learns it within 20 seconds.`
    : `Kakao ${kakaoId} will be ${role} from the first sign-in on.`;
}
