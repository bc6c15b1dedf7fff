/**
 * Faults of a whole answer. `slow` drips one byte every 50 ms, `silent` never answers, `temporary` is KOE003 or -1,
 * `quota` KOE237 or -10, `maintenance` -9798, `dormant` -103, `underage` -406, `expiredToken` -401.
 */
export const HTTP_FAULTS = [
  'silent',
  'slow',
  'serverError',
  'temporary',
  'quota',
  'redirect',
  'oversized',
  'notJson',
  'maintenance',
  'dormant',
  'underage',
  'expiredToken',
  'wrongShape',
  'KOE010',
  'KOE101',
  'KOE303',
  'KOE320',
] as const;

/** Faults of the id_token, the user or the app inside an otherwise good answer. */
export const IDENTITY_FAULTS = [
  'badNonce',
  'wrongAudience',
  'wrongIssuer',
  'expired',
  'noExpiry',
  'algNone',
  'hs256',
  'unknownKid',
  'badSignature',
  'noNickname',
  'noIdToken',
  'otherUser',
  'wrongAppId',
] as const;

export type HttpFault = (typeof HTTP_FAULTS)[number];
export type IdentityFault = (typeof IDENTITY_FAULTS)[number];
export type KakaoMisbehaviour = HttpFault | IdentityFault;

export interface MisbehaveOptions {
  /** As routed, e.g. `/oauth/token`. */
  path: string;
  behaviour: KakaoMisbehaviour;
  /** How many of the next requests to that path; 1 when absent. */
  times?: number;
}

/** What the next requests of each path shall suffer, in order. */
export class Misbehaviours {
  private readonly queues = new Map<string, { behaviour: KakaoMisbehaviour; left: number }[]>();

  add({ path, behaviour, times = 1 }: MisbehaveOptions): void {
    const queue = this.queues.get(path) ?? [];
    queue.push({ behaviour, left: times });
    this.queues.set(path, queue);
  }

  /** Takes the next fault of `path` when it is one of `kinds`. */
  take<T extends KakaoMisbehaviour>(path: string, kinds: readonly T[]): T | undefined {
    const queue = this.queues.get(path);
    const next = queue?.[0];
    const fault = kinds.find((kind) => kind === next?.behaviour);
    if (!queue || !next || fault === undefined) return undefined;
    next.left -= 1;
    if (next.left <= 0) queue.shift();
    return fault;
  }
}
