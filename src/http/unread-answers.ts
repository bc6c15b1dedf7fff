import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AppError } from '../errors';
import { HeldBytes } from './held-bytes';

/** An answer has so long in all, and longer the larger it is: a slow phone reads 16 KB in a second. */
const TIME_FOR_ANY_MS = 20_000;
const SLOWEST_BYTES_PER_MS = 16;

/** What answers that are not read keep in memory, by the address that asked for them. */
export class UnreadAnswers {
  private readonly held = new HeldBytes();
  /** What to do for the answers of a socket when it closes: those that stand in line never hear of it. */
  private readonly endings = new WeakMap<Socket, Set<() => void>>();

  /** RATE_LIMITED for an address that has to read first, UPSTREAM_UNAVAILABLE for anybody when all together have to. */
  refusal(address: string): AppError | null {
    return this.held.refusal(address);
  }

  /**
   * To be called when an answer has been given to its socket: counts what the network did not take at once. It ends a
   * connection that has not taken it in time, however steadily it takes a few bytes.
   */
  note(address: string, response: ServerResponse): void {
    const { writableLength: waiting, req } = response;
    if (waiting === 0) return;
    const endings = this.endingsOf(req.socket);
    const time = TIME_FOR_ANY_MS + waiting / SLOWEST_BYTES_PER_MS;
    const timer = setTimeout(() => req.socket.destroy(), time).unref();
    const end = () => {
      clearTimeout(timer);
      if (endings.delete(end)) this.held.add(address, -waiting);
    };
    this.held.add(address, waiting);
    endings.add(end);
    response.once('close', end);
  }

  private endingsOf(socket: Socket): Set<() => void> {
    let endings = this.endings.get(socket);
    if (!endings) {
      const all = new Set<() => void>();
      this.endings.set(socket, (endings = all));
      socket.once('close', () => all.forEach((end) => end()));
    }
    return endings;
  }
}
