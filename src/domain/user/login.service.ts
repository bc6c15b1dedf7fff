import { createHash, randomBytes } from 'node:crypto';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { isUniqueViolation } from '../../adapters/database/database-errors';
import type { KakaoClient, KakaoProfile } from '../../adapters/kakao/kakao-client';
import type { Claims, TokenSigner } from '../../adapters/tokens/token-signer';
import { AppError, badUserInput } from '../../errors';
import type { User } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { sameText } from '../shared/text';
import type { BrowserToken, SessionService, SessionTokens } from './session.service';
import { removeUnlinked } from './unlink-notice.service';

export interface KakaoCode {
  code: string;
  redirectUri: string;
  state: string;
  codeVerifier: string;
}

export interface LoginDeps {
  prisma: Prisma;
  kakao: KakaoClient;
  tokens: TokenSigner;
  sessions: SessionService;
  clock: Clock;
  redirectUris: readonly string[];
  adminKakaoIds: readonly string[];
}

/** Kakao login by authorization code with signed state, nonce and PKCE, or by an app's own Kakao token. */
export class LoginService {
  constructor(private readonly deps: LoginDeps) {}

  begin(redirectUri: string): { url: string; state: string; codeVerifier: string } {
    this.requireRedirectUri('redirectUri', redirectUri);
    const codeVerifier = randomBytes(32).toString('base64url');
    const codeChallenge = sha256(codeVerifier);
    const nonce = randomBytes(16).toString('base64url');
    const claims = { jti: randomBytes(16).toString('base64url'), nonce, redirectUri, codeChallenge };
    const { token: state } = this.deps.tokens.sign('loginState', claims, this.deps.clock.now().getTime());
    return {
      url: this.deps.kakao.authorizeUrl({ redirectUri, state, nonce, codeChallenge }),
      state,
      codeVerifier,
    };
  }

  /** Signs an API client in. Throws UNAUTHENTICATED for a wrong, spent or foreign code or state. */
  async withCode(input: KakaoCode, userAgent: string | null): Promise<SessionTokens & { user: User }> {
    return this.signIn(await this.profileOf(input), (tx, id) => this.deps.sessions.start(tx, id, userAgent));
  }

  /** Signs an app in that got its access token from a Kakao SDK. Throws UNAUTHENTICATED, UPSTREAM_UNAVAILABLE. */
  async withToken(accessToken: string, userAgent: string | null): Promise<SessionTokens & { user: User }> {
    const profile = await this.deps.kakao.identifyToken(accessToken);
    return this.signIn(profile, (tx, id) => this.deps.sessions.start(tx, id, userAgent));
  }

  /** Signs the playground's browser in; the token is for a cookie. */
  async browserWithCode(input: KakaoCode, userAgent: string | null): Promise<BrowserToken & { user: User }> {
    const profile = await this.profileOf(input);
    const start = (tx: Transaction, id: string) => this.deps.sessions.startBrowser(tx, id, userAgent);
    return this.signIn(profile, start, { browser: true });
  }

  private signIn<Session>(
    profile: KakaoProfile,
    start: (tx: Transaction, userId: string) => Promise<Session>,
    details?: Record<string, unknown>,
  ): Promise<Session & { user: User }> {
    return this.deps.prisma.$transaction(async (tx) => {
      const user = await this.saveUser(tx, profile);
      const session = await start(tx, user.id);
      await audit(tx, user.id, 'session.login', { type: 'User', id: user.id }, details);
      return { ...session, user };
    });
  }

  private async profileOf({ code, redirectUri, state, codeVerifier }: KakaoCode): Promise<KakaoProfile> {
    this.requireRedirectUri('input.redirectUri', redirectUri);
    const claims = this.stateClaims(state);
    const { jti, nonce, codeChallenge } = claims;
    if (typeof jti !== 'string' || typeof nonce !== 'string' || typeof codeChallenge !== 'string')
      throw loginExpired();
    // A state belongs to one redirect URI and to the browser that holds its verifier.
    if (claims.redirectUri !== redirectUri || !sameText(sha256(codeVerifier), codeChallenge))
      throw loginExpired();
    await this.spend(jti, new Date(claims.exp * 1000));
    return this.deps.kakao.exchangeCode({ code, redirectUri, codeVerifier, nonce });
  }

  private stateClaims(state: string): Claims {
    try {
      return this.deps.tokens.verify('loginState', state, this.deps.clock.now().getTime());
    } catch (cause) {
      throw loginExpired(cause);
    }
  }

  private async spend(id: string, expiresAt: Date): Promise<void> {
    try {
      await this.deps.prisma.spentLoginState.create({ data: { id, expiresAt } });
    } catch (error) {
      if (isUniqueViolation(error)) throw loginExpired();
      throw error;
    }
  }

  /** Name, picture and e-mail follow Kakao at every login. */
  private async saveUser(tx: Transaction, { kakaoId, ...profile }: KakaoProfile): Promise<User> {
    const current = { ...profile, lastLoginAt: this.deps.clock.now() };
    // An account that was left at Kakao, but not here yet, is not the one that somebody comes back to.
    await removeUnlinked(tx, kakaoId);
    const user = await tx.user.upsert({
      where: { kakaoId },
      create: { kakaoId, ...current },
      update: current,
    });
    // Whoever comes back has agreed again at Kakao: an unlink that is still to be sent would undo that. After the row
    // of the user, for which this waits while the old account is being deleted.
    await tx.pendingUnlink.deleteMany({ where: { kakaoId } });
    // Once an admin has decided a role, the configuration no longer does.
    if (user.role === 'ADMIN' || user.roleSetAt !== null || !this.deps.adminKakaoIds.includes(kakaoId))
      return user;
    const details = { role: 'ADMIN', by: 'ADMIN_KAKAO_IDS' };
    await audit(tx, null, 'user.role', { type: 'User', id: user.id }, details);
    return tx.user.update({ where: { id: user.id }, data: { role: 'ADMIN' } });
  }

  private requireRedirectUri(argument: string, redirectUri: string): void {
    if (this.deps.redirectUris.includes(redirectUri)) return;
    throw badUserInput(argument, {
      ko: '등록되지 않은 리디렉션 URI입니다.',
      en: 'It is not one of the configured redirect URIs.',
    });
  }
}

/** One answer for every fault of a state: expired, spent, foreign or forged. */
function loginExpired(cause?: unknown): AppError {
  const detail = {
    ko: '로그인 요청이 만료되었거나 이미 쓰였습니다. 처음부터 다시 로그인해 주세요.',
    en: 'This sign-in has expired or was used before. Start again.',
  };
  return new AppError('UNAUTHENTICATED', { detail, cause });
}

/** PKCE's S256 transformation (RFC 7636, 4.2). */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
