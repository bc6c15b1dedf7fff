import jwt from 'jsonwebtoken';
import { JwksClient, SigningKeyNotFoundError } from 'jwks-rsa';
import { z } from 'zod';
import { AppError } from '../../errors';
import { kakaoRefused, kakaoUnavailable, parseAnswer, requestKakao, withinDeadline } from './kakao-http';

const MIN_MS_BETWEEN_KEY_FETCHES = 10_000;
const KEY_CACHE_MS = 10 * 60_000;

const jwksSchema = z.object({
  keys: z
    .array(z.looseObject({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() }))
    .max(20),
});

const claimsSchema = z.object({
  sub: z.string().regex(/^\d{1,20}$/),
  aud: z.string(),
  exp: z.number(),
  nickname: z.string().optional(),
  picture: z.string().optional(),
  email: z.string().optional(),
});

export type KakaoClaims = z.infer<typeof claimsSchema>;

export interface KakaoIdTokenOptions {
  jwksUrl: URL;
  issuer: string;
  /** Our REST key. */
  audience: string;
  timeoutMs: number;
  clock: () => Date;
}

/** Checks id_tokens as OpenID Connect Core 1.0, section 3.1.3.7 asks, with the algorithm pinned to RS256. */
export class KakaoIdTokenVerifier {
  private readonly keys: JwksClient;
  private fetched: { at: number; keys: Promise<z.infer<typeof jwksSchema>> } | undefined;

  constructor(private readonly options: KakaoIdTokenOptions) {
    this.keys = new JwksClient({
      jwksUri: options.jwksUrl.href,
      cache: true,
      cacheMaxAge: KEY_CACHE_MS,
      // The library's own rate limit would refuse known keys during a burst of unknown ones.
      fetcher: () => this.fetchKeys(),
    });
  }

  /**
   * @throws AppError UNAUTHENTICATED for a token that is not Kakao's answer to this very login,
   *   UPSTREAM_UNAVAILABLE when the keys cannot be had
   */
  async verify(idToken: string, nonce: string): Promise<KakaoClaims> {
    const kid = signingKeyId(idToken);
    if (kid === undefined || nonce === '') throw refusedToken();
    const publicKey = await this.publicKey(kid);
    let payload: unknown;
    try {
      payload = jwt.verify(idToken, publicKey, {
        algorithms: ['RS256'],
        issuer: this.options.issuer,
        audience: this.options.audience,
        nonce,
        clockTimestamp: Math.floor(this.options.clock().getTime() / 1000),
      });
    } catch {
      throw refusedToken();
    }
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw refusedToken();
    return claims.data;
  }

  private async publicKey(kid: string): Promise<string> {
    try {
      const key = await this.keys.getSigningKey(kid);
      return key.getPublicKey();
    } catch (error) {
      if (error instanceof SigningKeyNotFoundError) throw refusedToken();
      throw error instanceof AppError ? error : kakaoUnavailable('its signing keys are unusable');
    }
  }

  /** However many unknown key ids arrive, Kakao is asked once in 10 s; a failed fetch may be repeated at once. */
  private fetchKeys(): Promise<z.infer<typeof jwksSchema>> {
    const now = performance.now();
    if (this.fetched && now - this.fetched.at < MIN_MS_BETWEEN_KEY_FETCHES) return this.fetched.keys;
    const keys = withinDeadline(this.options.timeoutMs, async (signal) => {
      const { body } = await requestKakao(this.options.jwksUrl, {}, signal);
      return parseAnswer(jwksSchema, body, 'the key set');
    });
    const fetched = { at: now, keys };
    this.fetched = fetched;
    keys.catch(() => {
      if (this.fetched === fetched) this.fetched = undefined;
    });
    return keys;
  }
}

function signingKeyId(idToken: string): string | undefined {
  try {
    const header = jwt.decode(idToken, { complete: true })?.header;
    return header?.alg === 'RS256' && typeof header.kid === 'string' ? header.kid : undefined;
  } catch {
    return undefined;
  }
}

function refusedToken(): AppError {
  return kakaoRefused({
    ko: '카카오가 보낸 신원 정보를 확인하지 못했습니다. 다시 로그인해 주세요.',
    en: 'The identity that Kakao sent could not be verified. Sign in again.',
  });
}
