import type * as development from '../dev/embedded-postgres/embedded-postgres';

/** The URL of the database of this folder's `npm start`, or null. Loads src/dev, which the image does not have, only when asked. */
export async function developmentDatabase(dataDir: string): Promise<string | null> {
  const module = require.resolve('../dev/embedded-postgres/embedded-postgres');
  const { runningEmbeddedPostgres } = (await import(module)) as typeof development;
  return runningEmbeddedPostgres(dataDir, 'gyeongdan');
}
