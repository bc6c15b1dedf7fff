import { escapeUTF8 as escapeHtml } from 'entities';
import { DateTime } from 'luxon';
import { articlePath, type NewsroomArticle, SECTIONS } from './newsroom-articles';

/** RSS 2.0 with absolute links and RFC 822 dates in Korean time. */
export function renderFeed(
  articles: readonly NewsroomArticle[],
  feed: { title: string; origin: string; path: string },
): string {
  const items = articles.map((article) => {
    const link = escapeHtml(feed.origin + articlePath(article));
    return `    <item>
      <title>${escapeHtml(article.title)}</title>
      <link>${link}</link>
      <guid isPermaLink="true">${link}</guid>
      <description>${escapeHtml(article.paragraphs[0] ?? '')}</description>
      <category>${escapeHtml(SECTIONS[article.category])}</category>
      <pubDate>${rfc822(article.publishedAt)}</pubDate>
    </item>`;
  });
  const newest = articles[0];
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escapeHtml(feed.title)}</title>
    <link>${escapeHtml(feed.origin)}/</link>
    <atom:link href="${escapeHtml(feed.origin + feed.path)}" rel="self" type="application/rss+xml"/>
    <description>경단 개발과 시험에 쓰는 연습용 기사입니다.</description>
    <language>ko</language>${newest ? `\n    <lastBuildDate>${rfc822(newest.publishedAt)}</lastBuildDate>` : ''}
${items.join('\n')}
  </channel>
</rss>
`;
}

function rfc822(timestamp: string): string {
  return DateTime.fromISO(timestamp, { zone: 'Asia/Seoul' }).toRFC2822() ?? '';
}
