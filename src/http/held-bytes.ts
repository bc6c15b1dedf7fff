import { AppError } from '../errors';

/** A phone sends or reads so much in seconds. */
const MAX_OF_AN_ADDRESS = 16 * 1024 * 1024;
const MAX_IN_ALL = 64 * 1024 * 1024;
/** By then they are sent or read, or their connection is cut. */
const RETRY_AFTER_SECONDS = 10;

/** What addresses make the process keep in memory: so much for one, and so much for all. */
export class HeldBytes {
  private readonly bytesOf = new Map<string, number>();
  private bytes = 0;

  /** RATE_LIMITED for an address that has too much held, UPSTREAM_UNAVAILABLE for anybody when all together have. */
  refusal(address: string): AppError | null {
    if ((this.bytesOf.get(address) ?? 0) >= MAX_OF_AN_ADDRESS)
      return new AppError('RATE_LIMITED', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    return this.bytes >= MAX_IN_ALL ? new AppError('UPSTREAM_UNAVAILABLE') : null;
  }

  add(address: string, bytes: number): void {
    this.bytes += bytes;
    const sum = (this.bytesOf.get(address) ?? 0) + bytes;
    if (sum > 0) this.bytesOf.set(address, sum);
    else this.bytesOf.delete(address);
  }
}
