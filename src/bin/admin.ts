import { grantAdmin, revokeAdmin } from '../domain/user/admins';
import { runWithDatabase } from './command-database';

const USAGE = 'Usage: npm run admin -- grant <kakaoId> | revoke <kakaoId>';

/** `npm run admin -- grant|revoke <kakaoId>`: makes a Kakao user ADMIN, before or after the first login, or USER again. */
void runWithDatabase(async (prisma) => {
  const [command, kakaoId = ''] = process.argv.slice(2);
  if (!['grant', 'revoke'].includes(command ?? '') || !/^\d{1,20}$/.test(kakaoId)) throw new Error(USAGE);
  if (command === 'revoke') {
    await revokeAdmin(prisma, kakaoId, new Date());
    console.log(`Kakao ${kakaoId} is USER now; a session that is open learns it within 20 seconds.`);
    return;
  }
  const user = await grantAdmin(prisma, kakaoId, new Date());
  console.log(
    user.lastLoginAt
      ? `${user.name} (Kakao ${kakaoId}) is ADMIN now; a session that is open learns it within 20 seconds.`
      : `Kakao ${kakaoId} will be ADMIN from the first sign-in on.`,
  );
});
