import { Crawler, type CrawledArticle, type CrawlerOptions } from '../../../src/adapters/crawler/crawler';
import { withinTime } from '../../../src/adapters/crawler/time-limit';
import { answer, servePages } from '../../fixtures/pages/serve-pages';
import { atMostTenTimes, processorTime } from '../../helpers/processor-time';

const SENTENCES = [
  '한국의 소비자 물가가 한 해 전보다 2.1% 올랐다. 채소 값이 내리면서 오름폭이 석 달째 줄었다.',
  '통계 당국은 국제 유가가 안정된 것도 도움이 되었다고 설명했다. 다만 외식비는 여전히 3% 넘게 올랐다.',
  '전문가들은 연말까지 물가가 비슷한 수준에 머물 것으로 내다봤다. 환율이 변수라는 의견도 있다.',
];
const BODY = SENTENCES.map((text) => `<p>${text}</p>`).join('');
const ARTICLE = `<article><h1>물가 오름세 둔화</h1>${BODY}</article>`;
/** Combining marks of three classes: normalising sorts every run of them. */
const MARKS = '\u0301\u0323\u0316';
const MEGABYTES = 2_800_000;

const page = (body: string, head = ''): string =>
  `<html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const jsonLd = (article: object): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', ...article })}</script>`;
const withBody = (rest: string): string =>
  page('', jsonLd({ headline: '물가', articleBody: SENTENCES.join('\n') + rest }));
/** As many repetitions as fit into the largest page. */
const most = (text: string): string => text.repeat(Math.floor(MEGABYTES / Buffer.byteLength(text)));

async function crawl(html: string, options: Partial<CrawlerOptions> = {}): Promise<CrawledArticle> {
  const server = await servePages({ '/news/1': answer(html) });
  const crawler = new Crawler({ userAgent: 'GyeongdanBot/1.0', trustedOrigins: [server.origin], ...options });
  try {
    return await crawler.crawl(`${server.origin}/news/1`);
  } finally {
    await crawler.close();
    await server.close();
  }
}

describe('a hostile page', () => {
  let bound: number;
  beforeAll(async () => {
    // What the modules cost when they are first used is not the page's doing.
    await crawl(page(ARTICLE));
    bound = atMostTenTimes(
      await processorTime(() =>
        crawl(page(`<article><h1>물가 오름세 둔화</h1>${BODY.repeat(1_000)}</article>`)),
      ),
    );
  });

  const separators = (count: number): string => `a${'-'.repeat(count)}b | x`;
  it.each([
    ['separators in a headline', page(ARTICLE, jsonLd({ headline: separators(1e5), publisher: 'x' }))],
    ['megabytes of a headline', page(ARTICLE, jsonLd({ headline: separators(MEGABYTES), publisher: 'x' }))],
    [
      'separators in a heading',
      page(`<h1>${separators(1e5)}</h1>${BODY}`, '<meta property="og:site_name" content="x">'),
    ],
    ['separators in its title', page(BODY, `<title>${separators(MEGABYTES)}</title>`)],
    ['lines in its title', page(BODY, `<title>a - b\n${most('a')}</title>`)],
    ['references in its title', page(BODY, `<title>물가${most('&amp;')}</title>`)],
    ['combining marks in a headline', page(ARTICLE, jsonLd({ headline: `a${most(MARKS)}` }))],
    ['combining marks in its body', page(`${ARTICLE}<p>a${MARKS.repeat(150_000)}</p>`)],
    ['combining marks in a body of metadata', withBody(`a${most(MARKS)}`)],
    [
      'combining marks in a name',
      page(ARTICLE, jsonLd({ headline: '물가', publisher: { name: `a${most(MARKS)}` } })),
    ],
    [
      'combining marks in a host',
      page(ARTICLE, jsonLd({ headline: '물가', image: `http://a${most(MARKS)}` })),
    ],
    ['line breaks in a body of metadata', withBody(`\n${'가\n'.repeat(5e5)}`)],
    ['brackets in a body of metadata', withBody(`${most('.)')}x`)],
    ['at signs in a body of metadata', withBody(most('a@'))],
    ['many pictures', page(ARTICLE, jsonLd({ headline: '물가', image: Array(7e5).fill('x') }))],
    [
      'many blocks of metadata',
      page(ARTICLE, '<script type="application/ld+json">{</script>'.repeat(60_000)),
    ],
    ['many dates', page(ARTICLE + '<time datetime="12345678901234">x</time>'.repeat(9_000))],
    ['broken picture sets', page(ARTICLE + `<p><img srcset="${'a'.repeat(4_000)} b"></p>`.repeat(650))],
    [
      'broken lazy pictures',
      page(ARTICLE + `<p><img class="lazy" data-src="${'.jpg'.repeat(1_000)} b c"></p>`.repeat(650)),
    ],
    [
      'quotes in a script',
      page(ARTICLE, `<meta property="og:type" content="article"><script>${most('"content":"')}</script>`),
    ],
    ...['\\\\n', '\\\\', '\\"', '__next_f.push([1,"', '"title":"물가 오름세 둔화","content":"가나다."'].map(
      (text): [string, string] => [
        `${text} in a script of a page without a body`,
        page(
          '<p>가</p>',
          `<title>물가 오름세 둔화</title><meta property="og:type" content="article"><script>a="title":"물가 오름세 둔화","content":"${text.repeat(Math.floor(990_000 / text.length))}</script>`,
        ),
      ],
    ),
    [
      'links in long text',
      page(
        `<div>${'가나다라마바사아자차. '.repeat(30_000)}${'<a href="/">가나다라마바사아자차</a>'.repeat(3_000)}</div>`,
      ),
    ],
    ...['={', '[', '{"a":', '={"title":"물가 오름세 둔화"}', '"title":"물가 오름세 둔화",', '="\\"'].map(
      (text): [string, string] => [
        `${text} all over a script`,
        page(
          '<p>가</p>',
          `<title>물가 오름세 둔화</title><meta property="og:type" content="article"><script>a={${text.repeat(Math.floor(990_000 / text.length))}</script>`,
        ),
      ],
    ),
    ['many boxes', page(`<div class="article-body">${SENTENCES[0]}</div>`.repeat(4_500))],
    ['many articles', page(`<article>${BODY}</article>`.repeat(2_000))],
    ['many headings', page(`<h2>물가</h2>`.repeat(9_000) + BODY, `<title>${'a | '.repeat(200_000)}</title>`)],
    ['many names of pictures', page(ARTICLE + `<img srcset="${'a/b 1w, '.repeat(260)}">`.repeat(1_100))],
    ['spaces in attributes', page(BODY, `<meta property="${' '.repeat(4_000)}x" content="a">`.repeat(650))],
    ['spaces in styles', page(BODY + `<p style="a${' '.repeat(4_000)}x">가</p>`.repeat(650))],
    ['nested links', page('<a href="/">'.repeat(60) + BODY.repeat(1_000) + '가나다. '.repeat(60_000))],
    ...[
      '<div class="x">',
      '<div class="share">',
      '<ul class="share"><li>',
      '<table class="share"><tr><td>',
      '<form class="share">',
    ].map((tag): [string, string] => [
      `text within many ${tag}`,
      page(
        tag.repeat(tag.includes('<t') ? 20 : 60) + (BODY + '<p class="x">가나다라 마바사.</p>').repeat(2_400),
      ),
    ]),
    [
      'long text within many boxes',
      page('<div class="x">'.repeat(60) + `<p class="x">${SENTENCES.join(' ').repeat(2)}</p>`.repeat(1_400)),
    ],
    [
      'pictures within many articles',
      page(
        '<article>'.repeat(62) + BODY + '<img width=1 src="/a/b.jpg">'.repeat(9_800),
        jsonLd({ headline: '물가' }),
      ),
    ],
    [
      'links within many articles',
      page(
        '<article><h2><a href=/>'.repeat(20) +
          '<article><h2><a href=/x>제목입니다 긴제목</a></h2><p>가나다라마바사 아자차카.</p></article>'.repeat(
            1_900,
          ),
      ),
    ],
    [
      'nested bodies',
      page(
        '<div class="article-body news_cnt_detail_wrap" itemprop="articleBody">'.repeat(60) +
          BODY.repeat(900) +
          '가나다. '.repeat(50_000),
      ),
    ],
  ])(
    'with %s holds the process up at most ten times as long as an article of its length',
    async (_name, html) => {
      let outcome: unknown;
      const took = await processorTime(async () => {
        outcome = await crawl(html, { extractTimeoutMs: 60_000 }).then(
          ({ title }) => title.length,
          (error: { code: string }) => error.code,
        );
      });
      expect(took).toBeLessThan(bound);
      if (typeof outcome === 'string') expect(outcome).toBe('ARTICLE_NOT_FOUND_IN_PAGE');
    },
  );

  it('keeps eight marks on a letter, and letters composed', async () => {
    const { content } = await crawl(
      withBody(`\n가${'\u0301'.repeat(100)} ${'각'.normalize('NFD')} cafe\u0301`),
    );
    expect(content).toMatch(/가\u0301{8} 각 café$/);
  });
});

describe('reading a page', () => {
  it('is refused when it takes longer than it may', async () => {
    const long = page(`<article>${BODY.repeat(1_000)}</article>`);
    await expect(crawl(long, { extractTimeoutMs: 1 })).rejects.toMatchObject({ code: 'PAGE_TOO_LARGE' });
  });

  it.each([
    [
      'an endless loop',
      () => {
        for (;;);
      },
    ],
    ['a regular expression gone wild', () => /^(a+)+$/.test(`${'a'.repeat(100)}b`)],
  ])('ends %s', (_name, work) => {
    expect(() => withinTime(100, work)).toThrow(expect.objectContaining({ code: 'PAGE_TOO_LARGE' }));
  });

  it('passes on what the work answers or throws', () => {
    const failure = new Error('no article');
    expect(withinTime(1_000, () => 7)).toBe(7);
    expect(() =>
      withinTime(1_000, () => {
        throw failure;
      }),
    ).toThrow(failure);
  });
});

describe("a page's picture in the reader's own network", () => {
  it.each(['http://localhost/a.jpg', 'http://router/a.jpg', 'http://metadata.google.internal/a.jpg'])(
    'is not shown: %s',
    async (picture) => {
      const named = `<meta property="og:image" content="${picture}">`;
      expect((await crawl(page(ARTICLE, named))).imageUrl).toBeNull();
      const next = jsonLd({ headline: '물가', image: 'https://img.mk.co.kr/a.jpg' });
      expect((await crawl(page(ARTICLE, named + next))).imageUrl).toBe('https://img.mk.co.kr/a.jpg');
    },
  );

  it('is not shown when its address is longer than 2,048 characters', async () => {
    const named = `<meta property="og:image" content="https://img.mk.co.kr/${'가'.repeat(300)}.jpg">`;
    expect((await crawl(page(ARTICLE, named))).imageUrl).toBeNull();
  });
});
