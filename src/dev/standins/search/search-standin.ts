import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GOOGLE_FAULTS, NAVER_HUB_FAULTS, NAVER_PORTAL_FAULTS, type SearchFault } from './search-faults';

export interface SearchedDocument {
  title: string;
  link: string;
  snippet: string;
}

/** What becomes of a request in place of an answer; a number of bytes is the length of an answer that is too long. */
export type SearchMisbehaviour =
  SearchFault | 'silent' | 'html' | 'nonsense' | 'reset' | 'redirect' | { bytes: number } | { json: unknown };

export interface SearchedQuery {
  service: 'google' | 'hub' | 'portal';
  query: string;
  parameters: Record<string, string>;
}

export interface SearchStandinOptions {
  port?: number;
  google: { apiKey: string; engineId: string };
  naver: { clientId: string; clientSecret: string };
  documents?: SearchedDocument[];
}

export interface SearchStandin {
  /** What GOOGLE_SEARCH_URL and NAVER_SEARCH_URL are to be. */
  urls: Record<SearchedQuery['service'], string>;
  /** Every request that had a good key, oldest first. */
  queries: SearchedQuery[];
  /** Found are those with a word of the query, in this order. */
  documents: SearchedDocument[];
  /** One for each request to come, which takes it out. */
  misbehaviours: SearchMisbehaviour[];
  close(): Promise<void>;
}

const PATHS = { google: '/customsearch/v1', hub: '/search/v1/news', portal: '/v1/search/news.json' };

/** Google's Custom Search JSON API and Naver's search of news, through both its doors, in their own wire formats. */
export async function startSearchStandin(options: SearchStandinOptions): Promise<SearchStandin> {
  const app = fastify({ forceCloseConnections: true });
  const standin = {
    queries: [] as SearchedQuery[],
    misbehaviours: [] as SearchMisbehaviour[],
    documents: options.documents ?? [],
  };
  const { google, naver } = options;

  const serve = (
    service: SearchedQuery['service'],
    refusal: (request: FastifyRequest<{ Querystring: Record<string, string> }>) => SearchFault | undefined,
    answer: (found: SearchedDocument[], query: string, parameters: Record<string, string>) => unknown,
  ) =>
    app.get<{ Querystring: Record<string, string> }>(PATHS[service], async (request, reply) => {
      const parameters = request.query;
      const refused = refusal(request);
      if (refused) return reply.code(refused.status).send(refused.body);
      const query = parameters[service === 'google' ? 'q' : 'query'] ?? '';
      standin.queries.push({ service, query, parameters });
      const misbehaviour = standin.misbehaviours.shift();
      if (misbehaviour !== undefined) return misbehave(misbehaviour, reply);
      return answer(foundBy(query, standin.documents), query, parameters);
    });

  serve(
    'google',
    ({ query }) => {
      if (query.key !== google.apiKey) return GOOGLE_FAULTS.keyInvalid;
      const isGood = query.cx === google.engineId && query.q && Number(query.num ?? 10) <= 10;
      return isGood ? undefined : GOOGLE_FAULTS.badQuery;
    },
    (found, query, { num = '10' }) => googleAnswer(found.slice(0, Number(num)), query),
  );
  serve(
    'hub',
    ({ headers, query }) =>
      headers['x-ncp-apigw-api-key-id'] === naver.clientId &&
      headers['x-ncp-apigw-api-key'] === naver.clientSecret
        ? naverRefusal(query)
        : NAVER_HUB_FAULTS.keyInvalid,
    naverAnswer,
  );
  serve(
    'portal',
    ({ headers, query }) =>
      headers['x-naver-client-id'] === naver.clientId &&
      headers['x-naver-client-secret'] === naver.clientSecret
        ? naverRefusal(query)
        : NAVER_PORTAL_FAULTS.keyInvalid,
    naverAnswer,
  );

  const url = await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  return Object.assign(standin, {
    urls: { google: url + PATHS.google, hub: url + PATHS.hub, portal: url + PATHS.portal },
    close: () => closed(app),
  });
}

async function closed(app: FastifyInstance): Promise<void> {
  await app.close();
}

function misbehave(how: SearchMisbehaviour, reply: FastifyReply): FastifyReply | object {
  if (how === 'silent') return reply.hijack();
  if (how === 'html') return reply.type('text/html; charset=utf-8').send('<h1>점검 중입니다.</h1>');
  if (how === 'nonsense') return reply.type('application/json').send('{"items": [');
  if (how === 'redirect') return reply.redirect('https://elsewhere.example/');
  if (how === 'reset') {
    reply.raw.socket?.resetAndDestroy();
    return reply.hijack();
  }
  if ('bytes' in how) return reply.send({ items: [], padding: 'x'.repeat(how.bytes) });
  if ('json' in how) return reply.type('application/json').send(JSON.stringify(how.json));
  return reply
    .code(how.status)
    .headers(how.headers ?? {})
    .send(how.body);
}

function foundBy(query: string, documents: SearchedDocument[]): SearchedDocument[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return documents.filter(({ title, snippet }) =>
    words.some((word) => `${title} ${snippet}`.toLowerCase().includes(word)),
  );
}

function googleAnswer(found: SearchedDocument[], query: string) {
  const totalResults = String(found.length);
  return {
    kind: 'customsearch#search',
    queries: {
      request: [{ title: 'Google Custom Search', totalResults, searchTerms: query, count: found.length }],
    },
    searchInformation: {
      searchTime: 0.2,
      formattedSearchTime: '0.20',
      totalResults,
      formattedTotalResults: totalResults,
    },
    ...(found.length > 0 && {
      items: found.map(({ title, link, snippet }) => ({
        kind: 'customsearch#result',
        title,
        htmlTitle: escaped(title),
        link,
        displayLink: URL.canParse(link) ? new URL(link).hostname : '',
        snippet,
        htmlSnippet: escaped(snippet),
      })),
    }),
  };
}

function naverRefusal({
  query,
  display = '10',
  sort = 'sim',
}: Record<string, string>): SearchFault | undefined {
  if (!query) return NAVER_PORTAL_FAULTS.badQuery;
  if (!(Number(display) >= 1 && Number(display) <= 100)) return NAVER_PORTAL_FAULTS.badDisplay;
  return ['sim', 'date'].includes(sort) ? undefined : NAVER_PORTAL_FAULTS.badSort;
}

function naverAnswer(found: SearchedDocument[], query: string, { display = '10' }: Record<string, string>) {
  const words = query.split(/\s+/).filter(Boolean);
  const marked = (text: string) =>
    words.reduce(
      (marking, word) => marking.replaceAll(escaped(word), `<b>${escaped(word)}</b>`),
      escaped(text),
    );
  return {
    lastBuildDate: 'Sun, 29 Nov 2026 22:30:00 +0900',
    total: found.length,
    start: 1,
    display: Math.min(found.length, Number(display)),
    items: found.slice(0, Number(display)).map(({ title, link, snippet }) => ({
      title: marked(title),
      originallink: link,
      link: `https://n.news.naver.com/mnews/article/001/${String(title.length).padStart(10, '0')}?sid=101`,
      description: marked(snippet),
      pubDate: 'Sun, 29 Nov 2026 20:11:00 +0900',
    })),
  };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
