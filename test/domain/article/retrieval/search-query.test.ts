import { searchQueryOf } from '../../../../src/domain/article/retrieval/search-query';
import { readArticles } from '../../../../src/dev/standins/newsroom/newsroom-articles';

const queryOf = (title: string, content = '') => searchQueryOf({ title, content });

/** Headlines as Korean newspapers and portals had them. */
it.each([
  ['코스피, 외국인 매수세에 2,650선 회복...반도체株 강세', '코스피 외국인 매수세'],
  ['서울 봄꽃 개화 시기 역대 가장 빨라...기상청 분석', '서울 봄꽃 개화'],
  ['미 연준, 기준금리 동결 결정... 시장은 "예상대로"', '연준 기준금리 동결'],
  ['실손보험 청구 전산화 2단계 시행 — 의원급 확대', '실손보험 청구 전산화'],
  ['[단독] 5G 요금제 개편…"월 2만원대 나온다"', '5g 요금제 개편'],
  ['SK하이닉스 3분기 영업이익 11조 ‘사상 최대’', 'sk하이닉스 영업이익'],
  ['【사설】 국민연금 자동조정장치, 더 미룰 수 없다', '국민연금 자동조정장치 미룰'],
  ['美 관세에 車업계 비상…"수출 반토막 날 수도"', '관세 車업계 비상'],
  ['OR site:evil.example "-한국은행" 금리', 'or site evil'],
])('asks for %s by %s', (title, query) => expect(queryOf(title)).toBe(query));

it('asks for the words of the title that the text comes back to', () => {
  const articles = readArticles().map(({ title, paragraphs }) => [title, paragraphs.join('\n')] as const);
  const queries = Object.fromEntries(articles.map(([title, content]) => [title, queryOf(title, content)]));
  expect(queries).toMatchObject({
    '서울 전세 매물 2만건 붕괴…전세가율 55% 넘어 4년 만에 최고': '서울 전세 매물',
    '육아휴직 대체인력 지원금 월 140만원으로…중소기업 문턱 낮춘다': '육아휴직 대체인력 지원금',
    '[분석] 내년 금리 어디로…세 갈래 시나리오로 본 한국은행의 선택': '금리 한국은행 선택',
  });
  for (const query of Object.values(queries)) expect(query!.split(' ').length).toBeLessThanOrEqual(3);
});

it('asks for nothing when the title has no word', () => {
  expect(['', '[속보]', '???', '가', 'ㅋㅋㅋ', '…', '올해 역대 최대'].map((title) => queryOf(title))).toEqual([
    null, null, null, null, null, null, null,
  ]); // prettier-ignore
});

it('is short whatever the title is, and whole characters', () => {
  const query = queryOf(`${'𠮷'.repeat(5_000)} ${'가나다'.repeat(50_000)} ${'👨‍👩‍👧'.repeat(999)}`)!;
  expect(query.length).toBeLessThanOrEqual(62);
  expect(query).not.toMatch(/\p{Cs}/u);
});
