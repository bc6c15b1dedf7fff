import { createHmac, hkdfSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { AppError } from '../../errors';
import type { KeyRing } from './key-ring';

/** What a token is for: its `typ` header and its audience, so that no token passes for another. */
export const TOKEN_KINDS = {
  access: { typ: 'at+jwt', audience: 'gyeongdan', lifeSeconds: 15 * 60 },
  refresh: { typ: 'rt+jwt', audience: 'gyeongdan/refresh', lifeSeconds: 30 * 24 * 3600 },
  browser: { typ: 'bs+jwt', audience: 'gyeongdan/browser', lifeSeconds: 12 * 3600 },
  loginState: { typ: 'ls+jwt', audience: 'gyeongdan/login', lifeSeconds: 10 * 60 },
} as const;
export type TokenKind = keyof typeof TOKEN_KINDS;

export type Claims = jwt.JwtPayload & { iat: number; exp: number };
/** `kid` names the key that signed it. */
export type VerifiedClaims = Claims & { kid: string };

/** Whether a token says of itself that its time is over; nothing is verified. `now` in milliseconds. */
export function hasExpired(token: string, now: number): boolean {
  const claims = jwt.decode(token);
  return typeof claims === 'object' && typeof claims?.exp === 'number' && claims.exp * 1000 <= now;
}

/** Signs and verifies our own tokens with ES256. */
export class TokenSigner {
  constructor(
    private readonly keys: KeyRing,
    private readonly issuer: string,
  ) {}

  /** A signed token; `now` is a UNIX time in milliseconds. */
  sign(kind: TokenKind, claims: object, now: number): { token: string; expiresAt: Date } {
    const { typ, audience, lifeSeconds } = TOKEN_KINDS[kind];
    const { kid, privateKey } = this.keys.current();
    const iat = Math.floor(now / 1000);
    const exp = iat + lifeSeconds;
    const payload = { ...claims, iss: this.issuer, aud: audience, iat, exp };
    const token = jwt.sign(payload, privateKey, { algorithm: 'ES256', header: { alg: 'ES256', kid, typ } });
    return { token, expiresAt: new Date(exp * 1000) };
  }

  /** The claims of a valid token of this kind; throws UNAUTHENTICATED for everything else. */
  verify(kind: TokenKind, token: string, now: number): VerifiedClaims {
    const { typ, audience } = TOKEN_KINDS[kind];
    try {
      const header = jwt.decode(token, { complete: true })?.header;
      const key = this.keys.find(header?.kid);
      if (!key || header?.typ !== typ) throw new Error('unknown key or wrong type');
      const claims = jwt.verify(token, key.publicKey, {
        algorithms: ['ES256'],
        issuer: this.issuer,
        audience,
        clockTimestamp: Math.floor(now / 1000),
      });
      if (typeof claims === 'string' || typeof claims.exp !== 'number' || typeof claims.iat !== 'number')
        throw new Error('no expiry');
      return { ...(claims as Claims), kid: key.kid };
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', { cause });
    }
  }

  /**
   * The jti that follows `jti`: the same every time, and not to be guessed without our key. Derived from the key that
   * signed the token, so that a second tab gets the same one after a rotation.
   */
  successor(jti: string, kid: string): string {
    const secret = this.keys.find(kid)!.privateKey.export({ format: 'der', type: 'pkcs8' });
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'gyeongdan refresh successor', 32));
    return createHmac('sha256', key).update(jti).digest('base64url');
  }
}
