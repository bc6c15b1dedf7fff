import iconv from 'iconv-lite';
import { cards, footer, menu, ranking } from '../furniture';
import { br, jsonLd, p, type Shape } from '../shape';
import { CHIPS, HOUSING, LABOUR, PENSION } from '../stories';

/** Not in EUC-KR's 2,350 syllables. */
const RARE =
  '가게 이름은 ‘똠방각하’와 ‘펲시뷁’으로, 샾 간판에는 햏자가 크게 적혀 있다. 쫒기듯 문을 연 뒤 석 달 만에 흑자를 냈다.';

const old = (
  title: string,
  body: string,
  head = '',
): string => `<html><head><title>${title}</title>${head}</head>
<body><div id="hd">${menu()}</div><div id="view"><h2>${title}</h2><p class="date">기사입력 2026-11-13 10:20</p><div id="news_content">${body}</div></div><div id="rk">${ranking()}</div><div id="ft">${footer('한글신문')}</div></body></html>`;

/** Bytes that are not declared UTF-8, and UTF-8 with references and comments in odd places. */
export const ENCODINGS: readonly Shape[] = [
  {
    name: 'EUC-KR, said in the page',
    url: 'http://www.hangeul.example/news/1',
    page: iconv.encode(
      old(
        CHIPS.title,
        `<img src="/p/1.jpg">${br(CHIPS.paragraphs)}`,
        '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><meta property="og:type" content="article">',
      ),
      'cp949',
    ),
    contentType: 'text/html',
    article: {
      title: CHIPS.title,
      body: CHIPS.paragraphs,
      publishedAt: '2026-11-13T01:20:00Z',
      picture: 'http://www.hangeul.example/p/1.jpg',
    },
  },
  {
    name: 'CP949 syllables, EUC-KR said in the header',
    url: 'http://www.hangeul.example/news/2',
    page: iconv.encode(old(LABOUR.title, `<img src="/p/2.jpg">${p([RARE, ...LABOUR.paragraphs])}`), 'cp949'),
    contentType: 'text/html; charset=EUC-KR',
    article: {
      title: LABOUR.title,
      body: [RARE, ...LABOUR.paragraphs],
      publishedAt: '2026-11-13T01:20:00Z',
      picture: 'http://www.hangeul.example/p/2.jpg',
    },
  },
  {
    name: 'CP949, said by its old name after a long script',
    url: 'http://www.hangeul.example/news/3',
    page: iconv.encode(
      old(
        HOUSING.title,
        `<img src="/p/3.jpg">${br([RARE, ...HOUSING.paragraphs])}`,
        `<script>${'var a = 1; '.repeat(60)}</script><meta charset="ks_c_5601-1987">`,
      ),
      'cp949',
    ),
    contentType: 'text/html',
    article: {
      title: HOUSING.title,
      body: [RARE, ...HOUSING.paragraphs],
      publishedAt: '2026-11-13T01:20:00Z',
      picture: 'http://www.hangeul.example/p/3.jpg',
    },
  },
  {
    name: 'CP949, said nowhere',
    url: 'http://www.hangeul.example/news/4',
    page: iconv.encode(old(PENSION.title, `<img src="/p/4.jpg">${p(PENSION.paragraphs)}`), 'cp949'),
    article: {
      title: PENSION.title,
      body: PENSION.paragraphs,
      publishedAt: '2026-11-13T01:20:00Z',
      picture: 'http://www.hangeul.example/p/4.jpg',
    },
  },
  {
    name: 'UTF-8 with its mark, EUC-KR said in the page',
    url: 'http://www.hangeul.example/news/5',
    page: Buffer.from(
      `\uFEFF${old(CHIPS.title, `<img src="/p/5.jpg">${br(CHIPS.paragraphs)}`, '<meta charset="euc-kr">')}`,
    ),
    contentType: 'text/html',
    article: {
      title: CHIPS.title,
      body: CHIPS.paragraphs,
      publishedAt: '2026-11-13T01:20:00Z',
      picture: 'http://www.hangeul.example/p/5.jpg',
    },
  },
  {
    name: 'character references in the headline, the text and the type of the JSON-LD',
    url: 'https://www.entity.example/a/1',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>&#8216;전세 절벽&#8217;&hellip;한&middot;일 금리차 &amp; 환율 - 부호일보</title><meta property="og:site_name" content="부호일보"><meta property="og:image" content="https://img.entity.example/1.jpg?a=1&amp;b=2">
${jsonLd({ '@type': 'NewsArticle', headline: '&#8216;전세 절벽&#8217;&hellip;한&middot;일 금리차 &amp; 환율', datePublished: '2026-11-10T07:00:00+09:00' }).replace('ld+json', 'ld&#x2B;json')}</head>
<body><header>${menu()}</header><article><div class="text">${p(HOUSING.paragraphs.map((text) => text.replaceAll('“', '&ldquo;').replaceAll('”', '&rdquo;').replaceAll('~', '&#126;').replaceAll('%', '&percnt;')))}</div></article>${cards()}<footer>${footer('부호일보')}</footer></body></html>`,
    article: {
      title: '‘전세 절벽’…한·일 금리차 & 환율',
      body: HOUSING.paragraphs,
      publishedAt: '2026-11-09T22:00:00Z',
      picture: 'https://img.entity.example/1.jpg?a=1&b=2',
    },
  },
  {
    name: 'broken markup: unclosed paragraphs, stray ends, nested links',
    url: 'https://www.kkaejin.example/a/2',
    page: `<html><head><meta charset=utf-8><title>${LABOUR.title}</title><meta property=og:image content=https://img.kkaejin.example/2.jpg><meta property=og:type content=article></head>
<body></div><div class=top>${menu()}</span></div><h1>${LABOUR.title}</b></h1><span class=date>2026/11/08 21:15</span><div class=articleView><p>${LABOUR.paragraphs[0]}<p>${LABOUR.paragraphs[1]}</br><p><a href=/x><a href=/y>${LABOUR.paragraphs[2]!.slice(0, 6)}</a></a>${LABOUR.paragraphs[2]!.slice(6)}<p><b><i>${LABOUR.paragraphs[3]}</b></i>
<p>${LABOUR.paragraphs.slice(4).join('<p>')}</div><div class=etc>${ranking()}<div class=foot>${footer('깨진신문')}`,
    article: {
      title: LABOUR.title,
      body: LABOUR.paragraphs,
      publishedAt: '2026-11-08T12:15:00Z',
      picture: 'https://img.kkaejin.example/2.jpg',
    },
  },
];
