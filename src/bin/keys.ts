import { signingKeysFile } from '../config/development';
import { loadEnvFile } from '../config/environment';
import { createKeys, keysIn, rotateKeys } from '../adapters/tokens/key-file';

const USAGE = `Usage: npm run keys -- <command>
  list     the signing keys: which one signs, since when
  create   a first key, in a new file
  rotate   a new key that signs from now on; the old ones verify until their tokens have expired`;
const INLINE = `The keys are set inline, in JWT_PRIVATE_KEYS. Rotate them by two deployments:
  1. add the new key behind the others, and deploy: every gateway knows it
  2. move it to the front, and deploy: it signs
Take the old one out after 31 days.`;

/** `npm run keys -- list | create | rotate`: looks after the file of the signing keys. */
function main([command = '']: string[]): void {
  loadEnvFile();
  const file = signingKeysFile();
  if (!['list', 'create', 'rotate'].includes(command)) throw new Error(USAGE);
  if (file === null) throw new Error(INLINE);
  const now = new Date();
  if (command === 'create') createKeys(file, now);
  const dropped = command === 'rotate' ? rotateKeys(file, now) : [];
  console.log(file);
  for (const { kid, from, until } of keysIn(file))
    console.log(
      `  ${kid}  ${until ? `verifies; signed until ${until}` : `signs${from ? ` since ${from}` : ''}`}`,
    );
  for (const kid of dropped) console.log(`  ${kid}  taken out: nothing it signed is alive any more`);
  if (command === 'rotate') console.log('Running gateways take it up within a second; no restart is needed.');
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
