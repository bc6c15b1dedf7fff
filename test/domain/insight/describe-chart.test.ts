import { buildChart } from '../../../src/domain/insight/build-chart';
import type { ChartChoice } from '../../../src/domain/insight/chart-choice';
import { ChartFault } from '../../../src/domain/insight/chart-fault';
import { ChartWords } from '../../../src/domain/insight/chart-words';
import { chooseCharts } from '../../../src/domain/insight/choose-chart';
import type { DataTable, DataValue } from '../../../src/domain/insight/data-table';
import { describeChart } from '../../../src/domain/insight/describe-chart';
import { ChartClaims } from '../../../src/domain/insight/fidelity/chart-claims';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';
import { choose, tableOf } from '../../helpers/sample-charts';

const dataset = { name: '시험 자료' };

function described(table: DataTable, choice: ChartChoice) {
  const { points } = buildChart(table, choice);
  return describeChart({ dataset, table, choice, points });
}

const rates = (...rows: DataValue[][]) => tableOf([['월', 'date'], ['기준금리', 'number', '%']], rows); // prettier-ignore
const overTime = (table: DataTable) => described(table, choose('line', '월', '기준금리'));

describe('what is computed of a chart', () => {
  it('tells period, change, the highest, the lowest, the average and the latest of a line', () => {
    expect(overTime(rates(['2024-01', 3.5], ['2024-02', 3.5], ['2024-03', 3.25], ['2024-04', 3]))).toEqual({
      headline: '기준금리, 2024년 1월보다 0.5%p 내렸어요',
      sentences: [
        '이 그래프는 ‘시험 자료’ 자료로 2024년 1월부터 2024년 4월까지의 기준금리를 보여 줘요.',
        '2024년 1월 3.5%에서 2024년 4월 3%까지 0.5%p 내렸어요.',
        '가장 높은 값은 3.5%이고, 2024년 1월을 비롯해 2번 나와요.',
        '가장 낮은 값은 2024년 4월의 3%예요.',
        '평균은 약 3.31%이고, 가장 최근인 2024년 4월의 3%는 평균보다 약 0.31%p 낮아요.',
      ],
    });
  });

  it('tells of values that never change that they do not', () => {
    const { headline, sentences } = overTime(rates(['2023', 2], ['2024', 2], ['2025', 2]));
    expect(headline).toBe('기준금리, 2023년부터 2025년까지 그대로 2%예요');
    expect(sentences).toHaveLength(5);
    expect(sentences.join(' ')).toContain('바뀐 적이 없어요');
  });

  it('tells one value without comparing it with anything', () => {
    const { sentences } = overTime(rates(['2024-03-15', 3.5]));
    expect(sentences).toHaveLength(5);
    expect(sentences[1]).toBe('2024년 3월 15일 값은 3.5%예요.');
  });

  it('tells values below zero, and leaves out what is missing', () => {
    const { sentences } = overTime(
      rates(['2024-01', -0.2], ['2024-02', null], ['2024-03', 1.1], ['2024-04', -1.5]),
    );
    expect(sentences[1]).toBe('2024년 1월 -0.2%에서 2024년 4월 -1.5%까지 1.3%p 내렸어요.');
    expect(sentences[3]).toBe('가장 낮은 값은 2024년 4월의 -1.5%예요.');
    expect(sentences[4]).toContain('값이 빠진 자료 1개를 뺀 평균은 -0.2%');
  });

  it('tells quarters as such', () => {
    const table = tableOf([['분기', 'date', '분기'], ['성장률', 'number', '%']], [['2024-01', 1], ['2024-04', 2]]); // prettier-ignore
    expect(described(table, choose('line', '분기', '성장률')).sentences[1]).toBe(
      '2024년 1분기 1%에서 2024년 2분기 2%까지 1%p 올랐어요.',
    );
  });

  it('tells people in 만 and 억, with the right particles, and which rows were chosen', () => {
    const table = tableOf(
      [['지역', 'category'], ['성', 'category'], ['인구', 'number', '천명']],
      [['경기', '전체', 13_630.5], ['서울', '전체', 9_386], ['세종', '전체', 386.5], ['세종', '여', 190]],
    ); // prettier-ignore
    const filters = [{ field: '성', comparison: 'equals' as const, value: '전체' }];
    expect(described(table, choose('bar', '지역', '인구', { filters, sort: 'yDescending' }))).toEqual({
      headline: '전체 인구, 경기가 가장 많아요',
      sentences: [
        '이 그래프는 ‘시험 자료’ 자료에서 성이 전체인 것만 골라 지역별 인구를 보여 줘요.',
        '가장 많은 쪽은 경기이고, 값은 1,363만 500명이에요.',
        '가장 적은 쪽은 세종이고, 값은 38만 6,500명이에요.',
        '경기와 세종의 차이는 1,324만 4,000명이고, 약 35.3배예요.',
        '그래프에 나온 3개의 평균은 780만 1,000명이고, 이보다 많은 쪽은 2개예요.',
      ],
    });
  });

  it('tells the slices of a pie by their shares, those that were left out as nobody’s', () => {
    const table = tableOf([['업종', 'category'], ['매출', 'number', '억원']], [['가', 50], ['나', 30], ['다', 15], ['라', 25]]); // prettier-ignore
    const { sentences } = described(table, choose('pie', '업종', '매출', { sort: 'yDescending', limit: 2 }));
    expect(sentences[1]).toBe('가장 많은 쪽은 가이고, 값은 50억 원이에요.');
    expect(sentences[2]).toBe('가장 적은 쪽은 나이고, 값은 30억 원이에요.');
    expect(sentences[4]).toBe('모두 더하면 120억 원이고, 그 가운데 가의 몫은 약 41.7%예요.');
  });

  it('says of the least of the highest that it is only that', () => {
    const table = tableOf([['지역', 'category'], ['비율', 'number', '%']], [['가', 1], ['나', 5], ['다', 4]]); // prettier-ignore
    const told = (sort: ChartChoice['sort']) =>
      described(table, choose('bar', '지역', '비율', { sort, limit: 2 })).sentences.slice(1, 3);
    expect(told('yDescending')).toEqual([
      '가장 높은 쪽은 나이고, 값은 5%예요.',
      '그래프에 나온 2개 가운데 가장 낮은 쪽은 다이고, 값은 4%예요.',
    ]);
    expect(told('yAscending')).toEqual([
      '그래프에 나온 2개 가운데 가장 높은 쪽은 다이고, 값은 4%예요.',
      '가장 낮은 쪽은 가이고, 값은 1%예요.',
    ]);
  });

  it('tells a small distance from the average, which is no nothing', () => {
    const table = tableOf([['연도', 'date'], ['농도', 'number']], [['2023', 0.0031], ['2024', 0.0059]]); // prettier-ignore
    expect(described(table, choose('line', '연도', '농도')).sentences[4]).toBe(
      '평균은 0.0045이고, 가장 최근인 2024년의 0.0059는 평균보다 0.0014 높아요.',
    );
  });

  it.each([
    ['사업체수', null, '많아요'],
    ['세대 수', null, '많아요'],
    ['거래액(명목)', '억원', '많아요'],
    ['소비자물가지수', null, '높아요'],
    ['만족도 점수', null, '높아요'],
    ['가격', '원', '높아요'],
  ])('says of %s (%s) that it is %s', (name, unit, is) => {
    const table = tableOf([['곳', 'category'], [name, 'number', unit ?? undefined]], [['가', 1], ['나', 5]]); // prettier-ignore
    expect(described(table, choose('bar', '곳', name)).headline).toContain(is);
  });

  it('names what is long with an ellipsis, and tells what is alike and what is missing in one breath', () => {
    const long = '외국인 관광 도시민박업 및 한옥체험업을 포함한 숙박 시설 운영업';
    const table = tableOf([['업종', 'category'], ['가격', 'number', '원']], [[long, 2], ['나', 2], ['다', null]]); // prettier-ignore
    expect(described(table, choose('bar', '업종', '가격')).sentences[1]).toBe(
      '견준 것은 모두 2개인데, 값이 똑같이 2원으로 나왔어요.',
    );
    table.rows[0]![1] = 4;
    const { headline, sentences } = described(table, choose('bar', '업종', '가격'));
    expect(headline).toBe('가격, 외국인 관광 도시민박업 및 한옥체험업을 포함한 숙박…이 가장 높아요');
    expect(sentences[4]).toBe(
      '값이 빠진 자료 1개를 빼면 그래프에 나온 2개의 평균은 3원이고, 이보다 높은 쪽은 1개예요.',
    );
  });

  it('finds the particle of a letter by its name, and gives both where a reading is not known', () => {
    const table = tableOf([['곳', 'category'], ['輸出額', 'number', '%']], [['b', 3], ['日本', 2], ['l', 1]]); // prettier-ignore
    const { headline, sentences } = described(table, choose('bar', '곳', '輸出額'));
    expect(headline).toBe('輸出額, b가 가장 높아요');
    expect(sentences[0]).toContain('곳별 輸出額을(를) 보여 줘요');
    expect(sentences[3]).toBe('b와 l의 차이는 2%p예요.');
  });

  it('tells stacks by their totals and shares', () => {
    const table = tableOf(
      [['연도', 'date'], ['성별', 'category'], ['취업자', 'number', '명']],
      [['2022', '남', 100], ['2022', '여', 80], ['2023', '남', 110], ['2023', '여', 100]],
    ); // prettier-ignore
    const { headline, sentences } = described(
      table,
      choose('stackedBar', '연도', '취업자', { series: '성별' }),
    );
    expect(headline).toBe('취업자, 2023년에는 남이 가장 많아요');
    expect(sentences.slice(1)).toEqual([
      '모두 더한 값이 가장 많은 쪽은 2023년이고, 210명이에요.',
      '모두 더한 값이 가장 적은 쪽은 2022년이고, 180명이에요.',
      '그래프의 값을 모두 더하면 남의 몫이 약 53.8%로 가장 커요.',
      '가장 크게 바뀐 쪽은 여이고, 2022년 80명에서 2023년 100명까지 20명(25%) 늘었어요.',
    ]);
  });

  it('tells how two numbers go together', () => {
    const table = tableOf([['소득', 'number', '만원'], ['지출', 'number', '만원']], [[100, 80], [200, 150], [300, 210], [400, 300]]); // prettier-ignore
    const { headline, sentences } = described(table, choose('scatter', '소득', '지출'));
    expect(headline).toBe('소득과 지출, 함께 커지는 편이에요');
    expect(sentences[1]).toBe(
      '소득이 클수록 지출도 큰 편이고, 상관계수는 1이에요.'.replace('는 1이에요', '는 약 1이에요'),
    );
  });

  it('shows markup, formulas and addresses as the names that they are', () => {
    const table = tableOf([['이름', 'category'], ['값', 'number']], [['<script>alert(1)</script>', 3], ['=HYPERLINK("javascript:1")', 2]]); // prettier-ignore
    const { sentences } = described(table, choose('bar', '이름', '값'));
    expect(sentences).toHaveLength(5);
    expect(sentences[1]).toContain('<script>alert(1)</script>');
  });
});

const KINDS = ['line', 'area', 'bar', 'stackedBar', 'pie', 'scatter'] as const;
/** What is computed and no figure of the points shows. */
const ONLY_COMPUTED = /가장 크게 바뀐|값이 하나뿐|가장 낮은 값이 같아요|가장 작은 값이 같아요|등 \d+가지/;

it('is true of whatever is drawn, and has no hole', () => {
  const random = seededRandom(8);
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  let drawn = 0;
  for (let round = 0; round < 200; round += 1) {
    const unit = pick(['%', '명', '원', '만원', null]);
    const table = tableOf(
      [['달', 'date'], ['지역', 'category'], ['값', 'number', unit ?? undefined], ['다른 값', 'number']],
      Array.from({ length: 1 + Math.floor(random() * 20) }, () => [
        pick(['2021-01', '2021-02', '2022-12', '2024-05']),
        pick(['서울', '부산', '제주도']),
        random() < 0.1 ? null : Math.round((random() - (unit === '%' ? 0.4 : 0)) * 10 ** pick([1, 3, 6])) / pick([1, 10]),
        Math.round(random() * 10),
      ]),
    ); // prettier-ignore
    const x = pick(['달', '지역', '다른 값']);
    const choice = choose(pick(KINDS), x, '값', {
      series: pick([null, null, '지역']),
      aggregate: pick(['sum', 'mean', 'max', 'none']),
      sort: pick(['x', 'yDescending', 'yAscending']),
      limit: pick([null, null, 2]),
    });
    try {
      const chart = { dataset, table, choice, points: buildChart(table, choice).points };
      const { headline, sentences } = describeChart(chart);
      const claims = new ChartClaims(new ChartWords(chart), [dataset.name]);
      expect(sentences).toHaveLength(5);
      for (const sentence of [headline, ...sentences]) {
        expect(sentence).not.toMatch(/NaN|Infinity|undefined|null|-0(?![.\d])/);
        if (!ONLY_COMPUTED.test(sentence))
          expect([sentence, claims.unsupportedIn(sentence), choice]).toEqual([sentence, null, choice]);
      }
      for (const sentence of sentences) expect(sentence).toMatch(/요\.$/);
      drawn += 1;
    } catch (error) {
      if (!(error instanceof ChartFault)) throw error;
    }
  }
  expect(drawn).toBeGreaterThan(40);
  expect(chooseCharts(tableOf([['빈 열', 'category']], []), '무엇이든')).toEqual([]);
});
