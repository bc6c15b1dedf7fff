import type { EmbeddedPostgres } from '../../src/dev/embedded-postgres/embedded-postgres';

interface Kept {
  postgres: EmbeddedPostgres;
  folder: string;
}

const holder = globalThis as { gyeongdanTestRun?: Kept };

export function keepForTeardown(postgres: EmbeddedPostgres, folder: string): void {
  holder.gyeongdanTestRun = { postgres, folder };
}

export function keptFromSetup(): Kept | undefined {
  return holder.gyeongdanTestRun;
}
