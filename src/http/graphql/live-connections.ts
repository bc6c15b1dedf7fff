import type { Clock } from '../../domain/shared/clock';
import { hasExpired } from '../../adapters/tokens/token-signer';
import type { Metrics } from '../../adapters/telemetry/metrics';
import { AppError } from '../../errors';
import { authenticate, type AuthenticateDeps, type Credentials } from '../authenticate';
import { Seats } from './seats';

/** Sockets and event streams together. A school may share an address. */
const MAX_OF_ADDRESS = 500;
const MAX_CONNECTIONS = 4_000;

/** Of a WebSocket: clients of graphql-ws stay away after the first, and come back after the others. */
export const CLOSE_CODES = {
  worthless: 4401,
  expired: 4403,
  restart: 1012,
  later: 1013,
  flood: 1008,
} as const;

/** What metrics call the end of a connection for this failure. */
export const cutReason = ({ code }: AppError) => (code === 'UNAUTHENTICATED' ? 'token' : 'away');

export type LiveConnectionsDeps = AuthenticateDeps & { clock: Clock; metrics: Metrics };

/** What sockets and event streams have in common: how many there are, and how long they are believed. */
export class LiveConnections {
  private readonly seats = new Seats({ ofOne: MAX_OF_ADDRESS, ofAll: MAX_CONNECTIONS });

  constructor(private readonly deps: LiveConnectionsDeps) {}

  /** What ends the connection's seat. Throws RATE_LIMITED when its address has too many, or all together are. */
  enter(address: string, transport: 'socket' | 'stream'): () => void {
    const giveBack = this.seats.take(address);
    if (!giveBack) throw new AppError('RATE_LIMITED', { retryAfterSeconds: 30 });
    const { liveConnections } = this.deps.metrics;
    liveConnections.inc({ transport });
    let isOpen = true;
    return () => {
      if (isOpen) liveConnections.dec({ transport });
      isOpen = false;
      giveBack();
    };
  }

  /**
   * Whether somebody is signed in, or why the connection may not go on. `wasSignedIn`: a cookie whose session has ended
   * speaks for nobody, which is no failure of a request.
   */
  async signedIn(credentials: Credentials, wasSignedIn: boolean): Promise<boolean | AppError> {
    const { viewer, authFailure } = await authenticate(this.deps, credentials);
    if (authFailure) return authFailure;
    return wasSignedIn && !viewer ? new AppError('UNAUTHENTICATED') : viewer !== null;
  }

  /** Of a socket that ends for this failure. */
  closeCode({ code }: AppError, { authorization }: Credentials): number {
    if (code !== 'UNAUTHENTICATED') return CLOSE_CODES.later;
    const token = authorization?.split(' ').at(-1);
    const mayComeBack = token === undefined || hasExpired(token, this.deps.clock.now().getTime());
    return mayComeBack ? CLOSE_CODES.expired : CLOSE_CODES.worthless;
  }
}
