import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import jwt from 'jsonwebtoken';
import { AppError } from '../../errors';

/** What a token is for: its `typ` header and its audience, so that no token passes for another. */
export const TOKEN_KINDS = {
  access: { typ: 'at+jwt', audience: 'gyeongdan', lifeSeconds: 15 * 60 },
  refresh: { typ: 'rt+jwt', audience: 'gyeongdan/refresh', lifeSeconds: 30 * 24 * 3600 },
  browser: { typ: 'bs+jwt', audience: 'gyeongdan/browser', lifeSeconds: 12 * 3600 },
  loginState: { typ: 'ls+jwt', audience: 'gyeongdan/login', lifeSeconds: 10 * 60 },
} as const;
export type TokenKind = keyof typeof TOKEN_KINDS;

export type Claims = jwt.JwtPayload & { iat: number; exp: number };

/** Signs and verifies our own tokens with ES256; the first key signs, all verify. */
export class TokenSigner {
  private readonly keys: { kid: string; privateKey: KeyObject; publicKey: KeyObject }[];
  private readonly derivationKey: Buffer;

  /** `pems` are EC P-256 private keys. */
  constructor(
    pems: readonly string[],
    private readonly issuer: string,
  ) {
    this.keys = pems.map((pem) => {
      const privateKey = createPrivateKey(pem);
      const publicKey = createPublicKey(privateKey);
      return { kid: thumbprint(publicKey), privateKey, publicKey };
    });
    const secret = this.keys[0]!.privateKey.export({ format: 'der', type: 'pkcs8' });
    this.derivationKey = Buffer.from(hkdfSync('sha256', secret, '', 'gyeongdan refresh successor', 32));
  }

  /** A signed token; `now` is a UNIX time in milliseconds. */
  sign(kind: TokenKind, claims: object, now: number): { token: string; expiresAt: Date } {
    const { typ, audience, lifeSeconds } = TOKEN_KINDS[kind];
    const { kid, privateKey } = this.keys[0]!;
    const iat = Math.floor(now / 1000);
    const exp = iat + lifeSeconds;
    const payload = { ...claims, iss: this.issuer, aud: audience, iat, exp };
    const token = jwt.sign(payload, privateKey, { algorithm: 'ES256', header: { alg: 'ES256', kid, typ } });
    return { token, expiresAt: new Date(exp * 1000) };
  }

  /** The claims of a valid token of this kind; throws UNAUTHENTICATED for everything else. */
  verify(kind: TokenKind, token: string, now: number): Claims {
    const { typ, audience } = TOKEN_KINDS[kind];
    try {
      const header = jwt.decode(token, { complete: true })?.header;
      const key = this.keys.find(({ kid }) => kid === header?.kid);
      if (!key || header?.typ !== typ) throw new Error('unknown key or wrong type');
      const claims = jwt.verify(token, key.publicKey, {
        algorithms: ['ES256'],
        issuer: this.issuer,
        audience,
        clockTimestamp: Math.floor(now / 1000),
      });
      if (typeof claims === 'string' || typeof claims.exp !== 'number' || typeof claims.iat !== 'number')
        throw new Error('no expiry');
      return claims as Claims;
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', { cause });
    }
  }

  /** The jti that follows `jti`: the same every time, and not to be guessed without our key. */
  successor(jti: string): string {
    return createHmac('sha256', this.derivationKey).update(jti).digest('base64url');
  }
}

/** RFC 7638 thumbprint of a P-256 public key. */
function thumbprint(publicKey: KeyObject): string {
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
