import { runningEmbeddedPostgres } from '../dev/embedded-postgres/embedded-postgres';
import { openDatabase } from '../adapters/database/database';
import { loadCommandSettings } from '../config/development';
import { loadEnvFile } from '../config/environment';
import { createLogger } from '../logger';
import { grantAdmin } from '../domain/user/grant-admin';

const USAGE = 'Usage: npm run admin -- grant <kakaoId>';

/** `npm run admin -- grant <kakaoId>`: makes a Kakao user ADMIN, before or after the first login. */
async function main([command, kakaoId]: string[]): Promise<void> {
  if (command !== 'grant' || !/^\d{1,20}$/.test(kakaoId ?? '')) throw new Error(USAGE);
  loadEnvFile();
  const { databaseUrl, dataDir } = loadCommandSettings();
  const url = databaseUrl ?? (await runningEmbeddedPostgres(dataDir, 'gyeongdan'));
  if (!url) throw new Error('No database: set DATABASE_URL, or run `npm start` in another terminal.');
  const database = openDatabase({
    url,
    connections: 1,
    logger: createLogger({ level: 'error', pretty: false }),
  });
  try {
    const user = await grantAdmin(database.prisma, kakaoId!, new Date());
    console.log(
      user.lastLoginAt
        ? `${user.name} (Kakao ${kakaoId}) is ADMIN now; a session that is open learns it within 20 seconds.`
        : `Kakao ${kakaoId} will be ADMIN from the first sign-in on.`,
    );
  } finally {
    await database.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
