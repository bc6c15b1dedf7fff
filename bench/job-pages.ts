import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface JobPages {
  url: string;
  close(): Promise<void>;
}

/** Told of each page before it is answered: its number and the User-Agent that asks. False leaves the request unanswered. */
export type Visit = (page: number, userAgent: string) => boolean;

/** A newspaper of which `/<number>` is an article with figures of its own; on a free port of 127.0.0.1. */
export async function startJobPages(visit: Visit): Promise<JobPages> {
  const server = createServer((request, response) => {
    const page = Number(/^\/(\d+)$/.exec(request.url!)?.[1] ?? NaN);
    if (Number.isNaN(page)) return void response.writeHead(404).end();
    if (!visit(page, request.headers['user-agent']!)) return;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(articlePage(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function articlePage(page: number): string {
  const [rate, exports, share] = [(page % 400) / 100 + 1, 100 + page, (page % 90) + 5];
  const title = `수출 ${exports}억 달러로 늘고 금리 ${rate.toFixed(2)}% 유지 (${page})`;
  const paragraphs = [
    `산업통상자원부는 지난달 수출이 ${exports}억 달러로 1년 전보다 ${(share / 10).toFixed(1)}% 늘었다고 1일 밝혔다. 반도체와 자동차가 증가세를 이끌었다.`,
    `한국은행 금융통화위원회는 기준금리를 연 ${rate.toFixed(2)}%로 유지하기로 결정했다. 물가가 안정되는 흐름을 보였지만 가계부채가 다시 늘고 있어 서둘러 내릴 이유가 없다고 봤다.`,
    `시장 참가자 가운데 ${share}%는 하반기에 한 차례 인하가 있을 것으로 내다봤다. 다만 환율이 오르면서 인하 시점이 미뤄질 수 있다는 의견도 나온다.`,
  ];
  return `<!doctype html><html lang="ko"><head><title>${title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="${title}"><meta property="og:site_name" content="시험신문">
<meta property="article:published_time" content="2026-05-14T09:30:00+09:00"></head>
<body><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</article></body></html>`;
}
