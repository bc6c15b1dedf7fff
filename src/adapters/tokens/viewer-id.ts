import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KeyRing } from './key-ring';
import type { SigningKey } from './signing-keys';

const FORM = /^([\w-]{22})\.([\w-]{43})\.([\w-]{43})$/;

/** Signed names of anonymous readers, `<id>.<kid>.<HMAC-SHA256>` in base64url: nobody can make up, or count as, another. */
export class ViewerIds {
  /** Derived once a key: signing keys are few, anonymous requests are many. */
  private readonly secrets = new LRUCache<string, Buffer>({ max: 100 });

  constructor(private readonly keys: KeyRing) {}

  /** A new name, to be sent back by the client. */
  issue(): string {
    const key = this.keys.current();
    const id = randomBytes(16).toString('base64url');
    return `${id}.${key.kid}.${this.mac(key, id).toString('base64url')}`;
  }

  /** The id of whoever reads from an address without a name: one for all of them, which tells nobody the address. */
  idOfAddress(address: string): string {
    return this.mac(this.keys.current(), `address ${address}`).subarray(0, 16).toString('base64url');
  }

  /** The id inside a name that we issued; null for everything else. */
  read(name: unknown): string | null {
    const [, id, kid, mac] = (typeof name === 'string' && FORM.exec(name)) || [];
    const key = kid === undefined ? undefined : this.keys.find(kid);
    if (!key || id === undefined || mac === undefined) return null;
    return timingSafeEqual(this.mac(key, id), Buffer.from(mac, 'base64url')) ? id : null;
  }

  private mac({ kid, privateKey }: SigningKey, id: string): Buffer {
    let secret = this.secrets.get(kid);
    if (!secret) {
      const key = privateKey.export({ format: 'der', type: 'pkcs8' });
      secret = Buffer.from(hkdfSync('sha256', key, '', 'gyeongdan viewer id', 32));
      this.secrets.set(kid, secret);
    }
    return createHmac('sha256', secret).update(id).digest();
  }
}
