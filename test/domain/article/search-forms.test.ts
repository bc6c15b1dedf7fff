import { waysToWrite } from '../../../src/domain/article/search-amounts';
import { formsOf } from '../../../src/domain/article/search-forms';
import { otherLettersOf } from '../../../src/domain/article/search-letters';
import { spellingsOf } from '../../../src/domain/article/search-spelling';
import { piecesOf, splitWord, type Acquaintance } from '../../../src/domain/article/search-splits';
import { suggestionOf } from '../../../src/domain/article/search-suggestion';
import { neighboursOf } from '../../../src/domain/article/search-typos';
import { searchWordsOf } from '../../../src/domain/article/search-words';

describe('an amount', () => {
  it.each([
    ['100만', ['100만']],
    ['100만 원', ['100만원']],
    ['만 660원', ['1만660원']],
    ['3조 2천억 원을', ['3조2천억원을']],
    ['코스피 3000 돌파', ['코스피', '3000', '돌파']],
    ['이만 기다린다', ['이만', '기다린다']],
    ['스무 포기', ['20포기']],
    ['열일곱 곳에서', ['17곳에서']],
    ['두 배', ['2배']],
    ['800 킬로미터', ['800킬로미터']],
    ['세대 갈등', ['세대', '갈등']],
    ['한국 두 나라', ['한국', '두', '나라']],
    ['열대 과일', ['열대', '과일']],
    ['2026년 예산', ['2026년', '예산']],
    ['S&P 500', ['s&p', '500']],
  ])('of %j is one word', (search, words) => {
    expect(searchWordsOf(search)).toEqual(words);
  });

  it.each([
    ['1만660원', ['10660원', '1만660원', '만660원']],
    ['10660원으로', ['10660원', '1만660원', '만660원']],
    ['100만', ['1000000', '100만', '백만']],
    ['3조2천억', ['3조2000억', '3조2천억', '3.2조']],
    ['3.5퍼센트', ['3.5%', '3.5퍼센트']],
    ['0.25%p', ['0.25%p', '0.25%포인트', '0.25퍼센트포인트']],
    ['5천원', ['5000원', '5천원']],
    ['800km', ['800km', '800킬로미터']],
    ['800킬로미터를', ['800km', '800킬로미터']],
    ['20포기', ['20포기', '스무포기']],
    ['21명', ['21명', '스물한명']],
    ['30곳', ['30곳', '서른곳']],
    ['2.5%', ['2.5%', '2.50%']],
    ['2.50%', ['2.5%', '2.50%']],
  ])('%j is written in these ways too', (word, ways) => {
    expect(waysToWrite(word).map(({ form }) => form)).toEqual(expect.arrayContaining(ways));
  });

  it.each(['100', '500', '5g', '3년물', '137경기', '금리', '전문가'])('is not what %j is', (word) => {
    expect(waysToWrite(word)).toEqual([]);
  });

  it('is also the beginning of one, when there is no such amount', () => {
    const about = waysToWrite('222만원').find(({ isAbout }) => isAbout);
    expect(new RegExp(about!.pattern).test(' 한 달에 222만 7940원 ')).toBe(true);
    expect(new RegExp(about!.pattern).test(' 한 달에 222만 명 ')).toBe(false);
  });

  it.each([
    ['1800억', ' 입장권 매출만 1800억 원이 넘어요 '],
    ['1800억원', ' 입장권 매출만 1800억 원이 넘어요 '],
    ['천팔백억', ' 매출만 1800억 원 '],
    ['천팔백억', ' 매출만 천팔백억 원 '],
    ['8만원', ' 표값만 8만 원 '],
    ['100억', ' 회사만 100억 원 '],
    ['1000명', ' 노조 1000명 '],
    ['1000명', ' 구조 1000명 '],
    ['5000명', ' 인천 5000명, 이천 500명 '],
    ['3000원', ' 기억 3000원 '],
    ['3000원', ' 기억3000원 '],
    ['20포기', ' 배추 스무 포기를 '],
    ['17곳', ' 전국 열일곱 곳이 '],
    ['2배', ' 두 배로 '],
    ['2배', ' 두배 '],
    ['800km', ' 800 킬로미터를 '],
    ['800킬로미터', ' 800km를 '],
    ['200만원', ' 100만 200만 원 '],
  ])('%s stands behind a word that ends as a number: %j', (word, text) => {
    expect(waysToWrite(word).some(({ pattern }) => new RegExp(pattern).test(text))).toBe(true);
  });

  it.each([
    ['1000원', ' 1만 1000원 '],
    ['1000원', ' 백만 1000원 '],
    ['1000원', ' 이만 1000원 '],
    ['5000만', ' 약 3억 5000만 원 '],
    ['5000만', ' 약3억 5000만 원 '],
    ['5000만', ' 삼억 5000만 원 '],
    ['500만', ' 1천500만 원 '],
    ['백만원', ' 1억 백만 원 '],
    ['2배', ' 두 배우가 '],
    ['3대', ' 세대 '],
    ['1대', ' 한 대학 '],
    ['800km', ' 1800km '],
    ['800킬로미터', ' 800kmh '],
  ])('%s is no amount of its own in %j', (word, text) => {
    expect(waysToWrite(word).some(({ pattern }) => new RegExp(pattern).test(text))).toBe(false);
  });

  it('is no part of another one', () => {
    const [pattern] = waysToWrite('100만').filter(({ form }) => form === '100만');
    const matches = (text: string) => new RegExp(pattern!.pattern).test(text);
    for (const text of [' 100만 원', ' 100 만 원', ' 월 100만원 ', ' 약100만 '])
      expect(matches(text)).toBe(true);
    for (const text of [' 1100만 원', ' 1억 100만 원', ' 100만 5천 원', ' 100달러', ' 100% ', ' 0.100만 '])
      expect(matches(text)).toBe(false);
  });
});

it.each([
  ['배추값', '배춧값'],
  ['배춧값', '배추값'],
  ['장마비', '장맛비'],
  ['나라빚', '나랏빚'],
  ['실업율', '실업률'],
  ['벤쳐', '벤처'],
  ['배달료', '배달비'],
  ['배달비는', '배달료'],
  ['구독요금', '구독료'],
  ['통신비', '통신요금'],
  ['전기세', '전기요금'],
])('%s is also spelt %s', (word, other) => {
  expect(spellingsOf(word).map(({ form }) => form)).toContain(other);
});

it.each(['소비', '무료', '추세', '재료'])('%s is no fee of another name', (word) => {
  expect(spellingsOf(word).filter(({ form }) => /(?:료|요금)$/.test(form))).toEqual([]);
});

it('of two syllables another spelling is not sure to be the same word', () => {
  expect(spellingsOf('깃발')).toEqual([]);
  expect(spellingsOf('환률')).toEqual([{ form: '환율', is: 'meant' }]);
  expect(spellingsOf('기발')).toEqual([{ form: '깃발', is: 'perhaps' }]);
});

it.each([
  ['케이팝', 'k팝'],
  ['k팝', '케이팝'],
  ['이스포츠', 'e스포츠'],
  ['e스포츠', '이스포츠'],
  ['에스케이하이닉스', 'sk하이닉스'],
  ['에이아이', 'ai'],
  ['gdp', '지디피'],
  ['kpop', 'k팝'],
  ['kpop', '케이팝'],
  ['ebook', 'e북'],
])('%s is %s in the other letters', (word, other) => {
  expect(otherLettersOf(word)).toContain(other);
});

it.each(['금리', '이', '경제성장률', 'samsung'])('%s has no other letters', (word) => {
  expect(otherLettersOf(word)).toEqual([]);
});

describe('a joined word', () => {
  const known = new Map<string, Acquaintance>([
    ['자동차', 'word'],
    ['자동', 'part'],
    ['관세', 'word'],
    ['스키', 'word'],
    ['스키장', 'word'],
    ['집값', 'word'],
    ['전망', 'word'],
    ['ott', 'word'],
    ['tt', 'part'],
    ['요금', 'word'],
    ['반도체', 'word'],
    ['hbm', 'word'],
  ]);

  it.each([
    ['자동차관세', ['자동차', '관세'], true],
    ['집값전망은', ['집값', '전망'], true],
    ['스키장폐업', ['스키장'], false],
    ['ott요금', ['ott', '요금'], true],
    ['ott요금은', ['ott', '요금'], true],
    ['hbm반도체전망', ['hbm', '반도체', '전망'], true],
    ['반도체hbm', ['반도체', 'hbm'], true],
    ['bott요금', ['요금'], false],
    ['없는낱말', [], false],
    ['관세', [], false],
  ])('%s consists of %j', (word, pieces, isWhole) => {
    expect(splitWord(word, known)).toEqual({ pieces, isWhole });
  });

  it('has a bounded number of pieces', () => {
    const words = Array.from({ length: 20 }, (_, n) => `${'가나다라마바사아자차'.slice(n % 5)}카${n}`);
    expect(piecesOf(['가나다라마바사아자차카타', ...words]).length).toBeLessThanOrEqual(100);
  });
});

describe('a slip', () => {
  it.each([
    ['반도채', '반도체'],
    ['공메도', '공매도'],
    ['환률', '환율'],
    ['가게부채', '가계부채'],
    ['스테그플래이션', '스태그플레이션'],
    ['비트코잉', '비트코인'],
    ['반체도', '반도체'],
    ['반도도체', '반도체'],
    ['nvidai', 'nvidia'],
    ['gogle', 'google'],
  ])('turned %s into what was meant: %s', (typed, meant) => {
    expect(neighboursOf(typed).map(({ form }) => form)).toContain(meant);
  });

  it('has a bounded number of causes', () => {
    for (const word of ['가나다라마바사아', 'abcdefgh', '뷁뷁뷁뷁', '궤궤궤궤궤궤궤궤'])
      expect(neighboursOf(word).length).toBeLessThanOrEqual(250);
    for (const word of ['가', '3.5%', 'ai', '가나다라마바사아자', 'ㄱㄴㄷ', '한국bank'])
      expect(neighboursOf(word)).toEqual([]);
  });
});

it('a suggestion keeps what was typed around it', () => {
  const instead = new Map([['반도채', '반도체']]);
  expect(suggestionOf(' 반도채  수출 AI ', ['반도채', '수출', 'ai'], instead)).toBe('반도체 수출 AI');
  expect(suggestionOf('수출', ['수출'], new Map())).toBeNull();
  expect(suggestionOf('반도채,수출', ['반도채', '수출'], instead)).toBe('반도체 수출');
});

it('a search has a bounded number of forms', () => {
  const names = ['주택담보대출', '주담대'];
  const knowledge = { synonymsOf: () => names, meantBy: () => ['기준금리', '기준'] };
  const search = Array.from({ length: 20 }, (_, n) => `에이치${'가나다라'.slice(0, n % 4)}${n}억`).join(' ');
  const { words, forms } = formsOf(search, searchWordsOf(search), knowledge);
  expect(words).toHaveLength(20);
  expect(forms.length).toBeLessThanOrEqual(80);
  expect(new Set(forms.filter(({ rank }) => rank === 0).map(({ word }) => word)).size).toBe(20);
});
