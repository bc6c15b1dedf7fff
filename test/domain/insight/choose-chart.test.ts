import { BuiltInInsightWriter } from '../../../src/domain/insight/built-in-insight-writer';
import { buildChart } from '../../../src/domain/insight/build-chart';
import type { DataTable, DataValue } from '../../../src/domain/insight/data-table';
import { tableOf } from '../../helpers/sample-charts';

const REGIONS = ['전국', '서울특별시', '부산광역시', '경기도', '제주특별자치도'];
const people = tableOf(
  [['연도', 'date'], ['시도', 'category'], ['인구', 'number', '명']],
  ['2020', '2021', '2022'].flatMap((year, y) => REGIONS.map((region, r): DataValue[] => [year, region, 1_000_000 - r * 1_000 + y])),
); // prettier-ignore
const prices = tableOf(
  [['월', 'date'], ['소비자물가지수', 'number'], ['물가상승률', 'number', '%']],
  Array.from({ length: 36 }, (_, i): DataValue[] => [`${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`, 100 + i, 2]),
); // prettier-ignore
const firms = tableOf(
  [['업종', 'category'], ['사업체수', 'number', '개']],
  [['음식점', 120], ['소매', 80], ['제조', 40]],
); // prettier-ignore
const many = tableOf(
  [['시군구', 'category'], ['코드', 'number'], ['인구', 'number', '명']],
  Array.from({ length: 200 }, (_, i): DataValue[] => [`시군구 ${i}`, 11_000 + i, 1_000 * i]),
); // prettier-ignore

async function chosen(title: string, table: DataTable) {
  const dataset = { name: '시험' };
  const { choice, headline, sentences } = await new BuiltInInsightWriter().write({ title, dataset, table });
  expect(sentences).toHaveLength(5);
  expect(headline).not.toBe('');
  return { ...choice, points: buildChart(table, choice).points.length };
}

describe('the built-in writer chooses', () => {
  it('a line of the column that the title names', async () => {
    expect(await chosen('물가상승률 추이', prices)).toMatchObject({ kind: 'line', x: '월', y: '물가상승률' });
    expect(await chosen('소비자 물가 지수', prices)).toMatchObject({ kind: 'line', y: '소비자물가지수' });
  });

  it('only the value, the year or the years that the title names', async () => {
    expect(await chosen('서울 인구', people)).toMatchObject({
      kind: 'line',
      filters: [{ field: '시도', comparison: 'equals', value: '서울특별시' }],
      points: 3,
    });
    const fuels = tableOf(
      [['월', 'date'], ['유종', 'category'], ['가격', 'number', '원']],
      ['2024-01', '2024-02', '2024-03'].flatMap((month, m) => ['휘발유', '경유', 'LPG'].map((fuel, f): DataValue[] => [month, fuel, 1_700 - 200 * f + m])),
    ); // prettier-ignore
    const both = { kind: 'line', series: '유종', filters: [], points: 9 };
    expect(await chosen('휘발유와 경유 가격', fuels)).toMatchObject(both);
    expect(await chosen('경유 가격', fuels)).toMatchObject({ series: null, points: 3 });
    expect(await chosen('2023년 물가상승률', prices)).toMatchObject({ points: 12 });
    expect(await chosen('2023년 이후 물가상승률', prices)).toMatchObject({ points: 24 });
    expect(await chosen('최근 2년 물가상승률', prices)).toMatchObject({ points: 24 });
  });

  it('the whole rather than a sum of the whole and its parts', async () => {
    expect(await chosen('인구 추이', people)).toMatchObject({
      kind: 'line',
      aggregate: 'none',
      filters: [{ field: '시도', comparison: 'equals', value: '전국' }],
    });
  });

  it('bars of the last date where the title asks for one of each, lines where it asks for their course', async () => {
    expect(await chosen('시도별 인구', people)).toMatchObject({
      kind: 'bar',
      x: '시도',
      sort: 'yDescending',
      points: 4,
    });
    expect(await chosen('시도별 인구 추이', people)).toMatchObject({
      kind: 'line',
      x: '연도',
      series: '시도',
      points: 12,
    });
  });

  it('slices for shares', async () => {
    expect(await chosen('업종 비중', firms)).toMatchObject({ kind: 'pie', x: '업종', y: '사업체수' });
    expect(await chosen('업종', firms)).toMatchObject({ kind: 'bar' });
  });

  it('the top of many categories, and never codes', async () => {
    expect(await chosen('아무 제목', many)).toMatchObject({
      kind: 'bar',
      y: '인구',
      sort: 'yDescending',
      limit: 12,
    });
    expect(await chosen('인구 상위 5', many)).toMatchObject({ limit: 5 });
  });

  it('points for two numbers', async () => {
    const table = tableOf([['소득', 'number'], ['지출', 'number']], [[1, 2], [2, 4], [3, 5]]); // prettier-ignore
    expect(await chosen('소득과 지출의 관계', table)).toMatchObject({ kind: 'scatter' });
  });

  it('bars of what began and ended at some time', async () => {
    const table = tableOf(
      [['지표', 'category'], ['시작', 'date'], ['끝', 'date'], ['시점 수', 'number']],
      [['총인구', '1960', '2025', 66], ['출생아 수', '1970-01', '2026-08', 680], ['고령 인구', '2008-01', '2026-08', 224]],
    ); // prettier-ignore
    expect(await chosen('인구 지표', table)).toMatchObject({
      kind: 'bar',
      x: '지표',
      y: '시점 수',
      filters: [],
    });
  });

  it('counts where nothing is a number', async () => {
    const table = tableOf([['제목', 'category'], ['기관', 'category']], [['가', 'A'], ['나', 'B'], ['다', 'A']]); // prettier-ignore
    expect(await chosen('기관별 정책', table)).toMatchObject({ kind: 'bar', x: '기관', aggregate: 'count' });
  });

  it('something of one row, of one column, and of names that mean something elsewhere', async () => {
    expect(await chosen('한 점', tableOf([['월', 'date'], ['값', 'number']], [['2024-03', 1]]))).toMatchObject({ y: '값' }); // prettier-ignore
    expect(await chosen('숫자', tableOf([['값', 'number']], [[1], [2], [2]]))).toMatchObject({
      aggregate: 'count',
    });
    const odd = tableOf(
      [
        ['__proto__', 'category'],
        ['constructor', 'number'],
      ],
      [
        ['toString', 1],
        ['=1+1', 2],
      ],
    );
    expect(await chosen('<script>', odd)).toMatchObject({ kind: 'bar', x: '__proto__' });
  });

  it('nothing of a table without rows', async () => {
    const empty = tableOf([['월', 'date'], ['값', 'number']], []); // prettier-ignore
    await expect(chosen('무엇', empty)).rejects.toMatchObject({ code: 'DATASET_INVALID' });
  });
});
