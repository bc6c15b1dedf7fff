import economicTerms from '../../../prisma/seed/economic-terms.json';
import paraphrases from '../../../prisma/seed/term-paraphrases.json';
import { evaluateQuestions, isFrozen, type Questions, type Score } from '../../../bench/glossary/evaluation';
import questions from '../../../bench/glossary/questions.json';
import type { DescribedTerm } from '../../../src/domain/glossary/term-descriptions';
import { TermFinder } from '../../../src/domain/glossary/term-finder';
import { TermLookup } from '../../../src/domain/glossary/term-lookup';
import { TermMatcher } from '../../../src/domain/glossary/term-matcher';

const QUESTIONS = questions as unknown as Questions;
const terms = economicTerms.map((term) => ({ ...term, aliases: term.aliases ?? [] }));

const finderOf = (...given: (string | [term: string, description: string, ...aliases: string[]])[]) => {
  const described = given.map((one): DescribedTerm => {
    const [term, description, ...aliases] = typeof one === 'string' ? [one, `${one}의 뜻`] : one;
    return { term, description, aliases };
  });
  return TermFinder.of(described, { matcher: new TermMatcher(described), lookup: new TermLookup(described) });
};

describe('questions to the glossary of new installations', () => {
  let scores: Score[];
  beforeAll(async () => {
    scores = await evaluateQuestions(terms, QUESTIONS);
  });
  const accuracy = (part: readonly Score[]) =>
    part.reduce((sum, { right }) => sum + right, 0) / part.reduce((sum, { asked }) => sum + asked, 0);

  it('are many, of every kind, and many of them are kept apart', () => {
    const asked = Object.values(QUESTIONS).flat();
    const apart = asked.filter(([question]) => isFrozen(question));
    expect(asked.length).toBeGreaterThanOrEqual(700);
    expect(new Set(asked.map(([question]) => question)).size).toBe(asked.length);
    expect(apart.length).toBeGreaterThanOrEqual(160);
    const known = new Set<string | null>([null, ...terms.map(({ term }) => term)]);
    expect(asked.filter(([, term]) => !known.has(term))).toEqual([]);
  });

  it.each([
    ['회사가 망하는 것', '파산'],
    ['회사가 망하는 걸 뭐라고 해요?', '파산'],
  ])('find what everybody says in other words: %s', async (question, term) => {
    const names = { matcher: new TermMatcher(terms), lookup: new TermLookup(terms) };
    expect((await TermFinder.of(terms, names)).find(question)?.term).toBe(term);
  });

  it.each([true, false])('are answered rightly; kept apart: %s', (frozen) => {
    expect(accuracy(scores.filter((score) => score.isFrozen === frozen))).toBeGreaterThanOrEqual(0.93);
  });

  it('are answered rightly in each kind', () => {
    const poor: string[] = [];
    for (const kind of Object.keys(QUESTIONS))
      if (accuracy(scores.filter((score) => score.kind === kind)) < 0.88) poor.push(kind);
    expect(poor).toEqual([]);
  });
});

describe('the everyday paraphrases of terms', () => {
  it('are of all terms of new installations, and tell them apart', async () => {
    expect(Object.keys(paraphrases)).toEqual(terms.map(({ term }) => term));
    const names = { matcher: new TermMatcher(terms), lookup: new TermLookup(terms) };
    const finder = await TermFinder.of(terms, names);
    const told = Object.entries(paraphrases).flatMap(([term, texts]) =>
      texts.map((text) => ({ term, text })),
    );
    const wrong = told.filter(({ term, text }) => (finder.describedBy(text)?.term.term ?? term) !== term);
    expect(wrong.length / told.length).toBeLessThanOrEqual(0.02);
  });

  it('find no term that the glossary lacks, and none is needed', async () => {
    const finder = await finderOf(
      ['매몰비용', '이미 써 버린 돈'],
      ['우주세', '로켓을 쏘는 사람이 내는 세금'],
    );
    expect(finder.describedBy('노잼영화 표값 아까워서 끝까지 보는 거')?.term.term).toBe('매몰비용');
    expect(finder.describedBy('로켓 쏘면 내는 세금')?.term.term).toBe('우주세');
    const others = await finderOf(['우주세', '로켓을 쏘는 사람이 내는 세금']);
    expect(others.describedBy('노잼영화 표값 아까워서 끝까지 보는 거')).toBeNull();
  });
});

describe('a misspelt name', () => {
  it.each([
    ['환률', '환율'],
    ['환룰', null],
    ['담배', null],
    ['공메도는 왜 해요', '공매도'],
    ['공 메도', '공매도'],
    ['기준 굼리', '기준금리'],
    ['스테그플래이션', '스태그플레이션'],
    ['스태그플션', null],
    ['정규직', null],
    ['국민총생산', null],
    ['inflatoin', '인플레이션'],
    ['stok', null],
  ])('%s means %s', async (question, term) => {
    const finder = await finderOf(
      '환율', '담보', '공매도', '기준금리', '스태그플레이션', '비정규직', '국내총생산(GDP)',
      ['인플레이션', '뜻', 'inflation'], ['주식', '뜻', 'stock'],
    ); // prettier-ignore
    expect(finder.find(question)?.term ?? null).toBe(term);
  });

  it('of a long name wins over a short one that is right', async () => {
    const finder = await finderOf('금리', '주택담보대출');
    expect(finder.find('주택담보데출 금리')?.term).toBe('주택담보대출');
    expect(finder.find('금리와 주택')?.term).toBe('금리');
  });
});

describe('a description', () => {
  it.each([
    ['물가가 계속 떨어지는 현상', '디플레이션'],
    ['물가가 꾸준히 상승하는 것을 뭐라고 하나요?', '인플레이션'],
    ['물가가 뭐예요?', '물가'],
    ['물가가 계속 떨어지는 이유', '물가'],
    ['비가 아주 많이 오는 현상', null],
    ['계속', null],
  ])('%s means %s', async (question, term) => {
    const finder = await finderOf(
      ['물가', '여러 물건의 값을 모아 평균을 낸 것이에요.'],
      ['디플레이션', '물가가 계속 내리는 현상이에요.'],
      ['인플레이션', '물가가 계속 오르는 현상이에요. 돈의 가치가 그만큼 떨어져요.'],
      '환율', '금리', '예금', '대출', '주식',
    ); // prettier-ignore
    expect(finder.find(question)?.term ?? null).toBe(term);
  });
});

describe('no question', () => {
  it.each([
    '',
    ' ',
    '?!',
    'ㅋㅋㅋ',
    '\u0000',
    '\ud800',
    '가'.repeat(500),
    'ㄱ'.repeat(500),
    'a '.repeat(250),
  ])('%j finds nothing in any glossary', async (question) => {
    expect((await finderOf()).find(question)).toBeNull();
    expect((await finderOf('금리', '환율')).find(question)).toBeNull();
  });
});
