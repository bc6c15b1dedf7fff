import { cards, footer, headlines, list, menu, newsletter, ranking } from '../furniture';
import { jsonLd, type Shape } from '../shape';

const head = (title: string, more = ''): string =>
  `<head><meta charset="utf-8"><title>${title}</title><meta property="og:type" content="website"><meta property="og:title" content="${title}"><meta property="og:image" content="https://img.nopage.example/og.png">${more}</head>`;

const SNIPPETS = Array.from({ length: 41 }, (_, n) => {
  const headline = headlines()[n % headlines().length]!;
  return { headline: `${headline} ${n + 1}보`, excerpt: `${headline}는 소식이 ${n + 1}일 들어왔다. 현장에 나간 취재진이 주민과 관계자의 말을 들어 보니 사정은 알려진 것보다 복잡했다. 당국은 대책을 내놓겠다고…` };
}); // prettier-ignore

const refused = (name: string, url: string, page: string): Shape => ({ name, url, page, article: null });

/** Pages that are no article. */
export const NO_ARTICLES: readonly Shape[] = [
  refused(
    'front page of a newspaper: 41 snippets',
    'https://www.nopage.example/',
    `<!doctype html><html>${head('아니신문 - 세상의 모든 소식')}<body><header><h1>아니신문</h1>${menu()}</header><main>${SNIPPETS.map(({ headline, excerpt }, n) => `<div class="news_item"><h3><a href="/a/${n}">${headline}</a></h3><p class="lead">${excerpt}</p></div>`).join('\n')}</main><aside>${ranking()}</aside><footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'section page: a list of articles that link as a whole',
    'https://www.nopage.example/section/economy',
    `<!doctype html><html>${head('경제 - 아니신문', jsonLd({ '@type': 'CollectionPage', name: '경제' }))}<body><header>${menu()}</header><section class="list"><h2>경제</h2><ul>${SNIPPETS.slice(
      0,
      20,
    )
      .map(
        ({ headline, excerpt }, n) =>
          `<li><a href="/a/${n}"><img src="/t/${n}.jpg"><strong>${headline}</strong><span>${excerpt}</span></a><em>2026.11.20 0${n % 10}:00</em></li>`,
      )
      .join(
        '\n',
      )}</ul><div class="paging"><a href="?p=2">2</a></div></section><footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'front page in article elements, a reporter’s greeting above',
    'https://www.nopage.example/reporter/12',
    `<!doctype html><html>${head('최누리 기자의 기사 모음 - 아니신문')}<body><header>${menu()}</header><div class="profile"><h1>최누리 기자</h1><p>경제부에서 부동산을 맡고 있습니다. 제보를 기다립니다.</p></div>${SNIPPETS.slice(
      0,
      15,
    )
      .map(
        ({ headline, excerpt }, n) =>
          `<article class="post"><h2><a href="/a/${n}">${headline}</a></h2><div class="summary"><p>${excerpt} <a href="/a/${n}">더 보기</a></p></div></article>`,
      )
      .join('\n')}<footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'results of a search',
    'https://search.nopage.example/?q=금리',
    `<!doctype html><html>${head('금리 : 통합검색')}<body><form><input name="q" value="금리"></form>${menu()}<div class="results"><p>‘금리’에 대한 결과 1,204건</p><ol>${SNIPPETS.slice(
      0,
      30,
    )
      .map(
        ({ headline, excerpt }, n) =>
          `<li><dl><dt><a href="https://a.example/${n}">${headline}</a></dt><dd>${excerpt}</dd><dd>아니신문 ${n + 1}시간 전</dd></dl></li>`,
      )
      .join('\n')}</ol></div><footer>${footer('검색')}</footer></body></html>`,
  ),
  refused(
    'ranking of a portal',
    'https://news.nopage.example/ranking',
    `<!doctype html><html>${head('랭킹 뉴스')}<body>${menu()}<div class="rankingnews">${list(['가나통신', '다라뉴스', '마바경제', '사아신문'], (name) => `<div class="box"><strong>${name}</strong>${ranking('', 5)}</div>`)}</div><footer>${footer('포털')}</footer></body></html>`,
  ),
  refused(
    'article that does not exist any more',
    'https://www.nopage.example/a/404',
    `<!doctype html><html>${head('페이지를 찾을 수 없습니다')}<body><header>${menu()}</header><div class="error"><h1>페이지를 찾을 수 없습니다</h1><p>요청하신 기사가 삭제되었거나 주소가 바뀌었습니다. 주소를 다시 확인해 주세요.</p><p>이용에 불편을 드려 죄송합니다. 궁금한 점은 고객센터로 문의해 주시기 바랍니다.</p><a href="/">홈으로</a></div>${cards()}<footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'sign-in wall without the article',
    'https://www.nopage.example/premium/7',
    `<!doctype html><html>${head('로그인 - 아니신문')}<body><header>${menu()}</header><div class="login"><h2>로그인이 필요한 기사입니다</h2><p>회원이 되면 모든 기사를 읽을 수 있습니다.</p><form><label>아이디</label><input><label>비밀번호</label><input type="password"><button>로그인</button></form></div><div class="benefit">${newsletter()}</div><footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'check whether the reader is a robot',
    'https://www.nopage.example/a/9',
    `<!doctype html><html><head><meta charset="utf-8"><title>잠시만 기다려 주세요…</title></head><body><div class="main-wrapper"><h1>www.nopage.example</h1><p>보안 연결을 확인하고 있습니다. 계속하려면 자바스크립트와 쿠키를 켜 주십시오. 확인이 끝나면 요청하신 페이지로 이동합니다.</p><noscript>자바스크립트를 켜 주십시오.</noscript><div>요청 번호 8f2a00c1</div></div></body></html>`,
  ),
  refused(
    'notice of a deleted article in the box of its body',
    'https://www.nopage.example/a/410',
    `<!doctype html><html><head><meta charset="utf-8"><title>아니신문</title></head><body><header>${menu()}</header><div class="article_view"><h2>알림</h2><p>언론사의 요청에 따라 삭제된 기사입니다. 이용에 불편을 드려 죄송합니다.</p></div><aside>${ranking()}</aside><footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'proof of age in the box of the body',
    'https://www.nopage.example/a/19',
    `<!doctype html><html><head><meta charset="utf-8"><title>채소값 내렸다 - 아니신문</title><meta property="og:type" content="article"></head><body><header>${menu()}</header><div id="articleBody"><p>본인 인증이 필요한 기사입니다. 인증 후 다시 시도해 주세요.</p></div><aside>${ranking()}</aside><footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'two sentences and the price of the rest',
    'https://www.nopage.example/premium/8',
    `<!doctype html><html><head><meta charset="utf-8"><title>채소값 내렸다 - 아니신문</title><meta property="og:type" content="article"></head><body><header>${menu()}</header><h1>채소값 내렸다</h1><div id="articleBody"><p>채소값이 내렸다. 배추가 가장 많이 내렸다.</p><p>이 기사는 프리미엄 콘텐츠입니다. 결제하고 계속 보세요.</p></div><aside>${ranking()}</aside><footer>${footer('아니신문')}</footer></body></html>`,
  ),
  refused(
    'application whose data hold only related articles and remarks',
    'https://www.nopage.example/app/9',
    `<!doctype html><html><head><meta charset="utf-8"><title>채소값 내렸다는 소식 - 아니신문</title><meta property="og:type" content="article"></head><body><header>${menu()}</header><div id="root"></div><script type="application/json">${JSON.stringify({ article: { title: '채소값 내렸다는 소식', locked: true, comments: SNIPPETS.map(({ excerpt }) => ({ content: excerpt })) }, related: SNIPPETS.map(({ headline, excerpt }) => ({ title: headline, content: excerpt })) })}</script><aside>${ranking()}</aside><footer>${footer('아니신문')}</footer></body></html>`,
  ),
];
