import type { WebSocket } from 'ws';
import type { Metrics } from '../../adapters/telemetry/metrics';
import { CLOSE_CODES } from './live-connections';

const TICK_MS = 1_000;
/** Who answers no ping until the next one is gone. */
const PING_EVERY_TICKS = 12;
/** A token or session that has ended is noticed without an event, too. */
const CHECK_EVERY_TICKS = 10;
/** What may wait to be sent when a client asks for more, or has taken nothing of it for a second. */
const MAX_UNSENT_BYTES = 64 * 1024;
/** Messages and pings of one client in a second. */
const MAX_MESSAGES_A_TICK = 200;

/** A client's socket, ended when the client does not read, floods, is gone or may not stay. */
export class ClientSocket {
  private readonly timer: NodeJS.Timeout;
  private ticks = 0;
  private messages = 0;
  private unsent = 0;
  private isAlive = true;

  constructor(
    readonly socket: WebSocket,
    private readonly metrics: Metrics,
    private readonly check: () => void,
  ) {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    socket.on('pong', () => (this.isAlive = true));
    socket.on('ping', () => this.isWelcome());
    socket.once('close', () => clearInterval(this.timer));
  }

  /** Counts a message of the client; false when it is too many, and the socket ends. */
  isWelcome(): boolean {
    this.messages += 1;
    if (this.socket.bufferedAmount > MAX_UNSENT_BYTES) this.cut('slow');
    else if (this.messages > MAX_MESSAGES_A_TICK) this.endFlood();
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Resolves when it was handed to the system, or the socket has closed. */
  send(text: string): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
      else resolve();
    });
  }

  /** `reason` is what metrics call it. */
  close(code: number, text: string, reason?: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (reason) this.metrics.liveCut.inc({ reason });
    this.socket.close(code, text);
  }

  private tick(): void {
    this.ticks += 1;
    this.messages = 0;
    const { bufferedAmount } = this.socket;
    if (bufferedAmount > MAX_UNSENT_BYTES && bufferedAmount >= this.unsent) this.cut('slow');
    this.unsent = bufferedAmount;
    if (this.ticks % CHECK_EVERY_TICKS === 0) this.check();
    if (this.ticks % PING_EVERY_TICKS !== 0) return;
    if (!this.isAlive) this.cut('gone');
    this.isAlive = false;
    this.socket.ping();
  }

  /** Whoever floods does not wait for a close to be answered. */
  private endFlood(): void {
    this.close(CLOSE_CODES.flood, 'too many messages', 'flood');
    setTimeout(() => this.socket.terminate(), TICK_MS).unref();
  }

  private cut(reason: string): void {
    this.metrics.liveCut.inc({ reason });
    this.socket.terminate();
  }
}
