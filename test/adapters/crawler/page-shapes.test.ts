import { extractArticle, type CrawledArticle } from '../../../src/adapters/crawler/extract-article';
import { parsePublishedAt } from '../../../src/adapters/crawler/published-date';
import { atMostTenTimes, processorTime } from '../../helpers/processor-time';

const A =
  '한국은행이 27일 기준금리를 연 2.50%로 내렸다. 여섯 달 만의 인하이며 시장은 한 차례 더 내릴 것으로 본다.';
const B =
  '통계 당국은 지난달 소비자 물가가 1.9% 올랐다고 밝혔다. 채소값은 내렸지만 외식비는 3.1% 올랐다고 한다.';
const C =
  '전문가들은 환율이 크게 흔들리지 않으면 내년 봄에도 인하가 이어질 것으로 내다봤다. 가계 대출이 변수로 꼽힌다.';
const D =
  '은행들은 예금 금리를 먼저 낮추고 있다. 큰 은행 다섯 곳의 정기예금 금리는 한 달 전보다 0.1%포인트 낮아졌다.';
const p = (...texts: string[]): string => texts.map((text) => `<p>${text}</p>`).join('');
const PROMOTION = `<div class="box">${p(
  '매주 화요일 아침 경제 편지를 보내 드립니다. 어려운 말을 쉽게 풀어 쓰고 그림과 표를 곁들여 5분이면 읽을 수 있습니다.',
  '지금 주소를 남기시면 지난 편지 열두 통도 함께 보내 드립니다. 언제든 한 번 눌러 그만 받으실 수 있습니다. 이웃에게도 알려 주세요.',
)}</div>`;
const ARTICLE = '<meta property="og:type" content="article">';
const jsonLd = (article: object, type = 'application/ld+json'): string =>
  `<script type="${type}">${JSON.stringify({ '@type': 'NewsArticle', ...article })}</script>`;

function extract(body: string, head = '', url = 'https://news.example.com/article/1'): CrawledArticle {
  const title = head.includes('<title>') ? '' : '<title>금리 여섯 달 만에 인하</title>';
  return extractArticle(`<html><head>${title}${head}</head><body>${body}</body></html>`, {
    url: new URL(url),
    now: new Date('2026-12-01T00:00:00Z'),
    isAllowedImage: ({ protocol }) => protocol === 'https:',
  });
}
const lines = (body: string, head = ''): string[] => extract(body, head).content.split('\n\n');
const code = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('a body in several boxes is read whole and in order', () => {
  it.each([
    ['of one class', `<div class="article-body">${p(A)}</div><div class="ad">광고</div><div class="article-body">${p(B, C, D)}</div>`],
    ['of one property', `<div itemprop="articleBody">${p(A, B)}</div><div class="ad">광고</div><section itemprop="articleBody">${p(C, D)}</section>`],
    ['without a name', `<div><div class="c1">${p(A, B)}</div><div class="ad">${p('지금 가입하세요.')}</div><div class="c1">${p(C, D)}</div></div>`],
    ['that a mobile version repeats', `<div class="article-body">${p(A, B, C, D)}</div><div class="article-body">${p(A, B, C, D)}</div>`],
    ['before the next article of an endless page', `<article><div class="article-body">${p(A, B, C, D)}</div></article><article><div class="article-body">${p(D, C, B, A)}</div></article>`],
  ])('%s', (_name, body) => expect(lines(body)).toEqual([A, B, C, D])); // prettier-ignore
});

describe('the text of another article is no part of the page’s own', () => {
  const HEAD = '금리 여섯 달 만에 인하';
  const other = p(...[A, B, C, D, A, B].map((text) => `다른 소식이다. ${text}`));
  it.each([
    ['in an article of its own', `<article><h1>${HEAD}</h1>${p(A, B, C)}</article><article><h2>다음 기사: 눈길 사고</h2>${other}</article>`],
    ['in an article without a headline', `<article>${p(A, B, C)}</article><article>${other}</article>`],
    ['in several articles', `<article>${p(A, B, C)}</article>${`<article>${other}</article>`.repeat(5)}`],
    ['in a box of the same name', `<div class="art" data-url="a"><h1>${HEAD}</h1>${p(A, B, C)}</div><div class="art" data-url="b"><h1>눈길 사고</h1>${other}</div>`],
    ['in a box around its article', `<div class="art on"><article><h1>${HEAD}</h1>${p(A, B, C)}</article></div><div class="art"><article><h1>눈길 사고</h1>${other}</article></div>`],
    ['in a named body of a box of the same name', `<section><h1>${HEAD}</h1><div class="article-body">${p(A, B, C)}</div></section><section><h1>눈길 사고</h1><div class="article-body">${other}</div></section>`],
  ])('%s', (_name, body) => expect(lines(body, ARTICLE)).toEqual([A, B, C])); // prettier-ignore

  it.each([
    ['boxes under one headline', `<section class="s"><h1>${HEAD}</h1>${p(A, B)}</section><section class="s">${p(C, D)}</section>`, [A, B, C, D]],
    ['the article behind its head', `<article><h1>${HEAD}</h1></article><article>${p(A, B, C, D)}</article>`, [A, B, C, D]],
  ])('but %s stay', (_name, body, text) => expect(lines(body, ARTICLE)).toEqual(text)); // prettier-ignore

  it('and looking for it is cheap in a deep page', async () => {
    const nested = `${'<div>'.repeat(60)}<h1>${HEAD}</h1><nav>${'<b>가</b>'.repeat(4_000)}</nav>${'</div><div><h1>눈길 사고</h1></div>'.repeat(60)}`;
    const ordinary = await processorTime(() =>
      extract(`<article>${p(A, B, C).repeat(1_000)}</article>`, ARTICLE),
    );
    const took = await processorTime(() =>
      expect(() => extract(nested, ARTICLE)).toThrow(code('ARTICLE_NOT_FOUND_IN_PAGE')),
    );
    expect(took).toBeLessThan(atMostTenTimes(ordinary));
  });
});

describe('words of notices within the text are no notices', () => {
  it.each([
    '협회는 포털이 기사를 무단 전재했다고 밝혔다.',
    '재배포 서버를 운영하는 업체가 함께 피고가 됐다.',
    '저작권자 단체는 사용료를 두 배로 올려 달라고 요구했다.',
    '△매출 12조원 △영업이익 1조원',
    '▲반도체 7조원',
    '▼ 코스닥 1.2%',
    '제보는 대부분 아르바이트생이 했다.',
    '댓글 4만 건을 법원에 냈다.',
    '구독 경제가 커지고 있다는 뜻이다.',
    '▶반도체 매출 7조원',
    '▶ 자동차 수출 5조원',
    '▷수출 7조원',
    '▶(이어서) 정부 대책',
    '※ 연율 기준 성장률은 3.2%',
    '※ 신청 기간 12월 1~15일',
    '☞ 신청: 정부24 누리집',
    '☞ 핵심은 가계 빚이다',
  ])('%s', (text) => expect(lines(p(A, text, B, C))).toEqual([A, text, B, C]));
});

describe('a line with a mark is a promotion at the very end, as a link of its own, or by its words', () => {
  it.each([
    ['at the end', p(A, B, C) + '<p>▶ 관세 협상 막판 줄다리기</p><p>☞ 눈길 사고 잇따라</p>'],
    ['at the end before a reporter', p(A, B, C) + '<p>▶ 관세 협상 막판 줄다리기</p><p>홍길동 기자 hong@example.com</p>'],
    ['as a link behind its mark', `${p(A)}<p>☞ <a href="/2">관세 협상 막판 줄다리기</a></p>${p(B, C)}`],
    ['that sends to a channel', `${p(A)}<p>▶ 가나신문 앱 바로가기</p>${p(B, C)}`],
    ['that asks for tips', `${p(A)}<p>▶ 제보는 카카오톡 okjebo</p>${p(B, C)}`],
    ['that names related news', `${p(A)}<p>▶관련기사: 관세 협상 막판 줄다리기</p>${p(B, C)}`],
  ])('%s', (_name, body) => expect(lines(`<article>${body}</article>`)).toEqual([A, B, C])); // prettier-ignore

  it('and a bullet behind a line without a full stop begins a line of its own', () => {
    const text = lines(
      `<article>${A}<br>다음 세 가지다<br>▶반도체 7조원<br>▶자동차 5조원<br>${B}<br>${C}</article>`,
    );
    expect(text.slice(0, 3)).toEqual([A, '다음 세 가지다', '▶반도체 7조원']);
  });
});

describe('the article, and not what stands beside it', () => {
  const items = Array.from(
    { length: 12 },
    (_, n) => `${n + 1}월에는 생활비 통장을 따로 만들어 매달 ${n + 1}0만원씩 옮긴다`,
  );
  it.each([
    ['a list of items without full stops', `<article><ul>${items.map((text) => `<li>${text}</li>`).join('')}</ul></article>${PROMOTION}`, items],
    ['a flash of two sentences', `<article>${p('기준금리가 연 2.50%로 내렸다.', '인하는 여섯 달 만이다.')}</article>${PROMOTION}`, ['기준금리가 연 2.50%로 내렸다.', '인하는 여섯 달 만이다.']],
    ['one paragraph', `<div itemprop="articleBody">${p(A)}</div>${PROMOTION}`, [A]],
    ['a release whose lines are no sentences', `<div class="cont">${p(A)}<ul><li>전기료 25만원을 점포에 지급하기로 함</li><li>이자를 3년 동안 면제하기로 함</li><li>상환을 7년까지 나누기로 함</li></ul></div>`, [A, '전기료 25만원을 점포에 지급하기로 함', '이자를 3년 동안 면제하기로 함', '상환을 7년까지 나누기로 함']],
    ['four headings that are links', ['가', '나', '다', '라'].map((name) => `<h3><a href="/${name}">${name}마을 시장</a></h3>${p(A + B)}`).join(''), ['가', '나', '다', '라'].flatMap((name) => [`${name}마을 시장`, A + B])],
  ])('%s', (_name, body, text) => expect(lines(body, ARTICLE + jsonLd({ headline: '금리 여섯 달 만에 인하' }))).toEqual(text)); // prettier-ignore

  it.each([
    ['a deleted article', '<div class="article_view"><h2>알림</h2><p>언론사의 요청에 따라 삭제된 기사입니다. 이용에 불편을 드려 죄송합니다.</p></div>', ''],
    ['a page that is gone', '<div id="article-body"><p>요청하신 페이지를 찾을 수 없습니다. 주소를 다시 확인해 주세요.</p></div>', ''],
    ['a proof of age', `<div id="articleBody"><p>본인 인증이 필요한 기사입니다. 인증 후 다시 시도해 주세요. ${'청소년에게 보이지 않는 글이다. '.repeat(8)}</p></div>`, ARTICLE],
    ['two lines and a price', `<div id="articleBody"><p>${A}</p><p>이 기사는 프리미엄 콘텐츠입니다. 결제하고 계속 보세요.</p></div>`, ARTICLE + jsonLd({ headline: '금리' })],
    ['a request for cookies', `<div class="article-body"><p>${'쿠키를 허용해 주세요. 이 사이트는 쿠키를 씁니다. '.repeat(6)}</p></div>`, ''],
    ['two sentences that nothing calls an article', '<div class="article-body"><p>날씨는 맑겠다. 기온은 영상에 머문다.</p></div>', ''],
    ['two sentences that only og:type calls an article', '<div class="article-body"><p>날씨는 맑겠다. 기온은 영상에 머문다.</p></div>', ARTICLE],
  ])('is not found in a body that holds %s', (_name, body, head) => {
    expect(() => extract(body, head)).toThrow(code('ARTICLE_NOT_FOUND_IN_PAGE'));
  }); // prettier-ignore

  it.each([
    '한 은행의 로그인 장애가 두 시간 만에 풀렸다. 결제도 다시 된다.',
    '포털이 삭제된 기사를 되살렸다. 이용자는 쿠키를 지워야 한다.',
    '회사는 “불편을 끼쳐 죄송합니다”라고 밝혔다. 요금은 돌려준다.',
    '간편 결제 서비스가 오늘 아침 중단됐습니다. 회사는 까닭을 찾고 있습니다.',
  ])('is found when it only speaks of signing in and paying: %s', (text) => {
    expect(lines(`<article>${p(text)}</article>`, jsonLd({ headline: '금리' }))).toEqual([text]);
  });

  const other = p(
    ...Array.from({ length: 30 }, (_, n) => `${n}번째 눈길 사고가 오늘 아침 있었다. 다친 사람은 없다.`),
  );
  it.each([
    [
      'a longer box of another article',
      `<div class="article-body">${p(A, B, C)}</div><div class="entry-content">${other}</div>`,
    ],
    [
      'a footer that has a name of bodies',
      `<main>${p(A, B, C)}</main><footer><div class="article_view">${other}</div></footer>`,
    ],
    [
      'remarks that have a name of bodies',
      `<main>${p(A, B, C)}</main>${`<div class="comment"><div id="textBody">${p(D, D, D)}</div></div>`.repeat(3)}`,
    ],
    [
      'a form that has a name of bodies',
      `<main>${p(A, B, C)}</main><form><div class="article-body">${p(D, D)}</div></form>`,
    ],
    [
      'other articles in boxes of the same name',
      `<article><div class="article-body">${p(A, B, C)}</div></article><div class="related-list"><div class="article-body">${other}</div></div>`,
    ],
  ])('is found beside %s', (_name, body) =>
    expect(lines(`<h1>금리</h1>${body}`, ARTICLE)).toEqual([A, B, C]),
  );

  it('is found whole when a box of it holds the beginning', () => {
    const whole = `${p(A)}${other}`;
    const found = lines(`<div class="article-body"><h3>소제목이 먼저 온다</h3>${p(A)}</div><div class="entry-content">${whole}</div>`, ARTICLE + jsonLd({}));
    expect(found).toHaveLength(31);
  }); // prettier-ignore

  it('is not found on a front page whose snippets are in boxes named as bodies', () => {
    const snippet = `<li><h3><a href="/a">눈길 사고 잇따라</a></h3><div class="article-body">눈길 사고가 잇따랐다. 출근길이 막혔다.</div></li>`;
    expect(() =>
      extract(`<ul>${snippet.repeat(41)}</ul>`, '<meta property="og:type" content="website">'),
    ).toThrow(code('ARTICLE_NOT_FOUND_IN_PAGE'));
  });

  it('is found above a few links to others', () => {
    const links = [
      '집값 다시 오르나 내리나',
      '눈길 사고 잇따라 지각',
      '연금 계산기 써 보니',
      '수능 끝난 고3 할인 행사',
    ];
    const list = `<ul>${links.map((text) => `<li><a href="/a">${text}</a></li>`).join('')}</ul>`;
    expect(lines(`<div>${p(A, B, C)}${list}</div>`)).toEqual([A, B, C]);
  });

  it.each([
    [
      'a front page of articles, each under its link',
      `<article><a href="/a"><h2>눈길 사고 잇따라</h2></a>${p(A)}</article>`.repeat(10),
    ],
    ...[
      (link: string, text: string) => `<div>${link}<p>${text}</p></div>`,
      (link: string, text: string) => `<ul><li>${link}<span>${text}</span></li></ul>`,
      (link: string, text: string) => `<p>${link}<br>${text}</p>`,
      (link: string, text: string) => `<dl><dt>${link}</dt><dd>${text}</dd></dl>`,
      (link: string, text: string) => `<table><tr><td>${link}</td><td>${text}</td></tr></table>`,
    ].map((item): [string, string] => {
      const snippets = Array.from({ length: 41 }, (_, n) =>
        item(`<a href="/${n}">눈길 사고 ${n}건 잇따라</a>`, `${n}번째 사고다. ${A}`),
      );
      return [`snippets such as ${item('…', '')}`, `<div>${snippets.join('')}</div>`];
    }),
    [
      'a quotation of a share',
      `<table>${'<tr><td>2026.11.20</td><td>87,400</td><td>0.1%</td></tr>'.repeat(30)}</table>${p('시세는 늦게 제공될 수 있습니다. 책임은 이용자에게 있습니다.')}`,
    ],
  ])('is not found in %s', (_name, body) => {
    expect(() => extract(body)).toThrow(code('ARTICLE_NOT_FOUND_IN_PAGE'));
  });

  it('is not found behind a sign-in that says what it is for', () => {
    const wall = `<h2>로그인이 필요한 기사입니다</h2><form><input type="password"></form>`;
    expect(() => extract(wall + PROMOTION)).toThrow(code('ARTICLE_NOT_FOUND_IN_PAGE'));
  });
});

describe('a short article that JSON-LD describes is found', () => {
  const described = ARTICLE + jsonLd({ headline: '금리', datePublished: '2026-11-20T09:30:00+09:00' });
  const one = '산업통상부는 20일 수출 대책을 발표했다.';
  it.each([
    ['in unnamed boxes', `<div id="newsView"><div class="story">${p(A)}</div></div>`, [A]],
    ['as two short sentences', `<div id="newsView">${p(one, '세부 내용은 다음 달 나온다.')}</div>`, [one, '세부 내용은 다음 달 나온다.']],
    ['as one sentence in its article', `<article>${p(one)}</article>`, [one]],
    ['as one sentence in a named box', `<div id="articleBody">${one}</div>`, [one]],
  ])('%s', (_name, body, text) => expect(lines(`<header><nav><a href="/">홈</a></nav></header>${body}<footer>가나경제 주소 서울 중구</footer>`, described)).toEqual(text)); // prettier-ignore

  it.each([
    ['a promotion', p('지금 주소를 남기시면 지난 편지 열두 통도 함께 보내 드립니다.')],
    ['a wish', p('회원이 되어 새 소식을 편하게 받아 보세요.')],
    ['a footer', '<footer>가나경제 주소 서울 중구 등록번호 서울아0000 발행인 홍길동</footer>'],
  ])('but not %s in its place', (_name, body) => {
    expect(() => extract(`<div id="root"></div><div>${body}</div>`, described)).toThrow(
      code('ARTICLE_NOT_FOUND_IN_PAGE'),
    );
  });
});

describe('a caption before the first paragraph is no text', () => {
  it.each([
    '<p>이 총재가 기자 간담회에서 발언하고 있다. /사진=공동취재단</p>',
    '<p><img src="/i.jpg"></p><p>▲ 서울 시내 한 은행 대출 창구 모습. 연합뉴스</p>',
    '<div class="img"><img src="/i.jpg"><span class="desc">이 총재가 발언하고 있다. [사진=한국은행 제공]</span></div>',
    '<figure><img src="/i.jpg"></figure><p class="cap">한 시민이 은행 앞을 지나고 있다. 김현민 기자</p>',
    '<center><img src="/i.jpg"><br>삼성전자 평택캠퍼스 전경. (사진=삼성전자)</center>',
    '<p>시민들이 걷고 있다. (뉴시스 제공)</p>',
  ])('%s', (caption) => expect(lines(`<article>${caption}${p(A, B, C)}</article>`)).toEqual([A, B, C]));

  it.each([
    '당국은 물가가 더 내릴 것으로 봤다. 다만 환율이 문제라고 했다. /사진=공동취재단',
    '은행은 사진 공모전을 열고 있다.',
    '로이터 통신이 처음 보도했다.',
  ])('but text stays: %s', (text) =>
    expect(extract(`<article>${p(A, text, B, C, D)}</article>`).content).toContain(text.slice(0, 15)),
  );
});

describe('captions, texts of the interface and trailers are not text', () => {
  it.each([
    '<div class="audio">기사를 읽어드립니다 Your browser does not support the audio element.</div>',
    '<p>Your browser does not support the video tag.</p>',
    '<p>기사를 읽어드립니다</p>',
    '<video src="/v.mp4"><p>이 브라우저에서는 영상을 볼 수 없다고 합니다.</p></video>',
    '<object data="/v"><p>이 브라우저에서는 영상을 볼 수 없다고 합니다.</p></object>',
    '<div class="ai-summary"><h4>AI 요약</h4><ul><li>금리가 내렸다</li><li>여섯 달 만이다</li></ul></div>',
    '<div class="caption"><p>시민이 은행 창구를 살펴보고 있다. 뉴시스</p></div>',
    '<figure><img src="/a.jpg"><figcaption>은행 창구.</figcaption></figure>',
    '<p class="img_desc">은행 창구의 모습이다.</p>',
    '<p>▲ 은행 창구 모습. 사진=가나통신</p>',
    '<p>기사 URL이 복사되었습니다.</p>',
    '<p>기사제공 가나통신</p>',
    '<div><strong>이 기자의 다른 기사</strong></div>',
    '<p>홍길동 기자의 최신 기사 더보기</p>',
    '<p>함께 보면 좋은 기사</p>',
    '<p>글·사진 홍길동 기자</p>',
    '<div class="video-player"><p>영상이 재생되지 않으면 새로 고침을 눌러 주세요.</p></div>',
    '<p>좋아요 0</p>',
    '<p>좋아요 12 싫어요 3</p>',
    '<h4>관심 이슈</h4><p><a href="/1">연금 계산기 써 보니 깜짝..</a></p>',
    '<p><a href="/1">[관련] 집값 다시 오르나</a></p>',
    '<p>홍길동 기자 <a class="__cf_email__">[email&#160;protected]</a></p>',
    '<p>(영상취재 : 문빛나, 영상편집 : 신하람)</p>',
    '<p>&lt;저작권자(c) 가나통신, 무단 전재-재배포, AI 학습 및 활용 금지&gt;</p>',
    '<p>이 기사의 무단전재 및 재배포를 금합니다.</p>',
    '<p>※ 외부 필자의 글은 본지의 편집 방향과 다를 수 있습니다.</p>',
  ])('%s', (noise) => expect(lines(`<div>${p(A, B)}${noise}${p(C)}</div>`)).toEqual([A, B, C]));
});

describe('the text begins with its first sentence', () => {
  it.each([
    '[가나신문 홍길동 기자] ',
    '[가나신문=홍길동 기자]',
    '[서울=가나통신] 홍길동 기자 = ',
    '(서울=가나통신) 홍길동 김영희 기자 = ',
    '(세종=연합인포) 홍길동·김영희 특파원 = ',
    '[가나신문] ',
    '[홍길동 기자] ',
    '&lt;앵커&gt; ',
    '‹앵커› ',
    '[앵커]<br>',
    '홍길동 기자 | 2026-11-04 16:52:59<br>',
  ])('%s', (byline) => expect(lines(p(byline + A, B, C))).toEqual([A, B, C]));

  it.each([
    '<strong class="summary">소제목 하나<br>소제목 둘</strong>',
    '<strong>소제목 하나<br>소제목 둘</strong>',
    '<b>소제목 하나 소제목 둘</b><br>',
  ])('after a sub-headline of its own: %s', (above) => {
    const text = lines(`<div>${above}[가나통신=서울] 홍길동 기자 = ${A}<br><br>${B}<br><br>${C}</div>`);
    expect(text).toEqual(['소제목 하나 소제목 둘', A, B, C]);
  });
});

describe('the headline', () => {
  const TITLE = '금리 여섯 달 만에 인하';
  const og = `<meta property="og:title" content="${TITLE}">`;
  const site = '<meta property="og:site_name" content="지역일보">';
  it.each<[string, string, string]>([
    ['beside a logo in h1', '<h1>지역일보</h1>', `<title>${TITLE} - 지역일보</title>`],
    ['beside a logo of any name', '<h1>새벽소식</h1>', `<title>${TITLE} - 새벽소식</title>`],
    ['beside a logo with JSON-LD about something else', '<h1>신문</h1>', `<title>${TITLE} : 신문</title>${jsonLd({ headline: '신문' })}`],
    ['in a meta element that calls it a name', '<h1>지역일보</h1>', `<title>기사 - 지역일보</title><meta name="og:title" content="${TITLE}">`],
    ['beside a tagline in JSON-LD', `<h1>${TITLE}</h1>`, `<title>${TITLE} - 지역일보</title>${og}${jsonLd({ headline: '올바른 눈 지역일보' })}`],
    ["beside a section's heading", '<h1>건강 센터</h1>', `<title>${TITLE} | 지역일보</title>${og}`],
    ["behind the site's name in brackets", '', `${site}<title>[지역일보] ${TITLE}</title>`],
    ['in a cell of a board', `<table><tr><th>${TITLE}</th></tr></table>`, `<title>${TITLE} | 보도자료 | 고용마당</title>`],
    ["behind the site's name", '', `<title>지역일보 모바일 :: ${TITLE}</title>`],
    ["before the site's name and a section behind it", '', `${site}<title>${TITLE} – 지역일보 – 경제</title>`],
    ["before sections on both sides of the site's name", '', `${site}<title>${TITLE} | 금융 | 지역일보 | 경제</title>`],
    ['before its sections', '', `<title>${TITLE} &lt; 경제 &lt; 기사본문 - 지역일보</title>`],
    ...[' : ', ' :: ', ' ㅣ ', ' │ ', ' • ', ' > ', '_', ' ｜ ', ' - ', '|'].map((separator) => [`before "${separator}"`, '', `${site}<title>${TITLE}${separator}지역일보</title>`] as [string, string, string]),
    ...[' : ', ' > '].map((separator) => [`before "${separator}" twice`, '', `${site}<title>${TITLE}${separator}뉴스${separator}지역일보</title>`] as [string, string, string]),
  ])('%s', (_name, body, head) => expect(extract(body + p(A, B, C), head).title).toBe(TITLE)); // prettier-ignore

  it.each(['한·미 금리차 - 무엇이 다른가', '집값 : 오르나 내리나', '1_2 사분기 실적'])(
    'keeps its own %s',
    (title) => {
      expect(extract(p(A, B, C), `${site}<title>${title} | 지역일보</title>`).title).toBe(title);
    },
  );
});

describe('the time of publication', () => {
  it.each([
    ['2026-11-23T9:30:00+09:00', '2026-11-23T00:30:00.000Z'],
    ['Mon Nov 23 09:30:00 KST 2026', '2026-11-23T00:30:00.000Z'],
    ['Mon Nov 23 09:30:00 GMT 2026', '2026-11-23T09:30:00.000Z'],
    ['20261123 09:30', '2026-11-23T00:30:00.000Z'],
    ['20261123 09:30:15', '2026-11-23T00:30:15.000Z'],
    ['2026.11.23 09:30 PST', undefined],
    ['2026.11.23T99:30', undefined],
    ['2026/11/23 09:30 -0500', undefined],
  ])('%s is read whole or not at all', (written, utc) =>
    expect(parsePublishedAt(written)?.toISOString()).toBe(utc),
  );

  it.each([
    'Written: 2026-11-23 09:30:00',
    '기사입력 2026.11.23 09:30',
    '<table><tr><th>등록일</th><td>2026-11-23 09:30</td><th>조회</th><td>318</td></tr></table>',
    '송고시간 2026-11-23 09:30',
    '홍길동 기자 | 2026-11-23 09:30:00',
    '<span class="date">2026/11/23 09:30</span>',
    '<time>2026년 11월 23일 오전 9시 30분</time>',
    '<em data-date-time="2026-11-23 09:30:00">어제</em>',
  ])('%s', (shown) => {
    expect(extract(`<article><div>${shown}</div>${p(A, B, C)}</article>`).publishedAt).toEqual(
      new Date('2026-11-23T00:30:00Z'),
    );
  });
});

describe('the picture', () => {
  it.each([
    [
      'data-srcset',
      '<img src="data:image/gif;base64,R0" data-srcset="/s.jpg 320w, /big.jpg 1280w">',
      '/big.jpg',
    ],
    ['a set behind a placeholder', '<img src="/blank.gif" srcset="/big.jpg 2x, /s.jpg 1x">', '/big.jpg'],
    [
      'noscript',
      '<img class="lazy" src="/blank.gif"><noscript><img src="/real.jpg"></noscript>',
      '/real.jpg',
    ],
    ['amp-img', '<amp-img src="/amp.jpg" width="600" height="400"></amp-img>', '/amp.jpg'],
    ['no switch', '<img data-lazy="1" src="/real.jpg">', '/real.jpg'],
  ])('is found in %s', (_name, image, path) => {
    expect(extract(`<article>${p(A)}<div>${image}</div>${p(B, C)}</article>`).imageUrl).toBe(
      `https://news.example.com${path}`,
    );
  });

  it.each([
    'silicon-wafer.jpg',
    'iconic-court.jpg',
    'defaulted-loan.jpg',
    'shareholders.jpg',
    'share-prices-fall.jpg',
    'logos-2026-expo.png',
  ])('named %s stays', (name) => {
    const image = `https://img.example.com/${name}`;
    expect(extract(p(A, B, C), `<meta property="og:image" content="${image}">`).imageUrl).toBe(image);
  });

  it.each(['logo.png', 'og_default.jpg', 'news_logo_200x200.png', 'sns-share.png', 'no-image.jpg'])(
    'named %s is none',
    (name) => {
      expect(
        extract(p(A, B, C), `<meta property="og:image" content="https://img.example.com/${name}">`).imageUrl,
      ).toBeNull();
    },
  );
});

describe('a body that only a script or a shadow root holds', () => {
  const html = p(A, B, C, D);
  const title = '금리 여섯 달 만에 인하';
  const data = JSON.stringify({
    props: {
      article: { title, content: html },
      more: [{ title: '눈길 사고', content: '눈길 사고가 잇따랐다는 소식이다.' }],
    },
  });
  const pushed = `7:${JSON.stringify({ headline: title, body: html })}\n`;
  const pieces = JSON.stringify({
    headlines: { basic: title },
    content_elements: [A, B, C, D].map((content) => ({ type: 'text', content })),
  });
  it.each([
    ['__NEXT_DATA__', `<script id="__NEXT_DATA__" type="application/json">${data}</script>`],
    ['self.__next_f.push', [pushed.slice(0, 90), pushed.slice(90)].map((part) => `<script>self.__next_f.push([1,${JSON.stringify(part)}])</script>`).join('')],
    ['a text named as HTML', `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { article: { id: 1, title, contentHtml: html } } } })}</script>`],
    ['a list of paragraphs in a state', `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { dehydratedState: { queries: [{ state: { data: { title, content: [A, B, C, D].map((text) => ({ type: 'paragraph', text })) } } }] } } })}</script>`],
    ['an object that is no JSON', `<script>window.__NUXT__={data:[{article:{title:"${title}",body:${JSON.stringify(html).replaceAll('<', '\\u003C')}}}]}</script>`],
    ['a shadow root', `<news-view><template shadowrootmode="open"><article>${html}</article></template></news-view>`],
    ['a global', `<script>window.Fusion={};Fusion.globalContent=${pieces};</script>`],
    ['elements of React beside a menu', `${PROMOTION}<script>self.__next_f.push([1,${JSON.stringify(JSON.stringify([title, A, B, C, D].map((children) => ['$', 'p', null, { children }])))}])</script>`],
    ['characters written as escapes', `<script>window.__DATA__=${data.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}</script>`],
  ])('%s', (_name, script) => expect(lines(`<div id="root"></div>${script}`, ARTICLE)).toEqual([A, B, C, D])); // prettier-ignore

  const remarks = Array.from({ length: 8 }, (_, n) => ({
    user: n,
    text: `${n}번째 댓글이다. ${D}`,
    content: D,
  }));
  const more = [{ title: '프로야구 개막전 열려', content: p(D, D, D) }];
  const react = (...elements: unknown[]): string =>
    `<script>self.__next_f.push([1,${JSON.stringify(`1:${JSON.stringify(elements)}\n`)}])</script>`;
  const element = (tag: string, children: unknown, more = {}): unknown[] => [
    '$',
    tag,
    null,
    { ...more, children },
  ];
  it.each([
    ['related articles', `<script type="application/json">${JSON.stringify({ article: { title, summary: '유료 회원만', locked: true }, more })}</script>`],
    ['related articles within the article', `<script type="application/json">${JSON.stringify({ article: { title, more } })}</script>`],
    ['the next article without a title', `<script>window.S=${JSON.stringify({ article: { title }, next: { content: p(D, D) } })}</script>`],
    ['remarks', `<script>window.S=${JSON.stringify({ article: { title }, comments: remarks })}</script>`],
    ['remarks within the article', `<script>window.S=${JSON.stringify({ article: { title, comments: remarks, replyList: remarks } })}</script>`],
    ['remarks in no JSON', `<script>window.S={"title":"${title}","comments":${JSON.stringify(remarks)},f(){}}</script>`],
    ['an article whose title holds the page\'s', `<script>window.S=${JSON.stringify({ title: `${title} 2보`, content: p(D, D) })}</script>`],
    ['elements under another heading', react(element('h1', title), element('h2', '많이 본 뉴스'), element('p', D), element('p', D))],
    ['elements of remarks', react(element('h1', title), element('div', [element('p', D), element('p', D)], { className: 'comments' }))],
  ])('is not taken from %s', (_name, script) => {
    expect(() => extract(`<div id="root"></div>${script}`, ARTICLE)).toThrow(code('ARTICLE_NOT_FOUND_IN_PAGE'));
  }); // prettier-ignore

  it.each([
    ['as rendered', { title: { rendered: title }, content: { rendered: html } }],
    ['beside remarks and others', { more, article: { title, body: html, comments: remarks, more } }],
    ['as a list', { page: { headline: title }, article: { subject: title, contents: [A, B, C, D] } }],
  ])('is taken from the object of its title %s', (_name, value) => {
    expect(lines(`<div></div><script>window.S = ${JSON.stringify(value)};</script>`, ARTICLE)).toEqual([
      A,
      B,
      C,
      D,
    ]);
  });

  it('is found behind its title in data that are no JSON', () => {
    const script = `<script>window.S={"title":"${title}","content":${JSON.stringify(html)},f(){}}</script>`;
    expect(lines(`<div></div>${script}`, ARTICLE)).toEqual([A, B, C, D]);
  });

  it('is not taken from the data of another article', () => {
    const script = `<script>window.__DATA__=${data.replace(title, '다른 소식')}</script>`;
    expect(() => extract(`<div id="root"></div>${script}`, ARTICLE)).toThrow(
      code('ARTICLE_NOT_FOUND_IN_PAGE'),
    );
  });
});

describe('an article that is not whole', () => {
  it('is refused when the page announces more words', () => {
    const body = `<article>${p(A, B)}</article>`;
    expect(() => extract(body, ARTICLE + jsonLd({ wordCount: 900 }))).toThrow(code('ARTICLE_INCOMPLETE'));
    const words = `${A} ${B}`.split(' ').length;
    expect(lines(body, ARTICLE + jsonLd({ wordCount: words }))).toEqual([A, B]);
    expect(lines(body, ARTICLE + jsonLd({ wordCount: `${A} ${B}`.length }))).toEqual([A, B]);
  });

  const url = 'https://news.example.com/article/1';
  const article = (...more: string[]): string => `<article>${p(A, B)}${more.join('')}</article>`;
  it.each([
    ['the next page in the head', article(C), `<link rel="next" href="${url}?page=2">`],
    ['the next page by its path', article(C), '<link rel="next" href="/article/1/2">'],
    ['the next page in a pager', article('<div class="paging"><b>1</b><a rel="next" href="?page=2">다음 페이지</a></div>'), ''],
    ['a link to the rest', article('<p>은행권 대출 금리는 당분간…</p><a href="/full">기사 전문 보기</a>'), ''],
    ['a button to the rest', article('<p>은행권 대출 금리는 ...</p>', '<button>기사 더보기</button>'), ''],
    ['a notice to members', article('<p class="notice">전체 기사는 앱에서 볼 수 있습니다.</p>'), ''],
    ['a notice to subscribers', article(p(C + D, A + C, B + D) + '<p>로그인하시면 이어서 읽을 수 있습니다.</p>'), ''],
    ['a mark that it goes on', article('<p>(계속)</p>'), ''],
    ['a mark that it goes on in the next issue', article('<p>[다음 회에 계속]</p>'), ''],
    ['a wall behind its first paragraph', `<article>${p(A)}<div class="paywall">이 기사는 유료 회원 전용입니다. 로그인 후 계속 읽으세요.</div></article>`, jsonLd({ headline: '금리', isAccessibleForFree: false })],
    ['a wall behind two paragraphs', article('<div class="login-wall">회원가입하면 이어서 읽을 수 있습니다.</div>'), jsonLd({ headline: '금리', isAccessibleForFree: 'False' })],
  ])('is refused when the page shows %s', (_name, body, head) => {
    expect(() => extract(body, ARTICLE + head, url)).toThrow(code('ARTICLE_INCOMPLETE'));
  }); // prettier-ignore

  it.each([
    ['a next article', article(p(C)), '<link rel="next" href="/article/2">'],
    ['a next article by its number', article(p(C)), '<link rel="next" href="?id=2&page=2">'],
    ['pages of remarks', article(p(C)) + '<div class="comments"><a rel="next" href="?page=2">다음</a></div>', ''],
    ['a link to more articles behind a finished sentence', article(p(C)) + '<a href="/">기사 더보기</a>', ''],
    ['a sentence about members', `<article>${p(A + B + C + D, A + B + C + D, '가게는 회원 전용 상품을 내놨고 구독하면 볼 수 있다고 했다.')}</article>`, ''],
    ['no wall although it is not free', article(p(C)), jsonLd({ isAccessibleForFree: false })],
    ['an odd claim', article(p(C)), '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":{"toString":1}}</script>'],
  ])('is no article with %s', (_name, body, head) => {
    expect(lines(body, ARTICLE + head)).toHaveLength(3);
  }); // prettier-ignore

  it('is read whole where JSON-LD has what its pages have', () => {
    const whole = jsonLd({ articleBody: [A, B, C, D].join('\n\n') });
    expect(lines(article(), `<link rel="next" href="?page=2">${whole}`)).toEqual([A, B, C, D]);
  });

  it.each<[string, string | number]>([
    ['an object', '{"toString":1,"valueOf":1}'],
    ['a deep list', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['a boolean', 'true'],
    ['no number', '"Infinity"'],
    ['negative', -900],
    ['larger than any article', 1e300],
    ['a count of bytes', Buffer.byteLength(`<p>${A}</p><p>${B}</p>`)],
  ])('is not announced by a wordCount that is %s', (_name, wordCount) => {
    const data = `<script type="application/ld+json">{"@type":"NewsArticle","wordCount":${wordCount}}</script>`;
    expect(lines(`<article>${p(A, B)}</article>`, data)).toEqual([A, B]);
  });

  it('is completed from the body in JSON-LD', () => {
    const articleBody = [A, B, C, D].join('\n\n');
    expect(lines(`<div class="article-body">${p(A, B)}</div>`, jsonLd({ articleBody }))).toEqual([
      A,
      B,
      C,
      D,
    ]);
  });
});

describe('JSON-LD of several articles', () => {
  const other = { headline: '프로야구 개막전 열려', url: '/article/2', image: 'https://a.example/b.jpg', wordCount: 700, datePublished: '2020-01-01T00:00:00+09:00', publisher: 'x', articleBody: `개막전이 잠실에서 열렸다. ${B.repeat(9)}` };
  const own = { headline: '금리 여섯 달 만에 인하', datePublished: '2026-11-23T09:30:00+09:00' };
  const shown = `<h1>금리 여섯 달 만에 인하</h1><article>${p(A, B, C)}</article>`;
  it.each([
    ['has its headline', jsonLd(own) + jsonLd(other)],
    ['has its headline and stands last', jsonLd(other) + jsonLd(own)],
    ['has its headline beside one that begins like it', jsonLd(own) + jsonLd({ ...other, headline: '금리 여섯 달 만에 인하 2보' })],
    ['has its address', jsonLd(other) + jsonLd({ ...own, headline: '금리 내렸다', mainEntityOfPage: { '@id': 'https://news.example.com/article/1' } })],
    ['has its headline escaped, with the name of the site', jsonLd(other) + jsonLd({ ...own, headline: '금리 여섯&nbsp;달 만에 인하 - 지역일보' })],
    ['has its headline twice, once without the text', jsonLd({ headline: own.headline }) + jsonLd(other) + jsonLd({ ...own, articleBody: [A, B, C].join('\n\n') })],
    ['stands first when none has its headline', jsonLd({ ...own, headline: '금리 내렸다' }) + jsonLd(other)],
  ])('the page is described by the one that %s', (_name, head) => {
    const article = extract(shown, head);
    expect(article.content.split('\n\n')).toEqual([A, B, C]);
    expect(article).toMatchObject({ imageUrl: null, publishedAt: new Date('2026-11-23T00:30:00Z') });
  });
}); // prettier-ignore

it('the article among several in JSON-LD is the one that says most', () => {
  const first = jsonLd({ headline: '지역일보' });
  const second = jsonLd({
    headline: '진짜 제목',
    datePublished: '2026-11-23T09:30:00+09:00',
    articleBody: [A, B, C].join('\n\n'),
  });
  expect(extract('', first + second)).toMatchObject({
    title: '진짜 제목',
    publishedAt: new Date('2026-11-23T00:30:00Z'),
  });
});

it('a form around the body is no form of the page', () => {
  expect(lines(`<form action="/">${p(A, B, C, D)}</form>`)).toEqual([A, B, C, D]);
});

it('9,800 elements are read, in the body and around it', () => {
  const words = Array.from({ length: 20 }, (_, n) => `<span>말${n},</span>`).join(' ');
  const body = Array.from({ length: 460 }, (_, n) => `<p>${n}번째 줄의 ${words} 끝.</p>`).join('');
  expect(extract(`<div>${p(A, B, C, D)}${body}</div>`).content).toContain('459번째');
  const replies = '<li><b>독자</b><p>잘 읽었습니다</p></li>'.repeat(3_200);
  expect(lines(`<div>${p(A, B, C, D)}</div><div class="reactions"><ul>${replies}</ul></div>`)).toEqual([
    A,
    B,
    C,
    D,
  ]);
});

describe('what a browser does not draw is no text', () => {
  const HIDDEN = '숨은 글은 아무도 읽지 못한다. 검색을 위해 넣은 낱말이 여기에 모여 있다.';
  it.each([
    ['style="display:none"'],
    ['style="color:red; DISPLAY : none !important"'],
    ['style="visibility:hidden"'],
    ['style="opacity:0"'],
    ['style="font-size:0px"'],
    ['style="height:0;overflow:hidden"'],
    ['style="position:absolute;left:-9999px"'],
    ['style="text-indent:-9999px"'],
    ['hidden'],
    ['aria-hidden="true"'],
    ['class="blind"'],
    ['class="x sr-only"'],
    ['class="screen_out"'],
  ])('%s', (attribute) => {
    const hidden = `<div ${attribute}>${p(HIDDEN)}</div>`;
    for (const body of [
      p(A, B) + hidden + p(C, D),
      `<article>${p(A, B)}${hidden}${p(C, D)}</article>`,
      `<div class="article-body">${p(A, B)}${hidden}<p>${C}<span ${attribute}>${HIDDEN}</span></p>${p(D)}</div>`,
      `<div itemprop="articleBody" ${attribute}>${p(HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN)}</div><div itemprop="articleBody">${p(A, B, C, D)}</div>`,
    ])
      expect(lines(body, ARTICLE)).toEqual([A, B, C, D]);
  });

  it.each([
    ['style="display:none"'],
    ['class="hidden"'],
    ['style="visibility:hidden"'],
    ['style="opacity:0"'],
  ])('unless it is all there is, which a script then shows: %s', (attribute) =>
    expect(lines(`<div itemprop="articleBody" ${attribute}>${p(A, B, C, D)}</div>`, ARTICLE)).toEqual([
      A,
      B,
      C,
      D,
    ]),
  );

  it.each([
    ['.k7 { display: none }'],
    ['@charset "utf-8"; p{margin:0} /* .k7{display:block} */ .a, .k7{color:red;DISPLAY:none !important;}'],
    ['.k7{visibility:hidden}'],
    ['@media print{.b{display:block}} .k7{display:none}'],
  ])('nor is what a rule of the page hides by its class: %s', (css) => {
    const style = `<style>${css}</style>`;
    const hidden = `<div class="x k7">${p(HIDDEN)}</div>`;
    expect(lines(`${style}<article>${p(A, B)}${hidden}${p(C, D)}</article>`, ARTICLE)).toEqual([A, B, C, D]);
    expect(lines(`<article>${p(A, B)}${hidden}${p(C, D)}</article>${style}`, ARTICLE)).toEqual([A, B, C, D]);
  });

  it.each([
    '@media print { .k7 { display: none } }',
    '.print .k7 { display: none }',
    '.k7.closed, .k7:empty { display: none }',
    '.k7 { display: none } .k7 { display: block }',
    '.k7 { background: url(x) } .k70 { display: none }',
    '/* .k7 { display: none } */',
    '.k7 { display: none',
  ])('but what no rule hides always stays: %s', (css) => {
    const body = `<article>${p(A, B)}<p class="k7">${C}</p>${p(D)}</article>`;
    expect(lines(`<style>${css}</style>${body}`, ARTICLE)).toEqual([A, B, C, D]);
  });

  it('and an article whose own class a rule hides is shown by a script', () => {
    const body = `<style>.k7{display:none}</style><div class="k7" itemprop="articleBody">${p(A, B, C, D)}</div>`;
    expect(lines(body, ARTICLE)).toEqual([A, B, C, D]);
  });

  it.each([
    'style="display:none-such"', 'style="opacity:0.9"', 'style="font-size:0.9em"', 'style="height:0.5em"', 'style="left:-9px"',
    'style="max-height:none"', 'class="hidden-camera"', 'class="blinds"',
  ])('and what is drawn stays: %s', (attribute) =>
    expect(lines(`<article>${p(A, B)}<p ${attribute}>${C}</p>${p(D)}</article>`, ARTICLE)).toEqual([A, B, C, D]),
  ); // prettier-ignore
});
