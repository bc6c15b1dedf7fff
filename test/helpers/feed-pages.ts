import type { ServerResponse } from 'node:http';
import type { PageHandler, PageServer } from './page-server';

/** An RSS feed of these addresses, the newest first. */
export function rssOf(links: readonly string[]): string {
  const items = links.map(
    (link, n) =>
      `<item><title>기사 ${n}</title><link>${link.replaceAll('&', '&amp;')}</link><pubDate>${new Date(Date.UTC(2026, 10, 20) - n * 60_000).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>시험신문</title>${items.join('')}</channel></rss>`;
}

/** Answers with a feed that has no validators. */
export function feedOf(...links: string[]): PageHandler {
  return (_request, response) => sendFeed(response, rssOf(links));
}

export function sendFeed(response: ServerResponse, xml: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', ...headers }).end(xml);
}

/** Addresses of articles that no other test has asked for. */
export function articleUrls(pages: PageServer, name: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => pages.articleUrl(`${name}-${n}`));
}
