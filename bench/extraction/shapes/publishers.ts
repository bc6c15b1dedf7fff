import { cards, comments, footer, menu, newsletter, ranking, share } from '../furniture';
import { br, jsonLd, p, type Shape } from '../shape';
import {
  CHIPS,
  ENERGY,
  HOUSING,
  LABOUR,
  PENSION,
  PORTAL_DISPUTE,
  PRICES,
  RATE,
  RESULTS,
  SHIPPING,
  STARTUP,
} from '../stories';

/** Publishers' own sites: the body in a box, with a byline, a picture, advertisements and notices in it. */
export const PUBLISHERS: readonly Shape[] = [
  {
    name: 'wire service: sub-headlines, dateline, caption, copyright',
    url: 'https://www.gana-wire.example/view/AKR20261120000100002',
    page: `<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>${RATE.title} | 가나통신</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="가나통신"><meta property="og:title" content="${RATE.title} | 가나통신">
<meta property="og:image" content="https://img.gana-wire.example/photo/2026/11/20/PYH0001_P4.jpg">
<meta property="article:published_time" content="2026-11-20T10:12:00+09:00"></head>
<body><header class="header"><h1 class="logo"><a href="/">가나통신</a></h1>${menu()}</header>
<main class="container"><header class="title-article01"><h1 class="tit">${RATE.title}</h1><p class="update-time">송고시간 2026-11-20 10:12</p>
<div class="share-data">${share()}</div></header>
<div class="tit-sub"><h2 class="tit">위원 5대 2로 갈려</h2><h2 class="tit">시장 “내년 1분기 인하”</h2></div>
<article class="story-news article">
<div class="comp-box photo-group"><figure><div class="img-con"><img src="https://img.gana-wire.example/photo/2026/11/20/PYH0001_P4.jpg" alt="회의를 여는 총재"></div>
<figcaption class="txt-con"><strong class="tit-cap">회의를 여는 총재</strong> 총재가 20일 회의장에서 의사봉을 두드리고 있다. [사진공동취재단]</figcaption></figure></div>
<p>(서울=가나통신) 홍길동 김영희 기자 = ${RATE.paragraphs[0]}</p>
${p(RATE.paragraphs.slice(1, 4))}
<aside class="aside-box"><ins class="adsbygoogle"></ins><span>광고</span></aside>
${p(RATE.paragraphs.slice(4))}
<p>hong@gana-wire.example</p>
<p class="txt-copyright adrs">&lt;저작권자(c) 가나통신, 무단 전재-재배포, AI 학습 및 활용 금지&gt;<span class="txt-time">2026/11/20 10:12 송고</span></p>
<p>제보는 카카오톡 okgana</p></article>
<aside>${cards()}</aside></main><footer>${footer('가나통신')}</footer></body></html>`,
    article: {
      title: RATE.title,
      body: RATE.paragraphs,
      optional: ['위원 5대 2로 갈려', '시장 “내년 1분기 인하”'],
      publishedAt: '2026-11-20T01:12:00Z',
      picture: 'https://img.gana-wire.example/photo/2026/11/20/PYH0001_P4.jpg',
    },
    furniture: ['홍길동', '서울=', '의사봉', '저작권자', 'okgana', '@'],
  },
  {
    name: 'wire service: summary glued to the lead in one text box',
    url: 'https://newsda.example/view/?id=NISX20261119_0003',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${ENERGY.title} :: 다라뉴스 ::</title>
<meta property="og:title" content="${ENERGY.title}"><meta property="og:type" content="article"><meta property="og:image" content="https://image.newsda.example/2026/11/19/NISI_0021.jpg?rnd=20261119">
</head><body><div id="wrap"><div class="headerWrap">${menu()}</div>
<div class="articleView"><div class="viewer"><h1 class="tit title_area">${ENERGY.title}</h1><div class="infoLine"><p class="txt">등록 <span>2026.11.19 14:05:31</span><span class="mo">수정 2026.11.19 15:10:02</span></p></div>
<div class="view_text"><article>
<div class="summury">&nbsp;</div><div id="textBody"><strong class="summary_view">가정용은 세 분기째 그대로<br>철강·화학 “한 해 160억 더”</strong><div class="thumCont"><div class="view_photo"><table class="center_image"><tr><td><img src="https://image.newsda.example/2026/11/19/NISI_0021.jpg" alt=""></td></tr></table><p class="photojournal">[나주=다라뉴스] 김가람 기자 = 전력 회사 본사 전경. 2026.11.19. garam@newsda.example</p></div></div>[세종=다라뉴스]김서연 기자 = ${br(ENERGY.paragraphs.slice(0, 4))}<br><br><div id="view_ad" class="view_ad"><iframe src="/ad.html"></iframe></div>${br(ENERGY.paragraphs.slice(4))}<br><br>◎공감언론 다라뉴스 <a href="mailto:seo@newsda.example">seo@newsda.example</a></div>
</article></div><p class="copyright">Copyright © NEWSDA.EXAMPLE, 무단 전재 및 재배포 금지</p></div>
<div class="rightArea">${ranking()}</div></div><div class="footer">${footer('다라뉴스')}</div></div></body></html>`,
    article: {
      title: ENERGY.title,
      body: ENERGY.paragraphs,
      optional: ['가정용은 세 분기째 그대로', '철강·화학 “한 해 160억 더”'],
      publishedAt: '2026-11-19T05:05:31Z',
      picture: 'https://image.newsda.example/2026/11/19/NISI_0021.jpg?rnd=20261119',
    },
    furniture: ['김서연', '김가람', '본사 전경', '공감언론', '세종=', '무단 전재 및'],
  },
  {
    name: 'business daily: itemprop body, refid paragraphs, lazy picture, ads between',
    url: 'https://www.mabaeconomy.example/news/economy/11223344',
    page: `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>${CHIPS.title} - 마바경제</title>
<meta property="og:site_name" content="마바경제"><meta property="og:type" content="website"><meta property="og:title" content="${CHIPS.title} - 마바경제">
<meta property="og:image" content="https://wimg.mabaeconomy.example/news/cms/202611/01/news-p.v1.20261101.abc_P1.jpg">
${jsonLd({ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: CHIPS.title, datePublished: '2026-11-01T11:20:15+09:00', image: ['https://wimg.mabaeconomy.example/news/cms/202611/01/news-p.v1.20261101.abc_P1.jpg'], author: { '@type': 'Person', name: '이도윤' }, publisher: { '@type': 'Organization', name: '마바경제' } })}
</head><body><header id="header">${menu()}</header><main><section class="contents"><div class="news_ttl_sec"><h2 class="news_ttl">${CHIPS.title}</h2>
<dl class="author"><dt>이도윤 기자</dt><dd><a href="mailto:yoon@mabaeconomy.example">yoon@mabaeconomy.example</a></dd></dl>
<div class="time_area"><dl class="registration"><dt>입력 :</dt><dd>2026-11-01 11:20:15</dd></dl></div></div>
<div class="sns_area">${share()}</div>
<div class="news_detail_body_group"><div class="news_detail_wrap" itemprop="articleBody">
<div class="mid_title"><div><p>메모리 단가 18% 뛰어</p><p>대중 수출도 플러스로</p></div></div>
<div class="thumb_area img"><figure><div class="thumb"><img data-src="https://wimg.mabaeconomy.example/news/cms/202611/01/news-p.v1.20261101.abc_P1.jpg" src="/images/blank.gif"></div><figcaption>부산항에 쌓인 컨테이너. [사진 제공=마바DB]</figcaption></figure></div>
${CHIPS.paragraphs.map((text, n) => `<p refid="${n}">${text}</p>${n === 2 ? '<div class="ad_wrap"><div class="ad"><p>AD 지금 가입하면 수수료 평생 우대</p></div></div>' : ''}`).join('\n')}
<div class="related_box"><strong>관련기사</strong><ul><li><a href="/news/1">수출 기업 보증 한도 늘린다</a></li><li><a href="/news/2">관세 논의 다시 제자리</a></li></ul></div>
</div><div class="reporter_area"><p>[이도윤 기자]</p></div><p class="copy">[ⓒ 마바경제 &amp; mabaeconomy.example, 무단 전재, 재배포 및 AI학습 이용 금지]</p></div>
<div class="news_like"><button>좋아요 0</button></div></section><aside class="side">${ranking('많이 본 뉴스')}${newsletter()}</aside></main><footer>${footer('마바경제')}</footer></body></html>`,
    article: {
      title: CHIPS.title,
      body: CHIPS.paragraphs,
      optional: ['메모리 단가 18% 뛰어', '대중 수출도 플러스로'],
      publishedAt: '2026-11-01T02:20:15Z',
      picture: 'https://wimg.mabaeconomy.example/news/cms/202611/01/news-p.v1.20261101.abc_P1.jpg',
    },
    furniture: ['이도윤', '수수료 평생', '부산항에', '보증 한도 늘린다', '관련기사', '좋아요 0', '무단 전재'],
  },
  {
    name: 'business daily: line breaks, figure in the text, reporter behind the last sentence',
    url: 'https://www.saahankyung.example/article/2026112000001',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${SHIPPING.title} | 사아경제</title><meta property="og:title" content="${SHIPPING.title}"><meta property="og:type" content="article">
<meta property="og:image" content="https://img.saahankyung.example/photo/202611/01.5555.1.jpg"><meta property="article:published_time" content="2026-11-20T17:42:03+09:00"></head>
<body><div class="header">${menu()}</div><div class="article-container"><h1 class="headline">${SHIPPING.title}</h1><div class="article-timestamp"><span class="txt-date">2026.11.20 17:42</span></div>
<p class="summary">홍해 재개방 기대에 운임 급락<br>수출 기업은 물류비 절반으로</p>
<div class="article-body-wrap"><div class="article-body" id="articletxt" itemprop="articleBody">
<figure class="article-figure"><div class="figure-img"><img src="https://img.saahankyung.example/photo/202611/01.5555.1.jpg"></div><figcaption class="figure-caption">하역을 기다리는 컨테이너선. /사진=게티이미지뱅크</figcaption></figure>
${br(SHIPPING.paragraphs.slice(0, 3))}<br/><br/><div class="ad-area-wrap"><div id="ad-mid">광고</div></div>
${br(SHIPPING.paragraphs.slice(3))}<br/><br/>박가온 기자 gaon@saahankyung.example</div></div>
<div class="article-copy">ⓒ 사아경제, 무단전재 및 재배포 금지</div></div><div class="aside">${cards('함께 볼 만한 소식', 10)}</div><div class="foot">${footer('사아경제')}</div></body></html>`,
    article: {
      title: SHIPPING.title,
      body: SHIPPING.paragraphs,
      optional: ['홍해 재개방 기대에 운임 급락', '수출 기업은 물류비 절반으로'],
      publishedAt: '2026-11-20T08:42:03Z',
      picture: 'https://img.saahankyung.example/photo/202611/01.5555.1.jpg',
    },
    furniture: ['박가온', '하역을 기다리는', '무단전재'],
  },
  {
    name: 'daily: the body in three boxes with advertisements between',
    url: 'https://www.jachailbo.example/article/25380001',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${HOUSING.title} | 자차일보</title><meta property="og:type" content="article"><meta property="og:title" content="${HOUSING.title} | 자차일보"><meta property="og:site_name" content="자차일보">
<meta property="og:image" content="https://pds.jachailbo.example/news/2026/11/18/house.jpg"><meta name="article:published_time" content="2026-11-18T05:00:00+09:00"></head>
<body>${menu()}<section class="contents"><h1 class="headline">${HOUSING.title}</h1><div class="byline"><a href="/reporter/12">최누리 기자</a></div><time datetime="2026-11-18T05:00:00+09:00">2026.11.18 05:00</time>
<div class="article-body">${p(HOUSING.paragraphs.slice(0, 2))}</div>
<div class="ad"><p>분양 광고: 역세권 마지막 기회, 지금 상담 예약하세요.</p></div>
<div class="article-body">${p(HOUSING.paragraphs.slice(2, 5))}</div>
<div class="ad"><p>분양 광고: 역세권 마지막 기회, 지금 상담 예약하세요.</p></div>
<div class="article-body">${p(HOUSING.paragraphs.slice(5))}</div>
<div class="copyright">ⓒ 자차일보(무단전재·재배포 금지)</div></section><section class="more">${cards()}</section><footer>${footer('자차일보')}</footer></body></html>`,
    article: {
      title: HOUSING.title,
      body: HOUSING.paragraphs,
      publishedAt: '2026-11-17T20:00:00Z',
      picture: 'https://pds.jachailbo.example/news/2026/11/18/house.jpg',
    },
    furniture: ['분양 광고', '최누리', '무단전재'],
  },
  {
    name: 'daily: two itemprop bodies around a subscription box',
    url: 'https://www.katatimes.example/economy/2026/11/17/ABCDEF',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PENSION.title} - 카타타임스</title><meta property="og:type" content="article"><meta property="og:title" content="${PENSION.title}">
<meta property="og:image" content="https://cdn.katatimes.example/2026/11/pension-share.jpg">
${jsonLd({ '@type': 'NewsArticle', headline: PENSION.title, datePublished: '2026-11-17T18:30:00+09:00', wordCount: PENSION.paragraphs.join(' ').split(' ').length })}</head>
<body><nav>${menu()}</nav><article class="view"><header><h1>${PENSION.title}</h1></header>
<div itemprop="articleBody">${p(PENSION.paragraphs.slice(0, 3))}</div>
<div class="subscribe-box">${newsletter()}</div>
<div itemprop="articleBody">${p(PENSION.paragraphs.slice(3))}<p>서지안 기자</p></div></article>
<div class="rank">${ranking()}</div><footer>${footer('카타타임스')}</footer></body></html>`,
    article: {
      title: PENSION.title,
      body: PENSION.paragraphs,
      publishedAt: '2026-11-17T09:30:00Z',
      picture: 'https://cdn.katatimes.example/2026/11/pension-share.jpg',
    },
    furniture: ['서지안'],
  },
  {
    name: 'local paper: logo as h1, name of the paper before the title, photo layouts',
    url: 'https://www.deulpan.example/news/articleView.html?idxno=123456',
    page: `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>들판일보 모바일 :: ${LABOUR.title}</title><meta property="og:site_name" content="들판일보"><meta name="og:title" content="${LABOUR.title}"><meta property="og:type" content="article">
<meta property="og:image" content="https://cdn.deulpan.example/news/photo/202611/123456_1_20.jpg"></head>
<body id="news"><header id="user-header"><h1 class="user-logo"><a href="/">들판일보</a></h1>${menu()}</header>
<section id="section" class="article-head-title"><header class="article-view-header"><div class="heading-wrap"><h3 class="heading">${LABOUR.title}</h3><h4 class="subheading">수습 핑계로 깎은 곳 가장 많아</h4></div>
<ul class="infomation"><li><i class="icon-user-o"></i> 기자명 한들판 기자</li><li><i class="icon-clock-o"></i> 입력 2026.11.16 13:21</li><li>수정 2026.11.16 13:40</li><li>댓글 0</li></ul></header>
<div id="snsAnchor">${share('a')}</div>
<article id="article-view-content-div" class="article-veiw-body view-page font-size17" itemprop="articleBody">
<div style="text-align:center"><figure class="photo-layout image photo_1 float-center"><img src="https://cdn.deulpan.example/news/photo/202611/123456_1_20.jpg" alt="편의점"><figcaption>▲ 불 켜진 편의점 모습. 사진=들판일보DB</figcaption></figure></div>
<p>[들판일보=한들판 기자] ${LABOUR.paragraphs[0]}</p>
${p(LABOUR.paragraphs.slice(1))}
<p style="text-align: right;">한들판 기자 han@deulpan.example</p></article>
<div class="view-copyright">저작권자 © 들판일보 무단전재 및 재배포 금지</div><div class="tag-group"><a href="/t/1">#최저임금</a><a href="/t/2">#편의점</a></div></section>
<div class="auto-article">${cards()}</div><div id="reply"><ul>${comments(6)}</ul></div><footer>${footer('들판일보')}</footer></body></html>`,
    article: {
      title: LABOUR.title,
      body: LABOUR.paragraphs,
      optional: ['수습 핑계로 깎은 곳 가장 많아'],
      publishedAt: '2026-11-16T04:21:00Z',
      picture: 'https://cdn.deulpan.example/news/photo/202611/123456_1_20.jpg',
    },
    furniture: ['한들판', '불 켜진', '#최저임금', '저작권자', '댓글 0'],
  },
  {
    name: 'broadcaster: transcript with anchor and reporter',
    url: 'https://news.hanulbroadcast.example/news/endPage.do?news_id=N1009',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PRICES.title} : 한울방송 뉴스</title><meta property="og:site_name" content="한울방송 뉴스"><meta property="og:title" content="${PRICES.title}"><meta property="og:type" content="video.other">
<meta property="og:image" content="https://img.hanulbroadcast.example/2026/11/15/9900.jpg"></head>
<body><div class="w_header">${menu()}</div><h1 class="article_main_tit">${PRICES.title}</h1><div class="date_area"><span>작성 2026.11.15 20:31</span><span>조회수 1,204</span></div>
<div class="video_area"><video src="/v.mp4"></video><p>동영상 기사입니다</p></div>
<div class="main_text"><div class="text_area" itemprop="articleBody">&lt;앵커&gt;<br><br>${br(PRICES.paragraphs.slice(0, 2))}<br><br>&lt;기자&gt;<br><br>${br(PRICES.paragraphs.slice(2, 5))}<br><br>${br(PRICES.paragraphs.slice(5))}<br><br>(영상취재 : 문빛나, 영상편집 : 신하람, 디자인 : 조은별)</div></div>
<div class="copyright_text">Copyright ⓒ 한울방송. 무단복제 및 재배포 금지</div><div class="hot">${ranking()}</div><div class="footer">${footer('한울방송')}</div></body></html>`,
    article: {
      title: PRICES.title,
      body: PRICES.paragraphs,
      optional: ['<앵커>', '<기자>'],
      publishedAt: '2026-11-15T11:31:00Z',
      picture: 'https://img.hanulbroadcast.example/2026/11/15/9900.jpg',
    },
    furniture: ['문빛나', '조회수', '동영상 기사', '무단복제'],
  },
  {
    name: 'magazine: headings, quotation and a numbered list inside the body',
    url: 'https://weekly.baram.example/news/articleView.html?idxno=77',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${STARTUP.title} < 사람 < 기사본문 - 주간바람</title><meta property="og:title" content="${STARTUP.title}"><meta property="og:type" content="article"><meta property="og:image" content="https://cdn.baram.example/photo/77.jpg"><meta property="og:site_name" content="주간바람"><meta property="article:published_time" content="2026-11-14T09:00:00+09:00"></head>
<body><header>${menu()}</header><article class="box"><h2 class="h">${STARTUP.title}</h2><div class="content"><div class="entry">
${p(STARTUP.paragraphs.slice(0, 3))}
<h3>서른두 번의 실패</h3>${p(STARTUP.paragraphs.slice(3, 4))}
<blockquote><p>밀가루를 쏟을 때마다 바닥을 닦으며 설계를 다시 그렸습니다.</p></blockquote>
<h3>빌리기 전에 따져 볼 것</h3><ol><li>작업대 높이가 85㎝ 안팎인지 재어 본다.</li><li>콘센트가 두 개 이상 남는지 확인한다.</li><li>한 달 반죽량이 400㎏을 넘는지 따져 본다.</li></ol>
${p(STARTUP.paragraphs.slice(4))}
</div><div class="author-box"><img src="/reporter.jpg" alt=""><b>유다인 기자</b><p>사람과 일터 이야기를 씁니다.</p></div></div></article>
<section>${cards()}</section><footer>${footer('주간바람')}</footer></body></html>`,
    article: {
      title: STARTUP.title,
      body: [
        ...STARTUP.paragraphs.slice(0, 3),
        '서른두 번의 실패',
        STARTUP.paragraphs[3]!,
        '밀가루를 쏟을 때마다 바닥을 닦으며 설계를 다시 그렸습니다.',
        '빌리기 전에 따져 볼 것',
        '작업대 높이가 85㎝ 안팎인지 재어 본다.',
        '콘센트가 두 개 이상 남는지 확인한다.',
        '한 달 반죽량이 400㎏을 넘는지 따져 본다.',
        ...STARTUP.paragraphs.slice(4),
      ],
      publishedAt: '2026-11-14T00:00:00Z',
      picture: 'https://cdn.baram.example/photo/77.jpg',
    },
    furniture: ['유다인', '일터 이야기'],
  },
  {
    name: 'old site: tables, font tags and form around everything',
    url: 'http://www.yetnal.example/read.asp?no=5501',
    page: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"><title>옛날신문 - ${SHIPPING.title}</title></head>
<body bgcolor="#ffffff"><form name="aspnetForm" method="post" action="read.asp"><input type="hidden" name="__VIEWSTATE" value="dDwtMTA4Nz">
<table width="900"><tr><td colspan="2">${menu()}</td></tr><tr><td width="600" valign="top">
<table><tr><td class="view_title"><font size="5"><b>${SHIPPING.title}</b></font></td></tr><tr><td class="date" align="right">Written: 2026-11-12 15:03:30</td></tr>
<tr><td class="view_r" id="articleBody"><font size="3"><table align="left" width="300"><tr><td><img src="/photo/5501.jpg" width="300"></td></tr><tr><td class="cap"><font size="1">△ 부두에 늘어선 화물 트럭. ⓒ 옛날신문</font></td></tr></table>
${SHIPPING.paragraphs.join('<BR>&nbsp;<BR>\n')}
<BR>&nbsp;<BR>/정옛날 기자 old@yetnal.example</font></td></tr></table></td>
<td width="300" valign="top">${ranking()}</td></tr><tr><td colspan="2"><font size="1">${footer('옛날신문')}</font></td></tr></table></form></body></html>`,
    article: {
      title: SHIPPING.title,
      body: SHIPPING.paragraphs,
      publishedAt: '2026-11-12T06:03:30Z',
      picture: 'http://www.yetnal.example/photo/5501.jpg',
    },
    furniture: ['정옛날', '화물 트럭', 'Written'],
  },
  {
    name: 'words of notices within sentences, figures behind triangles',
    url: 'https://www.noran.example/articles/90210',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PORTAL_DISPUTE.title} ㅣ 노란신문</title><meta property="og:title" content="${PORTAL_DISPUTE.title} ㅣ 노란신문"><meta property="og:site_name" content="노란신문"><meta property="og:type" content="article"><meta property="og:image" content="https://img.noran.example/iconic-court.jpg"><meta property="article:published_time" content="2026-11-11T07:50:00+0900"></head>
<body><header>${menu()}</header><main><h1>${PORTAL_DISPUTE.title}</h1><div class="tools">${share()}</div><div class="news-content">
<p>[노란신문 도하준 기자] ${PORTAL_DISPUTE.paragraphs[0]}</p>${p(PORTAL_DISPUTE.paragraphs.slice(1))}
<p>&lt;ⓒ 노란신문 무단전재 및 재배포 금지&gt;</p></div></main><aside>${ranking()}</aside><footer>${footer('노란신문')}</footer></body></html>`,
    article: {
      title: PORTAL_DISPUTE.title,
      body: PORTAL_DISPUTE.paragraphs,
      publishedAt: '2026-11-10T22:50:00Z',
      picture: 'https://img.noran.example/iconic-court.jpg',
    },
    furniture: ['도하준', '무단전재 및'],
  },
  {
    name: 'company results: lines of figures and a table',
    url: 'https://www.jipyo.example/stock/20261119/4410',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${RESULTS.title} • 지표뉴스</title><meta property="og:title" content="${RESULTS.title}"><meta property="og:site_name" content="지표뉴스"><meta property="og:type" content="article"><meta property="og:image" content="https://img.jipyo.example/4410/main.png"></head>
<body><div id="top">${menu()}</div><div class="view"><h2 class="subject">${RESULTS.title}</h2><p class="when">입력 2026.11.19. 오후 4:05 수정 2026.11.19. 오후 4:30</p>
<div class="view_con" id="news_body_area">${p(RESULTS.paragraphs.slice(0, 7))}
<table class="figures"><caption>한빛전자 실적</caption><tr><th>구분</th><th>매출</th><th>영업이익</th></tr><tr><td>2분기</td><td>11조2천억</td><td>8천400억</td></tr><tr><td>3분기</td><td>12조원</td><td>1조300억</td></tr></table>
${p(RESULTS.paragraphs.slice(7))}<p>고은채 기자 ko@jipyo.example</p></div>
<div class="like_area">좋아요 12 싫어요 3</div></div><div class="list_area">${cards()}</div><div id="bottom">${footer('지표뉴스')}</div></body></html>`,
    article: {
      title: RESULTS.title,
      body: RESULTS.paragraphs,
      optional: ['한빛전자 실적', '구분 매출 영업이익', '2분기 11조2천억 8천400억', '3분기 12조원 1조300억'],
      publishedAt: '2026-11-19T07:05:00Z',
      picture: 'https://img.jipyo.example/4410/main.png',
    },
    furniture: ['고은채', '좋아요 12'],
  },
  {
    name: 'captions, toasts and buttons inside the body, unknown containers',
    url: 'https://m.solbaram.example/r/33012',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${PENSION.title} > 뉴스 > 솔바람</title><meta property="og:title" content="${PENSION.title}"><meta property="og:type" content="article"><meta property="og:site_name" content="솔바람"><meta property="og:image" content="https://img.solbaram.example/33012.jpg"></head>
<body><div class="hd">${menu()}</div><div class="ct"><h1>${PENSION.title}</h1><div class="dt"><span>승인 2026-11-10 08:15</span></div>
<div class="bx"><div class="layer_toast"><p>기사 URL이 복사되었습니다.</p></div><div class="caption"><p>시민들이 공단 지사에서 상담 순서를 살펴보고 있다. 솔바람</p></div>
${p(PENSION.paragraphs.slice(0, 3))}<h4>관심 이슈</h4><p><a href="/r/1">연금 계산기 써 보니 깜짝..</a></p>
${p(PENSION.paragraphs.slice(3))}
<p>민가을 기자 <a class="__cf_email__" data-cfemail="0a0b">[email&#160;protected]</a></p><p>좋아요 0</p><p>나빠요 0</p><div>${share()}</div></div></div>
<div class="rel">${cards()}</div><div class="ft">${footer('솔바람')}</div></body></html>`,
    article: {
      title: PENSION.title,
      body: PENSION.paragraphs,
      publishedAt: '2026-11-09T23:15:00Z',
      picture: 'https://img.solbaram.example/33012.jpg',
    },
    furniture: [
      '민가을',
      'protected',
      '복사되었습니다',
      '살펴보고',
      '관심 이슈',
      '깜짝',
      '좋아요 0',
      '나빠요',
    ],
  },
  {
    name: 'two bylines: name and time as the first line, mail as the last',
    url: 'https://www.chorok.example/news/view/1008',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${STARTUP.title}_초록뉴스</title><meta property="og:title" content="${STARTUP.title}_초록뉴스"><meta property="og:site_name" content="초록뉴스"><meta property="og:type" content="article"><meta property="og:image" content="https://cdn.chorok.example/default-oven-1008.jpg"></head>
<body>${menu()}<div class="wrap"><h1 class="logo">초록뉴스</h1><h2>${STARTUP.title}</h2><div class="read_body">
<p>배가람 기자 | 2026-11-09 16:52:59</p>${p(STARTUP.paragraphs)}<p>배가람 기자 (garam@chorok.example)</p><p>[저작권자ⓒ 초록뉴스. 무단전재-재배포 금지]</p></div></div><div class="btm">${ranking()}${footer('초록뉴스')}</div></body></html>`,
    article: {
      title: STARTUP.title,
      body: STARTUP.paragraphs,
      publishedAt: '2026-11-09T07:52:59Z',
      picture: 'https://cdn.chorok.example/default-oven-1008.jpg',
    },
    furniture: ['배가람', '16:52', '저작권자'],
  },
];
