import { footer, menu, ranking, share } from '../furniture';
import { jsonLd, p, type Shape } from '../shape';
import { HOUSING, PRICES, RATE } from '../stories';

const TOWN = 'https://www.town.example/news/';
const head = (title: string, more = ''): string =>
  `<head><meta charset="utf-8"><title>${title} - 고을신문</title><meta property="og:title" content="${title}"><meta property="og:type" content="article"><meta property="og:site_name" content="고을신문"><meta property="article:published_time" content="2026-11-20T09:30:00+09:00">${more}</head>`;
const page = (title: string, body: string, more = ''): string =>
  `<!doctype html><html>${head(title, more)}<body>${menu()}${body}<footer>${footer('고을신문')}</footer></body></html>`;
const PUBLISHED = '2026-11-20T00:30:00Z';
const NEXT = '다음 소식입니다';
const BULLETS = [
  '▶반도체 매출 7조원',
  '▷수출 7조원',
  '▶(이어서) 정부 대책',
  '※ 신청 기간 12월 1~15일',
  '☞ 신청: 정부24 누리집',
];

/** What a reader with pages of his own found read wrongly. */
export const THIRD_ROUND: readonly Shape[] = [
  {
    name: 'endless page of articles without named bodies',
    url: `${TOWN}1`,
    page: page(RATE.title, `<article><h1>${RATE.title}</h1>${p(RATE.paragraphs)}</article><article><h2>${NEXT}</h2>${p([...HOUSING.paragraphs, ...PRICES.paragraphs])}</article>`),
    article: { title: RATE.title, body: RATE.paragraphs, publishedAt: PUBLISHED, picture: null },
    furniture: [NEXT],
  },
  {
    name: 'endless page of boxes of one name',
    url: `${TOWN}2`,
    page: page(PRICES.title, `<div class="art" data-url="2"><h1>${PRICES.title}</h1>${share()}${p(PRICES.paragraphs)}</div><div class="art" data-url="3"><h1>${NEXT}</h1>${share()}${p(HOUSING.paragraphs)}</div>${ranking()}`),
    article: { title: PRICES.title, body: PRICES.paragraphs, publishedAt: PUBLISHED, picture: null },
    furniture: [NEXT],
  },
  {
    name: 'bullets of every mark between paragraphs, pointers behind them',
    url: `${TOWN}5`,
    page: page(RATE.title, `<article><h1>${RATE.title}</h1>${p([...RATE.paragraphs.slice(0, 2), ...BULLETS, ...RATE.paragraphs.slice(2)])}<p>▶ 관세 협상 막판 줄다리기</p><p>▶ <a href="/9">고을신문 구독하기</a></p></article>`),
    article: { title: RATE.title, body: [...RATE.paragraphs.slice(0, 2), ...BULLETS, ...RATE.paragraphs.slice(2)], publishedAt: PUBLISHED, picture: null },
    furniture: ['막판 줄다리기', '고을신문 구독하기'],
  },
  {
    name: 'flash of one sentence in unnamed boxes',
    url: `${TOWN}6`,
    page: page(RATE.title, `<div id="newsView"><div class="story">${p(RATE.paragraphs.slice(0, 1))}</div></div>`, jsonLd({ '@type': 'NewsArticle', headline: RATE.title, datePublished: '2026-11-20T09:30:00+09:00' })),
    article: { title: RATE.title, body: RATE.paragraphs.slice(0, 1), publishedAt: PUBLISHED, picture: null },
  },
  {
    name: 'captions with credits, a summary and a player before the text; a section behind the name of the site',
    url: `${TOWN}7`,
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PRICES.title} – 고을신문 – 경제</title><meta property="og:site_name" content="고을신문"><meta property="article:published_time" content="2026-11-20T09:30:00+09:00"></head><body>${menu()}<div class="v"><div class="ai-summary"><h4>AI 요약</h4><ul><li>채소값이 내렸다고 한다</li></ul></div><center><img src="https://img.town.example/7.jpg"><br>시장 전경. (사진=고을시장)</center><p>상인이 배추를 나르고 있다. /사진=공동취재단</p>${p(PRICES.paragraphs)}<div class="audio">기사를 읽어드립니다 Your browser does not support the audio element.</div></div><footer>${footer('고을신문')}</footer></body></html>`,
    article: { title: PRICES.title, body: PRICES.paragraphs, publishedAt: PUBLISHED, picture: 'https://img.town.example/7.jpg' },
    furniture: ['AI 요약', '채소값이 내렸다고 한다', '시장 전경', '나르고 있다', 'Your browser'],
  },
  {
    name: 'first of two pages',
    url: `${TOWN}3`,
    page: page(HOUSING.title, `<article><h1>${HOUSING.title}</h1>${p(HOUSING.paragraphs)}<div class="paging"><b>1</b><a href="${TOWN}3?page=2">2</a></div></article>`, `<link rel="next" href="${TOWN}3?page=2">`),
    article: null,
  },
  {
    name: 'open paragraphs before a wall',
    url: `${TOWN}4`,
    page: page(HOUSING.title, `<article><h1>${HOUSING.title}</h1>${p(HOUSING.paragraphs.slice(0, 2))}<div class="wall">이 기사는 유료 회원 전용입니다. 로그인 후 계속 읽으세요.</div></article>`, jsonLd({ '@type': 'NewsArticle', headline: HOUSING.title, isAccessibleForFree: false })),
    article: null,
  },
]; // prettier-ignore
