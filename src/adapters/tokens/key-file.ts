import { generateKeyPairSync } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isP256, signingKey } from './signing-keys';
import { TOKEN_KINDS } from './token-signer';

/** The longest life of a token, and a day for clocks and for gateways that could not read the file. */
const KEEP_MS = (Math.max(...Object.values(TOKEN_KINDS).map((kind) => kind.lifeSeconds)) + 24 * 3600) * 1000;
const HEADER =
  '# Signing keys of 경단: the first one signs, all of them verify. Secret. Changed by: npm run keys -- rotate';
const ENTRY =
  /(?:^# signs since (?<from>\S+)\n|^# signed (?:from (?<old>\S+) )?until (?<until>\S+)\n)?(?<pem>-----BEGIN (?:EC )?PRIVATE KEY-----[\s\S]+?-----END (?:EC )?PRIVATE KEY-----)/gm;

/** Times are RFC 3339; null when the file does not tell. */
export interface KeyEntry {
  kid: string;
  from: string | null;
  /** When it stopped signing; null for the one that signs. */
  until: string | null;
  pem: string;
}

/** The keys of a file, the signing one first. Throws when there is none, or one that cannot be used. */
export function keysIn(file: string): KeyEntry[] {
  if (!existsSync(file)) throw new Error(`${file} does not exist; npm run keys -- create makes it.`);
  const entries = [...readFileSync(file, 'utf8').matchAll(ENTRY)].map(({ groups = {} }, index) => ({
    from: groups.from ?? groups.old ?? null,
    until: groups.until ?? null,
    pem: groups.pem!,
    index,
  }));
  if (entries.length === 0 || !entries.every(({ pem }) => isP256(pem)))
    throw new Error(`${file} must hold EC P-256 private keys in PEM form; nothing was changed.`);
  return entries.map(({ pem, from, until }) => ({ kid: signingKey(pem).kid, from, until, pem }));
}

/** Writes a first key into a new file. Throws when the file exists. */
export function createKeys(file: string, now: Date): void {
  if (existsSync(file)) throw new Error(`${file} exists; nothing was changed.`);
  write(file, [newKey(now)]);
}

/** Puts a new key in front, and takes out those whose tokens have all expired. Returns the kids of these. */
export function rotateKeys(file: string, now: Date): string[] {
  const [signing, ...others] = keysIn(file);
  const retired = { ...signing!, until: now.toISOString() };
  const isDead = ({ until }: KeyEntry) => until !== null && now.getTime() - Date.parse(until) > KEEP_MS;
  // A key that was put behind by hand has no date yet; it counts from now.
  const old = others.map((key) => (key.until === null ? { ...key, until: now.toISOString() } : key));
  write(file, [newKey(now), retired, ...old.filter((key) => !isDead(key))]);
  return old.filter(isDead).map(({ kid }) => kid);
}

function newKey(now: Date): KeyEntry {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim();
  return { kid: signingKey(pem).kid, from: now.toISOString(), until: null, pem };
}

/** In one step, so that nobody reads half a file; owner and mode stay. */
function write(file: string, keys: readonly KeyEntry[]): void {
  const before = existsSync(file) ? statSync(file) : null;
  const temporary = `${file}.${process.pid}.new`;
  const blocks = keys.map(({ from, until, pem }) => {
    const comment =
      until === null ? `# signs since ${from}` : `# signed ${from ? `from ${from} ` : ''}until ${until}`;
    return `${comment}\n${pem}\n`;
  });
  try {
    writeFileSync(temporary, `${HEADER}\n\n${blocks.join('\n')}`, { mode: 0o600, flag: 'wx' });
    if (before && process.getuid?.() === 0) chownSync(temporary, before.uid, before.gid);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
