import { z } from 'zod';
import { type AppError } from '../../errors';
import {
  errorCodeOf,
  kakaoRefused,
  kakaoUnavailable,
  parseAnswer,
  requestKakao,
  withinDeadline,
} from './kakao-http';
import { type KakaoClaims, KakaoIdTokenVerifier } from './kakao-id-token';

export interface KakaoOptions {
  restApiKey: string;
  /** null when the Kakao app does not use one. */
  clientSecret: string | null;
  /** `https://kauth.kakao.com` */
  authBaseUrl: string;
  /** `https://kapi.kakao.com` */
  apiBaseUrl: string;
  /** What an id_token must have as `iss`. */
  issuer: string;
  /** For a whole exchange, in milliseconds; 3,000 when absent. */
  timeoutMs?: number;
  clock?: () => Date;
}

/** A verified Kakao user. Key users on `kakaoId`, never on the address. */
export interface KakaoProfile {
  kakaoId: string;
  name: string;
  profileImageUrl: string | null;
  /** Only an address that Kakao calls valid and verified. */
  email: string | null;
}

/** Shown for readers who do not share their nickname with us. */
const NAME_OF_THE_NAMELESS = '경단 독자';

const tokenSchema = z.object({ access_token: z.string().min(1), id_token: z.string().min(1) });

const kakaoUserSchema = z.object({
  id: z.int().transform(String),
  kakao_account: z
    .object({
      profile: z
        .object({ nickname: z.string().optional(), thumbnail_image_url: z.string().optional() })
        .optional(),
      email: z.string().optional(),
      is_email_valid: z.boolean().optional(),
      is_email_verified: z.boolean().optional(),
    })
    .optional(),
});

/** The person has no usable Kakao account behind the token: not linked, dormant or gone, under 14. */
const ACCOUNT_ERRORS: ReadonlySet<string | undefined> = new Set(['-101', '-103', '-406']);

/** Kakao Login by authorisation code (RFC 6749, RFC 7636, OpenID Connect). Keeps no Kakao token. */
export class KakaoClient {
  private readonly timeoutMs: number;
  private readonly idTokens: KakaoIdTokenVerifier;

  constructor(private readonly options: KakaoOptions) {
    this.timeoutMs = options.timeoutMs ?? 3_000;
    this.idTokens = new KakaoIdTokenVerifier({
      jwksUrl: new URL('/.well-known/jwks.json', options.authBaseUrl),
      issuer: options.issuer,
      audience: options.restApiKey,
      timeoutMs: this.timeoutMs,
      clock: options.clock ?? (() => new Date()),
    });
  }

  /** Where the browser goes to sign in. Without `scope` Kakao asks for what the app's console lists. */
  authorizeUrl(input: { redirectUri: string; state: string; nonce: string; codeChallenge: string }): string {
    const url = new URL('/oauth/authorize', this.options.authBaseUrl);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: this.options.restApiKey,
      redirect_uri: input.redirectUri,
      state: input.state,
      nonce: input.nonce,
      code_challenge: input.codeChallenge,
      code_challenge_method: 'S256',
    }).toString();
    return url.href;
  }

  /**
   * Spends the code and says who signed in.
   * @throws AppError UNAUTHENTICATED when the code or the id_token proves nobody; UPSTREAM_UNAVAILABLE, within
   *   `timeoutMs`, when Kakao fails or refuses our settings (its `cause` names the Kakao error code only)
   */
  exchangeCode(input: {
    code: string;
    redirectUri: string;
    codeVerifier: string;
    nonce: string;
  }): Promise<KakaoProfile> {
    return withinDeadline(this.timeoutMs, async (signal) => {
      const tokens = await this.requestTokens(input, signal);
      const claims = await this.idTokens.verify(tokens.id_token, input.nonce);
      return nonBlank(claims.nickname)
        ? profileOf(claims)
        : profileOf(await this.requestUser(tokens.access_token, claims, signal));
    });
  }

  private async requestTokens(
    input: { code: string; redirectUri: string; codeVerifier: string },
    signal: AbortSignal,
  ): Promise<z.infer<typeof tokenSchema>> {
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: this.options.restApiKey,
      redirect_uri: input.redirectUri,
      code: input.code,
      code_verifier: input.codeVerifier,
    });
    if (this.options.clientSecret !== null) form.set('client_secret', this.options.clientSecret);
    const url = new URL('/oauth/token', this.options.authBaseUrl);
    const { status, body } = await requestKakao(url, { method: 'POST', body: form }, signal);
    if (status !== 200) throw tokenError(status, body);
    return parseAnswer(tokenSchema, body, 'the token answer (is OpenID Connect switched on?)');
  }

  private async requestUser(
    accessToken: string,
    claims: KakaoClaims,
    signal: AbortSignal,
  ): Promise<KakaoClaims> {
    const url = new URL('/v2/user/me?secure_resource=true', this.options.apiBaseUrl);
    const headers = { authorization: `Bearer ${accessToken}` };
    const { status, body } = await requestKakao(url, { headers }, signal);
    if (status !== 200) throw userError(status, body);
    const user = parseAnswer(kakaoUserSchema, body, 'the user answer');
    if (user.id !== claims.sub)
      throw kakaoUnavailable('the id_token and the access token name different users');
    const account = user.kakao_account;
    const verified = account?.is_email_valid === true && account.is_email_verified === true;
    return {
      ...claims,
      nickname: account?.profile?.nickname,
      picture: claims.picture ?? account?.profile?.thumbnail_image_url,
      email: claims.email ?? (verified ? account.email : undefined),
    };
  }
}

function tokenError(status: number, body: unknown): AppError {
  const code = errorCodeOf(body);
  const invalidGrant = z.object({ error: z.literal('invalid_grant') }).safeParse(body).success;
  if (invalidGrant || code === 'KOE320' || code === 'KOE303') {
    return kakaoRefused({
      ko: '카카오 로그인이 만료되었거나 이미 사용되었습니다. 다시 로그인해 주세요.',
      en: 'This Kakao login has expired or was already used. Sign in again.',
    });
  }
  return kakaoUnavailable(code ?? `HTTP ${status}`);
}

function userError(status: number, body: unknown): AppError {
  const code = errorCodeOf(body);
  if (ACCOUNT_ERRORS.has(code)) {
    return kakaoRefused({
      ko: '이 카카오 계정으로는 로그인할 수 없습니다.',
      en: 'This Kakao account cannot be used to sign in.',
    });
  }
  return kakaoUnavailable(code ?? `HTTP ${status}`);
}

function profileOf(claims: KakaoClaims): KakaoProfile {
  return {
    kakaoId: claims.sub,
    name: nonBlank(claims.nickname)?.slice(0, 100) ?? NAME_OF_THE_NAMELESS,
    profileImageUrl: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .nullable()
      .catch(null)
      .parse(claims.picture),
    email: z.email().max(254).nullable().catch(null).parse(claims.email),
  };
}

function nonBlank(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}
