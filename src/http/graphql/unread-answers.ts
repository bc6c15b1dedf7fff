import type { ServerResponse } from 'node:http';
import { AppError } from '../../errors';

/** More is kept for nobody's sockets: a phone reads 16 MB in seconds. */
const MAX_OF_AN_ADDRESS = 16 * 1024 * 1024;
const MAX_IN_ALL = 64 * 1024 * 1024;

/** Bytes of answers that were sent and that their readers have not taken yet. */
export class UnreadAnswers {
  private readonly bytesOf = new Map<string, number>();
  private bytes = 0;

  /** To be asked before an answer is made. Throws RATE_LIMITED for who reads too slowly, UPSTREAM_UNAVAILABLE when all do. */
  requireRoom(address: string): void {
    if ((this.bytesOf.get(address) ?? 0) >= MAX_OF_AN_ADDRESS)
      throw new AppError('RATE_LIMITED', { retryAfterSeconds: 1 });
    if (this.bytes >= MAX_IN_ALL) throw new AppError('UPSTREAM_UNAVAILABLE');
  }

  /** Counts an answer until the system has taken it from us, or its connection is gone. */
  add(address: string, bytes: number, response: ServerResponse): void {
    this.count(address, bytes);
    response.once('close', () => this.count(address, -bytes));
  }

  private count(address: string, bytes: number): void {
    this.bytes += bytes;
    const left = (this.bytesOf.get(address) ?? 0) + bytes;
    if (left > 0) this.bytesOf.set(address, left);
    else this.bytesOf.delete(address);
  }
}
