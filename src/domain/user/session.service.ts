import { createHash, randomBytes } from 'node:crypto';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { TokenSigner } from '../../adapters/tokens/token-signer';
import { AppError } from '../../errors';
import type { Prisma as PrismaTypes, Session, User } from '../../generated/prisma/client';
import { auditEach } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { groupBy } from '../shared/group-by';
import { isId, requireId } from '../shared/paging';
import { holdUser } from './remove-user';
import type { IssuedViewer, Viewer, ViewerGuard } from './viewer-guard';

export interface SessionTokens {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  refreshTokenExpiresAt: Date;
}

export interface BrowserToken {
  token: string;
  expiresAt: Date;
}

/** How long the refresh token before the newest still gets the newest again: a client's second tab. */
const REUSE_GRACE_MS = 30_000;
const SESSION_LIFE_MS = 30 * 24 * 3600 * 1000;
const RENEW_BROWSER_TOKEN_AFTER_SECONDS = 15 * 60;
const MAX_USER_AGENT = 200;
/** Of one user, alive at a time: a further sign-in ends the one that was used longest ago. */
const MAX_SESSIONS = 100;

/** Sign-ins: refresh-token families of API clients, and browser sessions of the playground. */
export class SessionService {
  constructor(
    private readonly deps: { prisma: Prisma; tokens: TokenSigner; guard: ViewerGuard; clock: Clock },
  ) {}

  /** Starts a refresh-token family; the caller's transaction also holds what the login changed. */
  async start(tx: Transaction, userId: string, userAgent: string | null): Promise<SessionTokens> {
    const jti = randomBytes(24).toString('base64url');
    const session = await this.create(tx, userId, userAgent, {
      refreshHash: hashOf(jti),
      refreshIssuedAt: this.deps.clock.now(),
    });
    return this.tokensFor(session, jti);
  }

  /** Starts a browser session; its token goes into a cookie. */
  async startBrowser(tx: Transaction, userId: string, userAgent: string | null): Promise<BrowserToken> {
    const session = await this.create(tx, userId, userAgent, {});
    return this.browserToken(session.id);
  }

  /** A fresh token for a browser whose own is older than 15 minutes, so that nobody at work is signed out. */
  renewedBrowserToken({ sessionId, issuedAt }: IssuedViewer): BrowserToken | null {
    const age = this.deps.clock.now().getTime() / 1000 - issuedAt;
    return age > RENEW_BROWSER_TOKEN_AFTER_SECONDS ? this.browserToken(sessionId) : null;
  }

  private browserToken(sessionId: string): BrowserToken {
    return this.deps.tokens.sign('browser', { sid: sessionId }, this.deps.clock.now().getTime());
  }

  /**
   * Rotates the refresh token. The previous one gets the same successor again for 30 s; used later, the whole
   * family ends. Throws UNAUTHENTICATED.
   */
  async refresh(refreshToken: string): Promise<SessionTokens & { user: User }> {
    const now = this.deps.clock.now();
    const { sid, jti, kid } = this.refreshClaims(refreshToken);
    const hash = hashOf(jti);
    const next = this.deps.tokens.successor(jti, kid);
    const rotated = await this.deps.prisma.session.updateManyAndReturn({
      where: { id: sid, refreshHash: hash, revokedAt: null, expiresAt: { gt: now } },
      data: {
        refreshHash: hashOf(next),
        previousRefreshHash: hash,
        refreshIssuedAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LIFE_MS),
      },
      include: { user: true },
    });
    const session = rotated[0] ?? (await this.reissue(sid, hash, next, now));
    return { ...this.tokensFor(session, next), user: session.user };
  }

  /** Ends the session of a bearer or, after that expired, of a refresh token. Returns whether one was ended. */
  async logout(viewer: Viewer | null, refreshToken: string | null, everywhere: boolean): Promise<boolean> {
    const session = viewer
      ? { id: viewer.sessionId, userId: viewer.userId }
      : refreshToken !== null
        ? await this.sessionOf(refreshToken)
        : null;
    if (!session) throw new AppError('UNAUTHENTICATED');
    const revoked = everywhere
      ? await this.revoke({ userId: session.userId }, session.userId, 'session.logout_everywhere')
      : await this.revoke({ id: session.id }, session.userId, 'session.logout');
    return revoked > 0;
  }

  /** Ends one of the caller's own sessions. An absent id and somebody else's answer the same: NOT_FOUND. */
  async revokeOwn(viewer: Viewer, id: string): Promise<boolean> {
    const { userId } = viewer;
    const revoked = await this.revoke({ id: requireId('id', id), userId }, userId, 'session.revoke');
    if (revoked === 0) throw new AppError('NOT_FOUND');
    return true;
  }

  /** The sessions that are alive, of each user the last used first, by user. One statement. */
  async activeOf(userIds: readonly string[]): Promise<Map<string, Session[]>> {
    const sessions = await this.deps.prisma.$queryRaw<Session[]>`
      SELECT session.* FROM unnest(${[...userIds]}::uuid[]) AS reader(id) CROSS JOIN LATERAL (
        SELECT * FROM "Session"
        WHERE "userId" = reader.id AND "revokedAt" IS NULL AND "expiresAt" > ${this.deps.clock.now()}
        ORDER BY "lastUsedAt" DESC LIMIT ${MAX_SESSIONS}
      ) AS session ORDER BY "lastUsedAt" DESC`;
    return groupBy(sessions, (session) => session.userId);
  }

  private async create(
    tx: Transaction,
    userId: string,
    userAgent: string | null,
    refresh: Partial<Session>,
  ): Promise<Session> {
    const now = this.deps.clock.now();
    const alive = { userId, revokedAt: null, expiresAt: { gt: now } };
    const surplus = await tx.session.findMany({
      where: alive,
      orderBy: { lastUsedAt: 'desc' },
      skip: MAX_SESSIONS - 1,
      select: { id: true },
    });
    if (surplus.length > 0)
      await this.end(tx, { ...alive, id: { in: surplus.map(({ id }) => id) } }, userId, 'session.replace');
    return tx.session.create({
      data: {
        userId,
        userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LIFE_MS),
        ...refresh,
      },
    });
  }

  private tokensFor(session: Session, jti: string): SessionTokens {
    const { tokens, clock } = this.deps;
    const access = tokens.sign('access', { sub: session.userId, sid: session.id }, clock.now().getTime());
    const refresh = tokens.sign(
      'refresh',
      { sid: session.id, jti },
      (session.refreshIssuedAt ?? clock.now()).getTime(),
    );
    return {
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken: refresh.token,
      refreshTokenExpiresAt: refresh.expiresAt,
    };
  }

  private refreshClaims(token: string): { sid: string; jti: string; kid: string } {
    const { sid, jti, kid } = this.deps.tokens.verify('refresh', token, this.deps.clock.now().getTime());
    if (!isId(sid) || typeof jti !== 'string') throw new AppError('UNAUTHENTICATED');
    return { sid, jti, kid };
  }

  /** The family for which `hash` was replaced just now; ends the family when that was longer ago. */
  private async reissue(
    sid: string,
    hash: string,
    next: string,
    now: Date,
  ): Promise<Session & { user: User }> {
    const session = await this.deps.prisma.session.findUnique({
      where: { id: sid },
      include: { user: true },
    });
    if (!session || session.revokedAt || session.expiresAt <= now) throw new AppError('UNAUTHENTICATED');
    const age = now.getTime() - (session.refreshIssuedAt?.getTime() ?? 0);
    if (session.previousRefreshHash === hash && age <= REUSE_GRACE_MS) {
      // A successor from a key that is gone by now; the one from here would end the family.
      if (session.refreshHash !== hashOf(next)) throw new AppError('UNAUTHENTICATED');
      return session;
    }
    await this.revoke({ id: sid }, session.userId, 'session.refresh_reuse');
    throw new AppError('UNAUTHENTICATED');
  }

  private async sessionOf(refreshToken: string): Promise<{ id: string; userId: string }> {
    const { sid, jti } = this.refreshClaims(refreshToken);
    const hash = hashOf(jti);
    const session = await this.deps.prisma.session.findFirst({
      where: { id: sid, OR: [{ refreshHash: hash }, { previousRefreshHash: hash }] },
      select: { id: true, userId: true },
    });
    if (!session) throw new AppError('UNAUTHENTICATED');
    return session;
  }

  private async revoke(
    where: { id?: string; userId?: string },
    actorId: string,
    action: string,
  ): Promise<number> {
    const ended = await this.deps.prisma.$transaction(async (tx) => {
      await holdUser(tx, actorId);
      return this.end(tx, where, actorId, action);
    });
    for (const id of ended) this.deps.guard.forget(id);
    return ended.length;
  }

  /** Two statements, however many sessions. Returns their ids. */
  private async end(
    tx: Transaction,
    where: PrismaTypes.SessionWhereInput,
    actorId: string,
    action: string,
  ): Promise<string[]> {
    const ended = await tx.session.updateManyAndReturn({
      where: { ...where, revokedAt: null },
      data: { revokedAt: this.deps.clock.now() },
      select: { id: true },
    });
    await auditEach(
      tx,
      actorId,
      action,
      ended.map(({ id }) => ({ type: 'Session', id })),
    );
    return ended.map(({ id }) => id);
  }
}

function hashOf(jti: string): string {
  return createHash('sha256').update(jti).digest('base64url');
}
