import { cards, footer, list, menu, newsletter, ranking, share } from '../furniture';
import { br, jsonLd, p, type Shape } from '../shape';
import { LONG, RATE } from '../stories';

const FLASH = [
  '중앙은행이 기준금리를 연 2.75%에서 2.50%로 내렸다고 27일 밝혔다.',
  '인하는 여섯 달 만이며 위원 일곱 명이 모두 찬성했다.',
];
const RECIPES = [
  '통장을 쪼갠다. 월급이 들어오는 날 생활비와 비상금을 다른 계좌로 옮기는 자동이체를 걸어 둔다.',
  '고정비를 적는다. 보험료와 통신비처럼 매달 나가는 돈을 한 장에 적으면 줄일 곳이 보인다.',
  '체크카드로 바꾼다. 소득공제율이 신용카드의 두 배이고 쓴 만큼만 빠져나간다.',
  '청약통장을 지킨다. 한 달 10만원까지 납입 횟수로 인정되므로 끊지 않는 것이 좋다.',
  '비상금은 석 달 치가 기준이다. 하루만 맡겨도 이자를 주는 통장에 넣어 둔다.',
  '적금은 짧게 시작한다. 여섯 달짜리를 두 번 채우는 편이 한 번 깨는 것보다 낫다.',
  '퇴직연금 계좌를 확인한다. 아무것도 고르지 않으면 원금만 지키는 상품에 머문다.',
  '구독을 정리한다. 두 달 동안 열어 보지 않은 서비스는 해지 목록에 올린다.',
  '연금저축은 연말에 몰아서 넣어도 공제를 받는다. 한도는 한 해 600만원이다.',
  '신용점수를 조회한다. 조회만으로 점수가 떨어지던 때는 2011년에 끝났다.',
  '부모님 보험을 살핀다. 같은 보장이 겹치면 한쪽만 남기고 해약 환급금을 따져 본다.',
  '한 달에 한 번 가계부를 맞춘다. 10원까지 맞출 필요는 없고 방향만 보면 된다.',
];
const PLACES = [
  ['첫째, 바닷길 시장', '바닷길 시장은 새벽 다섯 시에 연다. 상인 120명이 함께 만든 앱으로 주문하면 아침 여덟 시에 문 앞에 놓인다. 지난해 매출이 40억원을 넘었다.'],
  ['둘째, 달맞이 시장', '달맞이 시장은 밤 장사로 살아났다. 저녁 여섯 시부터 자정까지 음식 수레 45대가 줄을 서고, 젊은 손님이 열에 일곱이다.'],
  ['셋째, 언덕 시장', '언덕 시장은 빈 점포 열여섯 칸을 공방으로 바꿨다. 임대료를 세 해 동안 올리지 않는다는 약속을 건물주 아홉 명이 지켰다.'],
  ['넷째, 나루 시장', '나루 시장은 지역 화폐만 받는 날을 만들었다. 매달 마지막 금요일에는 손님이 평소의 두 배로 늘고 배달은 무료다.'],
] as const; // prettier-ignore
const RELEASE = [
  '소상공인이 빌린 정책자금의 상환을 최대 7년까지 나누어 갚을 수 있도록 함',
  '전기료와 배달비로 쓸 수 있는 25만원을 내년 1월부터 연 매출 1억400만원 이하 점포에 지급하기로 함',
  '폐업한 사람이 다시 취업하면 남은 빚의 이자를 3년 동안 면제하기로 함',
  '노란우산에 새로 가입하면 매달 3만원을 1년 동안 얹어 주기로 함',
  '온누리상품권을 쓸 수 있는 골목을 300곳 더 지정하고 환급 행사를 분기마다 열기로 함',
  '신청은 12월 9일부터 누리집에서 받고, 자료가 필요한 사람은 전국 77개 센터에서 도움을 받을 수 있음',
];
const LIVE = [
  ['14:05', '코스피가 0.8% 오른 3,214로 오후 거래를 시작했다. 기관이 2천억원어치를 사들이고 있다.'],
  ['13:20', '환율은 달러당 1,372원으로 오전보다 3원 내렸다. 외국인의 채권 매수가 늘었다는 설명이다.'],
  ['11:40', '국고채 10년물 금리가 연 2.88%까지 떨어졌다. 입찰에 예정 금액의 세 배가 몰렸다.'],
  ['10:15', '반도체 업종이 2.3% 올라 지수를 이끌고 있다. 전날 미국의 같은 업종 지수가 3% 뛰었다.'],
  ['09:03', '코스피가 0.3% 오른 3,198로 문을 열었다. 개인은 팔고 외국인은 사는 흐름이다.'],
] as const;

/** Articles that look like something else: lists, flashes, releases, very long ones. */
export const LISTS_AND_SHORTS: readonly Shape[] = [
  {
    name: 'list of twelve items beside a promotion',
    url: 'https://www.dongjeon.example/story/12',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>사회초년생이 돈 모으는 열두 가지 방법 - 동전</title><meta property="og:type" content="article"><meta property="og:title" content="사회초년생이 돈 모으는 열두 가지 방법"><meta property="og:image" content="https://img.dongjeon.example/12.jpg"><meta property="article:published_time" content="2026-11-03T10:00:00+09:00"></head>
<body><header>${menu()}</header><h1>사회초년생이 돈 모으는 열두 가지 방법</h1><article><ul>${list(RECIPES, (text) => `<li>${text}</li>`)}</ul></article>
<div class="box">${newsletter()}${newsletter()}</div><footer>${footer('동전')}</footer></body></html>`,
    article: {
      title: '사회초년생이 돈 모으는 열두 가지 방법',
      body: RECIPES,
      publishedAt: '2026-11-03T01:00:00Z',
      picture: 'https://img.dongjeon.example/12.jpg',
    },
  },
  {
    name: 'article with four linked headings',
    url: 'https://www.sijang.example/feature/4',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>다시 붐비는 전통시장 네 곳 | 시장신문</title><meta property="og:type" content="article"><meta property="og:site_name" content="시장신문"><meta property="og:title" content="다시 붐비는 전통시장 네 곳"><meta property="og:image" content="https://img.sijang.example/4.jpg"><meta property="article:published_time" content="2026-11-02T10:00:00+09:00"></head>
<body><header>${menu()}</header><main><h1>다시 붐비는 전통시장 네 곳</h1><div class="content-body"><p>손님이 돌아온 전통시장에는 저마다 까닭이 있다. 네 곳을 찾아 비결을 들었다.</p>
${list(
  PLACES.map(([name]) => name),
  (name, n) =>
    `<h2><a href="/place/${n}">${name}</a></h2><p>${PLACES[n]![1]}</p><ul class="spec"><li>빈 점포 비율 ${n + 3}%</li><li>하루 손님 ${n * 400 + 900}명</li></ul>`,
)}</div></main><aside>${ranking()}</aside><footer>${footer('시장신문')}</footer></body></html>`,
    article: {
      title: '다시 붐비는 전통시장 네 곳',
      body: [
        '손님이 돌아온 전통시장에는 저마다 까닭이 있다. 네 곳을 찾아 비결을 들었다.',
        ...PLACES.flatMap(([name, text], n) => [
          name,
          text,
          `빈 점포 비율 ${n + 3}%`,
          `하루 손님 ${n * 400 + 900}명`,
        ]),
      ],
      publishedAt: '2026-11-02T01:00:00Z',
      picture: 'https://img.sijang.example/4.jpg',
    },
  },
  {
    name: 'press release: bullets that end without full stops',
    url: 'https://www.policy.example/news/policyNewsView.do?newsId=148900001',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>소상공인 지원 방안 확정 - 정책마당</title><meta property="og:type" content="article"><meta property="og:title" content="소상공인 지원 방안 확정"><meta property="og:site_name" content="정책마당"><meta property="og:image" content="https://img.policy.example/148900001.png"></head>
<body><header>${menu()}</header><div class="article_head"><h1>소상공인 지원 방안 확정</h1><div class="info"><span>2026.11.01 14:00</span><span>중소기업청</span></div></div>
<div class="view_cont"><p>중소기업청은 1일 소상공인 지원 방안을 확정하고 다음과 같이 시행하기로 했다.</p><ul>${list(RELEASE, (text) => `<li>${text}</li>`)}</ul></div>
<div class="file"><a href="/f.hwp">붙임 1. 지원 방안(hwp)</a></div><div class="sns">${share()}</div><footer>${footer('정책마당')}</footer></body></html>`,
    article: {
      title: '소상공인 지원 방안 확정',
      body: ['중소기업청은 1일 소상공인 지원 방안을 확정하고 다음과 같이 시행하기로 했다.', ...RELEASE],
      publishedAt: '2026-11-01T05:00:00Z',
      picture: 'https://img.policy.example/148900001.png',
    },
    furniture: ['붙임 1'],
  },
  {
    name: 'flash of two sentences',
    url: 'https://www.gana-wire.example/view/AKR20261127000100009',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>[속보] 기준금리 0.25%p 인하 | 가나통신</title><meta property="og:site_name" content="가나통신"><meta property="og:type" content="article"><meta property="og:title" content="[속보] 기준금리 0.25%p 인하"><meta property="og:image" content="https://img.gana-wire.example/breaking.jpg">
${jsonLd({ '@type': 'NewsArticle', headline: '[속보] 기준금리 0.25%p 인하', datePublished: '2026-11-27T09:50:00+09:00' })}</head>
<body><header>${menu()}</header><article class="story-news article"><h1>[속보] 기준금리 0.25%p 인하</h1>${p(FLASH)}<p class="txt-copyright">&lt;저작권자(c) 가나통신, 무단 전재-재배포 금지&gt;</p></article><aside>${cards()}${newsletter()}</aside><footer>${footer('가나통신')}</footer></body></html>`,
    article: {
      title: '[속보] 기준금리 0.25%p 인하',
      body: FLASH,
      publishedAt: '2026-11-27T00:50:00Z',
      picture: 'https://img.gana-wire.example/breaking.jpg',
    },
    furniture: ['저작권자'],
  },
  {
    name: 'live page: entries with times',
    url: 'https://www.jipyo.example/live/20261125',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>[시황 중계] 25일 금융시장 - 지표뉴스</title><meta property="og:site_name" content="지표뉴스"><meta property="og:type" content="article"><meta property="og:title" content="[시황 중계] 25일 금융시장"><meta property="og:image" content="https://img.jipyo.example/live.png">
${jsonLd({ '@type': 'LiveBlogPosting', headline: '[시황 중계] 25일 금융시장', datePublished: '2026-11-25T09:00:00+09:00' })}</head>
<body>${menu()}<h1>[시황 중계] 25일 금융시장</h1><div id="article-body"><ul class="timeline">${LIVE.map(([time, text]) => `<li><time>${time}</time><p>${text}</p></li>`).join('')}</ul></div><div class="side">${ranking()}</div><footer>${footer('지표뉴스')}</footer></body></html>`,
    article: {
      title: '[시황 중계] 25일 금융시장',
      body: LIVE.map(([, text]) => text),
      optional: LIVE.map(([time]) => time),
      publishedAt: '2026-11-25T00:00:00Z',
      picture: 'https://img.jipyo.example/live.png',
    },
  },
  {
    name: '8,000 characters beside a box of letters',
    url: 'https://www.ginggul.example/long/1',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>${LONG.title} | 긴글</title><meta property="og:type" content="article"><meta property="og:title" content="${LONG.title}"><meta property="og:site_name" content="긴글"><meta property="og:image" content="https://img.ginggul.example/1.jpg"><meta property="article:published_time" content="2026-10-30T06:00:00+09:00"></head>
<body><header>${menu()}</header><div class="page"><div class="main-column"><h1>${LONG.title}</h1><div class="txt">${br(LONG.paragraphs)}</div></div><div class="letter-box">${newsletter()}${newsletter()}${newsletter()}</div></div><footer>${footer('긴글')}</footer></body></html>`,
    article: {
      title: LONG.title,
      body: LONG.paragraphs,
      publishedAt: '2026-10-29T21:00:00Z',
      picture: 'https://img.ginggul.example/1.jpg',
    },
  },
  {
    name: 'photograph with one paragraph',
    url: 'https://www.katatimes.example/photo/2026/11/20/1',
    page: `<!doctype html><html><head><meta charset="utf-8"><title>[포토] 금리 결정 앞둔 회의장 - 카타타임스</title><meta property="og:type" content="article"><meta property="og:site_name" content="카타타임스"><meta property="og:title" content="[포토] 금리 결정 앞둔 회의장"><meta property="og:image" content="https://cdn.katatimes.example/photo/1.jpg"><meta property="article:published_time" content="2026-11-20T09:01:00+09:00"></head>
<body><nav>${menu()}</nav><h1>[포토] 금리 결정 앞둔 회의장</h1><div class="article_body"><div class="img"><img src="https://cdn.katatimes.example/photo/1.jpg"></div><p>${RATE.paragraphs[0]} 회의에 앞서 위원들이 자료를 살펴보는 모습을 기자단에 공개했다. 공개는 3분 동안 이어졌고 총재는 질문을 받지 않았다.</p></div><div class="rank">${ranking()}</div><footer>${footer('카타타임스')}</footer></body></html>`,
    article: {
      title: '[포토] 금리 결정 앞둔 회의장',
      body: [
        `${RATE.paragraphs[0]} 회의에 앞서 위원들이 자료를 살펴보는 모습을 기자단에 공개했다. 공개는 3분 동안 이어졌고 총재는 질문을 받지 않았다.`,
      ],
      publishedAt: '2026-11-20T00:01:00Z',
      picture: 'https://cdn.katatimes.example/photo/1.jpg',
    },
  },
];
