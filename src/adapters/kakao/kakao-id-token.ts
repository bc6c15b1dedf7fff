import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError } from '../../errors';
import { kakaoRefused, kakaoUnavailable, parseAnswer, requestKakao } from './kakao-http';

const keySchema = z.looseObject({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() });
/** Keys of other kinds are passed over. */
const jwksSchema = z.object({
  keys: z
    .array(z.unknown())
    .max(20)
    .transform((keys) => keys.filter((key) => keySchema.safeParse(key).success))
    .refine((keys) => keys.length > 0),
});

const claimsSchema = z.object({
  sub: z.string().regex(/^\d{1,20}$/),
  aud: z.string(),
  nonce: z.string().min(1),
  nickname: z.string().nullish(),
  picture: z.string().nullish(),
  email: z.string().nullish(),
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
  private keys: JWTVerifyGetKey;

  constructor(private readonly options: KakaoIdTokenOptions) {
    this.keys = this.remoteKeys();
  }

  /**
   * @throws AppError UNAUTHENTICATED for a token that is not Kakao's answer to this very login,
   *   UPSTREAM_UNAVAILABLE when the keys cannot be had; the caller's `signal` ends the wait for them
   */
  async verify(idToken: string, nonce: string, signal: AbortSignal): Promise<KakaoClaims> {
    const { issuer, audience, clock } = this.options;
    // The request that hangs is shared: whoever comes after an outage would wait for it, too.
    const forgetKeys = () => (this.keys = this.remoteKeys());
    signal.addEventListener('abort', forgetKeys, { once: true });
    try {
      const { payload } = await jwtVerify(idToken, this.keyOf, {
        algorithms: ['RS256'],
        issuer,
        audience,
        currentDate: clock(),
        requiredClaims: ['exp'],
      });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success || claims.data.nonce !== nonce) throw refusedToken();
      return claims.data;
    } catch (error) {
      if (error instanceof AppError) throw error;
      const isKakaosFault =
        error instanceof errors.JWKSInvalid || error instanceof errors.JWKSMultipleMatchingKeys;
      const isTokensFault = error instanceof errors.JOSEError && !isKakaosFault;
      if (isTokensFault) throw refusedToken();
      throw kakaoUnavailable('its signing keys are unusable');
    } finally {
      signal.removeEventListener('abort', forgetKeys);
    }
  }

  private keyOf: JWTVerifyGetKey = (header, token) => {
    if (header.kid === undefined) throw refusedToken();
    return this.keys(header, token);
  };

  /** However many unknown key ids arrive, Kakao is asked once in 10 s; a failed fetch may be repeated at once. */
  private remoteKeys(): JWTVerifyGetKey {
    const { jwksUrl, timeoutMs } = this.options;
    return createRemoteJWKSet(jwksUrl, {
      cacheMaxAge: 10 * 60_000,
      cooldownDuration: 10_000,
      timeoutDuration: timeoutMs,
      [customFetch]: async (_url, { signal }) => {
        const { body } = await requestKakao(jwksUrl, {}, signal);
        return Response.json(parseAnswer(jwksSchema, body, 'the key set'));
      },
    });
  }
}

function refusedToken(): AppError {
  return kakaoRefused({
    ko: '카카오가 보낸 신원 정보를 확인하지 못했습니다. 다시 로그인해 주세요.',
    en: 'The identity that Kakao sent could not be verified. Sign in again.',
  });
}
