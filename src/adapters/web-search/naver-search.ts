import { decodeHTML } from 'entities';
import { z } from 'zod';
import type { ErrorCode } from '../../errors';
import { requestSearch, usable, type SearchRequestOptions } from './request-search';
import { MAX_FOUND, type FoundDocument, type WebSearch } from './web-search';

/** The two doors to the same search: Naver Cloud's API HUB, and the developers' portal that closes on 30 June 2027. */
export const NAVER_APIS = {
  hub: {
    url: 'https://naverapihub.apigw.ntruss.com/search/v1/news',
    headers: ['X-NCP-APIGW-API-KEY-ID', 'X-NCP-APIGW-API-KEY'],
  },
  portal: {
    url: 'https://openapi.naver.com/v1/search/news.json',
    headers: ['X-Naver-Client-Id', 'X-Naver-Client-Secret'],
  },
} as const;
export type NaverApi = keyof typeof NAVER_APIS;

/** Found words are between <b> and </b>; everything else that could be markup is an entity. */
const marked = z.string().transform((text) => decodeHTML(text.replace(/<\/?b>/gi, '')));
const answerSchema = z.object({
  items: usable(
    z.object({
      title: marked,
      originallink: z.string().nullish(),
      link: z.string().nullish(),
      description: marked.nullish(),
    }),
  ),
});
/** SE01 to SE04 and SE06: something in the question; the rest of the codes speak of keys, quotas, servers. */
const errorSchema = z.object({ errorCode: z.string() });
const QUESTION = /^SE0[12346]$/;

export interface NaverSearchOptions extends SearchRequestOptions {
  clientId: string;
  clientSecret: string;
  api: NaverApi;
  url?: string | undefined;
}

/** Naver's search of news. */
export class NaverSearch implements WebSearch {
  constructor(private readonly options: NaverSearchOptions) {}

  async search(query: string, { signal }: { signal: AbortSignal }): Promise<FoundDocument[]> {
    const { clientId, clientSecret, api, url = NAVER_APIS[api].url } = this.options;
    const [idHeader, secretHeader] = NAVER_APIS[api].headers;
    const address = new URL(url);
    address.search = new URLSearchParams({ query, display: String(MAX_FOUND), sort: 'sim' }).toString();
    const headers = { [idHeader]: clientId, [secretHeader]: clientSecret };
    const request = { url: address, headers, schema: answerSchema, meaningOf };
    const { items } = await requestSearch(request, this.options, signal);
    return items.map(({ title, originallink, link, description }) => ({
      title,
      // The other one may be Naver's own copy of the page.
      link: originallink || link || '',
      snippet: description ?? '',
    }));
  }
}

function meaningOf(status: number, body: unknown): ErrorCode | 'this query only' | undefined {
  const { data } = errorSchema.safeParse(body);
  return status === 400 && data && QUESTION.test(data.errorCode) ? 'this query only' : undefined;
}
