/** Whoever reads: a user, or an anonymous viewer who is known by a signed name only. */
export interface Reader {
  /** The user's id, else the viewer's. */
  id: string;
  /** Null for an anonymous viewer. */
  userId: string | null;
  /** Where the request came from, as limits count it. */
  address: string;
}

/** A viewer's 16 random bytes in base64url, in the form of the ids they are kept beside. */
export function readerIdOfViewer(viewerId: string): string {
  const hex = Buffer.from(viewerId, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
