import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type KakaoTestUser } from './kakao-test-users';

/** Lifetimes in seconds, as Kakao's own REST applications get them. */
export const ACCESS_TOKEN_SECONDS = 21_599;
export const REFRESH_TOKEN_SECONDS = 5_183_999;
const REFRESH_RENEWAL_SECONDS = 30 * 24 * 3600;
const CODE_SECONDS = 600;

/** Old grants fall out first, so that a long-running development server stays small. */
const MAX_GRANTS = 10_000;

/** What the user agreed to, once. */
export interface Grant {
  user: KakaoTestUser;
  scopes: readonly string[];
  nonce: string | undefined;
  /** Seconds since the epoch. */
  authTime: number;
}

interface IssuedCode {
  grant: Grant;
  redirectUri: string;
  codeChallenge: string | undefined;
  expiresAt: number;
}

interface IssuedToken {
  grant: Grant;
  expiresAt: number;
}

export type TokenState =
  { state: 'valid'; grant: Grant; secondsLeft: number } | { state: 'expired' | 'absent' };

/** Codes and tokens in memory; all times are seconds since the epoch. */
export class KakaoGrants {
  private readonly codes = new LRUCache<string, IssuedCode>({ max: MAX_GRANTS });
  private readonly accessTokens = new LRUCache<string, IssuedToken>({ max: MAX_GRANTS });
  private readonly refreshTokens = new LRUCache<string, IssuedToken>({ max: MAX_GRANTS });

  constructor(private readonly now: () => number) {}

  issueCode(grant: Grant, redirectUri: string, codeChallenge: string | undefined): string {
    const code = secret('code');
    this.codes.set(code, { grant, redirectUri, codeChallenge, expiresAt: this.now() + CODE_SECONDS });
    return code;
  }

  /** A code is spent by the first attempt, successful or not (RFC 6749, section 4.1.2). */
  spendCode(
    code: string,
    redirectUri: string | undefined,
    verifier: string | undefined,
  ): Grant | 'notFound' | 'redirectMismatch' {
    const issued = this.codes.get(code);
    this.codes.delete(code);
    if (!issued || issued.expiresAt <= this.now()) return 'notFound';
    if (issued.redirectUri !== redirectUri) return 'redirectMismatch';
    const proven = issued.codeChallenge === undefined || issued.codeChallenge === s256(verifier ?? '');
    return proven ? issued.grant : 'notFound';
  }

  issueAccessToken(grant: Grant): string {
    return this.issue('access', this.accessTokens, grant, ACCESS_TOKEN_SECONDS);
  }

  issueRefreshToken(grant: Grant): string {
    return this.issue('refresh', this.refreshTokens, grant, REFRESH_TOKEN_SECONDS);
  }

  /** A refresh token is replaced, and then dead, only in its last month. */
  refresh(refreshToken: string): { grant: Grant; renewed: string | undefined } | undefined {
    const issued = this.refreshTokens.get(refreshToken);
    const secondsLeft = issued ? issued.expiresAt - this.now() : 0;
    if (!issued || secondsLeft <= 0) return undefined;
    if (secondsLeft >= REFRESH_RENEWAL_SECONDS) return { grant: issued.grant, renewed: undefined };
    this.refreshTokens.delete(refreshToken);
    return { grant: issued.grant, renewed: this.issueRefreshToken(issued.grant) };
  }

  accessToken(token: string): TokenState {
    const issued = this.accessTokens.get(token);
    if (!issued) return { state: 'absent' };
    const secondsLeft = issued.expiresAt - this.now();
    return secondsLeft > 0 ? { state: 'valid', grant: issued.grant, secondsLeft } : { state: 'expired' };
  }

  /** Ends the tokens of one login. */
  endGrant(grant: Grant): void {
    this.endWhere((issued) => issued.grant === grant);
  }

  /** Ends every token of a user. */
  endUser(user: KakaoTestUser): void {
    this.endWhere((issued) => issued.grant.user === user);
  }

  private issue(
    kind: 'access' | 'refresh',
    tokens: LRUCache<string, IssuedToken>,
    grant: Grant,
    seconds: number,
  ): string {
    const token = secret(kind);
    tokens.set(token, { grant, expiresAt: this.now() + seconds });
    return token;
  }

  private endWhere(ends: (issued: IssuedToken) => boolean): void {
    for (const tokens of [this.accessTokens, this.refreshTokens]) {
      const ended = [...tokens.entries()].filter(([, issued]) => ends(issued));
      for (const [token] of ended) tokens.delete(token);
    }
  }
}

/** Tells by its first words what it is, so that one in a log is seen. */
function secret(kind: 'code' | 'access' | 'refresh'): string {
  return `standin-${kind}-${randomBytes(40).toString('base64url')}`;
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
