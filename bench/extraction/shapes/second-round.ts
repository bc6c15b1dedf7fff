import { cards, comments, footer, headlines, menu, newsletter, ranking, share } from '../furniture';
import { br, jsonLd, p, type Shape } from '../shape';
import { CHIPS, ENGLISH, HOUSING, LABOUR, PENSION, PRICES, RATE, SHIPPING, STARTUP } from '../stories';

const QUESTIONS = ['처음에 왜 빵집이었나요?', '가장 힘들었던 때는 언제였나요?', '돈은 어떻게 마련했나요?'];
const ANSWERS = STARTUP.paragraphs.slice(2, 5);
const NOTICE = [
  '□ 고용 당국은 겨울철 취약 사업장을 집중 점검한다.',
  '○ (대상) 난방 기구를 쓰는 건설 현장과 물류 창고 1천800곳',
  '○ (기간) 12월 1일부터 내년 2월 28일까지 석 달',
  '- 첫 달에는 스스로 고칠 시간을 주고, 다음 달부터 불시에 점검',
  '□ 점검에서 드러난 위험은 그 자리에서 고치게 하고, 고치지 않으면 작업을 멈추게 할 계획이다.',
  '○ 작은 사업장에는 난방기와 경보기를 살 돈의 70%를 지원',
];

/** Written after the first six files were met, before any of these was read. */
export const SECOND_ROUND: readonly Shape[] = [
  {
    name: 'sections with black squares, linked companies, pointing hands to other articles',
    url: 'https://biz.saebyeok.example/site/data/html_dir/2026/11/20/2026112000011.html',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${CHIPS.title} - 새벽비즈 > 산업</title><meta property="og:title" content="${CHIPS.title}"><meta property="og:type" content="article"><meta property="og:site_name" content="새벽비즈"><meta property="og:image" content="https://img.saebyeok.example/20/11.jpg"></head>
<body><div class="gnb_wrap">${menu()}</div><section class="article-wrap"><h1 class="tit">${CHIPS.title}</h1><div class="art-info"><span class="dt">입력 2026.11.20. 06:00</span></div><div class="util">${share('a')}</div>
<section class="article-contents"><h3 class="sub-tit">메모리 단가 급등</h3><div class="article-photo-wrap"><img src="https://img.saebyeok.example/20/11.jpg"><span class="img-caption">클린룸에서 웨이퍼를 살피는 직원. /한빛전자 제공</span></div>
${CHIPS.paragraphs.slice(0, 3).map((text) => `<div class="par">${text.replace('수출', '<a href="/word/1">수출</a>')}</div>`).join('')}<div class="par"><b>■ 자동차는 제자리</b></div>${CHIPS.paragraphs.slice(3).map((text) => `<div class="par">${text}</div>`).join('')}
<div class="par">☞ <a href="/x">관세 협상 막판 줄다리기</a></div><div class="par"><a href="/y">▶ 새벽비즈 네이버에서 구독하기</a></div><dl class="reporter-info"><dt>정유채</dt><dd>chae@saebyeok.example</dd></dl></section></section>
<div class="right">${ranking()}</div><div class="foot">${footer('새벽비즈')}</div></body></html>`,
    article: {
      title: CHIPS.title,
      body: [...CHIPS.paragraphs.slice(0, 3), '■ 자동차는 제자리', ...CHIPS.paragraphs.slice(3)],
      optional: ['메모리 단가 급등'],
      publishedAt: '2026-11-19T21:00:00Z',
      picture: 'https://img.saebyeok.example/20/11.jpg',
    },
    furniture: ['정유채', '클린룸', '막판 줄다리기', '구독하기'],
  },
  {
    name: 'JSON-LD with the body in one line beside a box of line breaks',
    url: 'https://www.hanmadang.example/view/77123',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${RATE.title}-한마당신문</title><meta property="og:title" content="${RATE.title}-한마당신문"><meta property="og:type" content="article"><meta property="og:image" content="https://img.hanmadang.example/77123.jpg">
${jsonLd({ '@context': 'https://schema.org', '@type': ['NewsArticle', 'Article'], headline: RATE.title, datePublished: '2026-11-20T02:11:00.000Z', articleBody: `[한마당신문 오다솜 기자] ${RATE.paragraphs.join(' ')} dasom@hanmadang.example`, publisher: { name: '한마당신문' } })}</head>
<body>${menu()}<div class="viewbox"><h2 class="vtit">${RATE.title}</h2><div id="articleBody" class="f16">[한마당신문 오다솜 기자] ${br(RATE.paragraphs)}<br><br>오다솜 기자 dasom@hanmadang.example<br><br>[저작권자 ⓒ 한마당신문 무단 전재 및 재배포 금지]</div><div class="emo"><button>좋아요 3</button></div></div>${cards()}<div>${footer('한마당신문')}</div></body></html>`,
    article: {
      title: RATE.title,
      body: RATE.paragraphs,
      publishedAt: '2026-11-20T02:11:00Z',
      picture: 'https://img.hanmadang.example/77123.jpg',
    },
    furniture: ['오다솜', '저작권자', '좋아요 3'],
  },
  {
    name: 'portal for sport and business: source, copyright and remarks within the box',
    url: 'https://sports.nuri.example/news.nhn?oid=001&aid=0015000777',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${LABOUR.title}</title><meta property="og:title" content="${LABOUR.title}"><meta property="og:type" content="article"><meta property="og:image" content="https://img.nuri.example/777.jpg"><meta property="og:description" content="${LABOUR.paragraphs[0]}"></head>
<body><div id="header">${menu()}</div><div class="content"><div class="news_headline"><h4 class="title">${LABOUR.title}</h4><div class="info"><span>기사입력 2026.11.18. 오후 01:25</span> <span>최종수정 2026.11.18. 오후 02:00</span></div></div>
<div class="news_end font1 size3" id="newsEndContents"><span class="end_photo_org"><img src="https://img.nuri.example/777.jpg" alt="사진"><em class="img_desc">점검을 나온 감독관. 사아신문 DB</em></span>${br(LABOUR.paragraphs)}<br><br>강여울 기자<br><br><p class="source">기사제공 사아신문</p><div class="byline">현장에서 작성된 기사입니다.</div><div class="copyright">Copyright ⓒ 사아신문. All rights reserved.</div></div>
<div class="reply"><ul>${comments(12)}</ul></div></div><div class="aside">${ranking()}</div><div id="footer">${footer('누리')}</div></body></html>`,
    article: {
      title: LABOUR.title,
      body: LABOUR.paragraphs,
      publishedAt: '2026-11-18T04:25:00Z',
      picture: 'https://img.nuri.example/777.jpg',
    },
    furniture: ['강여울', '감독관', '기사제공', '현장에서 작성'],
  },
  {
    name: 'notice of an office: word processor paragraphs with squares and circles, no metadata',
    url: 'https://www.office.example/board/view.do?seq=991',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>겨울철 취약 사업장 집중 점검 | 보도자료 | 고용마당</title></head>
<body><div id="skip"><a href="#c">본문 바로가기</a></div><div id="head">${menu(['기관 소개', '정책', '민원', '알림'])}</div><div id="c"><h3 class="page-title">보도자료</h3><table class="board_view"><tr><th colspan="4">겨울철 취약 사업장 집중 점검</th></tr><tr><th>등록일</th><td>2026-11-25 11:00</td><th>조회</th><td>318</td></tr><tr><td colspan="4" class="board_cont"><div class="hwp_editor_board_content">${NOTICE.map((text) => `<p class="HStyle0" style="line-height:180%;"><span style="font-family:'함초롬바탕';">${text.slice(0, 4)}</span><span lang="EN-US" style="font-size:15pt">${text.slice(4)}</span></p>`).join('\n')}</div></td></tr></table><div class="btns"><a href="list.do">목록</a></div></div><div id="foot">${footer('고용마당')}</div></body></html>`,
    article: {
      title: '겨울철 취약 사업장 집중 점검',
      body: NOTICE,
      publishedAt: '2026-11-25T02:00:00Z',
      picture: null,
    },
    furniture: ['조회', '본문 바로가기'],
  },
  {
    name: 'interview: bold questions on lines of their own',
    url: 'https://www.mannam.example/interview/31',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${STARTUP.title} &lt; 인터뷰 &lt; 만남투데이</title><meta property="og:site_name" content="만남투데이"><meta property="og:type" content="article"><meta property="og:title" content="${STARTUP.title}"><meta property="og:image" content="https://cdn.mannam.example/31/thumb.jpg"><meta property="article:published_time" content="2026-11-13T10:00:00+09:00"></head>
<body><header>${menu()}</header><div id="main"><h1>${STARTUP.title}</h1><div class="vw"><div class="cnt">${STARTUP.paragraphs[0]} ${STARTUP.paragraphs[1]}<br><br>${QUESTIONS.map((question, n) => `<strong>- ${question}</strong><br>“${ANSWERS[n]}”`).join('<br><br>')}<br><br>${STARTUP.paragraphs[6]}<br><br>글·사진 노을빛 기자</div></div></div><aside>${newsletter()}</aside><footer>${footer('만남투데이')}</footer></body></html>`,
    article: {
      title: STARTUP.title,
      body: [
        `${STARTUP.paragraphs[0]} ${STARTUP.paragraphs[1]}`,
        ...QUESTIONS.flatMap((question, n) => [question, ANSWERS[n]!]),
        STARTUP.paragraphs[6]!,
      ],
      publishedAt: '2026-11-13T01:00:00Z',
      picture: 'https://cdn.mannam.example/31/thumb.jpg',
    },
    furniture: ['노을빛'],
  },
  {
    name: 'application of generated names: asides and a form between paragraphs, picture sources',
    url: 'https://www.harbour-post.example/2026/nov/14/robots',
    page: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${ENGLISH.title} | Harbour Post</title><meta property="og:site_name" content="Harbour Post"><meta name="twitter:title" content="${ENGLISH.title}"><meta property="og:type" content="article"></head>
<body><div class="css-a1"><nav class="css-b2"><a href="/">Home</a><a href="/money">Money</a></nav></div><main class="css-c3"><h1 class="css-h1">${ENGLISH.title}</h1><div class="css-t1"><time datetime="2026-11-14T08:30:00.000Z">Sat 14 Nov 2026</time></div>
<figure class="css-f1"><picture><source srcset="/media/oven-2000.jpg 2000w"><img src="/media/oven-600.jpg" alt="An oven"></picture><figcaption>An oven at dawn. Photograph: Ha-ru Kim</figcaption></figure>
<div class="css-p0">${ENGLISH.paragraphs.slice(0, 2).map((text) => `<p class="css-p1">${text}</p>`).join('')}<aside class="css-x"><p>More from Money: how to read a payslip</p></aside>${ENGLISH.paragraphs.slice(2, 4).map((text) => `<p class="css-p1">${text}</p>`).join('')}<form class="css-n"><h4>Sign up for our letter</h4><p>We send one every Monday, and you can leave at any time with one click of the mouse.</p><input type="email"></form>${ENGLISH.paragraphs.slice(4).map((text) => `<p class="css-p1">${text}</p>`).join('')}</div></main><footer>${footer('Harbour')}</footer></body></html>`,
    article: {
      title: ENGLISH.title,
      body: ENGLISH.paragraphs,
      publishedAt: '2026-11-14T08:30:00Z',
      picture: 'https://www.harbour-post.example/media/oven-600.jpg',
    },
    furniture: ['Ha-ru', 'payslip', 'Sign up'],
  },
  {
    name: 'every sentence a paragraph, the reporter behind the last one, tags and reactions',
    url: 'https://www.ppareun.example/news/article.html?no=50012',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>[빠른뉴스] ${PENSION.title}</title><meta property="og:title" content="[빠른뉴스] ${PENSION.title}"><meta property="og:site_name" content="빠른뉴스"><meta property="og:type" content="article"><meta property="og:image" content="https://img.ppareun.example/50012_1.jpg"></head>
<body><div class="top_area">${menu()}</div><div class="read"><div class="read_tit"><h1>${PENSION.title}</h1></div><div class="read_date">2026-11-12 오전 11:20:33 게재</div><div class="read_txt" id="_article"><p>(세종=빠른뉴스) 양서리 기자 = ${PENSION.paragraphs[0]!.replaceAll('. ', '.</p><p>')}</p>${PENSION.paragraphs.slice(1).map((text) => `<p>${text.replaceAll(/(?<=다)\. /g, '.</p><p>')}</p>`).join('')}<p>양서리 기자</p><p><br></p></div>
<div class="tagbox"><a href="/t">#연금</a> <a href="/t">#보험료</a></div><div class="react"><span>훈훈해요 2</span><span>화나요 8</span></div><div class="prevnext"><a href="/p">이전기사 수능 끝난 날</a></div></div><div class="side">${cards()}</div><div class="bt">${footer('빠른뉴스')}</div></body></html>`,
    article: {
      title: PENSION.title,
      body: PENSION.paragraphs,
      publishedAt: '2026-11-12T02:20:33Z',
      picture: 'https://img.ppareun.example/50012_1.jpg',
    },
    furniture: ['양서리', '#연금', '화나요', '이전기사'],
  },
  {
    name: 'body in three boxes of generated names, advertisements and a video between',
    url: 'https://www.jogak.example/a/3',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${HOUSING.title} :: 조각일보</title><meta property="og:title" content="${HOUSING.title}"><meta property="og:type" content="article"><meta property="og:image" content="https://img.jogak.example/3.jpg"><meta property="article:published_time" content="2026-11-11T00:10:00Z"></head>
<body>${menu()}<div class="z1"><h1>${HOUSING.title}</h1><div class="z2">${p(HOUSING.paragraphs.slice(0, 3))}</div><div class="google-ad"><ins></ins></div><div class="z2">${p(HOUSING.paragraphs.slice(3, 5))}</div><div class="video-player"><video></video><p>영상이 재생되지 않으면 새로 고침을 눌러 주세요.</p></div><div class="z2">${p(HOUSING.paragraphs.slice(5))}</div></div><div class="z9">${ranking()}</div><div>${footer('조각일보')}</div></body></html>`,
    article: {
      title: HOUSING.title,
      body: HOUSING.paragraphs,
      publishedAt: '2026-11-11T00:10:00Z',
      picture: 'https://img.jogak.example/3.jpg',
    },
    furniture: ['재생되지'],
  },
  {
    name: 'React elements pushed in pieces, menu and cards rendered by the server',
    url: 'https://www.heureum.example/read/812',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${SHIPPING.title} - 흐름일보</title><meta property="og:title" content="${SHIPPING.title}"><meta property="og:type" content="article"><meta property="og:image" content="https://img.heureum.example/812.jpg"><meta property="article:published_time" content="2026-11-10T00:10:00Z"></head>
<body>${menu()}<div id="slot"></div>${cards()}${footer('흐름일보')}<script>self.__next_f.push([1,${JSON.stringify(`1:["$","main",null,{"children":[["$","h1",null,{"children":${JSON.stringify(SHIPPING.title)}}],${SHIPPING.paragraphs.slice(0, 3).map((text) => `["$","p",null,{"children":${JSON.stringify(text)}}]`).join(',')}`)}])</script><script>self.__next_f.push([1,${JSON.stringify(`,${SHIPPING.paragraphs.slice(3).map((text) => `["$","p",null,{"children":${JSON.stringify(text)}}]`).join(',')}]}]\n`)}])</script></body></html>`,
    article: {
      title: SHIPPING.title,
      body: SHIPPING.paragraphs,
      publishedAt: '2026-11-10T00:10:00Z',
      picture: 'https://img.heureum.example/812.jpg',
    },
  },
  {
    name: 'reader’s remarks longer than a short body without a name',
    url: 'https://www.jjalbeun.example/n/4',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>채소값 내렸다 | 짧은신문</title><meta property="og:title" content="채소값 내렸다"><meta property="og:site_name" content="짧은신문"><meta property="og:type" content="article"><meta property="og:image" content="https://img.jjalbeun.example/4.jpg"><meta property="article:published_time" content="2026-11-09T00:10:00Z"></head>
<body>${menu()}<div class="wrap"><h1>채소값 내렸다</h1><div class="q1">${p(PRICES.paragraphs.slice(0, 3))}</div><div class="comment-wrap">${Array.from({ length: 20 }, () => `<div class="comment-item"><p>지난 주말에 시장에 갔더니 배추가 세 포기에 오천원이더라고요. 작년 생각하면 정말 많이 내렸어요. 결국 서민만 힘들어지는 거지 뭐.</p></div>`).join('')}</div></div>${footer('짧은신문')}</body></html>`,
    article: {
      title: '채소값 내렸다',
      body: PRICES.paragraphs.slice(0, 3),
      publishedAt: '2026-11-09T00:10:00Z',
      picture: 'https://img.jjalbeun.example/4.jpg',
    },
    furniture: ['세 포기에'],
  },
  {
    name: 'front page whose items are articles of JSON-LD',
    url: 'https://www.nopage.example/m',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>아니신문</title><meta property="og:type" content="website">${jsonLd({ '@type': 'ItemList', itemListElement: headlines().map((name) => ({ '@type': 'ListItem', item: { '@type': 'NewsArticle', headline: name } })) })}</head><body>${menu()}${headlines().map((name) => `<article><a href="/a"><h2>${name}</h2></a><p>${name}는 소식이다. 현장 취재진이 주민의 말을 들었다. 당국은 대책을 내놓기로 했다.</p></article>`).join('')}${footer('아니신문')}</body></html>`,
    article: null,
  },
  {
    name: 'quotation of a share: figures and a list of news',
    url: 'https://finance.nopage.example/item/005930',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>한빛전자 시세 - 누리증권</title><meta property="og:type" content="website"></head><body>${menu()}<div class="price"><h2>한빛전자</h2><p>87,400원 전일 대비 3,200원 상승</p></div><table>${Array.from({ length: 30 }, (_, n) => `<tr><td>2026.11.${n + 1}</td><td>${87_400 - n * 100}</td><td>${n}.1%</td></tr>`).join('')}</table><div class="desc"><p>시세는 20분 늦게 제공될 수 있습니다. 투자 판단의 책임은 이용자에게 있습니다.</p></div><ul>${headlines().map((name) => `<li><a href="/a">${name}</a></li>`).join('')}</ul>${footer('누리증권')}</body></html>`,
    article: null,
  },
]; // prettier-ignore
