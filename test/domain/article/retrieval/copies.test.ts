import { CopyFinder, isSameTitle } from '../../../../src/domain/article/retrieval/copies';

const ARTICLE = {
  title: '"집값 또 오르나"…한은, 기준금리 연 2.50% 동결',
  link: 'https://www.example-news.kr/economy/view/20261129?no=1',
  text:
    '한국은행 금융통화위원회가 29일 기준금리를 연 2.50%로 동결했다. 물가는 안정됐지만 가계부채가 빠르게 늘고 있다는 판단에서다.\n\n' +
    '이창용 총재는 “집값 상승 기대가 번지는 것을 막아야 한다”고 말했다. 시장은 내년 상반기 한 차례 인하를 점친다.',
};
const OTHER = {
  title: '환율 1,400원 넘보는데 외환보유액은 석 달째 줄어',
  link: 'https://other.example.kr/1',
  text: '원·달러 환율이 1,390원대로 올라섰다. 외환당국은 쏠림이 지나치면 나서겠다고 했다.',
};
const finder = new CopyFinder(ARTICLE);

describe('a document is the article itself', () => {
  it.each([
    'https://www.example-news.kr/economy/view/20261129?no=1',
    'http://example-news.kr/economy/view/20261129?no=1',
    'https://m.example-news.kr/economy/view/20261129/?no=1',
  ])('at %s', (link) => expect(finder.isCopy({ ...OTHER, link })).toBe(true));

  it.each([
    'https://www.example-news.kr/economy/view/20261129?no=2',
    'https://www.example-news.kr/economy/view/20261130?no=1',
    'https://www.example-news.kr/',
    'https://blog.example.kr/economy/view/20261129?no=1',
  ])('but not at %s', (link) => expect(finder.isCopy({ ...OTHER, link })).toBe(false));
});

describe('two titles are the same', () => {
  it.each([
    ['한은, 기준금리 연 2.50% 동결', '한은, 기준금리 연 2.50% 동결 - 매일경제'],
    ['한은, 기준금리 연 2.50% 동결', '[속보] 한은 기준금리 연 2.50% 동결 | 연합뉴스'],
    ['한은, 기준금리 연 2.50% 동결…"가계부채 우려"', '한은, 기준금리 연 2.50% 동결…“가계부채 우려”'],
    [
      '육아휴직 대체인력 지원금 월 140만원으로…중소기업 문턱 낮춘다',
      '육아휴직 대체인력 지원금 월 140만원으로…중소기업 문턱 ...',
    ],
    [
      '삼성전자, 2분기 실적 서프라이즈... 반도체 회복 신호탄',
      '삼성전자 2분기 실적 서프라이즈…반도체 회복 신호탄',
    ],
    ['SK하이닉스 3분기 영업이익 11조 ‘사상 최대’', 'SK하이닉스, 3분기 영업이익 11조…사상 최대'],
  ])('%s = %s', (one, other) =>
    expect([isSameTitle(one, other), isSameTitle(other, one)]).toEqual([true, true]),
  );

  it.each([
    ['코스피 3012.45선 마감…외국인 2345억원 순매수', '코스피 2987.12선 마감…외국인 1200억원 순매수'],
    ['한은, 기준금리 연 2.50% 동결', '한은, 기준금리 연 2.75% 동결'],
    ['10월 소비자물가 2.4% 상승', '11월 소비자물가 2.4% 상승'],
    ['한은, 기준금리 동결', '한은 기준금리 동결에 은행주 일제히 하락'],
    ['삼성전자, 차세대 AI 반도체 양산', 'LG전자, 차세대 냉장고 양산'],
    ['금리', '금리 인하'],
    ['', '한은, 기준금리 동결'],
  ])('%s ≠ %s', (one, other) =>
    expect([isSameTitle(one, other), isSameTitle(other, one)]).toEqual([false, false]),
  );
});

describe('a piece of the same text', () => {
  const at = (text: string) => finder.isCopy({ ...OTHER, text });

  it('is found at another address, as a search shows it', () => {
    expect(
      at(
        '한국은행 금융통화위원회가 29일 기준금리를 연 2.50%로 동결했다. 물가는 안정됐지만 가계부채가 빠르게 늘고 ...',
      ),
    ).toBe(true);
    expect(
      at(
        '2026. 11. 29. ... 총재는 "집값 상승 기대가 번지는 것을 막아야 한다"고 말했다. 시장은 내년 상반기 한 차례 인하를 점친다 ...',
      ),
    ).toBe(true);
  });

  it('is not a text of another writer about the same', () => {
    expect(
      at(
        '한은 금통위가 기준금리를 연 2.50%에서 묶었다. 가계빚이 불어나는 속도가 부담이라는 이유다. 전문가들은 인하 시점을 내년으로 미뤘다.',
      ),
    ).toBe(false);
    expect(
      at(
        '이날 이창용 총재는 기자들에게 "환율을 지켜보겠다"고 했다. 채권 금리는 일제히 올랐고 은행들은 대출 금리를 다시 손볼 예정이다.',
      ),
    ).toBe(false);
    expect(at('가계부채가 빠르게 늘고')).toBe(false);
    expect(at('')).toBe(false);
  });
});

it('takes time linear in what a stranger wrote', () => {
  const long = '가'.repeat(200_000);
  expect(finder.isCopy({ ...OTHER, title: long, text: `${long}…${'. '.repeat(100_000)}` })).toBe(false);
});
