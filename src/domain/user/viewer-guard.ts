import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { TokenSigner } from '../../adapters/tokens/token-signer';
import { AppError } from '../../errors';
import type { Role } from '../../generated/prisma/client';
import type { Clock } from '../shared/clock';
import { isId } from '../shared/paging';

/** The signed-in caller. */
export interface Viewer {
  userId: string;
  sessionId: string;
  role: Role;
}

/** A viewer and when the token that named it was issued, in UNIX seconds. */
export type IssuedViewer = Viewer & { issuedAt: number };

/** Role and session state are believed for this long, so a revoked token dies within it on every gateway. */
const STATE_LIFE_MS = 20_000;
const MAX_SESSIONS = 20_000;
const MAX_TOKENS = 20_000;
const LAST_USED_GRAIN = '5 minutes';

interface SessionState {
  userId: string;
  role: Role;
  /** UNIX time in milliseconds. */
  expiresAt: number;
}

interface VerifiedToken {
  sessionId: string;
  /** UNIX times in seconds. */
  iat: number;
  exp: number;
}

/** Who a token speaks for, asked of the database at most every 20 s per session. */
export class ViewerGuard {
  /** By digest: some hundred bytes each, while a token would keep the whole header that it was cut from. */
  private readonly verified = new LRUCache<string, VerifiedToken>({ max: MAX_TOKENS });
  /** Promises instead of `fetchMethod`: `forgetUser` must find what is still being loaded. */
  private readonly states: LRUCache<string, Promise<SessionState | null>>;

  constructor(private readonly deps: { pool: Pool; tokens: TokenSigner; clock: Clock }) {
    const perf = { now: () => deps.clock.now().getTime() };
    this.states = new LRUCache({ max: MAX_SESSIONS, ttl: STATE_LIFE_MS, ttlResolution: 0, perf });
  }

  /** Throws UNAUTHENTICATED; a database that is away is thrown as it is, never as a refusal. */
  async viewer(kind: 'access' | 'browser', token: string): Promise<IssuedViewer> {
    const now = this.deps.clock.now().getTime();
    const { sessionId, iat, exp } = this.verify(kind, token, now);
    if (exp * 1000 <= now) throw new AppError('UNAUTHENTICATED');
    const state = await this.stateOf(sessionId);
    if (!state || state.expiresAt <= now) throw new AppError('UNAUTHENTICATED');
    return { userId: state.userId, role: state.role, sessionId, issuedAt: iat };
  }

  /** Forgets what is known of a session, on this gateway; the others do within 20 s. */
  forget(sessionId: string): void {
    this.states.delete(sessionId);
  }

  /** Forgets everything known of a user whose role changed. */
  async forgetUser(userId: string): Promise<void> {
    for (const [sessionId, state] of this.states.entries())
      if ((await state.catch(() => null))?.userId === userId) this.states.delete(sessionId);
  }

  private verify(kind: 'access' | 'browser', token: string, now: number): VerifiedToken {
    const key = hash('sha256', `${kind} ${token}`, 'base64');
    const known = this.verified.get(key);
    if (known) return known;
    const { sid, iat, exp } = this.deps.tokens.verify(kind, token, now);
    if (!isId(sid)) throw new AppError('UNAUTHENTICATED');
    const verified = { sessionId: sid, iat, exp };
    this.verified.set(key, verified);
    return verified;
  }

  private stateOf(sessionId: string): Promise<SessionState | null> {
    const known = this.states.get(sessionId);
    if (known) return known;
    const state = this.load(sessionId);
    this.states.set(sessionId, state);
    state.catch(() => {
      if (this.states.peek(sessionId) === state) this.states.delete(sessionId);
    });
    return state;
  }

  private async load(sessionId: string): Promise<SessionState | null> {
    const { rows } = await this.deps.pool.query<{ userId: string; role: Role; expiresAt: Date }>({
      name: 'session-state',
      text: `WITH used AS (
               UPDATE "Session" SET "lastUsedAt" = now()
               WHERE id = $1 AND "revokedAt" IS NULL AND "lastUsedAt" < now() - interval '${LAST_USED_GRAIN}'
             )
             SELECT u.id AS "userId", u.role, s."expiresAt"
             FROM "Session" s JOIN "User" u ON u.id = s."userId"
             WHERE s.id = $1 AND s."revokedAt" IS NULL`,
      values: [sessionId],
    });
    const row = rows[0];
    return row ? { userId: row.userId, role: row.role, expiresAt: row.expiresAt.getTime() } : null;
  }
}
