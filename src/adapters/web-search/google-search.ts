import { z } from 'zod';
import type { ErrorCode } from '../../errors';
import { requestSearch, usable, type SearchRequestOptions } from './request-search';
import { type FoundDocument, type WebSearch } from './web-search';

export const GOOGLE_SEARCH_URL = 'https://www.googleapis.com/customsearch/v1';
/** The most that one request may ask for. */
const PAGE = '10';

/** `items` is absent when nothing was found. */
const answerSchema = z.object({
  items: usable(
    z.object({
      title: z.string(),
      link: z.string(),
      snippet: z
        .string()
        .nullish()
        .transform((text) => text ?? ''),
    }),
  ),
});
const errorSchema = z.object({
  error: z.object({
    errors: z.array(z.object({ reason: z.string().catch('') })).catch([]),
    status: z.string().catch(''),
    details: z.array(z.object({ reason: z.string().catch('') })).catch([]),
  }),
});
const QUOTAS = /^(?:dailyLimitExceeded|quotaExceeded|rateLimitExceeded|userRateLimitExceeded)/;

export interface GoogleSearchOptions extends SearchRequestOptions {
  apiKey: string;
  engineId: string;
  url?: string | undefined;
}

/** Google's Custom Search JSON API. */
export class GoogleSearch implements WebSearch {
  constructor(private readonly options: GoogleSearchOptions) {}

  async search(query: string, { signal }: { signal: AbortSignal }): Promise<FoundDocument[]> {
    const { apiKey, engineId, url = GOOGLE_SEARCH_URL } = this.options;
    const address = new URL(url);
    address.search = new URLSearchParams({
      key: apiKey, cx: engineId, q: query, num: PAGE, hl: 'ko', gl: 'kr', lr: 'lang_ko',
    }).toString(); // prettier-ignore
    const request = { url: address, schema: answerSchema, meaningOf };
    return (await requestSearch(request, this.options, signal)).items;
  }
}

function meaningOf(status: number, body: unknown): ErrorCode | 'this query only' | undefined {
  const { data } = errorSchema.safeParse(body);
  const reasons = [...(data?.error.errors ?? []), ...(data?.error.details ?? [])].map(({ reason }) => reason);
  if (data?.error.status === 'RESOURCE_EXHAUSTED' || reasons.some((reason) => QUOTAS.test(reason)))
    return 'SEARCH_QUOTA_EXCEEDED';
  // A key that is wrong is told by 400, as a query is that cannot be understood.
  const isKey = reasons.some((reason) => /^(?:API_KEY_INVALID|keyInvalid|keyExpired)$/.test(reason));
  return status === 400 && !isKey ? 'this query only' : undefined;
}
