import { searchStatement } from '../../../src/domain/article/article-search.sql';
import { formsOf } from '../../../src/domain/article/search-forms';
import { piecesOf } from '../../../src/domain/article/search-splits';
import { searchWordsOf } from '../../../src/domain/article/search-words';
import { searchText } from '../../../src/domain/korean/words';
import {
  ArticlesCountDocument,
  ArticlesDocument,
  TakeDownArticleDocument,
  UpdateArticleDocument,
} from '../../generated/operations';
import type { ArticleFilter } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

/** Short names of the articles that are searched, oldest first. */
const TEXTS: Record<string, [title: string, content: string]> = {
  rate: ['한국은행이 기준금리를 그대로 뒀어요', '금리가 그대로면 이자도 그대로예요. 금리는 돈의 값이에요. 금리를 지켜봐요.'],
  bank: ['시중 은행의 예금 이야기', '예금 금리 비교. 한국 은행의 자료를 봤어요.'],
  growth: ['올해 GDP 성장률은 3.5%', 'gdp는 나라가 번 돈이에요. 물가는 13.5% 올랐어요.'],
  stocks: ['S&P 500이 최고치', '미국의 S&P500 지수가 1,500포인트를 넘었어요. 반도체주가 이끌었어요.'],
  easing: ['양적 완화가 뭐예요?', '중앙은행이 돈을 푸는 일을 양적완화라고 해요. 인플레이션 걱정도 있어요.'],
  expert: ['전문가는 이렇게 봐요', '전문가 다섯 명에게 물었어요. 투자는 신중하게.'],
  jargon: ['전문 용어 사전', '어려운 용어를 풀어요.'],
  tax: ['세금 리스트', '정한 국가만 면제예요. 연 2.8% 이자.'],
  dubai: ['Dubai의 빌딩', 'Dubai에서 만난 사람들. 매출 2500억 원.'],
  ai: ['생성형 AI가 바꾼 일', '엔비디아의 AI반도체. 인공지능이 대세.'],
  housing: ['집값과 금융', '현금이 없으면 대출. 부동산 시장이 얼어붙었어요. 삼성전자 실적도 봐요.'],
  full: ['ＧＤＰ　전각 글자', '환율이 1,400원을 넘었다. ②번 문제.'],
  deficit: ['한·일 무역차 확대', '수출·입 동향.'],
  trade: ['한ㆍ일 무역차 확대', '수출ㆍ입 동향.'],
  apart: ['한강의 일몰', '입김이 나는 출발.'],
  holiday: ['3·1절 기념식', '만세.'],
}; // prettier-ignore

/** What is typed, and what is found, the most relevant first. */
const QUERIES: [search: string, found: string[]][] = [
  ['금리', ['rate', 'bank']],
  ['금리는', ['rate', 'bank']],
  ['금리를', ['rate', 'bank']],
  ['금리가', ['rate', 'bank']],
  ['금리에서는', ['rate', 'bank']],
  ['\u200b금\u200b리\ufeff', ['rate', 'bank']],
  ['기준금리', ['rate']],
  ['기준 금리', ['rate']],
  ['기준금', ['rate']],
  ['한국은행', ['rate', 'bank']],
  ['한국 은행', ['rate', 'bank']],
  ['한국은', ['rate', 'bank']],
  ['한국은행은', ['rate', 'bank']],
  ['은행', ['bank', 'rate', 'easing']],
  ['금', ['rate', 'bank', 'housing', 'tax']],
  ['금ㄹ', ['rate', 'bank', 'housing', 'tax']],
  ['GDP', ['growth', 'full']],
  ['gdp', ['growth', 'full']],
  ['ｇｄｐ', ['growth', 'full']],
  ['GDP는', ['growth', 'full']],
  ['gd', ['growth', 'full']],
  ['3.5%', ['growth']],
  ['3.5', ['growth']],
  ['13.5%', ['growth']],
  ['5%', []],
  ['2.8%', ['tax']],
  ['S&P 500', ['stocks']],
  ['s&p500', ['stocks']],
  ['S&P', ['stocks']],
  ['금리는요?', ['rate', 'bank']],
  ['금리에서는요', ['rate', 'bank']],
  ['없는말은요', []],
  ['500', ['stocks']],
  ['1,500', ['stocks']],
  ['1500', ['stocks']],
  ['2500', ['dubai']],
  ['1,400원', ['full']],
  ['양적완화', ['easing']],
  ['양적 완화', ['easing']],
  ['양적완화를', ['easing']],
  ['인플레', ['easing']],
  ['전문가', ['expert']],
  ['전문', ['expert', 'jargon']],
  ['AI', ['ai']],
  ['ai 반도체', ['ai']],
  ['AI반도체', ['ai']],
  ['반도체', ['ai', 'stocks']],
  ['부동산', ['housing']],
  ['삼성 전자', ['housing']],
  ['삼성전자의 실적', ['housing']],
  ['금리 예금', ['bank', 'rate']],
  ['예금 금리 비교', ['bank']],
  ['금리, 이자!', ['rate', 'tax', 'bank']],
  ['“금리”', ['rate', 'bank']],
  ['금리 & ! ( \'', ['rate', 'bank']],
  ['금리 | 환율', ['full', 'rate', 'bank']],
  ['금리:* <-> 환율', ['full', 'rate', 'bank']],
  ["금리'); DROP TABLE \"Article\"; --", ['rate', 'bank']],
  ['국은', ['rate']],
  ['한국', ['rate', 'bank']],
  ['국가', ['tax']],
  ['세금', ['tax']],
  ['비트코인', []],
  ['환율이', ['full']],
  ['기준금리를 금리는', ['rate', 'bank']],
  ['한ㆍ일 무역차', ['trade', 'deficit']],
  ['한‧일', ['trade', 'deficit']],
  ['한일', ['trade', 'deficit']],
  ['한·일은', ['trade', 'deficit']],
  ['수출・입', ['trade', 'deficit']],
  ['3·1절', ['holiday']],
  ['수출입', ['trade', 'deficit']],
  ['무역차', ['trade', 'deficit']],
]; // prettier-ignore

describe('a search', () => {
  let app: TestApp;
  const ids = new Map<string, string>();
  let publisherId: string;

  beforeAll(async () => {
    app = await startTestApp();
    const { prisma } = app.context.database;
    ({ id: publisherId } = await createPublisher(prisma));
    // Before the first search: the glossary is believed for some seconds.
    const terms = ['금리', '기준금리', '양적완화', '고부가'];
    await prisma.economicTerm.createMany({
      data: terms.map((term) => ({ term, termKey: term, description: '뜻' })),
    });
    for (const [name, [title, content]] of Object.entries(TEXTS))
      ids.set((await createArticle(prisma, { publisherId, title, content, comment: null })).id, name);
  });
  afterAll(() => app.close());

  const search = (filter: ArticleFilter, first = 20, after: string | null = null) =>
    app.send(ArticlesDocument, { filter, first, after });

  async function found(text: string): Promise<string[]> {
    const { data, errors } = await search({ search: text });
    expect(errors).toEqual([]);
    return data!.articles.edges.map(({ node }) => ids.get(node.id) ?? node.id);
  }

  it.each(QUERIES)('for %j finds %j', async (text, expected) => {
    expect(await found(text)).toEqual(expected);
    const { data } = await app.send(ArticlesCountDocument, { filter: { search: text } });
    expect(data!.articles.totalCount).toBe(expected.length);
  });

  it('has one statement a page, of cards as of whole articles', async () => {
    app.statements.length = 0;
    await found('금리');
    const text = '{ articles(filter: { search: "금리" }) { edges { node { title content } } } }';
    const { data } = await app.query(text);
    expect(app.statements).toHaveLength(2);
    expect(app.statements[0]).not.toContain('a.content');
    const { edges } = data!.articles as { edges: { node: { content: string } }[] };
    expect(edges.map(({ node }) => node.content)).toEqual([TEXTS.rate![1], TEXTS.bank![1]]);
  });

  describe('together with other filters', () => {
    const MOMENTS = 4;
    let made: string[];
    let other: string;

    beforeAll(async () => {
      const { prisma } = app.context.database;
      ({ id: other } = await createPublisher(prisma));
      made = [];
      for (let n = 0; n < 24; n++) {
        const at = new Date(Date.UTC(2025, 0, 1 + (n % MOMENTS)));
        const data = {
          publisherId: n % 3 ? publisherId : other,
          title: n % 2 ? `코스피 소식 ${n}` : `소식 ${n}`,
          comment: null,
          content: '코스피 지수예요. '.repeat(1 + (n % 5)),
          category: n % 2 ? ('OPINION_AND_ANALYSIS' as const) : ('SPORTS_AND_LEISURE' as const),
          status: n % 8 ? ('PUBLISHED' as const) : ('HIDDEN' as const),
          releasedAt: at,
          createdAt: at,
        };
        made.push((await createArticle(prisma, data)).id);
      }
    });

    const kospi = (filter: ArticleFilter, options = {}) =>
      app.send(ArticlesDocument, { first: 100, filter: { ...filter, search: '코스피' } }, options);
    async function numbers(filter: ArticleFilter, options = {}): Promise<number[]> {
      const { data, errors } = await kospi(filter, options);
      expect(errors).toEqual([]);
      return data!.articles.edges.map(({ node }) => made.indexOf(node.id)).sort((a, b) => a - b);
    }
    const where = (keep: (n: number) => boolean) =>
      made.map((_, n) => n).filter((n) => n % 8 !== 0 && keep(n));

    it('finds what fulfils them all', async () => {
      expect(await numbers({ category: 'OPINION_AND_ANALYSIS' })).toEqual(where((n) => n % 2 === 1));
      expect(await numbers({ publisherId: other })).toEqual(where((n) => n % 3 === 0));
      const [from, to] = ['2025-01-02T00:00:00Z', '2025-01-03T00:00:00Z'];
      expect(await numbers({ releasedAfter: from, releasedBefore: to })).toEqual(where((n) => n % 4 === 1));
      expect(
        await numbers({ category: 'SPORTS_AND_LEISURE', publisherId: other, releasedAfter: to }),
      ).toEqual(where((n) => n % 2 === 0 && n % 3 === 0 && n % 4 >= 2));
    });

    it('of another status is the admin’s alone', async () => {
      const { errors } = await kospi({ status: 'HIDDEN' });
      expect(errors[0]!.extensions).toMatchObject({ code: 'UNAUTHENTICATED', argument: 'filter.status' });
      const { accessToken: token } = await app.login('admin');
      expect(await numbers({ status: 'HIDDEN' }, { token })).toEqual([0, 8, 16]);
    });

    it('loses and repeats nothing from the first page to the last', async () => {
      const whole = (await kospi({})).data!.articles.edges.map(({ node }) => node.id);
      expect(whole).toHaveLength(21);
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { data, errors } = await search({ search: '코스피' }, 4, after);
        expect(errors).toEqual([]);
        const { edges, pageInfo } = data!.articles;
        expect(pageInfo.hasPreviousPage).toBe(after !== null);
        seen.push(...edges.map(({ node }) => node.id));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor!;
      }
      expect(seen).toEqual(whole);
    });

    it('goes by relevance, then by the newest', async () => {
      const { edges } = (await kospi({})).data!.articles;
      const places = edges.map(({ node }) => {
        const n = made.indexOf(node.id);
        return { inTitle: n % 2, often: 1 + (n % 5) + (n % 2), at: n % MOMENTS };
      });
      const sorted = places.toSorted((a, b) => b.inTitle - a.inTitle || b.often - a.often || b.at - a.at);
      expect(places).toEqual(sorted);
    });

    it('knows its own cursors only', async () => {
      const listed = await app.send(ArticlesDocument, { first: 1 });
      const searched = await search({ search: '코스피' }, 1);
      for (const [filter, cursor] of [
        [{ search: '코스피' }, listed.data!.articles.edges[0]!.cursor],
        [{}, searched.data!.articles.edges[0]!.cursor],
        [{ search: '경제' }, searched.data!.articles.edges[0]!.cursor],
        [{ search: '코스피' }, 'nonsense'],
        [{ search: '코스피' }, 'a.b.c'],
      ] as const) {
        const { errors } = await search(filter, 1, cursor);
        expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
      }
      const { errors } = await search({ search: ' 코스피! ' }, 1, searched.data!.articles.edges[0]!.cursor);
      expect(errors).toEqual([]);
    });
  });

  it.each([
    ['is only punctuation', '!!! ... & % -- "" ()'],
    ['has 201 characters', '가'.repeat(201)],
    ['has 10,000 characters', '금리 '.repeat(3_334)],
    ['has 21 words', Array.from({ length: 21 }, (_, n) => `낱말${n}`).join(' ')],
    ['has a NUL', '금\0리'],
    ['has half of a character', '금리\ud800'],
  ])('that %s is refused', async (_what, text) => {
    const { data, errors } = await search({ search: text });
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter.search' });
  });

  it.each([
    ['null', null],
    ['empty', ''],
    ['blank', ' \n\t\u3000'],
    ['invisible', '\u200b\ufeff'],
    ['as long as it is blank', ' '.repeat(500)],
  ])('that is %s is none', async (_what, text) => {
    const { data, errors } = await search({ search: text }, 3);
    expect(errors).toEqual([]);
    expect(data).toEqual((await search({}, 3)).data);
    const next = await search({ search: text }, 3, data!.articles.pageInfo.endCursor);
    expect(next.data!.articles.edges).toHaveLength(3);
  });

  it('finds an edited text at once, and nothing of one that was taken down', async () => {
    const { accessToken: token } = await app.login('admin');
    const { prisma } = app.context.database;
    const { id } = await createArticle(prisma, {
      publisherId,
      title: '옛날 제목',
      content: '가상화폐 소식',
      comment: null,
    });
    expect(await found('가상화폐')).toEqual([id]);
    await app.send(UpdateArticleDocument, { id, input: { content: '블록체인 소식' } }, { token });
    expect(await found('가상화폐')).toEqual([]);
    expect(await found('블록체인')).toEqual([id]);
    await app.send(TakeDownArticleDocument, { id, reason: '요청' }, { token });
    expect(await found('블록체인')).toEqual([]);
    const row =
      await prisma.$queryRaw`SELECT title, body, terms::text FROM "ArticleSearch" WHERE "articleId" = ${id}::uuid`;
    expect(JSON.stringify(row)).not.toMatch(/옛날|블록|체인/);
  });

  it.each([
    ['ㄱㅈㄱㄹ', ['rate']],
    ['ㄱㄹ', ['rate', 'bank']],
    ['ㄱㄹ 예금', ['bank', 'rate']],
    ['ㅇㅈㅇㅎ', ['easing']],
    ['ㄱㅂ', []],
    ['rlwnsrmafl', ['rate']],
    ['RLWNSRMAFL', ['rate']],
    ['rmaflfmf', ['rate', 'bank']],
    ['rmaflfj', ['rate', 'bank']],
    ['rmafl dPrma qlry', ['bank']],
    ['rkwkd', []],
    ['wjsansrk', ['expert']],
    ['Dubai', ['dubai']],
    ['GDP', ['growth', 'full']],
  ])('offers what was meant by initial consonants or the wrong keyboard: %j finds %j', async (text, expected) => {
    expect(await found(text)).toEqual(expected);
    const { data } = await app.send(ArticlesCountDocument, { filter: { search: text } });
    expect(data!.articles.totalCount).toBe(expected.length);
    const [first, ...rest] = expected;
    if (rest.length === 0) return;
    const page = await search({ search: text }, 1);
    const { endCursor } = page.data!.articles.pageInfo;
    const { data: next } = await search({ search: text }, 20, endCursor!);
    expect(ids.get(page.data!.articles.edges[0]!.node.id)).toBe(first);
    expect(next!.articles.edges.map(({ node }) => ids.get(node.id))).toEqual(rest);
  }); // prettier-ignore

  it('asks for what was meant in the same statement', async () => {
    await found('rlwnsrmafl');
    app.statements.length = 0;
    await found('rlwnsrmafl');
    expect(app.statements).toHaveLength(1);
  });

  it('reads texts as the database does', async () => {
    const ignorable = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => (code < 0xd800 || code > 0xdfff) && code !== 0)
      .map((code) => String.fromCodePoint(code))
      .filter((letter) => /[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u.test(letter));
    expect(ignorable.length).toBeGreaterThan(4_000);
    const texts = [
      ...Object.values(TEXTS).flat(),
      '1,000,000원 3.5% .5 5. % A&B a & b S&P、',
      '한ㆍ미 한\u119e미 한‧미 한•미 한∙미 한⋅미 한・미 한･미 한·미 한ꞏ미 한ᐧ미',
      ignorable.map((letter) => `금${letter}리`).join(' '),
      'ＡＢＣ　①②③ ㈜한국 ½ ﬁ É é ß ⅻ',
      '한국어\u0301 🎉 e-mail@example.com “인용” 3·1절 ~~~ 가.나.다 1.2.3',
      '',
      '한글'.normalize('NFD'),
    ];
    const { rows } = await app.context.database.pool.query<{ text: string }>(
      'SELECT search_text(t) AS text FROM unnest($1::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n',
      [texts],
    );
    expect(rows.map(({ text }) => text)).toEqual(texts.map(searchText));
    expect(searchText(`금${ignorable.join('')}리`)).toBe(' 금리 ');
  });

  it('reads no table from end to end', async () => {
    const { pool } = app.context.database;
    for (let batch = 0; batch < 40; batch++)
      await pool.query(
        `INSERT INTO "Article" (id, title, content, category, "publisherId", "publishedAt", "releasedAt", status)
         SELECT gen_random_uuid(), '경제 ' || n, '글 ' || n || ' ' || md5(n::text), 'ECONOMY_AND_BUSINESS', $1, now(), now(), 'PUBLISHED'
         FROM generate_series($2::int, $2 + 49) AS n`,
        [publisherId, batch * 50],
      );
    await pool.query('ANALYZE');
    const knowledge = { synonymsOf: () => [], meantBy: () => ['기준금리'] };
    for (const typed of ['기준금리', '금', 'GDP', 'rlwnsrmafl']) {
      const { words, forms } = formsOf(typed, searchWordsOf(typed), knowledge);
      const pieces = piecesOf(words);
      const search = { filter: {}, search: typed, words: words.length, forms, pieces, limit: 21 };
      const { text: sql, values } = searchStatement(search, 'a.id');
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('Bitmap Index Scan on "ArticleSearch_terms_idx"');
      expect(plan).not.toMatch(/Seq Scan on "Article/);
    }
  });
});
