import { cards, comments, footer, menu, newsletter, ranking } from '../furniture';
import { br, jsonLd, p, type Shape } from '../shape';
import { CHIPS, ENERGY, LABOUR, PRICES, RATE, SHIPPING, STARTUP } from '../stories';

const bodyWords = (n: number): string => (n < 0 ? '' : CHIPS.paragraphs[n % CHIPS.paragraphs.length]!);

/** Pages whose body is in a script, whose picture comes late, and pages of very many elements. */
export const SCRIPTS_AND_SIZES: readonly Shape[] = [
  {
    name: 'JSON-LD holds the body, the page is empty',
    url: 'https://www.app-a.example/news/1',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${RATE.title} - 앱신문</title><meta property="og:type" content="article"><meta property="og:site_name" content="앱신문"><meta property="og:title" content="${RATE.title}">
${jsonLd({
  '@graph': [
    { '@type': 'WebSite', name: '앱신문' },
    {
      '@type': 'NewsArticle',
      headline: RATE.title,
      datePublished: '2026-11-20T11:00:00+09:00',
      image: { '@type': 'ImageObject', url: 'https://img.app-a.example/1.jpg' },
      articleBody: RATE.paragraphs.join('\n\n'),
    },
  ],
})}</head><body><div id="root"></div><noscript>자바스크립트를 켜 주세요.</noscript></body></html>`,
    article: {
      title: RATE.title,
      body: RATE.paragraphs,
      publishedAt: '2026-11-20T02:00:00Z',
      picture: 'https://img.app-a.example/1.jpg',
    },
  },
  {
    name: '__NEXT_DATA__ holds the body as HTML',
    url: 'https://www.app-b.example/articles/2',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${SHIPPING.title} | 넥스트경제</title><meta property="og:type" content="article"><meta property="og:site_name" content="넥스트경제"><meta property="og:title" content="${SHIPPING.title}"><meta property="og:image" content="https://img.app-b.example/2.jpg"><meta property="article:published_time" content="2026-11-19T13:00:00+09:00"></head>
<body><div id="__next"><header>${menu()}</header><div class="spinner">불러오는 중입니다</div></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { menu: ['정치', '경제'], article: { id: 2, title: SHIPPING.title, content: p(SHIPPING.paragraphs), reporter: '남궁솔' }, popular: [{ title: '눈길 사고 잇따라 출근길 지각 속출', lead: '맨날 똑같은 소리만 하네요' }] } }, page: '/articles/[id]' }).replaceAll('<', '\\u003c')}</script></body></html>`,
    article: {
      title: SHIPPING.title,
      body: SHIPPING.paragraphs,
      publishedAt: '2026-11-19T04:00:00Z',
      picture: 'https://img.app-b.example/2.jpg',
    },
    furniture: ['남궁솔', '불러오는 중'],
  },
  {
    name: 'self.__next_f.push holds the body',
    url: 'https://www.app-c.example/n/3',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${ENERGY.title} | 흐름뉴스</title><meta property="og:type" content="article"><meta property="og:site_name" content="흐름뉴스"><meta property="og:title" content="${ENERGY.title}"><meta property="og:image" content="https://img.app-c.example/3.jpg"><meta property="article:published_time" content="2026-11-18T13:00:00+09:00"></head>
<body><div>${menu()}</div><main><h1>${ENERGY.title}</h1><div class="skeleton"></div></main>
<script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,${JSON.stringify(`5:["$","div",null,{"article":{"headline":${JSON.stringify(ENERGY.title)},"body":${JSON.stringify(p(ENERGY.paragraphs.slice(0, 4))).slice(0, -1)}`)}])</script><script>self.__next_f.push([1,${JSON.stringify(`${JSON.stringify(p(ENERGY.paragraphs.slice(4))).slice(1)}}}]\n`)}])</script></body></html>`,
    article: {
      title: ENERGY.title,
      body: ENERGY.paragraphs,
      publishedAt: '2026-11-18T04:00:00Z',
      picture: 'https://img.app-c.example/3.jpg',
    },
  },
  {
    name: 'an assignment to a global holds the body in pieces',
    url: 'https://biz.app-d.example/2026/11/17/ABC/',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${STARTUP.title} - 조각비즈</title><meta property="og:type" content="article"><meta property="og:site_name" content="조각비즈"><meta property="og:title" content="${STARTUP.title}"><meta property="og:image" content="https://img.app-d.example/4.jpg"><meta property="article:published_time" content="2026-11-17T06:00:00Z"></head>
<body><div id="fusion-app"><header>${menu()}</header><h1>${STARTUP.title}</h1></div><script id="fusion-metadata" type="application/javascript">window.Fusion=window.Fusion||{};Fusion.contextPath="/pf";Fusion.globalContent=${JSON.stringify({ _id: 'ABC', type: 'story', display_date: '2026-11-17T06:00:00Z', content_elements: STARTUP.paragraphs.map((content, n) => ({ _id: `E${n}`, type: 'text', content })), headlines: { basic: STARTUP.title } })};Fusion.layout="article";</script><footer>${footer('조각비즈')}</footer></body></html>`,
    article: {
      title: STARTUP.title,
      body: STARTUP.paragraphs,
      publishedAt: '2026-11-17T06:00:00Z',
      picture: 'https://img.app-d.example/4.jpg',
    },
  },
  {
    name: 'JSON-LD: a listing without a body first, a tagline as headline',
    url: 'https://www.twold.example/eco/5',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PRICES.title} - 둘신문</title><meta property="og:type" content="article"><meta property="og:title" content="${PRICES.title}"><meta property="og:site_name" content="둘신문"><meta property="og:image" content="https://img.twold.example/5.jpg">
${jsonLd([
  { '@type': 'NewsArticle', headline: '올바른 눈, 따뜻한 손 둘신문', url: 'https://www.twold.example/' },
  {
    '@type': 'NewsArticle',
    headline: '올바른 눈, 따뜻한 손 둘신문',
    datePublished: '2026-11-16T07:30:00+09:00',
    url: 'https://www.twold.example/eco/5',
  },
])}</head>
<body><header><h1>건강 센터</h1>${menu()}</header><section><h2>${PRICES.title}</h2><div class="newsbody">${p(PRICES.paragraphs)}</div></section>${cards()}<footer>${footer('둘신문')}</footer></body></html>`,
    article: {
      title: PRICES.title,
      body: PRICES.paragraphs,
      publishedAt: '2026-11-15T22:30:00Z',
      picture: 'https://img.twold.example/5.jpg',
    },
  },
  {
    name: 'pictures that come late: sets of sources, no sharing picture',
    url: 'https://www.lazy.example/a/6',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>기사 - 느린신문</title><meta name="og:title" content="${SHIPPING.title}"><meta name="og:type" content="article"></head>
<body><header><h1><a href="/"><img src="/logo.png" alt="느린신문"></a></h1>${menu()}</header><article><h2>${SHIPPING.title}</h2><time>2026년 11월 15일 오후 3시 20분</time><div class="story">
<p>${SHIPPING.paragraphs[0]}</p><div class="pic"><img class="lazyload" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" data-srcset="/img/ship-640.jpg 640w, /img/ship-1280.jpg 1280w"></div>${p(SHIPPING.paragraphs.slice(1))}</div></article><div class="rank">${ranking()}</div><footer>${footer('느린신문')}</footer></body></html>`,
    article: {
      title: SHIPPING.title,
      body: SHIPPING.paragraphs,
      publishedAt: '2026-11-15T06:20:00Z',
      picture: 'https://www.lazy.example/img/ship-1280.jpg',
    },
  },
  {
    name: 'picture within noscript',
    url: 'https://www.lazy.example/a/7',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${ENERGY.title} - 느린신문</title><meta property="og:site_name" content="느린신문"><meta property="og:image" content="https://www.lazy.example/logo.png"></head>
<body><header>${menu()}</header><article><h1>${ENERGY.title}</h1><p class="info">2026-11-14 07:00</p><div class="story"><p>${ENERGY.paragraphs[0]}</p><div class="pic"><img class="lazy" data-lazy="1" src="/blank.gif"><noscript><img src="/img/tower.jpg" width="1200" height="800"></noscript></div>${p(ENERGY.paragraphs.slice(1))}</div></article><footer>${footer('느린신문')}</footer></body></html>`,
    article: {
      title: ENERGY.title,
      body: ENERGY.paragraphs,
      publishedAt: '2026-11-13T22:00:00Z',
      picture: 'https://www.lazy.example/img/tower.jpg',
    },
  },
  {
    name: '9,000 elements: 2,100 readers’ remarks under a short body',
    url: 'https://www.manymany.example/a/8',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${RATE.title} | 많은신문</title><meta property="og:type" content="article"><meta property="og:title" content="${RATE.title}"><meta property="og:image" content="https://img.manymany.example/8.jpg"><meta property="article:published_time" content="2026-11-20T10:30:00+09:00"></head>
<body><header>${menu()}</header><div class="view-wrap"><h1>${RATE.title}</h1><div class="view-text">${br(RATE.paragraphs)}</div></div><div class="reply-wrap"><ul>${comments(2_100)}</ul></div><aside>${ranking()}${newsletter()}</aside><footer>${footer('많은신문')}</footer></body></html>`,
    article: {
      title: RATE.title,
      body: RATE.paragraphs,
      publishedAt: '2026-11-20T01:30:00Z',
      picture: 'https://img.manymany.example/8.jpg',
    },
  },
  {
    name: '9,000 elements in the body: every word in its own',
    url: 'https://www.manymany.example/a/9',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${CHIPS.title} | 많은신문</title><meta property="og:type" content="article"><meta property="og:title" content="${CHIPS.title}"><meta property="og:image" content="https://img.manymany.example/9.jpg"><meta property="article:published_time" content="2026-11-20T10:30:00+09:00"></head>
<body><header>${menu()}</header><div class="view-wrap"><h1>${CHIPS.title}</h1><div class="view-text">${Array.from(
      { length: 320 },
      (_, n) =>
        `<p>${`${n + 1}번째 기록 ${bodyWords(n)}`
          .split(' ')
          .map((word) => `<span>${word}</span>`)
          .join(' ')}<br></p>`,
    ).join('\n')}</div></div><aside>${ranking()}</aside><footer>${footer('많은신문')}</footer></body></html>`,
    article: {
      title: CHIPS.title,
      body: Array.from({ length: 320 }, (_, n) => `${n + 1}번째 기록 ${bodyWords(n)}`),
      publishedAt: '2026-11-20T01:30:00Z',
      picture: 'https://img.manymany.example/9.jpg',
    },
  },
  {
    name: 'column: photograph and words about the author in the body',
    url: 'https://www.opin.example/column/10',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>[윤슬의 눈] ${LABOUR.title} : 의견신문</title><meta property="og:site_name" content="의견신문"><meta property="og:type" content="article"><meta property="og:title" content="[윤슬의 눈] ${LABOUR.title}"><meta property="og:image" content="https://img.opin.example/10.jpg"><meta property="article:published_time" content="2026-11-12 06:00:00"></head>
<body><header>${menu()}</header><h1>[윤슬의 눈] ${LABOUR.title}</h1><section id="article-view"><div class="writer"><img src="/w.jpg" alt=""><span>윤슬 한얼대 교수</span></div>${p(LABOUR.paragraphs)}<p class="outside">※ 외부 필자의 글은 본지의 편집 방향과 다를 수 있습니다.</p></section><aside>${cards()}</aside><footer>${footer('의견신문')}</footer></body></html>`,
    article: {
      title: `[윤슬의 눈] ${LABOUR.title}`,
      body: LABOUR.paragraphs,
      optional: ['윤슬 한얼대 교수'],
      publishedAt: '2026-11-11T21:00:00Z',
      picture: 'https://img.opin.example/10.jpg',
    },
    furniture: ['본지의 편집'],
  },
];
