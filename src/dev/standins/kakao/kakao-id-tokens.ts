import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { ACCESS_TOKEN_SECONDS, type Grant } from './kakao-grants';
import { type IdentityFault } from './kakao-misbehaviour';

interface SigningKey {
  kid: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** Making RSA keys is the slow part of a start: once a process is enough. */
let processKeys: Promise<[SigningKey, SigningKey, SigningKey]> | undefined;

export interface IdTokenSettings {
  issuer: () => string;
  audience: string;
  now: () => number;
}

/** Signs id_tokens with the first of two published keys; a third, unpublished key is for forgeries. */
export class KakaoIdTokens {
  private constructor(
    private readonly settings: IdTokenSettings,
    private readonly signing: SigningKey,
    private readonly standby: SigningKey,
    private readonly unpublished: SigningKey,
  ) {}

  static async create(settings: IdTokenSettings): Promise<KakaoIdTokens> {
    processKeys ??= Promise.all([newKey(), newKey(), newKey()]);
    const [signing, standby, unpublished] = await processKeys;
    return new KakaoIdTokens(settings, signing, standby, unpublished);
  }

  jwks(): { keys: object[] } {
    const keys = [this.signing, this.standby].map(({ kid, publicKey }) => {
      const { n, e } = publicKey.export({ format: 'jwk' });
      return { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n, e };
    });
    return { keys };
  }

  sign(grant: Grant, picture: string, fault: IdentityFault | undefined): string {
    const claims = this.claims(grant, picture, fault);
    const { kid, privateKey, publicKey } = this.signing;
    if (fault === 'algNone') return jwt.sign(claims, '', { algorithm: 'none', keyid: kid });
    if (fault === 'hs256') {
      const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
      return jwt.sign(claims, publicPem, { algorithm: 'HS256', keyid: kid });
    }
    if (fault === 'badSignature')
      return jwt.sign(claims, this.unpublished.privateKey, { algorithm: 'RS256', keyid: kid });
    if (fault === 'unknownKid')
      return jwt.sign(claims, this.unpublished.privateKey, { algorithm: 'RS256', keyid: newKid() });
    return jwt.sign(claims, privateKey, { algorithm: 'RS256', keyid: kid });
  }

  /** The claims of a token that this stand-in signed and that is not yet over. */
  read(idToken: string): jwt.JwtPayload | undefined {
    try {
      const claims = jwt.verify(idToken, this.signing.publicKey, {
        algorithms: ['RS256'],
        issuer: this.settings.issuer(),
        audience: this.settings.audience,
        clockTimestamp: this.settings.now(),
      });
      return typeof claims === 'object' ? claims : undefined;
    } catch {
      return undefined;
    }
  }

  private claims(grant: Grant, picture: string, fault: IdentityFault | undefined): Record<string, unknown> {
    const { user, scopes } = grant;
    const issuedAt = this.settings.now() - (fault === 'expired' ? ACCESS_TOKEN_SECONDS + 60 : 0);
    const shares = (scope: string) => scopes.includes(scope);
    // Absent claims are undefined, which JSON leaves out; jsonwebtoken validates only exp, nbf and iat.
    return JSON.parse(
      JSON.stringify({
        iss: fault === 'wrongIssuer' ? 'https://kauth.example.com' : this.settings.issuer(),
        aud: fault === 'wrongAudience' ? 'another-app' : this.settings.audience,
        sub: user.kakaoId,
        iat: issuedAt,
        exp: fault === 'noExpiry' ? undefined : issuedAt + ACCESS_TOKEN_SECONDS,
        auth_time: grant.authTime,
        nonce: fault === 'badNonce' ? 'not-the-nonce-that-was-sent' : grant.nonce,
        nickname: shares('profile_nickname') && fault !== 'noNickname' ? user.nickname : undefined,
        picture: shares('profile_image') ? picture : undefined,
        email: shares('account_email') && user.emailVerified ? user.email : undefined,
      }),
    ) as Record<string, unknown>;
  }
}

async function newKey(): Promise<SigningKey> {
  return { kid: newKid(), ...(await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })) };
}

function newKid(): string {
  return randomBytes(15).toString('hex');
}
