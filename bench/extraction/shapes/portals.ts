import { cards, comments, footer, menu, newsletter, ranking, share } from '../furniture';
import { br, jsonLd, p, type Shape } from '../shape';
import { ENERGY, ENGLISH, HOUSING, LABOUR, PRICES, RATE, SHIPPING, STARTUP, TAX } from '../stories';

/** Portals, blogs and editions that carry somebody's articles in their own frame. */
export const PORTALS: readonly Shape[] = [
  {
    name: 'portal: text and line breaks in one article element, lazy pictures with captions',
    url: 'https://n.news.nuri.example/mnews/article/001/0015000001?sid=101',
    page: `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>${HOUSING.title}</title><meta property="og:title" content="${HOUSING.title}"><meta property="og:type" content="article"><meta property="og:article:author" content="가나통신 | 누리"><meta property="og:site_name" content="누리뉴스"><meta property="og:image" content="https://imgnews.nuri.example/image/001/2026/11/18/0015000001_001.jpg?type=w800"></head>
<body><div id="ct_wrap" class="ct_scroll_wrapper"><header>${menu()}</header><div class="newsct_wrapper _GRID_TEMPLATE_COLUMN"><div id="ct" class="ct_wrapper"><div class="media_end_head go_trans"><h2 id="title_area" class="media_end_head_headline"><span>${HOUSING.title}</span></h2>
<div class="media_end_head_info"><div class="media_end_head_info_datestamp"><div class="media_end_head_info_datestamp_bunch">입력<span class="media_end_head_info_datestamp_time _ARTICLE_DATE_TIME" data-date-time="2026-11-18 09:30:11">2026.11.18. 오전 9:30</span></div></div><em class="media_end_head_journalist_name">배한결 기자</em></div>
<div class="media_end_head_share">${share()}</div></div>
<div id="contents" class="newsct_body"><div id="newsct_article" class="newsct_article _article_body"><article id="dic_area" class="go_trans _article_content"><strong class="media_end_summary">신규 입주 30% 줄고<br>갱신 계약 늘어</strong><br><br><span class="end_photo_org"><div class="nbd_im_w"><div class="nbd_a"><img id="img1" class="_LAZY_LOADING" data-src="https://imgnews.nuri.example/image/001/2026/11/18/0015000001_001.jpg?type=w800"></div></div><em class="img_desc">중개업소 유리창이 비어 있다 [가나통신 자료사진]</em></span>(서울=가나통신) 배한결 기자 = ${br(HOUSING.paragraphs)}<br><br>gyeol@gana-wire.example</article></div>
<div class="byline"><p class="byline_p"><span class="byline_s">배한결 기자 (gyeol@gana-wire.example)</span></p></div><div class="copyright"><p class="c_text">Copyright ⓒ 가나통신. All rights reserved. 무단 전재 및 재배포, AI학습 및 활용 금지</p></div>
<div class="media_end_linked_more"><a href="/x">가나통신 언론사 홈에서 구독하기</a></div><p class="guide">이 기사는 언론사에서 경제 섹션으로 분류했습니다.</p></div>
<div class="u_cbox"><ul>${comments(20)}</ul></div>${cards()}</div><aside>${ranking()}</aside></div></div><footer>${footer('누리')}</footer></body></html>`,
    article: {
      title: HOUSING.title,
      body: HOUSING.paragraphs,
      optional: ['신규 입주 30% 줄고', '갱신 계약 늘어'],
      publishedAt: '2026-11-18T00:30:11Z',
      picture: 'https://imgnews.nuri.example/image/001/2026/11/18/0015000001_001.jpg?type=w800',
    },
    furniture: ['배한결', '유리창이', '섹션으로 분류', '무단 전재', '구독하기'],
  },
  {
    name: 'portal: paragraphs with types of their own, time in a bare meta',
    url: 'https://v.madang.example/v/20261119153012345',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${LABOUR.title}</title><meta property="og:title" content="${LABOUR.title}"><meta property="og:regDate" content="20261119153012"><meta property="og:type" content="article"><meta property="og:image" content="https://img.madang.example/thumb/s1200x630/?fname=https://t.madang.example/news/1.jpg"></head>
<body><div id="kakaoHead">${menu()}</div><main class="doc-main"><section class="inner-main"><div class="head_view"><h3 class="tit_view" data-translation="true">${LABOUR.title}</h3><div class="info_view"><span class="txt_info">임소리</span><span class="txt_info">입력 <span class="num_date">2026. 11. 19. 15:30</span></span></div></div>
<div class="news_view fs_type1"><strong class="summary_view" data-translation="true">밀린 돈 31억원<br>2주 안에 안 주면 검찰로</strong><div class="article_view" data-translation-body="true"><section dmcf-sid="s1">
<figure dmcf-pid="p1" dmcf-ptype="figure"><p class="link_figure"><img dmcf-mid="m1" data-org-src="https://t.madang.example/news/1.jpg" src="https://img.madang.example/thumb/R658x0.q70/?fname=https://t.madang.example/news/1.jpg"></p><figcaption class="txt_caption default_figure">밤에도 불을 밝힌 편의점. 사아신문 자료</figcaption></figure>
${LABOUR.paragraphs.map((text, n) => `<p dmcf-pid="q${n}" dmcf-ptype="general">${text}</p>`).join('\n')}
<p dmcf-pid="z" dmcf-ptype="general">임소리 기자 sori@saah.example</p></section></div></div>
<p class="txt_copyright">Copyright © 사아신문. 무단전재 및 재배포 금지.</p><div class="foot_view">${share()}</div></section><div class="box_etc">${ranking()}${cards()}</div></main><footer>${footer('마당')}</footer></body></html>`,
    article: {
      title: LABOUR.title,
      body: LABOUR.paragraphs,
      optional: ['밀린 돈 31억원', '2주 안에 안 주면 검찰로'],
      publishedAt: '2026-11-19T06:30:12Z',
      picture: 'https://img.madang.example/thumb/s1200x630/?fname=https://t.madang.example/news/1.jpg',
    },
    furniture: ['임소리', '밤에도 불을', '무단전재'],
  },
  {
    name: 'portal: headline with section and site behind colons, empty comments in the text',
    url: 'https://news.neit.example/view/20261117n00001',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${RATE.title} : 경제 : 네잇 뉴스</title><meta property="og:title" content="${RATE.title} : 경제 : 네잇 뉴스"><meta property="og:site_name" content="네잇 뉴스"><meta property="og:type" content="article"><meta property="og:image" content="https://thumb.neit.example/17n00001.jpg"></head>
<body><!--><div id="neitGnb">${menu()}</div><div id="articleView"><h1 class="articleSubecjt">${RATE.title}</h1><p class="articleInfo"><a class="medium">다라뉴스</a> 원문 <em>기사전송 2026-11-17 11:02</em></p>
<div id="articleContetns" class="neitfont"><div id="realArtcContents"><!-- 기사 시작 --><span class="sub_tit">인하 주장 두 명으로</span><br/><br/>${br(RATE.paragraphs)}<!--><br/><br/>&lt;다라뉴스 하윤슬 기자&gt; <!-- 기사 끝 --></div></div>
<div id="articleSns">${share('a')}</div><div class="copy">&lt;저작권자 © 다라뉴스, 무단전재 및 재배포금지&gt;</div></div><div id="rank">${ranking()}</div><div id="cmt"><ul>${comments(10)}</ul></div><div id="neitFooter">${footer('네잇')}</div></body></html>`,
    article: {
      title: RATE.title,
      body: RATE.paragraphs,
      optional: ['인하 주장 두 명으로'],
      publishedAt: '2026-11-17T02:02:00Z',
      picture: 'https://thumb.neit.example/17n00001.jpg',
    },
    furniture: ['하윤슬', '저작권자', '기사전송'],
  },
  {
    name: 'blog platform: entry content, sharing buttons, related posts, author box',
    url: 'https://blog.ssal.example/2026/11/robots/',
    page: `<!doctype html><html lang="ko-KR"><head><meta charset="UTF-8"><title>${STARTUP.title} – 쌀알의 경제 노트</title><meta property="og:type" content="article"><meta property="og:site_name" content="쌀알의 경제 노트"><meta property="article:published_time" content="2026-11-08T22:10:05+00:00"><meta property="og:image" content="https://blog.ssal.example/wp-content/uploads/2026/11/robot.webp"></head>
<body class="post-template-default single single-post"><div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/">쌀알의 경제 노트</a></p>${menu()}</header>
<main id="main" class="site-main"><article id="post-77" class="post-77 post type-post status-publish format-standard hentry category-eco"><header class="entry-header"><h1 class="entry-title">${STARTUP.title}</h1><div class="entry-meta"><time class="entry-date published" datetime="2026-11-08T22:10:05+00:00">2026년 11월 9일</time></div></header>
<div class="entry-content">${p(STARTUP.paragraphs.slice(0, 4))}<figure class="wp-block-image size-large"><img loading="lazy" src="https://blog.ssal.example/wp-content/uploads/2026/11/arm.webp" alt=""/><figcaption class="wp-element-caption">반죽을 옮기는 로봇 팔의 손목</figcaption></figure>${p(STARTUP.paragraphs.slice(4))}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">공유하기:</h3><ul><li><a href="?share=x">X</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3>관련</h3><p>빵값이 오르는 까닭</p></div></div>
<footer class="entry-footer"><span class="cat-links">경제</span></footer></article><div id="comments" class="comments-area"><ol class="comment-list">${comments(8)}</ol></div></main>
<aside id="secondary" class="widget-area">${newsletter()}${ranking('많이 본 뉴스', 5)}</aside><footer class="site-footer">${footer('쌀알')}</footer></div></body></html>`,
    article: {
      title: STARTUP.title,
      body: STARTUP.paragraphs,
      publishedAt: '2026-11-08T22:10:05Z',
      picture: 'https://blog.ssal.example/wp-content/uploads/2026/11/robot.webp',
    },
    furniture: ['로봇 팔의 손목', '공유하기:', '빵값이 오르는'],
  },
  {
    name: 'publishing platform: every paragraph in divisions without words for names',
    url: 'https://brun.example/@note/41',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PRICES.title}</title><meta property="og:type" content="article"><meta property="og:title" content="${PRICES.title}"><meta property="og:image" content="//img.brun.example/u/41.jpg"><meta property="og:article:published_time" content="2026-11-07T21:00:00+09:00"></head>
<body><div class="sc-1x"><div class="sc-2a">${menu()}</div><div class="sc-9k"><div class="sc-3f"><h1 class="sc-7t">${PRICES.title}</h1><div class="sc-7u">Nov 07. 2026</div></div>
<div class="sc-5m">${PRICES.paragraphs.map((text) => `<div class="sc-5n"><span class="sc-5o">${text}</span></div>`).join('')}</div></div><div class="sc-8q">${cards()}</div><div class="sc-8z">${footer('브런')}</div></div></body></html>`,
    article: {
      title: PRICES.title,
      body: PRICES.paragraphs,
      publishedAt: '2026-11-07T12:00:00Z',
      picture: 'https://img.brun.example/u/41.jpg',
    },
  },
  {
    name: 'mobile accelerated page: amp-img, amp-ad',
    url: 'https://amp.haneulnews.example/news/20261106/55',
    page: `<!doctype html><html ⚡ lang="ko"><head><meta charset="utf-8"><title>${ENERGY.title} ｜ 하늘뉴스</title><link rel="canonical" href="https://www.haneulnews.example/news/20261106/55">
${jsonLd({ '@context': 'http://schema.org', '@type': 'NewsArticle', headline: ENERGY.title, datePublished: '2026-11-06T9:05:00+09:00', publisher: { '@type': 'Organization', name: '하늘뉴스' } })}</head>
<body><header>${menu()}</header><article><h1>${ENERGY.title}</h1><amp-img src="https://img.haneulnews.example/amp/55.jpg" width="1200" height="800" layout="responsive"></amp-img><div class="art_body">${p(ENERGY.paragraphs.slice(0, 3))}<amp-ad width="300" height="250" type="adsense"><div placeholder>광고</div></amp-ad>${p(ENERGY.paragraphs.slice(3))}</div></article>
<amp-list>${cards()}</amp-list><footer>${footer('하늘뉴스')}</footer></body></html>`,
    article: {
      title: ENERGY.title,
      body: ENERGY.paragraphs,
      publishedAt: '2026-11-06T00:05:00Z',
      picture: 'https://img.haneulnews.example/amp/55.jpg',
    },
  },
  {
    name: 'question and answer, each in a definition list',
    url: 'https://www.semoney.example/guide/1771',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${TAX.title} │ 세머니</title><meta property="og:site_name" content="세머니"><meta property="og:type" content="article"><meta property="og:title" content="${TAX.title} │ 세머니"><meta property="og:image" content="https://img.semoney.example/1771.jpg"><meta itemprop="datePublished" content="2026-11-05T08:00:00+09:00"></head>
<body><header>${menu()}</header><h1>${TAX.title}</h1><div class="article_txt" itemprop="articleBody"><p>${TAX.paragraphs[0]}</p><dl>${TAX.paragraphs
      .slice(1, 6)
      .map((text) => {
        const [question, ...answer] = text.split(/(?<=나\.) /u);
        return `<dt>${question}</dt><dd>${answer.join(' ')}</dd>`;
      })
      .join(
        '',
      )}</dl><p>${TAX.paragraphs[6]}</p></div><aside>${ranking()}</aside><footer>${footer('세머니')}</footer></body></html>`,
    article: {
      title: TAX.title,
      body: TAX.paragraphs,
      publishedAt: '2026-11-04T23:00:00Z',
      picture: 'https://img.semoney.example/1771.jpg',
    },
  },
  {
    name: 'English edition: By line, also-read links between paragraphs',
    url: 'https://www.seorabeol-times.example/business/2026-11-04/tech/Small-bakeries/2400001',
    page: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${ENGLISH.title} - The Seorabeol Times</title><meta property="og:site_name" content="The Seorabeol Times"><meta property="og:type" content="article"><meta property="og:title" content="${ENGLISH.title}"><meta property="og:image" content="https://img.seorabeol-times.example/2400001.jpg"><meta property="article:published_time" content="2026-11-04T07:12:00Z"></head>
<body><nav><ul><li><a href="/n">National</a></li><li><a href="/b">Business</a></li><li><a href="/c">Culture</a></li></ul></nav><main><h1>${ENGLISH.title}</h1><div class="view_byline">By Hong Ga-ram</div><p class="date">Published : Nov. 4, 2026 - 16:12:00</p>
<article itemprop="articleBody" class="news_content">${p(ENGLISH.paragraphs.slice(0, 3))}<div class="related-link"><a href="/x">Also read: Why croissants cost more this winter</a></div>${p(ENGLISH.paragraphs.slice(3))}<p class="byline">hgaram@seorabeol-times.example</p></article></main><aside><h3>Most Popular</h3><ol><li><a href="/1">Cold wave to hit the capital tomorrow</a></li></ol></aside><footer>${footer('Seorabeol')}</footer></body></html>`,
    article: {
      title: ENGLISH.title,
      body: ENGLISH.paragraphs,
      publishedAt: '2026-11-04T07:12:00Z',
      picture: 'https://img.seorabeol-times.example/2400001.jpg',
    },
    furniture: ['Hong Ga-ram', 'croissants', 'Cold wave', '@'],
  },
  {
    name: 'endless page: the next article under the first, in boxes of the same names',
    url: 'https://www.kkeut.example/article/100',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${ENERGY.title} | 끝없는뉴스</title><meta property="og:type" content="article"><meta property="og:site_name" content="끝없는뉴스"><meta property="og:title" content="${ENERGY.title}"><meta property="og:image" content="https://img.kkeut.example/100.jpg"><meta property="article:published_time" content="2026-11-19T12:00:00+09:00"></head>
<body><header>${menu()}</header><div class="infinite"><article data-id="100"><h1>${ENERGY.title}</h1><div class="article-body" itemprop="articleBody">${p(ENERGY.paragraphs)}</div></article>
<article data-id="99"><h1>${SHIPPING.title}</h1><div class="article-body" itemprop="articleBody">${p(SHIPPING.paragraphs)}</div></article></div><footer>${footer('끝없는뉴스')}</footer></body></html>`,
    article: {
      title: ENERGY.title,
      body: ENERGY.paragraphs,
      publishedAt: '2026-11-19T03:00:00Z',
      picture: 'https://img.kkeut.example/100.jpg',
    },
    furniture: ['홍해 길이'],
  },
  {
    name: 'JSON-LD written in character references, time in the zone KST',
    url: 'https://www.yeot.example/article/200',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PRICES.title} &gt; 경제 &gt; 옛글뉴스</title><meta property="og:type" content="article"><meta property="og:site_name" content="옛글뉴스"><meta property="og:title" content="${PRICES.title} &gt; 경제 &gt; 옛글뉴스">
${jsonLd({ '@type': 'NewsArticle', headline: PRICES.title, datePublished: 'Mon Nov 16 09:30:00 KST 2026', image: 'https://img.yeot.example/200.jpg' }).replace(/\{.*\}/u, (json) => json.replaceAll('"', '&quot;'))}</head>
<body><header>${menu()}</header><div class="view"><p class="tit">${PRICES.title}</p><div class="cont_area">${br(PRICES.paragraphs)}</div></div><div class="rank">${ranking()}</div><footer>${footer('옛글뉴스')}</footer></body></html>`,
    article: {
      title: PRICES.title,
      body: PRICES.paragraphs,
      publishedAt: '2026-11-16T00:30:00Z',
      picture: 'https://img.yeot.example/200.jpg',
    },
  },
];
