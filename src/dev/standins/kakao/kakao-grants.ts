import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KakaoTestUser } from './kakao-test-users';

/** Lifetimes in seconds, those of tokens as Kakao's own REST applications get them. */
export const LIFE_SECONDS = { code: 600, access: 21_599, refresh: 5_183_999 } as const;
type Kind = keyof typeof LIFE_SECONDS;

/** Old secrets fall out first, so that a long-running development server stays small. */
const MAX_SECRETS = 30_000;

/** What the user agreed to, once. */
export interface Grant {
  user: KakaoTestUser;
  scopes: readonly string[];
  nonce: string | undefined;
  /** Seconds since the epoch. */
  authTime: number;
  redirectUri: string;
  codeChallenge: string | undefined;
}

/** The codes and tokens that speak for a grant, in memory. */
export class KakaoGrants {
  private readonly issued = new LRUCache<string, { grant: Grant; expiresAt: number }>({ max: MAX_SECRETS });

  /** @param now in seconds since the epoch */
  constructor(private readonly now: () => number) {}

  /** A new secret, which tells by its first words what it is, so that one in a log is seen. */
  issue(kind: Kind, grant: Grant): string {
    const secret = `standin-${kind}-${randomBytes(40).toString('base64url')}`;
    this.issued.set(secret, { grant, expiresAt: this.now() + LIFE_SECONDS[kind] });
    return secret;
  }

  /** What a secret speaks for; `secondsLeft` is not positive when it has expired. */
  find(kind: Kind, secret = ''): { grant: Grant; secondsLeft: number } | undefined {
    const issued = secret.startsWith(`standin-${kind}-`) ? this.issued.get(secret) : undefined;
    return issued && { grant: issued.grant, secondsLeft: issued.expiresAt - this.now() };
  }

  end(secret: string): void {
    this.issued.delete(secret);
  }

  endWhere(ends: (grant: Grant) => boolean): void {
    const ended = [...this.issued.entries()].filter(([, { grant }]) => ends(grant));
    for (const [secret] of ended) this.issued.delete(secret);
  }
}
