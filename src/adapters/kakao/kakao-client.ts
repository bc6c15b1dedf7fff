import { z } from 'zod';
import { type AppError } from '../../errors';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { withinDeadline } from '../http/deadline';
import { errorCodeOf, kakaoRefused, kakaoUnavailable, parseAnswer, requestKakao } from './kakao-http';
import { type KakaoClaims, KakaoIdTokenVerifier } from './kakao-id-token';
import { nameFrom } from '../../visible-text';

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
  /** The app that access tokens must have been issued for; null: such tokens cannot be accepted. */
  appId: number | null;
  /** Speaks for the whole app; null: accounts cannot be unlinked from here. */
  adminKey: string | null;
  /** For a whole exchange, in milliseconds; 3,000 when absent. */
  timeoutMs?: number;
  clock?: () => Date;
  observe?: ObserveUpstream;
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
export const NAME_OF_THE_NAMELESS = '경단 독자';
const MAX_NAME = 100;

const tokenSchema = z.object({ access_token: z.string().min(1), id_token: z.string().min(1) });

const kakaoUserSchema = z.object({
  id: z.int().transform(String),
  kakao_account: z
    .object({
      profile: z
        .object({ nickname: z.string().nullish(), thumbnail_image_url: z.string().nullish() })
        .nullish(),
      email: z.string().nullish(),
      is_email_valid: z.boolean().nullish(),
      is_email_verified: z.boolean().nullish(),
    })
    .nullish(),
});

const tokenInfoSchema = z.object({ id: z.int().transform(String), app_id: z.int(), expires_in: z.number() });

/** What may stand in a header as a token (RFC 6750, b64token). */
const BEARER_TOKEN = /^[\w.~+/-]{1,2000}=*$/;

/** The person has no usable Kakao account behind the token: not linked, dormant or gone, under 14. */
const NOT_LINKED = '-101';
const ACCOUNT_ERRORS: ReadonlySet<string | undefined> = new Set([NOT_LINKED, '-103', '-406']);

type Identity = Pick<KakaoClaims, 'sub' | 'nickname' | 'picture' | 'email'>;

/** Kakao Login by authorisation code (RFC 6749, RFC 7636, OpenID Connect) or by token. Keeps no Kakao token. */
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
    return this.call(async (signal) => {
      const tokens = await this.requestTokens(input, signal);
      const claims = await this.idTokens.verify(tokens.id_token, input.nonce, signal);
      return nameFrom(claims.nickname, MAX_NAME) !== null
        ? profileOf(claims)
        : profileOf(await this.requestUser(tokens.access_token, claims, signal));
    });
  }

  /**
   * Says whom an access token belongs to that a client obtained itself. Without the check of the app id any other
   * app's token would do.
   * @throws AppError UNAUTHENTICATED when it is not a living token of our app; UPSTREAM_UNAVAILABLE within `timeoutMs`
   */
  identifyToken(accessToken: string): Promise<KakaoProfile> {
    return this.call(async (signal) => {
      const { appId } = this.options;
      if (appId === null) throw kakaoUnavailable('KAKAO_APP_ID is not set');
      if (!BEARER_TOKEN.test(accessToken)) throw refusedAccessToken();
      const info = await this.requestApi('/v1/user/access_token_info', accessToken, tokenInfoSchema, signal);
      if (info.app_id !== appId || info.expires_in <= 0) throw refusedAccessToken();
      return profileOf(await this.requestUser(accessToken, { sub: info.id }, signal));
    });
  }

  /**
   * Ends the link between our app and a Kakao account; one that is not linked is fine.
   * @throws AppError UPSTREAM_UNAVAILABLE within `timeoutMs`
   */
  unlink(kakaoId: string): Promise<void> {
    return this.call(async (signal) => {
      const { adminKey, apiBaseUrl } = this.options;
      if (adminKey === null) throw kakaoUnavailable('KAKAO_ADMIN_KEY is not set');
      const init = {
        method: 'POST',
        headers: { authorization: `KakaoAK ${adminKey}` },
        body: new URLSearchParams({ target_id_type: 'user_id', target_id: kakaoId }),
      };
      const { status, body } = await requestKakao(new URL('/v1/user/unlink', apiBaseUrl), init, signal);
      const code = errorCodeOf(body);
      if (status !== 200 && code !== NOT_LINKED) throw kakaoUnavailable(code ?? `HTTP ${status}`);
    });
  }

  private call<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { timeoutMs } = this;
    const { observe = (call) => call() } = this.options;
    const late = () => kakaoUnavailable(`no answer in ${timeoutMs} ms`);
    return observe(() => withinDeadline({ timeoutMs, late }, work));
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

  private async requestUser(accessToken: string, claims: Identity, signal: AbortSignal): Promise<Identity> {
    const path = '/v2/user/me?secure_resource=true';
    const user = await this.requestApi(path, accessToken, kakaoUserSchema, signal);
    if (user.id !== claims.sub) throw kakaoUnavailable('two answers about one token name different users');
    const account = user.kakao_account;
    const verified = account?.is_email_valid === true && account.is_email_verified === true;
    return {
      ...claims,
      nickname: account?.profile?.nickname,
      picture: claims.picture ?? account?.profile?.thumbnail_image_url,
      email: claims.email ?? (verified ? account.email : undefined),
    };
  }

  /** A living token's answer from kapi. */
  private async requestApi<T>(
    path: string,
    accessToken: string,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const url = new URL(path, this.options.apiBaseUrl);
    const headers = { authorization: `Bearer ${accessToken}` };
    const { status, body } = await requestKakao(url, { headers }, signal);
    if (status !== 200) throw userError(status, body);
    return parseAnswer(schema, body, `the answer of ${url.pathname}`);
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
  if (code === '-401' || code === '-2') return refusedAccessToken();
  if (ACCOUNT_ERRORS.has(code)) {
    return kakaoRefused({
      ko: '이 카카오 계정으로는 로그인할 수 없습니다.',
      en: 'This Kakao account cannot be used to sign in.',
    });
  }
  return kakaoUnavailable(code ?? `HTTP ${status}`);
}

function refusedAccessToken(): AppError {
  return kakaoRefused({
    ko: '카카오 토큰이 만료되었거나 이 앱의 것이 아닙니다. 다시 로그인해 주세요.',
    en: 'This Kakao token has expired or belongs to another app. Sign in again.',
  });
}

function profileOf(claims: Identity): KakaoProfile {
  return {
    kakaoId: claims.sub,
    name: nameFrom(claims.nickname, MAX_NAME) ?? NAME_OF_THE_NAMELESS,
    profileImageUrl: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .nullable()
      .catch(null)
      .parse(claims.picture),
    email: z.email().max(254).nullable().catch(null).parse(claims.email),
  };
}
