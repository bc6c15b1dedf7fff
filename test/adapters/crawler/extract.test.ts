import iconv from 'iconv-lite';
import { decodeHtml } from '../../../src/adapters/crawler/decode-html';
import { extractArticle, type CrawledArticle } from '../../../src/adapters/crawler/extract-article';
import { parsePublishedAt } from '../../../src/adapters/crawler/published-date';
import { fixture } from '../../fixtures/pages/serve-pages';
import { atMostTenTimes, processorTime } from '../../helpers/processor-time';

const NOW = new Date('2026-12-01T00:00:00Z');

function extract(
  page: Buffer | string,
  url = 'https://news.example.com/article/1',
  contentType?: string,
): CrawledArticle {
  const html = typeof page === 'string' ? page : decodeHtml(page, contentType);
  const isAllowedImage = (image: URL): boolean => image.protocol === 'https:';
  return extractArticle(html, { url: new URL(url), now: NOW, isAllowedImage });
}

const paragraphs = (article: CrawledArticle): string[] => article.content.split('\n\n');

const BODY = [
  '한국의 소비자 물가가 한 해 전보다 2.1% 올랐다. 채소 값이 내리면서 오름폭이 석 달째 줄었다.',
  '통계 당국은 국제 유가가 안정된 것도 도움이 되었다고 설명했다. 다만 외식비는 여전히 3% 넘게 올랐다.',
  '전문가들은 연말까지 물가가 비슷한 수준에 머물 것으로 내다봤다. 환율이 변수라는 의견도 있다.',
];
const page = (body: string, head = ''): string =>
  `<html><head><meta charset="utf-8"><title>물가 오름세 둔화</title>${head}</head><body><h1>물가 오름세 둔화</h1>${body}</body></html>`;
const BODY_HTML = BODY.map((text) => `<p>${text}</p>`).join('');

describe('the pages of the publishers known at the start', () => {
  it('reads 매일경제 without ads, captions, related links, the reporter and the copyright line', () => {
    const article = extract(
      fixture('mk.html'),
      'https://www.mk.example.co.kr/news/economy/11223344?utm_source=rss',
    );
    expect(article).toMatchObject({
      canonicalUrl: 'https://www.mk.example.co.kr/news/economy/11223344',
      title: '은행 예금 금리 석 달 만에 반등',
      imageUrl: 'https://www.mk.example.co.kr/images/2024/11/deposit.jpg',
      siteName: '매일경제',
      publishedAt: new Date('2024-11-23T00:30:00Z'),
    });
    expect(paragraphs(article)).toHaveLength(4);
    expect(article.content).toMatch(/^은행권의 정기예금 금리가/);
    expect(article.content).toMatch(/유리하다고 조언한다\.$/);
    expect(article.content).toContain('“연말에 만기가 몰려 있어');
    expect(article.content).not.toMatch(/기자|광고|관련기사|가상통신|무단|@|가짜|많이 본/);
  });

  it('reads 한국경제, whose paragraphs are line breaks and whose picture loads lazily', () => {
    const article = extract(
      fixture('hankyung.html'),
      'https://www.hankyung.example.com/article/2024112300001?sid=1',
    );
    expect(article).toMatchObject({
      canonicalUrl: 'https://www.hankyung.example.com/article/2024112300001',
      title: '반도체 수출 넉 달 연속 증가',
      siteName: '한국경제',
      publishedAt: new Date('2024-11-23T09:05:00Z'),
    });
    expect(paragraphs(article)).toEqual([
      '반도체 수출이 넉 달 연속으로 늘었다. 인공지능 서버에 들어가는 고성능 메모리 주문이 몰린 덕분이다.',
      '산업 당국이 23일 발표한 자료를 보면 지난달 반도체 수출액은 118억달러로 1년 전보다 27.4% 증가했다.',
      '다만 휴대폰과 개인용 컴퓨터에 쓰이는 범용 제품의 가격은 두 달째 내렸다. 업계는 중국 업체의 증산을 원인으로 꼽았다.',
      '전문가들은 고성능 제품의 비중을 얼마나 빨리 늘리느냐가 내년 실적을 가를 것으로 내다봤다.',
    ]);
    expect(article.imageUrl).toBe('https://img.hankyung.example.com/photo/202411/chip.jpg');
  });

  it('reads 서울경제, whose body is only in JSON-LD', () => {
    const article = extract(fixture('sedaily.html'));
    expect(article).toMatchObject({
      title: '전통시장 상품권 할인 폭 넓힌다',
      siteName: '서울경제',
      imageUrl: 'https://newsimg.sedaily.example.com/2024/11/23/market.jpg',
      publishedAt: new Date('2024-11-22T22:00:00Z'),
    });
    expect(paragraphs(article)).toHaveLength(3);
    expect(article.content).toMatch(/부정 유통은 단속을 강화한다\.$/);
  });
});

describe('pages nobody here wrote', () => {
  it('reads JSON-LD inside arrays and @graph, past broken blocks, and leaves markup out', () => {
    const article = extract(fixture('json-ld-only.html'));
    expect(article.title).toBe('전기요금 "주택용은 동결"');
    expect(article.publishedAt).toEqual(new Date('2024-11-22T23:30:00Z'));
    expect(article.imageUrl).toBe('https://news.example.com/photo/power.png');
    expect(paragraphs(article)).toHaveLength(3);
    expect(article.content).not.toMatch(/[<>]|alert/);
  });

  it('reads og: metadata, and refuses a picture at a private address for the one in the body', () => {
    const article = extract(fixture('og-only.html'), 'https://town.example.com/news/view?id=3');
    expect(article).toMatchObject({
      title: '청년 월세 지원 신청 시작',
      siteName: '동네경제',
      imageUrl: 'https://town.example.com/news/photo/rent.jpg',
      publishedAt: new Date('2024-11-23T01:15:00Z'),
      canonicalUrl: 'https://town.example.com/news/view?id=3',
    });
    expect(paragraphs(article)).toHaveLength(4);
  });

  it('reads a plain blog page', () => {
    const article = extract(fixture('blog.html'));
    expect(article.title).toBe('내가 겪은 첫 적금 이야기');
    expect(article.content).toMatch(/돈의 쓰임을 나누는 일이었다\.$/);
    expect(article).toMatchObject({ imageUrl: null, siteName: null });
  });

  it('believes a canonical address on its own host only, and never the home page', () => {
    const canonical = (href: string): string =>
      extract(page(BODY_HTML, `<link rel="canonical" href="${href}">`)).canonicalUrl;
    expect(canonical('https://m.news.example.com/x')).toBe('https://m.news.example.com/x');
    expect(canonical('/x?utm_source=y')).toBe('https://news.example.com/x');
    for (const href of [
      'https://evil.example.net/x',
      'https://m.example.com/x',
      `https://news.example.com/${'가'.repeat(230)}`,
      'https://news.example.com/',
      'javascript:alert(1)',
      'https://u:p@news.example.com/x',
    ]) {
      expect(canonical(href)).toBe('https://news.example.com/article/1');
    }
  });

  it('ignores a publication time in the future', () => {
    const article = extract(page(BODY_HTML, '<meta property="article:published_time" content="2099-01-01">'));
    expect(article.publishedAt).toBeNull();
  });

  it('prefers the whole text of the page to a teaser in its JSON-LD', () => {
    const teaser = `${BODY[0]} ${BODY[1]} ${BODY[2]}`;
    const ld = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'ㄱ', articleBody: teaser })}</script>`;
    const article = extract(page(`<div class="article-body">${BODY_HTML.repeat(4)}</div>`, ld));
    expect(paragraphs(article)).toHaveLength(12);
  });

  it('decodes every character reference in headlines, JSON-LD and its type', () => {
    const headline = '&#8216;물가&#8217; 오름세&hellip; 한&middot;미 R&amp;D &copy2';
    const json = JSON.stringify({ '@type': 'NewsArticle', headline });
    const title = '‘물가’ 오름세… 한·미 R&D &copy2';
    const typed = `<script type="application/ld&#x2B;json">${json}</script>`;
    expect(extract(page(BODY_HTML, typed)).title).toBe(title);
    const escaped = json.replaceAll('"', '&quot;');
    expect(extract(page(BODY_HTML, `<script type="application/ld+json">${escaped}</script>`)).title).toBe(
      title,
    );
  });

  it.each(['<!-->', '<!--->'])('reads on after the empty comment %s', (comment) => {
    expect(paragraphs(extract(page(comment + BODY_HTML)))).toEqual(BODY);
  });

  it('strips bylines and notices that share a paragraph with the text, and keeps sentences about them', () => {
    const text = [
      '(세종=가상통신) 김하늘·이도윤 기자 = 정부는 광고 시장을 조사한다. 사진 시장도 살핀다.',
      '광고 시장은 한 해 전보다 3% 커졌다. 기자는 현장을 찾았다. 관련 기사도 늘었다고 한다.',
      '사진을 무단 복제하는 일을 막는 법이 나왔다. 처벌은 더 무거워진다고 당국은 설명했다. 새 법은 내년 봄부터 시행된다.',
      '어려운 시기라는 말이 나온다. 그래도 희망은 있다. 박서연 기자 sy@news.example.com <저작권자 ⓒ 가상일보, 무단 전재 금지>',
    ];
    const article = extract(page(text.map((each) => `<p>${each}</p>`).join('')));
    expect(paragraphs(article)).toEqual([
      '정부는 광고 시장을 조사한다. 사진 시장도 살핀다.',
      text[1],
      text[2],
      '어려운 시기라는 말이 나온다. 그래도 희망은 있다.',
    ]);
  });

  it('gives plain text: no control or direction characters, composed Hangul, scripts gone, entities once', () => {
    const odd = `<p>${BODY[0]?.normalize('NFD')}\u0000\u202e\u200b</p><script>alert(1)</script><p>식은 a &lt; b 이다. ${BODY[1]}</p><p>${BODY[2]}</p>`;
    const article = extract(page(odd));
    expect(paragraphs(article)).toEqual([BODY[0], `식은 a < b 이다. ${BODY[1]}`, BODY[2]]);
  });

  it.each([
    ['a list of articles', fixture('list.html')],
    ['a login wall', fixture('login-wall.html')],
    ['an empty page', ''],
    ['an empty body', '<html><body></body></html>'],
    ['a page with one sentence', page('<p>준비 중입니다.</p>')],
    ['a page of links', page(BODY.map((text) => `<p><a href="/1">${text}</a></p>`).join(''))],
  ])('finds no article in %s', (_name, html) => {
    expect(() => extract(html)).toThrow(expect.objectContaining({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' }));
  });

  it('finds no article on a home page', () => {
    expect(() => extract(page(BODY_HTML), 'https://news.example.com/')).toThrow(
      expect.objectContaining({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' }),
    );
  });
});

describe('character sets', () => {
  it('reads an EUC-KR page by its meta element, its photo table left out', () => {
    const article = extract(fixture('euc-kr.html'));
    expect(article.title).toBe('쌀값 두 달째 내려');
    expect(article.content).toMatch(/^산지 쌀값이 두 달째 떨어졌다/);
    expect(article.content).not.toContain('들판의 모습');
    expect(article.publishedAt).toEqual(new Date('2024-11-23T00:30:00Z'));
  });

  it.each([
    ['detection alone', undefined],
    ['the header', 'text/html; charset=EUC-KR'],
    ['an alias of CP949', 'text/html; charset=x-windows-949'],
    ['a header that wrongly says UTF-8', 'text/html; charset=utf-8'],
    ['a header that says Latin 1', 'text/html; charset=ISO-8859-1'],
    ['a header that says nonsense', 'text/html; charset=none'],
  ])('reads characters that only CP949 has by %s', (_name, contentType) => {
    expect(extract(fixture('cp949.html'), undefined, contentType).title).toBe('똠방각하 펲시콜라');
  });

  it.each([
    ['a header', 'text/html; charset=euc-kr', ''],
    ['a meta element', undefined, '<meta charset="euc-kr">'],
  ])('reads UTF-8 that %s wrongly calls EUC-KR', (_name, contentType, head) => {
    expect(decodeHtml(Buffer.from(`${head}<p>${BODY[0]}</p>`), contentType)).toContain(BODY[0]);
  });

  it('reads UTF-8 with a damaged character as UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from(BODY_HTML.repeat(3)),
      Buffer.from([0xed, 0x95]),
      Buffer.from('<p>끝</p>'),
    ]);
    for (const contentType of ['text/html; charset=utf-8', undefined]) {
      expect(decodeHtml(bytes, contentType)).toContain('환율이 변수라는 의견도 있다.</p>\ufffd<p>끝</p>');
    }
  });

  it('reads byte order marks, and other languages by their label', () => {
    expect(decodeHtml(iconv.encode('금리', 'utf-16le', { addBOM: true }), undefined)).toBe('금리');
    expect(decodeHtml(Buffer.from('\ufeff금리'), 'text/html; charset=euc-kr')).toBe('금리');
    expect(decodeHtml(iconv.encode('日本の金利', 'shift_jis'), 'text/html; charset=shift_jis')).toBe(
      '日本の金利',
    );
    expect(decodeHtml(iconv.encode('café', 'latin1'), 'text/html; charset=iso-8859-1')).toBe('café');
  });
});

describe('publication times', () => {
  it.each([
    ['2026-11-23T09:30:00+09:00', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23T09:30:00+0900', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23T00:30:00Z', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23T09:30:00', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23 09:30:00', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23 09:30:00 +0900', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23 09:30', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23 09:30 KST', '2026-11-23T00:30:00.000Z'],
    ['2026-11-23', '2026-11-22T15:00:00.000Z'],
    ['2026.11.23 09:30', '2026-11-23T00:30:00.000Z'],
    ['2026.11.23. 오전 9:30', '2026-11-23T00:30:00.000Z'],
    ['입력 : 2026.11.23 09:30:15 수정 : 2026.11.24 10:00', '2026-11-23T00:30:15.000Z'],
    ['2026년 11월 23일 오전 9시 30분', '2026-11-23T00:30:00.000Z'],
    ['2026년 11월 23일 (월) 오후 12시 5분', '2026-11-23T03:05:00.000Z'],
    ['2026년 11월 23일 월요일 오전 12시', '2026-11-22T15:00:00.000Z'],
    ['2026/11/23 09:30 PM', '2026-11-23T12:30:00.000Z'],
    ['Mon, 23 Nov 2026 09:30:00 +0900', '2026-11-23T00:30:00.000Z'],
    ['Mon, 23 Nov 2026 00:30:00 GMT', '2026-11-23T00:30:00.000Z'],
    ['20261123093000', '2026-11-23T00:30:00.000Z'],
    ['202611230930', '2026-11-23T00:30:00.000Z'],
    ['20261123', '2026-11-22T15:00:00.000Z'],
    ['1795393800', '2026-11-23T00:30:00.000Z'],
    ['1795393800000', '2026-11-23T00:30:00.000Z'],
  ])('reads %s', (written, utc) => {
    expect(parsePublishedAt(written)?.toISOString()).toBe(utc);
  });

  it.each(['', '어제', '2026-13-45', '2026.02.30 10:00', '0', '-1', '9'.repeat(100_000), '1970-01-01'])(
    'does not invent a time for %.20s',
    (written) => {
      expect(parsePublishedAt(written)).toBeNull();
    },
  );
});

describe('hostile markup', () => {
  let bound: number;
  beforeAll(async () => {
    const ordinary = page(`<article>${BODY_HTML.repeat(1_000)}</article>`);
    extract(page(BODY_HTML));
    bound = atMostTenTimes(await processorTime(() => extract(ordinary)));
  });
  const limited = async (html: string): Promise<string> => {
    let outcome = 'read';
    const took = await processorTime(() => {
      try {
        extract(html);
      } catch (error) {
        outcome = (error as { code: string }).code;
      }
    });
    expect(took).toBeLessThan(bound);
    return outcome;
  };

  it.each([
    ['100,000 nested elements', '<div>'.repeat(100_000) + BODY_HTML, 'PAGE_TOO_LARGE'],
    [
      'nested elements below the limit',
      '<div class="article">'.repeat(9_000) + BODY_HTML + '</div>'.repeat(9_000),
      'read',
    ],
    ['nested elements with unmatched ends', '<b>'.repeat(9_000) + BODY_HTML + '</x>'.repeat(300_000), 'read'],
    [
      'an attribute of 2 MB',
      `<div class="${'a '.repeat(1e6)}" id="${'b'.repeat(1e6)}">${BODY_HTML}</div>`,
      'read',
    ],
    ['300,000 attributes', `<div ${'a=1 b '.repeat(150_000)}>${BODY_HTML}</div>`, 'read'],
    ['unfinished tags', `${BODY_HTML}${'<a '.repeat(900_000)}`, 'read'],
    ['unfinished quotes', `${BODY_HTML}${'<a b="'.repeat(400_000)}`, 'read'],
    ['unfinished comments', `${BODY_HTML}${'<!--'.repeat(700_000)}`, 'read'],
    ['unclosed scripts', `${BODY_HTML}${'<script>'.repeat(300_000)}`, 'read'],
    ['unclosed drawings', `${BODY_HTML}${'<svg>'.repeat(500_000)}`, 'read'],
    ['lone angle brackets', `${BODY_HTML}${'<'.repeat(2_500_000)}`, 'PAGE_TOO_LARGE'],
    ['spaces', `${BODY_HTML}<p>${' '.repeat(2_500_000)}x</p>`, 'read'],
    ['spaces in a tag', `${BODY_HTML}<p a${' '.repeat(2_500_000)}>x</p>`, 'read'],
    ['paragraphs', `<article>${BODY_HTML.repeat(3_000)}</article>`, 'read'],
    ['punctuation', `${BODY_HTML}<p>${'."'.repeat(200_000)}x</p>`, 'read'],
    [
      'much text in nested elements',
      '<div class="ad">'.repeat(60) + BODY_HTML.repeat(1_500) + '가나, '.repeat(20_000),
      'read',
    ],
    ['too much text', `<p>${'가나다라 '.repeat(500_000)}`, 'PAGE_TOO_LARGE'],
    ['character references', `${BODY_HTML}${'&amp;'.repeat(500_000)}`, 'PAGE_TOO_LARGE'],
    ['character references below the limit', `${BODY_HTML}<p>${'&amp;'.repeat(19_000)}</p>`, 'read'],
    ['line breaks', `<article>${BODY_HTML}<p>${'가<br>'.repeat(9_000)}</p></article>`, 'read'],
    ['photo tables', `${BODY_HTML}${'<table><tr><td><img>'.repeat(2_000)}`, 'read'],
    ['links', `${BODY_HTML}${'<a href="/">가</a>'.repeat(4_900)}`, 'ARTICLE_NOT_FOUND_IN_PAGE'],
    ['deep JSON-LD', `<script type="application/ld+json">${'['.repeat(1e6)}</script>${BODY_HTML}`, 'read'],
    [
      'wide JSON-LD',
      `<script type="application/ld+json">[${'{},'.repeat(9e5)}{}]</script>${BODY_HTML}`,
      'read',
    ],
  ])('is read or refused at most ten times as slowly as an article: %s', async (_name, html, outcome) => {
    expect(await limited(page(html))).toBe(outcome);
  });

  it('reads an article among thousands of comments', () => {
    const comments = '<div><p>잘 읽었어요</p></div>'.repeat(3_000);
    const article = extract(
      page(`<article>${BODY_HTML}</article><section class="replies">${comments}</section>`),
    );
    expect(paragraphs(article)).toEqual(BODY);
  });

  it('keeps an article whose elements are never closed', () => {
    const article = extract(page(`<font>`.repeat(400) + BODY_HTML));
    expect(article.content).toContain(BODY[2]);
  });
});
