import economicTerms from '../../../prisma/seed/economic-terms.json';
import { deliveredTerms, TermExplainer } from '../../../src/domain/glossary/term-explainer';
import { TermMatcher } from '../../../src/domain/glossary/term-matcher';
import { nameKeysOf } from '../../../src/domain/glossary/term-names';
import { findEasyTerms } from '../../../src/domain/article/rewriting/extractive/term-finder';
import { fidelityOf } from '../../../src/domain/article/fidelity/article-fidelity';
import { ExtractiveRewriter } from '../../../src/domain/article/rewriting/extractive/extractive-rewriter';
import newsroom from '../../../src/dev/standins/newsroom/articles.json';

const expressionsIn = (text: string) => findEasyTerms(text).map(({ expression }) => expression);
const easyOf = (content: string, expression: string) =>
  findEasyTerms(content).find((phrase) => phrase.expression === expression)?.easy;

describe('the delivered glossary', () => {
  it('gives each name to one term', () => {
    const owners = new Map<string, string>();
    const shared: string[] = [];
    for (const { term, aliases = [] } of economicTerms)
      for (const key of nameKeysOf({ term, aliases })) {
        if (owners.has(key)) shared.push(`${key}: ${owners.get(key)}, ${term}`);
        owners.set(key, term);
      }
    expect(shared).toEqual([]);
  });

  it('explains in at most 200 characters of 해요체', () => {
    const misfits = economicTerms.filter(
      ({ description }) =>
        description.length > 200 || !/^(?:[^.]*요\.\s?)+$/.test(description.replace(/\d\.\d/g, '')),
    );
    expect(misfits).toEqual([]);
  });
});

describe('terms in a text', () => {
  it.each<[string, string, string[]]>([
    [
      'the longest at each place',
      '주택담보대출이 늘었어요. 국내총생산이 줄었어요.',
      ['주택담보대출', '국내총생산'],
    ],
    ['with particles and inflected', '공매도를 막았어요. 상장폐지됐어요.', ['공매도', '상장폐지']],
    ['by their other names', '금통위가 열렸어요. 연준은 금리를 내렸어요.', ['금통위', '연준']],
    ['as they are spaced', '금융 통화 위원회와 양적 완화', ['금융 통화 위원회', '양적 완화']],
    [
      'with the abbreviation in brackets',
      '총부채원리금상환비율(DSR)이 높아요. DSR 규제예요.',
      ['총부채원리금상환비율(DSR)'],
    ],
    ['with the name in brackets', 'ETF(상장지수펀드)를 샀어요.', ['ETF(상장지수펀드)']],
    ['without brackets that hold something else', '자유무역협정(한미)을 고쳐요.', ['자유무역협정']],
    ['once under two names', '한국은행이 정했어요. 한은은 기다려요.', ['한국은행']],
    ['behind characters that are shorter than they look', '㈜가나는 3㎡를…샀고 공매도를 봤어요.', ['공매도']],
  ])('are found %s: %s', (_how, text, expressions) => {
    expect(expressionsIn(text)).toEqual(expressions);
  });

  it.each([
    [
      'inside other words',
      '가지수를 셌고 합금리와 정채권, 가계부, 항복리스트, 비흑자기업, 복리후생, 전세계, 수요일',
    ],
    ['inside other words', '금융위기가 왔어요. 공공재개발과 공공재건축이 늘어요. 미국 우선주의예요.'],
    [
      'that mean something else',
      '10조 원 규모의 경제 효과예요. 세계 12위 규모의 경제예요. 물가에서 놀아요. 실력을 평가절하했어요.',
    ],
    ['of Latin words', 'GDPR과 ETFLAB, CPIX, XGDP'],
    ['in small letters', 'The cost per share of common stock and capital, cd, cp'],
    ['over the end of a sentence', '새 양적. 완화도'],
    [
      'that mean something else',
      '도서관에서 책을 대출했어요. 대회에서 상장을 받았어요. 여름에는 부채를 부쳐요.',
    ],
    [
      'that mean something else',
      '전세 버스를 타고 예산을 지나 갔어요. 충남 예산 사과예요. 수요 집회가 열렸어요.',
    ],
    ['that mean something else', '그룹 멤버 연준이 CD와 LP를 냈어요. 독점 인터뷰예요. 만기 출소했어요.'],
    [
      'that mean something else',
      '수주 동안 비가 왔어요. 아침에 세수했어요. 미국의 각 주가 정해요. 마라톤 전 테이퍼링이 중요해요.',
    ],
    [
      'that mean something else',
      '디자이너의 포트폴리오예요. 컵 보증금을 내요. 달 탐사선이 연착륙했어요. 스마트폰의 디폴트 값이에요.',
    ],
  ])('are not found %s: %s', (_how, text) => {
    expect(expressionsIn(text)).toEqual([]);
  });

  it.each([
    ['상장', '코스닥에 상장했어요. 공모주 청약이 몰렸어요.'],
    ['부채', '회사의 부채가 늘었어요.'],
    ['전세', '세입자가 전세 계약을 했어요.'],
    ['연준', '연준이 기준금리를 내렸어요.'],
    ['CD', 'CD 금리가 올랐어요.'],
    ['수주', '조선사가 수주를 늘렸어요.'],
  ])('%s is meant in: %s', (expression, text) => {
    expect(expressionsIn(text)).toContain(expression);
  });

  it('are explained so that it fits whose they are', () => {
    const fed = '미국 연준이 기준금리를 연 4%로 내렸어요.';
    expect(easyOf(fed, '기준금리')).not.toMatch(/한국|우리나라/);
    expect(easyOf('중국의 수출이 늘었어요.', '수출')).not.toMatch(/한국|우리나라/);
    const pension = findEasyTerms('퇴직연금의 디폴트 옵션을 골라요.');
    expect(pension.map(({ expression }) => expression)).toEqual(['퇴직연금', '디폴트 옵션']);
    expect(pension[1]!.easy).not.toContain('빚');
    expect(easyOf('아르헨티나가 국채를 못 갚아 디폴트를 선언했어요.', '디폴트')).toContain('빚');
  });

  it('are the hardest ones where there are many, and two of every day where there are no others', () => {
    const many =
      '금리와 주식, 대출 이자, 환매조건부채권, 양도성예금증서, 스태그플레이션, 지급준비율, 은행, 공개시장운영';
    expect(expressionsIn(many)).toEqual([
      '환매조건부채권',
      '양도성예금증서',
      '스태그플레이션',
      '지급준비율',
      '공개시장운영',
    ]);
    expect(expressionsIn('금리가 오르고 물가도 올랐어요. 양적긴축도 해요.')).toEqual(['물가', '양적긴축']);
    expect(expressionsIn('은행 금리가 오르고 물가도 올랐어요. 세금도 내요.')).toHaveLength(2);
    expect(expressionsIn('금리가 올랐어요.')).toEqual(['금리']);
  });
});

describe('a glossary of an admin', () => {
  const explainer = (...terms: [term: string, description: string, ...aliases: string[]][]) =>
    new TermExplainer(terms.map(([term, description, ...aliases]) => ({ term, description, aliases })));

  it('is cut behind a sentence where its explanations are long, and unused where even the first one is', () => {
    const glossary = explainer(
      ['가나다라', `첫 문장이에요. ${'긴 문장'.repeat(60)}이에요.`],
      ['마바사아', `${'긴 문장'.repeat(60)}이에요.`],
    );
    expect(glossary.explain('가나다라와 마바사아')).toEqual([
      { expression: '가나다라', easy: '첫 문장이에요.' },
    ]);
  });

  it('is known by its own words', () => {
    const glossary = explainer(['가나(ABC)', '뜻이에요.\n더 있어요.', '다라']);
    const explained = glossary.explain('가나(ABC), 다라');
    expect(explained).toEqual([{ expression: '가나(ABC)', easy: '뜻이에요. 더 있어요.' }]);
    for (const expression of ['가나(ABC)', '가나', 'ABC', '다라'])
      expect(glossary.isOwn({ expression, easy: '뜻이에요. 더 있어요.' })).toBe(true);
    expect(glossary.isOwn({ expression: '가나', easy: '다른 뜻이에요.' })).toBe(false);
    expect(glossary.isOwn({ expression: '마바', easy: '뜻이에요. 더 있어요.' })).toBe(false);
  });
});

describe('the built-in rewriter', () => {
  const everyTerm = new TermMatcher(economicTerms.map(({ term, aliases = [] }) => ({ term, aliases })));

  it.each(newsroom.map(({ title, paragraphs }) => [title, paragraphs.join('\n\n')] as const))(
    'explains at least two terms where the glossary knows two: %s',
    async (title, content) => {
      const signal = new AbortController().signal;
      const rewrite = await new ExtractiveRewriter().rewrite({ title, content }, { signal });
      const { phrases } = rewrite;
      const known = everyTerm.all([rewrite.content], 2).length;
      expect(phrases.length).toBeGreaterThanOrEqual(known);
      expect(phrases.filter(({ expression }) => !rewrite.content.includes(expression))).toEqual([]);
      expect(new Set(phrases.map(({ easy }) => easy)).size).toBe(phrases.length);
      const original = { title: '', content: phrases.map(({ expression }) => expression).join(', ') };
      const bare = { title: '', content: '', comment: null, category: rewrite.category, phrases };
      expect(fidelityOf(bare, original, deliveredTerms)).toMatchObject({ passed: true });
    },
  );
});
