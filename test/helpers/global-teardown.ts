import { rmSync } from 'node:fs';
import { keptFromSetup } from './global-state';

export default async function globalTeardown(): Promise<void> {
  const kept = keptFromSetup();
  await kept?.postgres.stop();
  if (kept) rmSync(kept.folder, { recursive: true, force: true });
}
