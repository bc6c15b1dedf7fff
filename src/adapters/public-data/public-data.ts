/** The gateways of Korea's public data portal; each pages and refuses in its own way. */
export type PublicDataServer = 'data.go.kr' | 'odcloud.kr';

export interface PublicDataRequest {
  server: PublicDataServer;
  /** Behind the server's address. */
  path: string;
  /** Beside the key and the page. */
  query?: Record<string, string>;
  /** So many from the beginning; without it all of them, of which there may be 5,000. */
  rows?: number;
}

/** One row as the server gave it: names and values, in its order. A name may come twice. */
export type PublicDataRow = readonly (readonly [name: string, value: unknown])[];

/** Asks the servers of public data. */
export interface PublicData {
  /**
   * Throws AppError DATASET_UNAVAILABLE, DATASET_KEY_REFUSED, DATASET_QUOTA, DATASET_INVALID, or the signal's reason; none of them
   * holds the key or anything that the server wrote.
   */
  rows(request: PublicDataRequest, signal: AbortSignal): Promise<PublicDataRow[]>;
}
