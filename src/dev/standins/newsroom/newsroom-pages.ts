import { escapeUTF8 as escapeHtml } from 'entities';
import { articlePath, type NewsroomArticle, SECTIONS } from './newsroom-articles';
import { SITE_NAMES } from './newsroom-shapes';

/** The front page: every article with the address to copy into `requestArticle`. */
export function renderIndex(articles: readonly NewsroomArticle[], origin: string): string {
  const items = articles.map((article) => {
    const address = escapeHtml(origin + articlePath(article));
    return `<li><a href="${address}">${escapeHtml(article.title)}</a>
<small>${SITE_NAMES[article.shape]} · ${SECTIONS[article.category]}</small><code>${address}</code></li>`;
  });
  return `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>연습신문</title>
<style>body { max-width: 760px; margin: 0 auto; padding: 24px 16px; font: 16px/1.6 sans-serif; color: #1e1e1e }
li { margin-bottom: 16px } a { font-weight: 600 } small, code { display: block; color: #666 } code { user-select: all }</style></head>
<body>
<h1>연습신문</h1>
<p>개발과 시험에 쓰는 지어낸 경제 기사입니다. 주소를 눌러 복사한 뒤 <code>requestArticle</code>에 넣어 보세요.</p>
<p>RSS: <a href="/rss.xml">전체</a> · <a href="/rss/mk.xml">매경판</a> · <a href="/rss/hankyung.xml">한경판</a></p>
<ul>
${items.join('\n')}
</ul>
</body>
</html>
`;
}

/** A page that answers well and has no article in it. */
export function renderEmptyPage(): string {
  return `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>연습신문</title></head>
<body><header><nav><ul><li><a href="/">처음으로</a></li></ul></nav></header><main></main><footer><p>연습신문</p></footer></body>
</html>
`;
}

/** A bar drawing of an article's own: heights and colour follow from the slug. */
export function renderImage(slug: string): string {
  const codes = [...slug].map((character) => character.charCodeAt(0));
  const hue = codes.reduce((sum, code) => (sum * 31 + code) % 360, 7);
  const bars = codes.slice(0, 12).map((code, index) => {
    const height = 60 + ((code * 37) % 260);
    return `<rect x="${60 + index * 58}" y="${380 - height}" width="40" height="${height}" rx="6" fill="hsl(${hue} 55% ${38 + ((code * 7) % 25)}%)"/>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="420" viewBox="0 0 800 420">` +
    `<rect width="800" height="420" fill="hsl(${hue} 40% 94%)"/>${bars.join('')}</svg>`
  );
}
