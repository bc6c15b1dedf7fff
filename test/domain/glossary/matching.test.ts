import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keyOf } from '../../../src/domain/korean/words';
import { TermMatcher } from '../../../src/domain/glossary/term-matcher';
import { seedDatabase } from '../../../src/dev/seed';
import { FindTermDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';

const readJson = <T>(file: string): T =>
  JSON.parse(readFileSync(path.join(__dirname, '../../fixtures', file), 'utf8')) as T;
const QUESTIONS = readJson<[question: string, term: string | null][]>('glossary-questions.json');

const matcherOf = (...terms: (string | { term: string; aliases: string[] })[]) =>
  new TermMatcher(terms.map((term) => (typeof term === 'string' ? { term, aliases: [] } : term)));

describe('a question about our own glossary', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await seedDatabase(app.context.database.prisma, new Date());
    await app.send(FindTermDocument, { question: '금리' });
  });
  afterAll(() => app.close());

  it('is one of many', () => {
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(40);
    expect(QUESTIONS.filter(([, term]) => term === null).length).toBeGreaterThanOrEqual(10);
  });

  it.each(QUESTIONS)('finds for %j: %s', async (question, term) => {
    const { data, errors } = await app.send(FindTermDocument, { question });
    expect(errors).toEqual([]);
    expect(data!.findTerm?.term ?? null).toBe(term);
  });
});

describe('names of terms', () => {
  it.each<[string, string, string[]]>([
    ['word', '우리 주는 좋아요. 이번 주말의 주가', []],
    ['counter', '3주 뒤, 한 주', ['주']],
    ['word with a particle', '주를 산다', ['주']],
    ['whole question', '주', ['주']],
  ])('of one syllable are found as a %s only: %s', (_what, text, terms) => {
    expect(
      matcherOf('주')
        .all([text], 10)
        .map(({ term }) => term),
    ).toEqual(terms);
  });

  it('come in the order of the text, each once, the longest at each place', () => {
    const matcher = matcherOf('금리', '기준금리', '환율', '기준');
    const texts = ['환율과 기준금리', '기준 금리와 금리, 환율, 기준은'];
    expect(matcher.all(texts, 50).map(({ term }) => term)).toEqual(['환율', '기준금리', '금리', '기준']);
    expect(matcher.all(texts, 2)).toHaveLength(2);
  });

  it('do not reach over the end of a sentence, a line or a text', () => {
    const matcher = matcherOf('기준금리');
    for (const texts of [
      ['새 기준. 금리도'],
      ['새 기준\n금리도'],
      ['새 기준, 금리도'],
      ['새 기준', '금리도'],
    ])
      expect(matcher.all(texts, 50)).toEqual([]);
    expect(matcher.all(['새 기준 금리도'], 50)).toHaveLength(1);
  });

  it('in brackets are names of their own in the other script, and mere remarks in the same', () => {
    const matcher = matcherOf('상장지수펀드（ＥＴＦ）', 'CPI (소비자물가지수)', '연금(퇴직)');
    const find = (question: string) => matcher.best(question)?.term;
    expect(find('ETF')).toBe('상장지수펀드（ＥＴＦ）');
    expect(find('상장지수 펀드')).toBe('상장지수펀드（ＥＴＦ）');
    expect(find('소비자물가지수가 뭐야')).toBe('CPI (소비자물가지수)');
    expect(find('연금이 뭐야')).toBe('연금(퇴직)');
    expect(find('퇴직이 뭐야')).toBeUndefined();
  });

  it('belong to the term that is called so before one that is also called so', () => {
    const matcher = matcherOf({ term: '가나', aliases: ['다라'] }, { term: '다라', aliases: ['가나'] });
    expect(matcher.best('가나')?.term).toBe('가나');
    expect(matcher.best('다라')?.term).toBe('다라');
  });

  it('are found in decomposed, full-width and shouted text', () => {
    const matcher = matcherOf('기준금리', 'GDP');
    expect(matcher.best('기준금리가 뭐야'.normalize('NFD'))?.term).toBe('기준금리');
    expect(matcher.best('ＷＨＡＴ ＩＳ ＧＤＰ？')?.term).toBe('GDP');
  });

  it('takes what is written for the middle dot as the middle dot', () => {
    const matcher = new TermMatcher([{ term: '한ㆍ미 금리차', aliases: [] }]);
    for (const dot of 'ㆍ\u119e‧•∙⋅・･·')
      expect(matcher.best(`한${dot}미 금리차가 뭐야`)?.term).toBe('한ㆍ미 금리차');
    expect(matcher.best('한미 금리차')?.term).toBe('한ㆍ미 금리차');
    expect(keyOf('한ㆍ미')).toBe('한미');
  });

  // In how much time: test/domain/korean/linear-time.test.ts.
  it.each([
    ['one of four syllables within a word', '기준금리', ['기준금리']],
    ['one written apart', '공 매도 ', ['공매도']],
    ['one after the other', 'gdp 금리도 ', ['gdp', '금리']],
    ['none: it is a part of another word', '금리도는은만', []],
    ['none: it is a part of another Latin word', 'gdp', []],
  ])('are found in texts that repeat nothing else: %s', (_what, unit, terms) => {
    const matcher = matcherOf('금리', '기준금리', '공매도', 'gdp');
    const found = matcher.all([unit.repeat(5_000)], 50).map(({ term }) => term);
    expect(found).toEqual(terms);
  });
});
