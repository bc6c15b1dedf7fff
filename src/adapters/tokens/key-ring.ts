import type { JsonWebKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Logger } from '../../logger';
import { isP256, pemBlocks, signingKey, type SigningKey } from './signing-keys';

/** How soon a running process signs with a key that was put into the file. */
const LOOK_EVERY_MS = 1_000;
/** How often a second the file is read for a kid that is not known: an attacker can invent thousands. */
const MAX_SEARCHES = 20;

export interface KeyRingOptions {
  /** EC P-256 private keys; the first one signs. */
  pems: readonly string[];
  /** Where they came from, when that may change while the process runs. */
  file: string | null;
  logger: Logger;
}

/** The keys that sign (the first) and verify (all); follows its file, so that a rotation needs no restart. */
export class KeyRing {
  private keys: SigningKey[];
  private lookedAt = 0;
  private searches = { second: 0, count: 0 };
  private seen: string | null;

  constructor(private readonly options: KeyRingOptions) {
    this.keys = options.pems.map(signingKey);
    this.seen = this.fingerprint();
  }

  /** The key that signs now. */
  current(): SigningKey {
    if (performance.now() - this.lookedAt >= LOOK_EVERY_MS) this.look();
    return this.keys[0]!;
  }

  /** The key that a token names. A neighbour may sign with one that we have not looked for yet. */
  find(kid: unknown): SigningKey | undefined {
    return this.known(kid) ?? (this.maySearch() && this.look() ? this.known(kid) : undefined);
  }

  private maySearch(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (this.searches.second !== second) this.searches = { second, count: 0 };
    return ++this.searches.count <= MAX_SEARCHES;
  }

  /** All public keys, the signing one first (RFC 7517). */
  jwks(): { keys: JsonWebKey[] } {
    this.current();
    const keys = this.keys.map(({ kid, publicKey }) => {
      const key = publicKey.export({ format: 'jwk' });
      return { kid, ...key, alg: 'ES256', use: 'sig' };
    });
    return { keys };
  }

  private known(kid: unknown): SigningKey | undefined {
    return this.keys.find((key) => key.kid === kid);
  }

  /** Reads the file again when it is another one. Whether it was. */
  private look(): boolean {
    this.lookedAt = performance.now();
    const fingerprint = this.fingerprint();
    if (fingerprint === this.seen || fingerprint === null) return false;
    this.seen = fingerprint;
    try {
      const pems = pemBlocks(readFileSync(this.options.file!, 'utf8'));
      if (pems.length === 0 || !pems.every(isP256)) throw new Error('it must hold EC P-256 private keys');
      this.keys = pems.map(signingKey);
      this.options.logger.info(
        { kid: this.keys[0]!.kid, keys: pems.length },
        'the signing keys have changed',
      );
      return true;
    } catch (error) {
      this.options.logger.error({ error }, 'the file of the signing keys is unusable; the known ones stay');
      return false;
    }
  }

  private fingerprint(): string | null {
    if (this.options.file === null) return null;
    const stat = statSync(this.options.file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : null;
  }
}
