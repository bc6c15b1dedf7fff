import { buildChart } from '../../../src/domain/insight/build-chart';
import { CHART_KINDS, chartChoice } from '../../../src/domain/insight/chart-choice';
import { ChartFault } from '../../../src/domain/insight/chart-fault';
import type { DataTable } from '../../../src/domain/insight/data-table';
import { choose, SAMPLE_CHARTS, tableOf } from '../../helpers/sample-charts';

const SALES = tableOf(
  [['연월', 'date'], ['지역', 'category'], ['매출', 'number', '원'], ['비고', 'category']],
  [
    ['2024-02', '서울', 10.1, 'a'], ['2024-01', '부산', 4, 'b'], ['2024-01', '서울', 0.2, 'a'],
    ['2023-12', '서울', 7, null], ['2024-02', '부산', null, 'c'], ['2024-02', '서울', 0.2, 'c'],
  ],
); // prettier-ignore

const pointsOf = (...args: Parameters<typeof choose>) =>
  buildChart(SALES, choose(...args)).points.map(({ x, y, series }) => [
    x,
    y,
    ...(series === null ? [] : [series]),
  ]);

function faultOf(...args: Parameters<typeof choose>): [part: string, message: string] {
  return faultIn(SALES, ...args);
}

function faultIn(table: DataTable, ...args: Parameters<typeof choose>): [part: string, message: string] {
  try {
    buildChart(table, choose(...args));
  } catch (error) {
    if (error instanceof ChartFault) return [error.part, error.message];
    throw error;
  }
  throw new Error('it was drawn');
}

const many = (count: number) =>
  tableOf(
    [
      ['이름', 'category'],
      ['값', 'number'],
    ],
    Array.from({ length: count }, (_, i) => [`이름${i}`, i + 1]),
  );

describe('The points of a chart', () => {
  it('are added up, averaged, counted by x and series, without the digits of binary fractions', () => {
    expect(pointsOf('line', '연월', '매출', { aggregate: 'sum' })).toEqual([['2023-12', 7], ['2024-01', 4.2], ['2024-02', 10.3]]); // prettier-ignore
    expect(pointsOf('bar', '지역', '매출', { aggregate: 'mean' })).toEqual([['서울', 4.375], ['부산', 4]]); // prettier-ignore
    expect(pointsOf('bar', '지역', '매출', { aggregate: 'median' })).toEqual([['서울', 3.6], ['부산', 4]]); // prettier-ignore
    expect(pointsOf('bar', '지역', '매출', { aggregate: 'min' })).toEqual([['서울', 0.2], ['부산', 4]]); // prettier-ignore
    expect(pointsOf('bar', '지역', '매출', { aggregate: 'max' })).toEqual([['서울', 10.1], ['부산', 4]]); // prettier-ignore
    expect(pointsOf('bar', '지역', '비고', { aggregate: 'count' })).toEqual([['서울', 4], ['부산', 2]]); // prettier-ignore
    expect(pointsOf('line', '연월', '매출', { aggregate: 'sum', series: '지역' })).toEqual([
      ['2023-12', 7, '서울'], ['2024-01', 4, '부산'], ['2024-01', 0.2, '서울'], ['2024-02', 10.3, '서울'],
    ]); // prettier-ignore
  });

  it('are those that pass the filters; a date is in its year and its month', () => {
    const filtered = (...filters: [string, 'equals' | 'differs' | 'atLeast' | 'atMost', string | number][]) =>
      pointsOf('line', '연월', '매출', {
        aggregate: 'sum',
        filters: filters.map(([field, comparison, value]) => ({ field, comparison, value })),
      });
    expect(filtered(['연월', 'equals', '2024'])).toEqual([['2024-01', 4.2], ['2024-02', 10.3]]); // prettier-ignore
    expect(filtered(['연월', 'atMost', '2023'])).toEqual([['2023-12', 7]]);
    expect(filtered(['연월', 'atLeast', '2024-02-01'])).toEqual([['2024-02', 10.3]]);
    expect(filtered(['지역', 'differs', '서울'])).toEqual([['2024-01', 4]]);
    expect(filtered(['매출', 'atLeast', 1], ['매출', 'atMost', 7], ['지역', 'equals', '서울'])).toEqual([['2023-12', 7]]); // prettier-ignore
  });

  it('stand in the order that was asked for, and are as many', () => {
    const bars = (sort: 'x' | 'xDescending' | 'yAscending' | 'yDescending', limit: number | null = null) =>
      pointsOf('bar', '연월', '매출', { aggregate: 'sum', sort, limit }).map(([x]) => x);
    expect(bars('x')).toEqual(['2023-12', '2024-01', '2024-02']);
    expect(bars('xDescending', 2)).toEqual(['2024-01', '2024-02']);
    expect(bars('yAscending')).toEqual(['2024-01', '2023-12', '2024-02']);
    expect(bars('yDescending', 1)).toEqual(['2024-02']);
    const ranked = buildChart(
      SALES,
      choose('bar', '연월', '매출', { aggregate: 'sum', sort: 'yDescending' }),
    );
    expect(ranked.spec.encoding.y).toMatchObject({
      scale: { domain: ['24년 2월', '23년 12월', '24년 1월'] },
    });
  });

  it('keep the whole of a pie whole', () => {
    const { points } = buildChart(many(20), choose('pie', '이름', '값', { sort: 'yDescending', limit: 3 }));
    expect(points).toEqual([
      { x: '이름19', y: 20, series: null },
      { x: '이름18', y: 19, series: null },
      { x: '이름17', y: 18, series: null },
      { x: '그 외', y: 153, series: null },
    ]);
  });

  it('leave out what is no value of its column', () => {
    const broken = tableOf(
      [['날짜', 'date'], ['값', 'number']],
      [['2024-13', 1], ['어제', 2], ['2024-01', NaN], ['2024-01', Infinity], [null, 3], ['2024-02', '4'], ['2024-03', 5]],
    ); // prettier-ignore
    expect(buildChart(broken, choose('line', '날짜', '값')).points).toEqual([
      { x: '2024-03', y: 5, series: null },
    ]);
  });
});

describe('A choice that cannot be drawn is refused, naming what to choose otherwise', () => {
  it.each<[string, string, Parameters<typeof choose>]>([
    ['x', "'시도' 열은 없습니다. 있는 열: 연월, 지역, 매출, 비고", ['bar', '시도', '매출']],
    ['y', "'이익' 열은 없습니다", ['bar', '지역', '이익']],
    ['series', "'__proto__' 열은 없습니다", ['bar', '지역', '매출', { series: '__proto__' }]],
    ['filters', "'datum.x' 열은 없습니다", ['bar', '지역', '매출', { filters: [{ field: 'datum.x', comparison: 'equals', value: 1 }] }]],
    ['y', "'비고' 열은 숫자가 아닙니다", ['bar', '지역', '비고', { aggregate: 'sum' }]],
    ['aggregate', 'x와 series가 같은 행이 여럿', ['bar', '지역', '매출']],
    ['aggregate', '더할 수 있어야', ['pie', '지역', '매출', { aggregate: 'mean' }]],
    ['series', 'stackedBar에는', ['stackedBar', '지역', '매출', { aggregate: 'sum' }]],
    ['series', 'stackedBar에는', ['stackedBar', '지역', '매출', { aggregate: 'sum', series: '지역' }]],
    ['series', 'pie는', ['pie', '지역', '매출', { aggregate: 'sum', series: '비고' }]],
    ['x', 'scatter의 x는', ['scatter', '지역', '매출']],
    ['sort', '선이 끊깁니다', ['line', '연월', '매출', { aggregate: 'sum', sort: 'yDescending', limit: 2 }]],
    ['kind', '모든 series의 값이', ['area', '연월', '매출', { aggregate: 'sum', series: '지역' }]],
    ['filters', "'매출' 열은 숫자와", ['bar', '지역', '매출', { aggregate: 'sum', filters: [{ field: '매출', comparison: 'atLeast', value: '10' }] }]],
    ['filters', "'지역' 열은 글자 값과", ['bar', '지역', '매출', { aggregate: 'sum', filters: [{ field: '지역', comparison: 'equals', value: 1 }] }]],
    ['filters', '크기가 없습니다', ['bar', '지역', '매출', { aggregate: 'sum', filters: [{ field: '지역', comparison: 'atMost', value: '서울' }] }]],
    ['filters', '2024-03-15처럼', ['line', '연월', '매출', { aggregate: 'sum', filters: [{ field: '연월', comparison: 'equals', value: '작년' }] }]],
    ['filters', "'대전'인 값이 없습니다", ['bar', '지역', '매출', { aggregate: 'sum', filters: [{ field: '지역', comparison: 'equals', value: '대전' }] }]],
    ['filters', '하나도 없습니다', ['bar', '지역', '매출', { aggregate: 'sum', filters: [{ field: '매출', comparison: 'atLeast', value: 1e9 }] }]],
  ])('%s: %s', (part, message, args) => {
    const [at, said] = faultOf(...args);
    expect([at, said]).toEqual([part, expect.stringContaining(message)]);
  }); // prettier-ignore

  it('tells of a filter whose value is nowhere in the data, with which a model would write into the chart', () => {
    const filters = [
      { field: '지역', comparison: 'differs', value: '은행이 곧 망해요 evil.example' },
    ] as const;
    expect(faultOf('bar', '지역', '매출', { aggregate: 'sum', filters: [...filters] })).toEqual([
      'filters',
      expect.stringContaining('값이 없습니다'),
    ]);
  });

  it('has more than its kind bears, its limit applied', () => {
    expect(faultIn(many(31), 'bar', '이름', '값')).toEqual(['x', expect.stringContaining('30개까지')]);
    expect(faultIn(many(9), 'pie', '이름', '값')).toEqual(['x', expect.stringContaining('8개까지')]);
    expect(faultIn(many(40), 'pie', '이름', '값', { limit: 9 })[0]).toBe('x');
    expect(buildChart(many(31), choose('bar', '이름', '값', { limit: 30 })).points).toHaveLength(30);
    expect(buildChart(many(40), choose('pie', '이름', '값', { limit: 8 })).points).toHaveLength(9);
    const lines = tableOf(
      [['해', 'date'], ['이름', 'category'], ['값', 'number']],
      Array.from({ length: 13 }, (_, i) => ['2024', `이름${i}`, i]),
    ); // prettier-ignore
    expect(faultIn(lines, 'line', '해', '값', { series: '이름' })).toEqual([
      'series',
      expect.stringContaining('12개까지'),
    ]);
    expect(faultIn(lines, 'stackedBar', '해', '값', { series: '이름' })[0]).toBe('series');
  });

  it('is a pie of what is less than nothing, or of nothing', () => {
    const below = tableOf([['이름', 'category'], ['값', 'number']], [['가', 3], ['나', -1]]); // prettier-ignore
    expect(faultIn(below, 'pie', '이름', '값')[0]).toBe('kind');
    const nothing = tableOf([['이름', 'category'], ['값', 'number']], [['가', 0], ['나', 0]]); // prettier-ignore
    expect(faultIn(nothing, 'pie', '이름', '값')[0]).toBe('kind');
  });

  it('holds expressions, addresses or more than the vocabulary', () => {
    const choice = choose('bar', '지역', '매출');
    expect(chartChoice.safeParse(choice).success).toBe(true);
    for (const more of [{ transform: [] }, { href: 'javascript:1' }, { kind: 'geoshape' }, { sort: 'datum.y' }, { limit: 1e9 }])
      expect(chartChoice.safeParse({ ...choice, ...more }).success).toBe(false);
  }); // prettier-ignore
});

describe('The specification of a chart', () => {
  it('exists for every kind, computes and loads nothing, and holds only numbers and texts', () => {
    expect(new Set(SAMPLE_CHARTS.map(({ choice }) => choice.kind))).toEqual(new Set(CHART_KINDS));
    for (const { name, table, choice } of SAMPLE_CHARTS) {
      const { spec, points } = buildChart(table, choice);
      expect(JSON.stringify(spec)).not.toMatch(/"(url|href|[a-z]*expr|signal|transform|params)"/i);
      expect([name, spec.data.values.every((row) => Object.keys(row).every((key) => ['x', 'y', 's', 'i'].includes(key)))]).toEqual([name, true]);
      expect(points.length).toBeGreaterThan(0);
      expect(spec.description).toMatch(/값/);
    }
  }); // prettier-ignore

  it('writes large amounts in 만, 억 and 조, also of units that count in thousands', () => {
    const titleOf = (unit: string | null, value: number) => {
      const table = tableOf([['해', 'date'], ['값', 'number', ...(unit === null ? [] : [unit])] as ['값', 'number']], [['2024', value]]); // prettier-ignore
      const { spec } = buildChart(table, choose('bar', '해', '값'));
      return [(spec.encoding.y as { title: string }).title, spec.data.values[0]!.y];
    };
    expect(titleOf('원', 9_999)).toEqual(['값 (원)', 9_999]);
    expect(titleOf('원', 1_250_000)).toEqual(['값 (만 원)', 125]);
    expect(titleOf('명', -350_000_000)).toEqual(['값 (억 명)', -3.5]);
    expect(titleOf('십억원', 1_900_000)).toEqual(['값 (조 원)', 1_900]);
    expect(titleOf('천명', 28_000)).toEqual(['값 (만 명)', 2_800]);
    expect(titleOf(null, 5_000_000)).toEqual(['값 (만)', 500]);
    expect(titleOf('%', 5_000_000)).toEqual(['값 (%)', 5_000_000]);
  });

  it('is bounded: of very long lines what stands out is drawn, and the points are all there', () => {
    const count = 20_000;
    const date = (index: number) => new Date(Date.UTC(1970, 0, 1 + index)).toISOString().slice(0, 10);
    const days = tableOf([['날짜', 'date'], ['값', 'number']], Array.from({ length: count }, (_, i) => [date(i), i === 7_777 ? 1e6 : i === 9_999 ? -5 : i % 10]));
    const { spec, points } = buildChart(days, choose('line', '날짜', '값'));
    expect(points).toHaveLength(count);
    const { values } = spec.data;
    expect(values.length).toBeLessThanOrEqual(1_000);
    expect(values[0]!.x).toBe(date(0));
    expect(values.at(-1)!.x).toBe(date(count - 1));
    expect(values.map(({ y }) => y)).toEqual(expect.arrayContaining([100, -0.0005]));
    expect(spec.title.subtitle).toEqual([expect.stringMatching(/20,000개 가운데 \d+개를 그림/)]);
    const cloud = tableOf([['가', 'number'], ['나', 'number'], ['다', 'category']], Array.from({ length: 30_000 }, (_, i) => [i, -i, `${'긴 이름 '.repeat(40)}${i % 12}`]));
    const cloudy = JSON.stringify(buildChart(cloud, choose('scatter', '가', '나', { series: '다' })).spec);
    expect(Buffer.byteLength(cloudy)).toBeLessThan(200_000);
    expect(faultIn(tableOf([['가', 'number'], ['나', 'number']], Array.from({ length: 1_000_000 }, (_, i) => [i, i])), 'scatter', '가', '나')[0]).toBe('x');
  }); // prettier-ignore

  it('names quarters, not their first months', () => {
    const table = tableOf([['분기', 'date', '분기'], ['성장률', 'number', '%']], [['2024-01', 1], ['2024-04', 2], ['2024-07', 3]]);
    const { spec } = buildChart(table, choose('line', '분기', '성장률'));
    expect(JSON.stringify(spec.encoding)).toContain('%y년 %q분기');
    expect(spec.description).toContain('(24년 3분기)');
    expect(buildChart(table, choose('bar', '분기', '성장률')).spec.data.values.map(({ x }) => x)).toEqual(['24년 1분기', '24년 2분기', '24년 3분기']);
  }); // prettier-ignore

  it('shows categories under short labels, no two alike, whatever they are', () => {
    const names = [`${'가'.repeat(60)}1`, `${'가'.repeat(60)}2`, '<script>alert(1)</script>', '=1+1', '\u202e뒤집힘\u0000', '\u200b', '__proto__'];
    const { spec } = buildChart(tableOf([['이름', 'category'], ['값', 'number']], names.map((name, i) => [name, i + 1])), choose('bar', '이름', '값'));
    expect(spec.data.values.map(({ x }) => x)).toEqual([
      `${'가'.repeat(39)}…`, `${'가'.repeat(34)} (2)`, '<script>alert(1)</script>', '=1+1', '뒤집힘', '(이름 없음)', '‘__proto__’',
    ]);
  }); // prettier-ignore
});
