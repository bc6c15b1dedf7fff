import type { Prisma } from '../../../src/adapters/database/database';
import { seedDatabase } from '../../../src/dev/seed';
import type { Glossary } from '../../../src/domain/glossary/glossary';
import { GlossaryService } from '../../../src/domain/glossary/glossary.service';
import { TermMatcher } from '../../../src/domain/glossary/term-matcher';
import type { Term } from '../../../src/domain/glossary/terms.sql';
import {
  ArticlesTermsDocument,
  ArticleTermsDocument,
  AuditLogDocument,
  DeleteEconomicTermDocument,
  EconomicTermsCountDocument,
  EconomicTermsDocument,
  FindTermDocument,
  ImportEconomicTermsDocument,
  UpdateEconomicTermDocument,
  type EconomicTermsQuery,
} from '../../generated/operations';
import { startTestApp, type Answer, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { createArticle, createPublisher } from '../../helpers/records';

describe('the terms of many articles', () => {
  const term = (name: string) => ({ term: name, aliases: [] }) as unknown as Term;
  const texts = Array.from({ length: 10 }, (_, n) => ({ title: `제목 ${n}`, content: '금리가 내렸어요.' }));

  it('are looked for one article after another, with a turn for others between, and kept while both stay', async () => {
    let matcher = new TermMatcher([term('금리')]);
    const service = new GlossaryService({
      prisma: {} as Prisma,
      glossary: { matcher: async () => matcher } as unknown as Glossary,
    });
    const searched = jest.spyOn(TermMatcher.prototype, 'all');
    try {
      const searchedAtTurns: number[] = [];
      let ended = false;
      const watch = () => {
        searchedAtTurns.push(searched.mock.calls.length);
        if (!ended) setImmediate(watch);
      };
      setImmediate(watch);
      const found = await service.termsOf(texts);
      ended = true;
      expect(found.map((terms) => terms.map((one) => one.term))).toEqual(Array(10).fill(['금리']));
      expect(new Set(searchedAtTurns).size).toBeGreaterThanOrEqual(9);

      await service.termsOf(texts);
      expect(searched).toHaveBeenCalledTimes(10);
      const [changed] = await service.termsOf([{ ...texts[0]!, content: '환율이 올랐어요.' }]);
      expect(changed).toEqual([]);
      matcher = new TermMatcher([term('환율')]);
      expect(await service.termsOf(texts)).toEqual(Array(10).fill([]));
    } finally {
      searched.mockRestore();
    }
  });
});

interface Input {
  term: string;
  description: string;
  example?: string | null;
  aliases?: string[] | null;
}

describe('the glossary', () => {
  let app: TestApp;
  let token: string;
  const clock = new TestClock();

  beforeAll(async () => {
    app = await startTestApp({ clock });
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.context.database.prisma.economicTerm.deleteMany();
    clock.advance(5);
  });

  const entry = (term: string, description = `${term}의 뜻`): Input => ({ term, description });
  const importTerms = (terms: Input[]) => app.send(ImportEconomicTermsDocument, { terms }, { token });
  const imported = async (...terms: (string | Input)[]) =>
    (await importTerms(terms.map((term) => (typeof term === 'string' ? entry(term) : term)))).data!
      .importEconomicTerms;
  const find = async (question: string) => (await app.send(FindTermDocument, { question })).data!.findTerm;
  const list = async (variables: { first?: number; startsWith?: string | null } = {}) =>
    (await app.send(EconomicTermsDocument, variables)).data!.economicTerms.edges.map(({ node }) => node);
  const count = () => app.context.database.prisma.economicTerm.count();
  const codes = ({ errors }: Pick<Answer<unknown>, 'errors'>) =>
    errors.map(({ extensions: { code, argument } }) => (argument ? `${code} ${argument}` : code));
  const glossaryStatements = () => app.statements.filter((sql) => sql.includes('"EconomicTerm"'));

  describe('is asked', () => {
    it('with one statement to learn that nothing has changed, and with none for 3 seconds after', async () => {
      await imported('금리', '환율');
      expect((await find('금리가 뭐야?'))!.term).toBe('금리');
      app.statements.length = 0;
      for (let repeat = 0; repeat < 5; repeat++) expect((await find('환율이란?'))!.term).toBe('환율');
      expect(app.statements).toEqual([]);
      clock.advance(4);
      await Promise.all(Array.from({ length: 20 }, () => find('환율이란?')));
      expect(glossaryStatements()).toHaveLength(1);
    });

    it.each([
      ['an import', () => imported('양적완화')],
      [
        'a new name',
        async () => {
          const { id } = (await find('완화'))!;
          await app.send(UpdateEconomicTermDocument, { id, input: { term: '양적완화' } }, { token });
        },
      ],
    ])('and knows of %s at once here, and within seconds on another gateway', async (_what, change) => {
      const other = await startTestApp({ clock, databaseUrl: app.config.databaseUrl });
      const ask = async () =>
        (await other.send(FindTermDocument, { question: '양적 완화가 뭐야' })).data!.findTerm?.term;
      try {
        await imported('완화');
        expect(await ask()).toBe('완화');
        await change();
        expect((await find('양적 완화가 뭐야'))!.term).toBe('양적완화');
        clock.advance(4);
        expect(await ask()).toBe('양적완화');
      } finally {
        await other.close();
      }
    });

    it('by other names too', async () => {
      await imported({ ...entry('국내총생산(GDP)'), aliases: ['gross domestic product'] });
      for (const question of ['국내 총생산', 'what is GDP', 'gross  domestic product?'])
        expect((await find(question))!.term).toBe('국내총생산(GDP)');
    });

    it.each(['ㄱㅈㄱㄹ', 'ㄱㅈ'])(
      'by initial consonants of several terms: %j is the one that other terms are explained by',
      async (question) => {
        await imported('고정금리', '기준금리', '경제성장률', entry('금통위', '기준금리를 정하는 곳'));
        expect((await find(question))!.term).toBe('기준금리');
      },
    );

    it.each([
      ['ㄱㅈㄱㄹ', '기준금리'],
      ['ㄱㅈ', '기준금리'],
      ['ㄱㄹㅅ', null],
      ['ㅂㅅㅇ', '복수의결권'],
      ['ㅄㅇ', '복수의결권'],
      ['ㄱ', null],
      ['rlwnsrmafl', '기준금리'],
      ['RLWNSRMAFL', '기준금리'],
      ['rmaflfj', '금리'],
      ['rmaflrk anjdi?', '금리'],
      ['rmafl Emt', '금리'],
      ['rmaFl', '금리'],
      ['gdp', '국내총생산(GDP)'],
      ['dksehlsms akf', null],
      ['how are you?', null],
      ['ㅎㅇ', '환율'],
      ['ㅎㅎ', null],
      ['ㅎ에가 뭐야?', '국내총생산(GDP)'],
      ['rlwnsrmafl이 뭐야', '기준금리'],
    ])('by initial consonants and from the other keyboard: %j', async (question, term) => {
      await imported('금리', '기준금리', '국내총생산(GDP)', '복수의결권', '환율', '호황');
      expect((await find(question))?.term ?? null).toBe(term);
    });

    it.each([
      ['its name', '역모기지론이 뭐야?'],
      ['its name with a letter that is another', '역모기지룬이 뭐야?'],
      ['its name without a syllable', '역모지론'],
      ['another name', '주택 연금'],
      ['another name, spelt out', '에이치이씨엠이 뭔가요'],
      ['what it means', '집을 맡기고 다달이 생활비를 받는 제도'],
      ['what it means, in other words', '아파트를 담보로 매달 생활비를 받는 걸 뭐라고 해요?'],
    ])('by %s as soon as an admin has added it, and not after they deleted it', async (_what, question) => {
      await imported('금리', entry('환율', '두 나라의 돈을 바꾸는 비율이에요.'));
      expect(await find(question)).toBeNull();
      await imported({
        term: '역모기지론',
        description: '살던 집을 담보로 맡기고 다달이 생활비를 받는 제도예요.',
        aliases: ['주택연금', 'HECM'],
      });
      const { id, term } = (await find(question))!;
      expect(term).toBe('역모기지론');
      await app.send(DeleteEconomicTermDocument, { id }, { token });
      expect(await find(question)).toBeNull();
    });

    it('for a name with a noun behind it, which is another term, only when there is that term', async () => {
      await imported('유동성', '디폴트');
      expect((await find('유동성이 뭐야'))!.term).toBe('유동성');
      expect((await find('유동성 위기가 뭐야'))!.term).toBe('유동성');
      expect(await find('유동성 함정이 뭐야')).toBeNull();
      await imported('유동성 함정');
      expect((await find('유동성 함정이 뭐야'))!.term).toBe('유동성 함정');
      expect((await find('유동성 합정'))!.term).toBe('유동성 함정');
      expect(await find('디폴트 옵션')).toBeNull();
    });

    it('without a statement also for what is misspelt, described or found nowhere', async () => {
      await imported('기준금리', entry('환율', '두 나라의 돈을 바꾸는 비율이에요.'));
      await find('기준금리');
      app.statements.length = 0;
      for (const question of ['기준굼리', '두 나라 돈을 바꾸는 비율', '아무것도 아닌 것'])
        await find(question);
      expect(app.statements).toEqual([]);
    });

    it('not with U+0000', async () => {
      expect(codes(await app.send(FindTermDocument, { question: '금리\u0000' }))).toEqual([
        'BAD_USER_INPUT question',
      ]);
    });

    it('for at most 500 characters', async () => {
      expect(codes(await app.send(FindTermDocument, { question: '가'.repeat(501) }))).toEqual([
        'BAD_USER_INPUT question',
      ]);
    });
  });

  describe('is listed', () => {
    it('in the order of the terms, page by page, with one statement', async () => {
      await imported('환율', '금리', 'GDP', '가계 부채', '공매도');
      const seen: string[] = [];
      let after: string | null = null;
      do {
        app.statements.length = 0;
        const answer: Answer<EconomicTermsQuery> = await app.send(EconomicTermsDocument, { first: 2, after });
        expect(app.statements).toHaveLength(1);
        const { edges, pageInfo }: EconomicTermsQuery['economicTerms'] = answer.data!.economicTerms;
        expect(pageInfo.hasPreviousPage).toBe(after !== null);
        seen.push(...edges.map(({ node }) => node.term));
        after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
      } while (after !== null);
      expect(seen).toEqual(['GDP', '가계 부채', '공매도', '금리', '환율']);
    });

    it.each<[string | null, string[]]>([
      ['가', ['가계 부채', '가계소득']],
      ['가계  부', ['가계 부채']],
      ['g', ['GDP', 'GNI']],
      ['ＧＤ', ['GDP']],
      ['%', []],
      ['_', []],
      ['\\', []],
      ['없는', []],
      ['', ['GDP', 'GNI', '가계 부채', '가계소득']],
      [null, ['GDP', 'GNI', '가계 부채', '가계소득']],
    ])('from %j on, taken literally', async (startsWith, terms) => {
      await imported('가계소득', 'GNI', 'GDP', '가계 부채');
      expect((await list({ startsWith })).map(({ term }) => term)).toEqual(terms);
      const { data } = await app.send(EconomicTermsCountDocument, { startsWith });
      expect(data!.economicTerms.totalCount).toBe(terms.length);
    });

    describe('as an index from ㄱ to ㅎ and from a to z', () => {
      const terms = ['가계', '깋', '까치', '나', '기준금리', '기준', '국내총생산(GDP)', 'GNI', '강 제']
        .map((term): Input => entry(term))
        .concat({ ...entry('환율'), aliases: ['외환 시세', 'exchange rate'] });
      it.each<[string, string[]]>([
        ['ㄱ', ['가계', '강 제', '국내총생산(GDP)', '기준', '기준금리', '깋']],
        ['\u1100', ['가계', '강 제', '국내총생산(GDP)', '기준', '기준금리', '깋']],
        ['ㄲ', ['까치']],
        ['ㅎ', ['환율']],
        ['ㅂ', []],
        ['ㄱㅈ', ['강 제', '기준', '기준금리']],
        ['ㄱ ㅈㄱ', ['기준금리']],
        ['ㄱㅈㄱㄹ', ['기준금리']],
        ['기ㅈ', ['기준', '기준금리']],
        ['ㄱㄴㅊㅅㅅ', ['국내총생산(GDP)']],
        ['g', ['GNI', '국내총생산(GDP)']],
        ['E', ['환율']],
        ['Exchange R', ['환율']],
        ['외환', ['환율']],
        ['rlwns', ['기준', '기준금리']],
        ['rlwnsrmafl', ['기준금리']],
        ['RLWNSRMAFL', ['기준금리']],
        ['ghksdbf', ['환율']],
        ['ghksdbffj', ['환율']],
        ['Rkcl', ['까치']],
        ['wjddms', []],
        ['ㅎㅜ', ['GNI']],
        ['ㄷㅌ초', ['환율']],
      ])('%j', async (startsWith, found) => {
        await imported(...terms);
        expect((await list({ startsWith })).map(({ term }) => term)).toEqual(found);
        const { data } = await app.send(EconomicTermsCountDocument, { startsWith });
        expect(data!.economicTerms.totalCount).toBe(found.length);
      });

      it('page by page, from memory', async () => {
        await imported(...terms);
        await list({ startsWith: 'ㄱ' });
        app.statements.length = 0;
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const { data }: Answer<EconomicTermsQuery> = await app.send(EconomicTermsDocument, {
            first: 2,
            startsWith: 'ㄱ',
            after,
          });
          const { edges, pageInfo }: EconomicTermsQuery['economicTerms'] = data!.economicTerms;
          seen.push(...edges.map(({ node }) => node.term));
          after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
        } while (after !== null);
        expect(seen).toEqual(['가계', '강 제', '국내총생산(GDP)', '기준', '기준금리', '깋']);
        expect(app.statements).toEqual([]);
      });
    });

    it('without U+0000', async () => {
      const answer = await app.send(EconomicTermsDocument, { startsWith: '\u0000' });
      expect(codes(answer)).toEqual(['BAD_USER_INPUT startsWith']);
    });
  });

  describe('is imported', () => {
    it('with what was written twice and what was there reported, and neither saved', async () => {
      await imported(entry('금리', '처음 뜻'));
      const result = await imported('기준 금리', '환율', '기준금리', '금 리', 'GDP', 'gdp', '환율');
      expect(result).toEqual({
        created: 3,
        duplicatesInFile: ['기준금리', 'gdp', '환율'],
        alreadyPresent: ['금 리'],
      });
      expect((await list()).map(({ term }) => term)).toEqual(['GDP', '금리', '기준 금리', '환율']);
      expect((await find('금리'))!.description).toBe('처음 뜻');
    });

    it('not under a name that another term is found by', async () => {
      await imported(entry('국내총생산(GDP)', '뜻'), { ...entry('환율', '뜻'), aliases: ['exchange rate'] });
      const names = ['GDP', '국내 총생산', 'Exchange Rate'];
      expect(await imported(...names)).toEqual({ created: 0, duplicatesInFile: [], alreadyPresent: names });
      expect((await find('GDP가 뭐야?'))!.term).toBe('국내총생산(GDP)');
    });

    it('not under a name that a term before it in the same import is found by', async () => {
      const terms = [
        { ...entry('주택담보대출', '뜻'), aliases: ['주담대', 'Mortgage'] },
        entry('국내총생산(GDP)'),
        entry('주 담대'),
        entry('gdp'),
        entry('MORTGAGE'),
        entry('금리'),
      ];
      const duplicates = ['주 담대', 'gdp', 'MORTGAGE'];
      expect(await imported(...terms)).toEqual({
        created: 3,
        duplicatesInFile: duplicates,
        alreadyPresent: [],
      });
      expect((await find('주담대가 뭐야'))!.term).toBe('주택담보대출');
      expect(await imported({ ...entry('금리'), aliases: ['이자율'] }, entry('이자율'))).toEqual({
        created: 1,
        duplicatesInFile: [],
        alreadyPresent: ['금리'],
      });
    });

    it('whole: description, example and other names, trimmed', async () => {
      await imported({
        term: ' 금 \n 리 ',
        description: ' 뜻 ',
        example: ' 보기 ',
        aliases: [' interest  rate '],
      });
      await imported({
        term: '환율',
        description: '뜻 \'"\\ {},NULL\n둘째 줄',
        example: '  ',
        aliases: null,
      });
      expect(await list()).toMatchObject([
        { term: '금 리', description: '뜻', example: '보기', aliases: ['interest rate'] },
        { term: '환율', description: '뜻 \'"\\ {},NULL\n둘째 줄', example: null, aliases: [] },
      ]);
    });

    it('again without a change', async () => {
      const terms = ['금리', '환율'];
      await imported(...terms);
      const before = await list();
      expect(await imported(...terms)).toEqual({ created: 0, duplicatesInFile: [], alreadyPresent: terms });
      expect(await list()).toEqual(before);
      expect(await imported()).toEqual({ created: 0, duplicatesInFile: [], alreadyPresent: [] });
    });

    it('by many at once, each term once, and nobody fails', async () => {
      const terms = Array.from({ length: 300 }, (_, n) => entry(`용어 ${n}`));
      const orders = [terms, [...terms].reverse(), terms.slice(100), [...terms.slice(0, 200)].reverse()];
      const answers = await Promise.all(orders.map(importTerms));
      expect(answers.flatMap(codes)).toEqual([]);
      const results = answers.map(({ data }) => data!.importEconomicTerms);
      expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(300);
      for (const [index, { created, alreadyPresent }] of results.entries())
        expect(created + alreadyPresent.length).toBe(orders[index]!.length);
      expect(await count()).toBe(300);
    });

    it('2,000 terms of a usual length at once, with one INSERT', async () => {
      const sentence =
        '나라 안에서 한 해 동안 새로 만들어진 것의 값을 모두 더한 것이에요. 클수록 경제가 커요.';
      const terms = Array.from({ length: 2_000 }, (_, n) => ({
        ...entry(`경제 용어 ${n}(TERM ${n})`, `${n}: ${sentence}${sentence}`),
        example: sentence,
      }));
      app.statements.length = 0;
      const { data } = await importTerms(terms);
      expect(data!.importEconomicTerms.created).toBe(2_000);
      expect(glossaryStatements().filter((sql) => sql.includes('INSERT'))).toHaveLength(1);
      expect((await find('what is term 1999'))!.term).toBe('경제 용어 1999(TERM 1999)');
    });

    it.each<[string, Input[], string]>([
      ['2,001 terms', Array.from({ length: 2_001 }, (_, n) => entry(`a${n}`, 'b')), 'terms'],
      ['an empty term', [entry('가'), entry('나'), entry('다'), entry('  ', '뜻')], 'terms.3.term'],
      ['a term of signs', [entry('?!', '뜻')], 'terms.0.term'],
      ['a long term', [entry('가'.repeat(101), '뜻')], 'terms.0.term'],
      ['an empty description', [entry('가'), entry('나', '')], 'terms.1.description'],
      ['a long description', [entry('가', 'b'.repeat(2_001))], 'terms.0.description'],
      ['a long example', [{ ...entry('가'), example: 'c'.repeat(501) }], 'terms.0.example'],
      ['U+0000', [entry('가\u0000', '뜻')], 'terms.0.term'],
      ['an empty other name', [{ ...entry('가'), aliases: ['나', ''] }], 'terms.0.aliases.1'],
      ['11 other names', [{ ...entry('가'), aliases: Array<string>(11).fill('나') }], 'terms.0.aliases'],
    ])('not with %s, and then nothing is saved', async (_what, terms, argument) => {
      expect(codes(await importTerms(terms))).toEqual([`BAD_USER_INPUT ${argument}`]);
      expect(await count()).toBe(0);
    });

    it('not with U+0000, which is said instead of a length', async () => {
      const { errors } = await importTerms([entry('가\u0000', '뜻')]);
      expect(errors[0]!.message).toContain('쓸 수 없는 문자가 있습니다.');
    });

    it('not with what GraphQL refuses, named the same way', async () => {
      const query =
        'mutation ($terms: [EconomicTermInput!]!) { importEconomicTerms(terms: $terms) { created } }';
      for (const [broken, argument] of [
        [{ term: null, description: '뜻' }, 'terms.1.term'],
        [{ term: 5, description: '뜻' }, 'terms.1.term'],
        [null, 'terms.1'],
      ] as const) {
        const answer = await app.query(query, { terms: [entry('가'), broken] }, { token });
        expect(codes(answer)).toEqual([`BAD_USER_INPUT ${argument}`]);
      }
      expect(await count()).toBe(0);
    });

    it('not with 50,000 terms, which is said clearly', async () => {
      const terms = Array.from({ length: 50_000 }, (_, n) => entry(`a${n}`, 'b'));
      const answer = await importTerms(terms);
      expect(answer.status).toBe(413);
      expect(codes(answer)).toEqual(['BAD_REQUEST']);
      expect(answer.errors[0]!.message).toContain('1MB');
      expect(await count()).toBe(0);
    });

    it('not beyond 20,000 terms, also by several at once', async () => {
      const { prisma } = app.context.database;
      await prisma.$executeRaw`INSERT INTO "EconomicTerm" (id, term, "termKey", description)
        SELECT gen_random_uuid(), '가' || n, '가' || n, '뜻' FROM generate_series(1, 19999) n`;
      const answers = await Promise.all(['하나', '둘', '셋'].map((term) => importTerms([entry(term)])));
      expect(answers.flatMap(codes)).toEqual(['CONFLICT terms', 'CONFLICT terms']);
      expect(await count()).toBe(20_000);
      expect((await find('가19999가 뭐야'))!.term).toBe('가19999');
    });
  });

  describe('is edited', () => {
    const update = (id: string, input: Partial<Input> | { term: null }) =>
      app.send(UpdateEconomicTermDocument, { id, input }, { token });
    const remove = (id: string) => app.send(DeleteEconomicTermDocument, { id }, { token });

    it('field by field, and every change is in the audit log', async () => {
      await imported({ ...entry('금리'), example: '보기', aliases: ['rate'] });
      const { id } = (await find('금리'))!;
      const renamed = await update(id, { term: '이자율' });
      expect(renamed.data!.updateEconomicTerm).toMatchObject({
        term: '이자율',
        description: '금리의 뜻',
        example: '보기',
      });
      expect(await find('금리')).toBeNull();
      expect((await find('이자율이 뭐야'))!.id).toBe(id);
      await update(id, { description: '새 뜻', example: null, aliases: [] });
      expect(await find('rate')).toBeNull();
      const deleted = await remove(id);
      expect(deleted.data!.deleteEconomicTerm).toEqual({
        id,
        term: '이자율',
        description: '새 뜻',
        example: null,
        aliases: [],
      });
      expect(await find('이자율')).toBeNull();

      const log = await app.send(AuditLogDocument, { targetType: 'EconomicTerm', first: 4 }, { token });
      expect(log.data!.auditLog.edges.map(({ node }) => [node.action, node.details])).toEqual([
        ['term.delete', { term: '이자율' }],
        ['term.update', { term: '이자율' }],
        ['term.update', { term: '이자율' }],
        ['term.import', { created: 1, duplicatesInFile: 0, alreadyPresent: 0 }],
      ]);
    });

    it('into no name that another term has, but into another spelling of its own', async () => {
      await imported('금리', '환율');
      const { id } = (await find('환율'))!;
      expect(codes(await update(id, { term: ' 금 리 ' }))).toEqual(['CONFLICT input.term']);
      expect((await update(id, { term: '환 율' })).data!.updateEconomicTerm.term).toBe('환 율');
    });

    it('not with null for what cannot be empty, and only when it is there', async () => {
      await imported('금리');
      const { id } = (await find('금리'))!;
      expect(codes(await update(id, { term: null }))).toEqual(['BAD_USER_INPUT input.term']);
      expect(codes(await update(id, { description: '' }))).toEqual(['BAD_USER_INPUT input.description']);
      const absent = '00000000-0000-7000-8000-000000000000';
      expect(codes(await update(absent, {}))).toEqual(['NOT_FOUND']);
      expect(codes(await remove(absent))).toEqual(['NOT_FOUND']);
      expect(codes(await remove('x'))).toEqual(['BAD_USER_INPUT id']);
    });
  });

  describe('marks in articles', () => {
    let publisherId: string;
    beforeAll(async () => {
      publisherId = (await createPublisher(app.context.database.prisma)).id;
    });
    const articleWith = (title: string, content: string) =>
      createArticle(app.context.database.prisma, { publisherId, title, content });
    const termsIn = async (id: string) =>
      (await app.send(ArticleTermsDocument, { id })).data!.article!.terms.map(({ term }) => term);

    it('its terms in order of appearance, each once, the longest at each place', async () => {
      await imported('금리', '기준금리', '환율', '주', '국내총생산(GDP)');
      const { id } = await articleWith(
        '환율이 올랐어요',
        '기준 금리를 올려도 GDP는 그대로예요. 주말의 금리와 환율.',
      );
      expect(await termsIn(id)).toEqual(['환율', '기준금리', '국내총생산(GDP)', '금리']);
    });

    it('at most 50, and none where there are none', async () => {
      await imported(...Array.from({ length: 60 }, (_, n) => `긴용어${n}번`));
      const { id } = await articleWith(
        '제목',
        Array.from({ length: 60 }, (_, n) => `긴용어${n}번은`).join(' '),
      );
      expect(await termsIn(id)).toHaveLength(50);
      expect(await termsIn((await articleWith('제목', '아무것도 없어요.')).id)).toEqual([]);
    });

    it('of a list without a statement of its own', async () => {
      await imported('금리', '기준금리');
      for (let n = 0; n < 5; n++) await articleWith('금리', '기준금리');
      await find('금리');
      app.statements.length = 0;
      const { data } = await app.send(ArticlesTermsDocument, { first: 20 });
      expect(app.statements).toHaveLength(1);
      const marked = data!.articles.edges.filter(({ node }) => node.title === '금리');
      expect(marked).toHaveLength(5);
      for (const { node } of marked) expect(node.terms.map(({ term }) => term)).toEqual(['금리', '기준금리']);
    });
  });

  describe('of a new installation', () => {
    it('has our terms, also when everything else is there already, and is not written over', async () => {
      const { prisma } = app.context.database;
      await seedDatabase(prisma, new Date());
      expect(await count()).toBeGreaterThanOrEqual(160);
      await prisma.economicTerm.deleteMany({ where: { termKey: { not: '금리' } } });
      await seedDatabase(prisma, new Date());
      expect(await count()).toBe(1);
      await prisma.economicTerm.deleteMany();
      await seedDatabase(prisma, new Date());
      expect(await count()).toBeGreaterThanOrEqual(160);
    });
  });
});
