import { escapeUTF8 as escapeHtml } from 'entities';
import { articlePath, type NewsroomArticle, type PageShape, SECTIONS } from './newsroom-articles';

/** The name a page gives its publisher; these are exercises, not articles of the real newspapers. */
export const SITE_NAMES: Record<PageShape, string> = {
  mk: '연습신문 매경판',
  hankyung: '연습신문 한경판',
  sedaily: '연습신문 서경판',
};

interface PageParts {
  article: NewsroomArticle;
  /** Local date and time, with or without a zone. */
  published: string;
  origin: string;
  related: readonly NewsroomArticle[];
}

/** An article page with the structure of its publisher and the clutter that surrounds articles. */
export function renderArticle(parts: PageParts): string {
  return SHAPES[parts.article.shape](parts);
}

const SHAPES: Record<PageShape, (parts: PageParts) => string> = {
  /** Body in div.news_cnt_detail_wrap, title in h2.news_ttl. */
  mk: (parts) => {
    const { article, origin, published } = parts;
    const [lead, ...rest] = article.paragraphs.map(
      (text) => `<p refid="${article.slug}">${escapeHtml(text)}</p>`,
    );
    return page(
      parts,
      `<meta charset="utf-8">
${openGraph(parts, origin + imagePath(article))}
<meta property="article:published_time" content="${escapeHtml(published)}">`,
      `<section class="news_detail_head_group">
<h2 class="news_ttl">${escapeHtml(article.title)}</h2>
<dl class="registration"><dt>입력 :</dt><dd>${escapeHtml(published.slice(0, 16).replace('T', ' '))}</dd></dl>
<ul class="sns_list"><li><button>공유</button></li><li><button>글자 크기</button></li><li><button>인쇄</button></li></ul>
</section>
<div class="news_cnt_detail_wrap" itemprop="articleBody">
<div class="thumb_area img"><figure><img src="${imagePath(article)}" alt=""><figcaption>자료 그림 = 연습신문</figcaption></figure></div>
${lead}
<div class="ad_wrap" id="ad_middle"><script>adSlots.push('middle</div>');</script><a href="/ads/1">[광고] 지금 가입하면 우대금리까지</a></div>
${rest.join('\n')}
${reporterLine()}
</div>
${copyright('mk')}`,
    );
  },

  /** Body in div.article-body as text and line breaks, title in h1.headline, relative image. */
  hankyung: (parts) => {
    const { article, published } = parts;
    const [lead, ...rest] = article.paragraphs.map((text) => escapeHtml(text));
    return page(
      parts,
      `${openGraph(parts, imagePath(article))}
<meta property="article:published" content="${escapeHtml(published)}">`,
      `<article class="article">
<h1 class="headline">${escapeHtml(article.title)}</h1>
<div class="article-timestamp"><span class="item">입력<span class="txt-date">${escapeHtml(published.slice(0, 16).replace('T', ' '))}</span></span></div>
<div class="article-body" id="articletxt" itemprop="articleBody">
<figure class="article-figure"><img src="${imagePath(article)}" alt=""><figcaption>자료 그림 = 연습신문</figcaption></figure>
${lead}<br><br>
<div class="ad-area-wrap"><a href="/ads/2">[광고] 오늘만 무료로 받아 보는 종목 진단</a></div>
${rest.join('<br><br>\n')}<br><br>
${reporterLine()}
</div>
${copyright('hankyung')}
</article>`,
    );
  },

  /** Body in the JSON-LD property articleBody, title in og:title. */
  sedaily: (parts) => {
    const { article, origin, published } = parts;
    const jsonLd = {
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      mainEntityOfPage: { '@type': 'WebPage', '@id': origin + articlePath(article) },
      headline: article.title,
      articleSection: SECTIONS[article.category],
      image: [origin + imagePath(article)],
      datePublished: published,
      author: { '@type': 'Person', name: '김연습' },
      publisher: { '@type': 'NewsMediaOrganization', name: SITE_NAMES.sedaily },
      articleBody: article.paragraphs.join('\n\n'),
    };
    return page(
      parts,
      `<meta charset="utf-8">
${openGraph(parts, origin + imagePath(article))}
<meta property="article:published_time" content="${escapeHtml(published)}">
<script type="application/ld+json">${JSON.stringify(jsonLd).replaceAll('<', '\\u003c')}</script>`,
      `<div class="sub_view">
<div class="article_head"><p class="art_tit">${escapeHtml(article.title)}</p><div class="article_info"><span>입력 ${escapeHtml(published.slice(0, 16).replace('T', ' '))}</span></div></div>
<div class="article_view">${article.paragraphs.map((text) => `${escapeHtml(text)}<br><br>`).join('\n')}
<div class="art_rel"><strong>이 기자의 다른 기사</strong></div>
${reporterLine()}
</div>
${copyright('sedaily')}
</div>`,
    );
  },
};

/** Where the drawing of an article is served; no `.svg`, because crawlers take such names for ornaments. */
export function imagePath({ slug }: NewsroomArticle): string {
  return `/images/${slug}`;
}

function openGraph({ article, origin }: PageParts, image: string): string {
  const description = article.paragraphs[0]?.slice(0, 90) ?? '';
  const properties = {
    'og:type': 'article',
    'og:title': article.title,
    'og:description': description,
    'og:url': origin + articlePath(article),
    'og:image': image,
    'og:site_name': SITE_NAMES[article.shape],
  };
  return Object.entries(properties)
    .map(([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">`)
    .join('\n');
}

function reporterLine(): string {
  return '<p class="reporter"><span>김연습 기자</span> <a href="mailto:reporter@newsroom.example">reporter@newsroom.example</a></p>';
}

function copyright(shape: PageShape): string {
  return `<p class="copyright">ⓒ ${SITE_NAMES[shape]}, 무단 전재 및 재배포 금지</p>`;
}

function page({ article, related }: PageParts, head: string, main: string): string {
  const menu = Object.values(SECTIONS).map((name) => `<li><a href="/">${name}</a></li>`);
  const links = related.map(
    (other) => `<li><a href="${articlePath(other)}">${escapeHtml(other.title)}</a></li>`,
  );
  return `<!doctype html>
<html lang="ko">
<head>
<title>${escapeHtml(article.title)} - ${SITE_NAMES[article.shape]}</title>
${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>var adSlots = []; window.dataLayer = [{ event: 'pageview', section: '${article.category}' }];</script>
<style>body { max-width: 760px; margin: 0 auto; padding: 16px; font: 17px/1.7 sans-serif } nav ul { display: flex; gap: 16px; padding: 0; list-style: none } img { max-width: 100% } figure, dd { margin: 0 } .sns_list { display: flex; gap: 8px; padding: 0; list-style: none } .ad_wrap, .ad-area-wrap, aside { background: #f3f3f3; padding: 8px }</style>
</head>
<body>
<header><a href="/">${SITE_NAMES[article.shape]}</a><nav><ul>${menu.join('')}</ul></nav><form action="/" role="search"><input name="q" placeholder="검색어를 입력하세요"></form></header>
<main>
${main}
</main>
<aside class="related"><h3>많이 본 뉴스</h3><ol>${links.join('')}</ol></aside>
<aside class="newsletter"><p>매일 아침 주요 뉴스를 메일로 받아 보세요. <a href="/">구독하기</a></p></aside>
<footer><p>연습신문 | 등록번호 연습 00000 | 발행인 김연습 | 대표전화 02-000-0000</p></footer>
</body>
</html>
`;
}
