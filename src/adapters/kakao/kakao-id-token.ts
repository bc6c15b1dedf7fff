import { createPublicKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { AppError } from '../../errors';
import { withinDeadline } from '../http/deadline';
import { kakaoDeadline, kakaoRefused, kakaoUnavailable, parseAnswer, requestKakao } from './kakao-http';

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

type KeySet = ReadonlyMap<string, KeyObject>;
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
  private known: { at: number; keys: KeySet } | undefined;
  private fetching: { at: number; keys: Promise<KeySet> } | undefined;

  constructor(private readonly options: KakaoIdTokenOptions) {}

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

  /** However many unknown key ids arrive, Kakao is asked once in 10 s; a failed fetch may be repeated at once. */
  private async publicKey(kid: string): Promise<KeyObject> {
    const age = this.known ? performance.now() - this.known.at : Infinity;
    const fresh = age < (this.known?.keys.has(kid) ? KEY_CACHE_MS : MIN_MS_BETWEEN_KEY_FETCHES);
    const keys = fresh ? this.known!.keys : await this.fetchKeys();
    const key = keys.get(kid);
    if (!key) throw refusedToken();
    return key;
  }

  private fetchKeys(): Promise<KeySet> {
    const at = performance.now();
    // A fetch that may be about to fail is not shared: who comes after an outage would suffer it again.
    if (this.fetching && at - this.fetching.at < this.options.timeoutMs / 2) return this.fetching.keys;
    const keys = withinDeadline(kakaoDeadline(this.options.timeoutMs), async (signal) => {
      const { body } = await requestKakao(this.options.jwksUrl, {}, signal);
      return keySetOf(parseAnswer(jwksSchema, body, 'the key set'));
    });
    const fetching = { at, keys };
    this.fetching = fetching;
    keys
      .then((set) => (this.known = { at, keys: set }))
      .catch(() => {})
      .finally(() => {
        if (this.fetching === fetching) this.fetching = undefined;
      });
    return keys;
  }
}

function keySetOf({ keys }: z.infer<typeof jwksSchema>): KeySet {
  try {
    return new Map(
      keys.map(({ kid, kty, n, e }) => [kid, createPublicKey({ format: 'jwk', key: { kty, n, e } })]),
    );
  } catch {
    throw kakaoUnavailable('its signing keys are unusable');
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
