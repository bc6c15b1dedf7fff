import { buildChart } from '../../../src/domain/insight/build-chart';
import { BuiltInInsightWriter } from '../../../src/domain/insight/built-in-insight-writer';
import { isTotal, totalsAmong } from '../../../src/domain/insight/total-words';
import { typedTable } from '../../../src/domain/insight/typed-columns';

/** Lines of a file of public data, the first one with the names. */
function csv(text: string) {
  const [names, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  return typedTable(rows.map((row) => row.map((value, at) => [names![at]!, value] as const)));
}

async function written(title: string, text: string) {
  const table = csv(text);
  const insight = await new BuiltInInsightWriter().write({ title, dataset: { name: '시험' }, table });
  const { points } = buildChart(table, insight.choice);
  return { ...insight, said: [insight.headline, ...insight.sentences].join('\n'), points };
}

const STORES = `
  시도,시군구,점포 수
  합계,소계,"100"
  서울특별시,소계,60
  서울특별시,종로구,20
  서울특별시,중구,40
  부산광역시,소계,40
  부산광역시,중구,15
  부산광역시,서구,25
`.replaceAll('"', '');

describe('a total beside its parts', () => {
  it.each([
    '합계', '합 계', '계', '총계', '총 계', '소계', '서울 소계', '전국', '전체', '누계', '합계(명)', '[전체]', '전국계', '전국 평균',
    'Total', '총합계', '남녀 전체', 'Grand Total',
  ])('is told by %s', (text) => expect(isTotal(text)).toBe(true)); // prettier-ignore

  it.each(['기계', '통계', '세계', '회계', '시계', '(주)합계산업', '전국체전', '계양구', '전체주의', '모두의마블', '평균', '총무'])(
    'is not told by %s',
    (text) => expect(isTotal(text)).toBe(false),
  ); // prettier-ignore

  it('is none where all are totals', () => {
    expect(totalsAmong(['합계', '소계'])).toEqual([]);
    expect(totalsAmong(['소계', '합계', '서울'])).toEqual(['합계', '소계']);
  });

  it.each([
    ['at the end', '지역,인구(명)\n서울,940\n부산,330\n대구,237\n합계,1507', 3, '서울'],
    ['at the beginning', '시도,인구(명)\n전 국,1507\n서울,940\n부산,330\n대구,237', 3, '서울'],
    ['twice', '업종,매출액(억원)\n제조업 소계,70\n식료품,30\n섬유,40\n서비스업,10\n총계,80', 3, '섬유'],
    [
      'of the last date',
      '연도,시도,실업률(%)\n2023,전국,2.7\n2023,서울,2.6\n2023,부산,3.0\n2024,계,2.8\n2024,서울,3.1\n2024,부산,2.9',
      2,
      '서울',
    ],
  ])('is left out of bars and of what is said of them: %s', async (_where, text, bars, highest) => {
    const { choice, points, said } = await written('시도별 업종별 지역별 값', text);
    expect(choice.kind).toBe('bar');
    expect(points.map(({ x }) => x)).toHaveLength(bars);
    expect(points[0]!.x).toBe(highest);
    expect(points.filter(({ x }) => isTotal(String(x)))).toEqual([]);
    // But for what the chart leaves out.
    expect(said.replace(/이 그래프는.*/, '')).not.toMatch(/합계|전 ?국|소계|총계/);
  });

  it('of two columns is left out where they are told apart, and taken where they are not', async () => {
    expect((await written('시도별 점포 수', STORES)).points).toMatchObject([
      { x: '서울특별시', y: 60 },
      { x: '부산광역시', y: 40 },
    ]);
    const { points } = await written('시군구별 점포 수', STORES);
    expect(Object.fromEntries(points.map(({ x, y }) => [x, y]))).toEqual({ 중구: 55, 서구: 25, 종로구: 20 });
  });

  it('is left out of slices, of points of two numbers, and of the rows that are counted', async () => {
    const shares = await written('연료 비중', '연료,대수\n휘발유,50\n경유,30\n전기,20\n합계,100');
    expect(shares.choice.kind).toBe('pie');
    expect(shares.points.reduce((sum, { y }) => sum + y, 0)).toBe(100);
    const pairs = await written(
      '소득과 지출의 관계',
      '지역,소득,지출\n서울,9,6\n부산,5,4\n대구,4,3\n계,18,13',
    );
    expect(pairs.choice.kind).toBe('scatter');
    expect(pairs.points).toHaveLength(3);
    const counts = await written('기관별 사업', '기관,사업\n가,도로\n가,철도\n나,항만\n계,');
    expect(counts.points).toMatchObject([
      { x: '가', y: 2 },
      { x: '나', y: 1 },
    ]);
  });

  it('below dates is no date', async () => {
    const months = Array.from({ length: 12 }, (_, month) => `2024.${month + 1},${month + 10}`).join('\n');
    const { choice, points, said } = await written('수출 추이', `월,수출액(억달러)\n${months}\n합계,186`);
    expect(choice).toMatchObject({ kind: 'line', x: '월' });
    expect(points).toHaveLength(12);
    expect(said).not.toContain('186');
  });

  it.each([
    '구분,인구(명)\n합계,100',
    '구분,인구(명)\n합계,100\n소계,60',
    '연도,인구(명)\n합계,100',
    '연도,구분,인구(명)\n2022,전체,100\n2023,전체,110\n2024,전체,120',
  ])('is drawn where there is nothing else: %j', async (text) => {
    const { points } = await written('인구', text);
    expect(points.length).toBeGreaterThan(0);
    expect(points.at(-1)!.y).toBeGreaterThanOrEqual(60);
  });
});
