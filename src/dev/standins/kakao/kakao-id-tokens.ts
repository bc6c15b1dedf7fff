import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { type Grant, LIFE_SECONDS } from './kakao-grants';
import type { IdentityFault } from './kakao-misbehaviour';

interface SigningKey {
  kid: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** Two that are published, the first of which signs, and one for forgeries. Made once a process: that takes long. */
let processKeys: Promise<[SigningKey, SigningKey, SigningKey]> | undefined;

export interface IdTokenSettings {
  issuer: () => string;
  audience: string;
  now: () => number;
}

export class KakaoIdTokens {
  private constructor(
    private readonly settings: IdTokenSettings,
    private readonly published: readonly SigningKey[],
    private readonly signing: SigningKey,
    private readonly unpublished: SigningKey,
  ) {}

  static async create(settings: IdTokenSettings): Promise<KakaoIdTokens> {
    processKeys ??= Promise.all([newKey(), newKey(), newKey()]);
    const [signing, standby, unpublished] = await processKeys;
    return new KakaoIdTokens(settings, [signing, standby], signing, unpublished);
  }

  jwks(): { keys: object[] } {
    const keys = this.published.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: 'RS256',
      use: 'sig',
    }));
    return { keys };
  }

  sign(grant: Grant, picture: string, fault: IdentityFault | undefined): string {
    const claims = this.claims(grant, picture, fault);
    const { kid, privateKey, publicKey } = this.signing;
    const keyid = fault === 'unknownKid' ? newKid() : kid;
    if (fault === 'algNone') return jwt.sign(claims, '', { algorithm: 'none', keyid });
    if (fault === 'hs256') {
      const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
      return jwt.sign(claims, publicPem, { algorithm: 'HS256', keyid });
    }
    const forged = fault === 'unknownKid' || fault === 'badSignature';
    return jwt.sign(claims, forged ? this.unpublished.privateKey : privateKey, {
      algorithm: 'RS256',
      keyid,
    });
  }

  /** The claims of a token that this stand-in signed and that is not yet over. */
  read(idToken: string): jwt.JwtPayload | undefined {
    try {
      return jwt.verify(idToken, this.signing.publicKey, {
        algorithms: ['RS256'],
        issuer: this.settings.issuer(),
        audience: this.settings.audience,
        clockTimestamp: this.settings.now(),
      }) as jwt.JwtPayload;
    } catch {
      return undefined;
    }
  }

  private claims({ user, scopes, authTime, nonce }: Grant, picture: string, fault?: IdentityFault): object {
    const { issuer, audience, now } = this.settings;
    const issuedAt = now() - (fault === 'expired' ? LIFE_SECONDS.access + 60 : 0);
    const shares = (scope: string) => scopes.includes(scope);
    return {
      iss: fault === 'wrongIssuer' ? 'https://kauth.example.com' : issuer(),
      aud: fault === 'wrongAudience' ? 'another-app' : audience,
      sub: user.kakaoId,
      iat: issuedAt,
      ...(fault !== 'noExpiry' && { exp: issuedAt + LIFE_SECONDS.access }),
      auth_time: authTime,
      nonce: fault === 'badNonce' ? 'not-the-nonce-that-was-sent' : nonce,
      nickname: shares('profile_nickname') && fault !== 'noNickname' ? user.nickname : undefined,
      picture: shares('profile_image') ? picture : undefined,
      email: shares('account_email') && user.emailVerified ? user.email : undefined,
    };
  }
}

async function newKey(): Promise<SigningKey> {
  return { kid: newKid(), ...(await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })) };
}

function newKid(): string {
  return randomBytes(15).toString('hex');
}
