import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A publisher whose pages a test decides about; by default every path under /articles is a good article. */
export interface PageServer {
  url: string;
  /** The same pages under another domain, of another publisher. */
  otherUrl: string;
  /** A page that no other test has asked for. */
  articleUrl(name: string): string;
  /** Paths that were asked for, robots.txt excepted. */
  visits: string[];
  /** Answers a path in another way; returns its address. */
  answer(path: string, handler: PageHandler): string;
  close(): Promise<void>;
}

/** Starts on a free port of 127.0.0.1. */
export async function startPageServer(): Promise<PageServer> {
  const handlers = new Map<string, PageHandler>();
  const visits: string[] = [];
  let url = '';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, url);
    const handler = handlers.get(pathname);
    if (pathname === '/robots.txt')
      return handler ? handler(request, response) : void response.writeHead(404).end();
    visits.push(pathname);
    if (handler) return handler(request, response);
    const canonicalUrl = `http://${request.headers.host}${pathname}`;
    sendArticle(response, { name: pathname.slice('/articles/'.length), canonicalUrl });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    otherUrl: url.replace('127.0.0.1', 'localhost'),
    visits,
    articleUrl: (name) => `${url}/articles/${name}`,
    answer(path, handler) {
      handlers.set(path, handler);
      return url + path;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An article page of a publisher, about 600 characters of text. */
export function sendArticle(
  response: ServerResponse,
  { name, canonicalUrl, siteName = '시험신문' }: { name: string; canonicalUrl: string; siteName?: string },
): void {
  const title = `한국은행이 기준금리를 연 2.50%로 유지했다 (${name})`;
  const paragraphs = [
    '한국은행 금융통화위원회는 14일 기준금리를 연 2.50%로 유지하기로 결정했다. 물가가 안정되는 흐름을 보였지만 가계부채가 다시 늘고 있어 서둘러 내릴 이유가 없다고 봤다.',
    '시장에서는 하반기에 한 차례 인하가 있을 것이라는 전망이 우세하다. 다만 환율이 달러당 1,400원에 가까워지면서 인하 시점이 미뤄질 수 있다는 의견도 나온다.',
    '금리가 그대로 유지되면 변동금리로 돈을 빌린 사람들의 이자 부담은 당분간 줄어들지 않는다. 은행권 관계자는 대출을 갈아탈 때 중도상환수수료를 먼저 따져 보라고 조언했다.',
    '정부는 가계부채 관리를 위해 총부채원리금상환비율 규제를 단계적으로 강화할 계획이다. 전문가들은 소득에 견줘 빚이 많은 가구가 먼저 영향을 받을 것이라고 내다봤다.',
  ];
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="ko"><head><title>${title}</title>
<link rel="canonical" href="${canonicalUrl}">
<meta property="og:type" content="article"><meta property="og:title" content="${title}">
<meta property="og:url" content="${canonicalUrl}"><meta property="og:site_name" content="${siteName}">
<meta property="article:published_time" content="2026-05-14T09:30:00+09:00"></head>
<body><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></body></html>`);
}
