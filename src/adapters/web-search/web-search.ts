/** What a search found: plain text of strangers, and an address that nobody has looked at yet. */
export interface FoundDocument {
  title: string;
  link: string;
  snippet: string;
}

export interface WebSearch {
  /**
   * At most 20 documents, the most relevant first.
   * Throws AppError SEARCH_QUOTA_EXCEEDED, SEARCH_REFUSED, SEARCH_UNAVAILABLE, SEARCH_ANSWER_INVALID, or the signal's
   * reason; `retryAfterSeconds` is there when every other search would fail, too.
   */
  search(query: string, options: { signal: AbortSignal }): Promise<FoundDocument[]>;
}

export const MAX_FOUND = 20;
