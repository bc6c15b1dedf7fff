import {
  cleanTitle,
  isBoilerplate,
  stripLinePrefix,
} from '../../../../src/domain/article/rewriting/extractive/boilerplate';
import { splitLongSentence } from '../../../../src/domain/article/rewriting/extractive/clause-splitter';
import { ExtractiveRewriter } from '../../../../src/domain/article/rewriting/extractive/extractive-rewriter';
import { toPoliteSentence } from '../../../../src/domain/article/rewriting/extractive/polite-ending';
import { rankSentences } from '../../../../src/domain/article/rewriting/extractive/sentence-ranking';
import { splitSentences } from '../../../../src/domain/korean/sentences';
import { rewriteSentence } from '../../../../src/domain/article/rewriting/extractive/summary';
import { findEasyTerms } from '../../../../src/domain/article/rewriting/extractive/term-finder';
import { AppError } from '../../../../src/errors';
import newsroom from '../../../../src/dev/standins/newsroom/articles.json';

const rewriter = new ExtractiveRewriter();
const rewrite = (title: string, content: string) =>
  rewriter.rewrite({ title, content }, { signal: new AbortController().signal });

/** Numbers from 0 to 1 that are the same in every run (Park and Miller 1988). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const longest =
  '두 회사의 제품 가격은 지난달 평균 톤당 186달러로 손익분기점인 250달러를 3년 넘게 밑돌고 있으며, ';

describe('splitting into sentences', () => {
  it.each<[string, string[]]>([
    ['물가가 2.1% 올랐다. 금리는 3.5%다.', ['물가가 2.1% 올랐다.', '금리는 3.5%다.']],
    ['그는 “내린다. 곧 내린다.”라고 말했다. 끝이다.', ['그는 “내린다. 곧 내린다.”라고 말했다.', '끝이다.']],
    ['"경기가 나쁘다." 김 교수의 말이다.', ['"경기가 나쁘다."', '김 교수의 말이다.']],
    ['"경기가 나쁘다." 라고 말했다.', ['"경기가 나쁘다." 라고 말했다.']],
    ['수출이 늘었다.이어 수입도 늘었다.', ['수출이 늘었다.', '이어 수입도 늘었다.']],
    ['2026. 3. 2. 발표했다. U.S. 증시는 올랐다.', ['2026. 3. 2. 발표했다.', 'U.S. 증시는 올랐다.']],
    ['Apple Inc. rose 3.5%. Dr. Kim said so.', ['Apple Inc. rose 3.5%.', 'Dr. Kim said so.']],
    ["'24년 말에 끝났다. 정부(국토부 등.)는 안다.", ["'24년 말에 끝났다.", '정부(국토부 등.)는 안다.']],
    ['정말 그럴까? 그렇다! 네…', ['정말 그럴까?', '그렇다!', '네…']],
    [
      '화면에서 "정말 포기하시겠어요?" 같은 문구를 봤다.',
      ['화면에서 "정말 포기하시겠어요?" 같은 문구를 봤다.'],
    ],
    ['"내릴까?" 하는 기대가 크다.', ['"내릴까?" 하는 기대가 크다.']],
    ['"어떻게 버티나!" 상인들은 한숨을 쉰다.', ['"어떻게 버티나!"', '상인들은 한숨을 쉰다.']],
    ['물가가 올랐다.ⓒ 경단일보', ['물가가 올랐다.', 'ⓒ 경단일보']],
    ['첫 줄\n둘째 줄', ['첫 줄', '둘째 줄']],
    ['닫지 않은 "따옴표가 있다. 다음이다.', ['닫지 않은 "따옴표가 있다.', '다음이다.']],
    ['', []],
  ])('%j', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });
});

describe('polite endings', () => {
  it.each([
    ['했다.', '했어요.'],
    ['한다.', '해요.'],
    ['줄어든다.', '줄어들어요.'],
    ['먹는다.', '먹어요.'],
    ['수출이 는다.', '수출이 늘어요.'],
    ['높다.', '높아요.'],
    ['갈 길이 멀다.', '갈 길이 멀어요.'],
    ['갈 길이다.', '갈 길이에요.'],
    ['것이다.', '것이에요.'],
    ['차이다.', '차이예요.'],
    ['사고이다.', '사고예요.'],
    ['아니다.', '아니에요.'],
    ['가파르다.', '가팔라요.'],
    ['오른다.', '올라요.'],
    ['뒤따른다.', '뒤따라요.'],
    ['5조원에 이른다.', '5조원에 이르러요.'],
    ['필요하다.', '필요해요.'],
    ['부담이 크다.', '부담이 커요.'],
    ['어렵다.', '어려워요.'],
    ['돕는다.', '도와요.'],
    ['뽑는다.', '뽑아요.'],
    ['짓는다.', '지어요.'],
    ['책임을 묻는다.', '책임을 물어요.'],
    ['세금을 걷는다.', '세금을 걷어요.'],
    ['내리막을 걷는다.', '내리막을 걸어요.'],
    ['그렇다.', '그래요.'],
    ['주식을 산다.', '주식을 사요.'],
    ['서울에 산다.', '서울에 살아요.'],
    ['수요가 준다.', '수요가 줄어요.'],
    ['값을 깎아 준다.', '값을 깎아 줘요.'],
    ['웃돈다.', '웃돌아요.'],
    ['과태료를 문다.', '과태료를 물어요.'],
    ['된다.', '돼요.'],
    ['5% 이하다.', '5% 이하예요.'],
    ['오름세다.', '오름세예요.'],
    ['리스크다.', '리스크예요.'],
    ['수치다', '수치예요.'],
    ['비중은 38%다.', '비중은 38%예요.'],
    ['한국개발연구원(KDI)이다.', '한국개발연구원(KDI)이에요.'],
    ['했습니다.', '했어요.'],
    ['오릅니다.', '올라요.'],
    ['늡니다.', '늘어요.'],
    ['무주택자입니다.', '무주택자예요.'],
    ['보입니다.', '보여요.'],
    ['정보입니다.', '정보예요.'],
    ['청년들입니다.', '청년들이에요.'],
    ['3조원 규모다.', '3조원 규모예요.'],
    ['했어요.', '했어요.'],
    ['증가할 전망.', '증가할 전망이에요.'],
    ['처음임.', '처음이에요.'],
    ['얼마나 받나.', '얼마나 받나요?'],
    ['무엇을 해야 할까?', '무엇을 해야 할까요?'],
    ['언제입니까?', '언제인가요?'],
    ['방법은 두 가지', '방법은 두 가지'],
    ['“했다.”', '“했다.”'],
    ['It fell.', 'It fell.'],
  ])('%s becomes %s', (plain, polite) => {
    expect(toPoliteSentence(plain)).toBe(polite);
  });
});

describe('splitting long sentences', () => {
  it.each<[string, string[]]>([
    [
      `${longest}누적 영업손실은 7400억원에 달했다.`,
      [`${longest.slice(0, -6)} 있다.`, '누적 영업손실은 7400억원에 달했다.'],
    ],
    [
      '통합 법인의 점유율이 30%를 넘을 수 있어 원칙적으로는 정밀 심사 대상이지만, 정부는 심사 기간을 줄이는 특례를 검토하고 있다.',
      [
        '통합 법인의 점유율이 30%를 넘을 수 있어 원칙적으로는 정밀 심사 대상이다.',
        '하지만 정부는 심사 기간을 줄이는 특례를 검토하고 있다.',
      ],
    ],
    [
      '이는 지난 9월의 대출 증가액인 5조1000억원보다 1조9000억원이나 줄어든 수치로, 지난 7월 이후 가장 낮은 수준이다.',
      [
        '이는 지난 9월의 대출 증가액인 5조1000억원보다 1조9000억원이나 줄어든 수치다.',
        '지난 7월 이후 가장 낮은 수준이다.',
      ],
    ],
  ])('%s', (sentence, parts) => {
    expect(splitLongSentence(sentence)).toEqual(parts);
  });

  it.each([
    ['a short one', '물가가 올랐으며, 금리도 올랐다.'],
    ['reported speech', `${longest}누적 영업손실은 7400억원에 달했다고 두 회사의 관계자는 밝혔다.`],
    ['a quotation', `한 임원은 “${longest}누적 영업손실은 7400억원에 달했다”며 대책이 필요하다고 말했다.`],
    [
      'a first part without a subject',
      '지난 2010년 서울에서 처음 설립됐으며, 지금은 직원 300명과 공장 세 곳을 둔 회사가 결국 올해 문을 닫기로 결정했다.',
    ],
  ])('leaves %s whole', (_name, sentence) => {
    expect(splitLongSentence(sentence)).toEqual([sentence]);
  });
});

describe('what does not belong to the article', () => {
  it.each([
    '홍길동 기자 gildong@example.com',
    '홍길동 기자',
    '서울=홍길동 특파원',
    'ⓒ 경단일보, 무단 전재 및 재배포 금지',
    'Copyright © 2026 All rights reserved.',
    '사진=게티이미지뱅크',
    '▶ 관련기사 더 보기',
    '기사 제보는 카카오톡으로 부탁드립니다.',
    '네이버에서 경단을 구독하세요!',
    '입력 2026-03-02 09:00',
    '1,234 5,678 12.3% 45.6%',
    '한은, 기준금리 동결',
  ])('is recognised: %s', (line) => {
    expect(isBoilerplate(line, '한은, 기준금리 동결')).toBe(true);
  });

  it.each([
    '구독경제 시장이 빠르게 커지고 있다.',
    '한 기자가 질문했다.',
    '댓글 문화가 달라졌다는 분석이 나온다.',
    '수출은 291억달러로 8.6% 늘었다.',
  ])('is not: %s', (sentence) => {
    expect(isBoilerplate(sentence, '제목')).toBe(false);
  });

  it('is never chosen', async () => {
    const own = newsroom[0]?.paragraphs ?? [];
    const noise = ['홍길동 기자 gildong@example.com', '사진=연합뉴스', 'ⓒ 경단일보 무단전재 및 재배포 금지'];
    const title = '[속보] 가계대출 둔화 | 매일경제';
    const body = [title, `(서울=뉴스) 홍길동 기자 = ${own[0]}`, ...own.slice(1), ...noise, ...noise].join(
      '\n',
    );
    const { content, title: cleaned } = await rewrite(title, body);
    expect(cleaned).toBe('가계대출 둔화');
    expect(content).not.toMatch(/기자|example\.com|사진|무단|속보|서울=/);
    expect(content).toMatch(/^지난달 은행권 가계대출/);
  });

  it.each([
    ['(서울=연합뉴스) 홍길동 기자 = 물가가 올랐다.', '물가가 올랐다.'],
    ['【세종=뉴시스】홍길동 기자 = 물가가 올랐다.', '물가가 올랐다.'],
    ['[서울경제] 물가가 올랐다.', '물가가 올랐다.'],
    ['■ 물가가 올랐다.', '물가가 올랐다.'],
  ])('is stripped from %s', (line, stripped) => {
    expect(stripLinePrefix(line)).toBe(stripped);
  });

  it.each([
    ['[단독] 금리 내린다…내달 결정(종합)', '금리 내린다… 내달 결정'],
    ['美·中 무역 갈등에 3日 만에 하락', '미국·중국 무역 갈등에 3일 만에 하락'],
    ['협상 中 결렬', '협상 중 결렬'],
    ['반도체株 급등 - 경단경제', '반도체주 급등'],
    ['[속보]', '[속보]'],
  ])('leaves the headline %s as %s', (title, cleaned) => {
    expect(cleanTitle(title)).toBe(cleaned);
  });
});

describe('ranking and terms', () => {
  it('puts what others repeat above what nobody mentions', () => {
    const { scores, similarity } = rankSentences(
      [
        '기준금리가 동결됐다.',
        '한국은행이 기준금리를 동결했다.',
        '기준금리 동결은 예상된 결과다.',
        '점심에는 비가 왔다.',
      ],
      '한국은행 기준금리 동결',
    );
    expect(Math.max(...scores)).toBe(1);
    expect(scores.indexOf(Math.min(...scores))).toBe(3);
    expect(similarity(0, 1)).toBeGreaterThan(similarity(0, 3));
  });

  it('explains the longest term, once, and no syllables inside other words', () => {
    const text =
      '주택담보대출과 기준금리가 올랐다. 기준금리는 복리가 아니다. 항복리스트와 비흑자기업도 있다. 흑자가 났다.';
    expect(findEasyTerms(text).map(({ expression }) => expression)).toEqual([
      '주택담보대출',
      '기준금리',
      '복리',
      '흑자',
    ]);
    expect(findEasyTerms('복리후생이 좋아졌다.')).toEqual([]);
  });
});

describe('a rewrite', () => {
  const expectBounded = ({ content, title, comment }: Awaited<ReturnType<typeof rewrite>>, body: string) => {
    expect(content.length).toBeGreaterThan(0);
    // The lead is whole whatever its length.
    if (content.length > 0.6 * body.trim().length) {
      const [lead = '', behind = ''] = splitSentences(body).map((one) => rewriteSentence(one).join(' '));
      const marks = /["“”]/g;
      expect([lead, `${lead} ${behind}`].map((text) => text.replace(marks, ''))).toContain(
        content.replace(marks, ''),
      );
    } else
      expect(content.replace(/\s/g, '').length).toBeLessThanOrEqual(0.6 * body.replace(/\s/g, '').length + 1);
    expect(content.length).toBeLessThanOrEqual(1_000);
    expect(title.length).toBeLessThanOrEqual(100);
    expect(comment.length).toBeGreaterThan(0);
    expect(comment.length).toBeLessThanOrEqual(comment.endsWith('…') ? 200 : 300);
  };

  it.each(newsroom.map(({ title, paragraphs }) => [title, paragraphs.join('\n\n')] as const))(
    'of "%s" is short, polite, in order, made of its own words, and always the same',
    async (title, body) => {
      const result = await rewrite(title, body);
      expectBounded(result, body);
      expect(result.content.length).toBeGreaterThanOrEqual(0.4 * body.length);
      expect(result).toMatchObject({ model: 'extractive', promptVersion: null });
      expect(await rewrite(title, body)).toEqual(result);

      const sentences = splitSentences(result.content);
      for (const sentence of sentences) expect(sentence).toMatch(/(?:요|죠)[.?]$/);
      const figures = new Set(body.match(/\d+(?:[.,]\d+)*/g));
      for (const figure of result.content.match(/\d+(?:[.,]\d+)*/g) ?? []) expect(figures).toContain(figure);
      const positions = sentences
        .map((sentence) => body.indexOf(sentence.slice(-40, -8)))
        .filter((at) => at >= 0);
      expect(positions.length).toBeGreaterThan(sentences.length / 2);
      expect(positions).toEqual([...positions].sort((left, right) => left - right));
      for (const { expression } of result.phrases) expect(result.content).toContain(expression);
    },
  );

  it.each(newsroom.map(({ title, paragraphs }) => [title, paragraphs] as const))(
    'never announces what it leaves out: %s',
    async (title, paragraphs) => {
      const { content } = await rewrite(title, paragraphs.join('\n\n'));
      for (const paragraph of paragraphs.slice(1)) {
        const [first = '', second] = splitSentences(paragraph).map((sentence) => rewriteSentence(sentence));
        const [announcement = ''] = first;
        if (second && announcement.length <= 40 && content.includes(announcement))
          expect(content).toContain(`${announcement} ${second[0]!}`);
      }
    },
  );

  it('leaves the reader with the lead, when that can be remembered', async () => {
    const { title, paragraphs } = newsroom[0]!;
    const { comment } = await rewrite(title, paragraphs.join('\n\n'));
    expect(comment).toBe(rewriteSentence(splitSentences(paragraphs[0]!)[0]!)[0]);
  });

  it('never exceeds 60 % of any composition of sentences', async () => {
    const random = seededRandom(20_260_302);
    const pool = newsroom.flatMap(({ paragraphs }) => splitSentences(paragraphs.join('\n')));
    const odd = [
      'Revenue rose 3.5% to $4.1 billion, Apple Inc. said.',
      'ㅋㅋㅋ',
      '😀😀😀',
      '"닫지 않은 따옴표가 있다.',
      '가'.repeat(700),
    ];
    for (let round = 0; round < 300; round += 1) {
      const count = 1 + Math.floor(random() * (round % 3 === 0 ? 3 : 14));
      const parts = Array.from({ length: count }, () => {
        const from = random() < 0.1 ? odd : pool;
        return from[Math.floor(random() * from.length)] ?? '';
      });
      const body = parts.join(random() < 0.5 ? ' ' : '\n\n');
      if (body.length < 60) continue;
      expectBounded(await rewrite('제목', body), body);
    }
  });

  it.each([
    [
      '한국은행 금융통화위원회가 16일 서울 본점에서 회의를 열어 기준금리를 연 2.50%로 동결했다.',
      '한국은행 금융통화위원회가 16일 서울 본점에서 회의를 열어 기준금리를 연 2.50%로 동결했어요.',
    ],
    [
      '한국은행이 기준금리를 연 2.50%로 동결했다. 원·달러 환율은 1380원대에서 움직였다.',
      '한국은행이 기준금리를 연 2.50%로 동결했어요.',
    ],
  ])('of a very short body is its lead: %s', async (body, lead) => {
    const { content, comment } = await rewrite('금리 동결', body);
    expect(content).toBe(lead);
    expect(comment).toBe(lead);
  });

  it.each([
    [
      'labels and values are all there is',
      '계약금액(원) : 682,000,000,000\n최근매출액 대비(%) : 7.4\n계약상대 : 오세아니아 선사\n계약기간 : 2029년 3월 31일까지\n공시일 : 2026년 11월 19일',
      '계약금액은 682,000,000,000원이에요.',
    ],
    [
      'a list has no sentences',
      '정부가 청년 적금을 내년 6월 내놓는다고 17일 밝혔다.\n가입 대상은 다음과 같다.\n▲ 만 19세부터 34세까지의 청년\n▲ 중위소득 200% 이하 가구\n매달 50만원까지 넣을 수 있고, 만기는 3년이며 그때까지 정부가 해마다 이자를 더 얹어 준다.',
      '가입 대상은 만 19세부터 34세까지의 청년, 중위소득 200% 이하 가구예요.',
    ],
    [
      'a quotation never ends',
      '한국은행이 기준금리를 연 2.50%로 동결했다. 이 총재는 "속도를 조절하겠다고 말했다. 원·달러 환율은 1380원대에서 움직였고 코스피는 0.3% 오른 채 거래를 마쳤다.',
      '한국은행이 기준금리를 연 2.50%로 동결했어요.',
    ],
    [
      'a list stands in a sentence',
      '법안은 ▲ 공사 설립 ▲ 기금 조성 ▲ 위원회 구성을 뼈대로 한다. 정부는 이 법안을 26일 국회에 내고 올해 안에 통과시켜 달라고 여야에 요청했으며 야당은 반대했다.',
      '법안은 공사 설립, 기금 조성, 위원회 구성을 뼈대로 해요.',
    ],
    [
      'a question has an answer',
      '연말정산이 내년부터 크게 바뀐다고 국세청이 25일 밝혔다.\nQ. 고시원도 되나.\nA. 된다. 전입신고를 했다면 공제 대상이다.\nQ. 언제부터 신청할 수 있는지와 필요한 서류, 그리고 신청을 받는 곳은 어디인가.\nA. 내년 1월 15일부터 홈택스에서 임대차계약서와 이체 내역을 내고 신청하면 되며 세무서에 직접 가도 된다.',
      '고시원도 되나요? 돼요. 전입신고를 했다면 공제 대상이에요.',
    ],
    [
      'a picture is described',
      '이창호 한국은행 총재가 27일 서울 중구 한국은행에서 기자간담회를 하고 있다. 2026.11.27 [사진공동취재단]\n한국은행이 기준금리를 연 2.50%로 동결했다. 원·달러 환율은 1380원대에서 움직였다.\n이 기사는 11월 30일 오전 6시에 발행됐습니다.',
      '한국은행이 기준금리를 연 2.50%로 동결했어요.',
    ],
  ])('tells it in sentences when %s', async (_name, body, expected) => {
    const { content } = await rewrite('제목', body);
    expect(content).toContain(expected);
    expect(content).not.toMatch(/▲|Q\.|A\.|:|간담회를|발행|"/);
  });

  it.each([
    [
      'English',
      'The central bank kept its rate at 2.50%. Dr. Kim expected a cut. Markets in the U.S. fell slightly after the news.',
    ],
    ['no sentence ends', '물가 상승 '.repeat(200)],
    ['no blanks', '금리'.repeat(300)],
    ['markup', `<script>alert(1)</script><p>${(newsroom[0]?.paragraphs ?? []).join('</p><p>')}</p>`],
    ['emoji', '오늘😀금리 '.repeat(60)],
  ])('copes with %s', async (_name, body) => {
    const result = await rewrite('', body);
    expectBounded(result, body);
    expect(result.title).not.toBe('');
    expect(result.content).not.toMatch(/<\/?[a-z]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });

  it.each([
    [
      '100 KB of prose',
      newsroom
        .flatMap(({ paragraphs }) => paragraphs)
        .join('\n')
        .repeat(6)
        .slice(0, 100_000),
    ],
    ['100 KB of quotation marks', '"'.repeat(100_000)],
    ['100 KB of brackets', '([“'.repeat(33_000)],
    ['100 KB of full stops', '금리다. '.repeat(20_000)],
    ['100 KB of angle brackets', '<a '.repeat(33_000)],
  ])('of %s is rewritten or refused', async (_name, body) => {
    await rewrite('제목', body).catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
  });

  it.each([
    '',
    '   \n ',
    '짧다.',
    '😀'.repeat(200),
    '홍길동 기자 gildong@example.com\nⓒ 경단일보 무단 전재 및 재배포 금지',
  ])('of %j is refused as no article', async (body) => {
    await expect(rewrite('제목', body)).rejects.toMatchObject({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' });
  });

  it('stops with the reason of an aborted signal', async () => {
    const reason = new Error('cancelled');
    const rewriting = rewriter.rewrite({ title: '', content: '' }, { signal: AbortSignal.abort(reason) });
    await expect(rewriting).rejects.toBe(reason);
  });
});
