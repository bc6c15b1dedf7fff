import type { ChartChoice } from '../../src/domain/insight/chart-choice';
import type { DataColumn, DataTable, DataValue } from '../../src/domain/insight/data-table';

/** A chart with what it is drawn of. */
export interface SampleChart {
  name: string;
  table: DataTable;
  choice: ChartChoice;
}

const REGIONS = [
  '서울특별시', '부산광역시', '대구광역시', '인천광역시', '광주광역시', '대전광역시', '울산광역시', '세종특별자치시', '경기도',
  '강원특별자치도', '충청북도', '충청남도', '전북특별자치도', '전라남도', '경상북도', '경상남도', '제주특별자치도',
]; // prettier-ignore
const LONG = [
  '전기·가스·증기 및 공기조절 공급업', '수도, 하수 및 폐기물 처리, 원료 재생업', '전문, 과학 및 기술 서비스업',
  '사업시설 관리, 사업 지원 및 임대 서비스업', '공공행정, 국방 및 사회보장 행정', '보건업 및 사회복지 서비스업',
  '예술, 스포츠 및 여가관련 서비스업', '협회 및 단체, 수리 및 기타 개인 서비스업',
]; // prettier-ignore

/** A choice of the plainest chart of two columns. */
export function choose(
  kind: ChartChoice['kind'],
  x: string,
  y: string,
  more: Partial<ChartChoice> = {},
): ChartChoice {
  return { kind, x, y, series: null, aggregate: 'none', filters: [], sort: 'x', limit: null, ...more };
}

export function tableOf(
  columns: [name: string, kind: DataColumn['kind'], unit?: string][],
  rows: DataValue[][],
): DataTable {
  return { columns: columns.map(([name, kind, unit = null]) => ({ name, kind, unit })), rows };
}

const month = (index: number) =>
  `${2020 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
const day = (index: number) => new Date(Date.UTC(2021, 0, 1 + index)).toISOString().slice(0, 10);
const wave = (index: number, by = 7) => Math.sin(index / by) + Math.cos((index * index) / 91) / 3;
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const rates = tableOf(
  [
    ['연월', 'date'],
    ['기준금리', 'number', '%'],
  ],
  times(60, (i) => [month(i), Math.round((2 + wave(i, 15)) * 4) / 4]),
);
const growth = tableOf(
  [
    ['연월', 'date'],
    ['전월 대비 증감률', 'number', '%'],
  ],
  times(60, (i) => [month(i), Math.round(wave(i) * 300) / 100]),
);
const regional = tableOf(
  [
    ['연월', 'date'],
    ['시도', 'category'],
    ['아파트 매매가격지수', 'number'],
  ],
  REGIONS.slice(0, 12).flatMap((region, r) =>
    times(60, (i) => [month(i), region, Math.round((100 + r + wave(i + r * 5, 9) * (4 + r)) * 10) / 10]),
  ),
);
const people = tableOf(
  [
    ['시도', 'category'],
    ['인구', 'number', '명'],
  ],
  REGIONS.map((region, r) => [region, Math.round(9_400_000 / (r + 1) + 310_000)]),
);
const wages = tableOf(
  [
    ['산업 분류', 'category'],
    ['월평균 임금총액', 'number', '천원'],
  ],
  LONG.map((name, i) => [name, 7_200 - i * 620]),
);
const spending = tableOf(
  [
    ['연도', 'date'],
    ['소비 항목', 'category'],
    ['지출', 'number', '원'],
  ],
  times(5, (y) =>
    ['식료품', '주거·수도·광열', '교통', '교육', '오락·문화', '보건'].map((item, i) => [
      `${2020 + y}`,
      item,
      412_300 - i * 51_000 + y * (9_000 + i * 2_300),
    ]),
  ).flat(),
);
const cities = tableOf(
  [
    ['1인당 소득', 'number', '만원'],
    ['평균 통근시간', 'number', '분'],
    ['권역', 'category'],
  ],
  times(90, (i) => [
    2_400 + ((i * 137) % 2_300),
    20 + ((i * 53) % 45) + wave(i) * 4,
    ['수도권', '영남권', '호남권', '충청권'][i % 4]!,
  ]),
);
const ages = tableOf(
  [
    ['연령대', 'category'],
    ['성별', 'category'],
    ['고용률', 'number', '%'],
  ],
  ['10대', '20대', '30대', '40대', '50대', '60대 이상'].flatMap((age, i) => [
    [age, '남자', 20 + i * 12],
    [age, '여자', 18 + i * 9],
  ]),
);

/** All kinds, with what makes charts ugly: many series, long names, one point, large, tiny and negative numbers. */
export const SAMPLE_CHARTS: SampleChart[] = [
  { name: '꺾은선 60개월', table: rates, choice: choose('line', '연월', '기준금리') },
  { name: '꺾은선 12계열', table: regional, choice: choose('line', '연월', '아파트 매매가격지수', { series: '시도' }) },
  { name: '꺾은선 3년 일별', table: tableOf([['날짜', 'date'], ['원/달러 환율', 'number', '원']], times(1_095, (i) => [day(i), Math.round((1_250 + wave(i, 90) * 110) * 10) / 10])), choice: choose('line', '날짜', '원/달러 환율') },
  { name: '꺾은선 한 점', table: tableOf([['연월', 'date'], ['소비자물가지수', 'number']], [['2024-03', 113.9]]), choice: choose('line', '연월', '소비자물가지수') },
  { name: '꺾은선 범주', table: ages, choice: choose('line', '연령대', '고용률', { series: '성별' }) },
  { name: '꺾은선 아주 작은 수', table: tableOf([['연도', 'date'], ['검출률', 'number']], times(6, (i) => [`${2019 + i}`, 0.000012 * (i + 1)])), choice: choose('line', '연도', '검출률') },
  { name: '영역', table: tableOf([['연월', 'date'], ['가계대출 잔액', 'number', '십억원']], times(36, (i) => [month(i), 900_000 + i * 6_100 + wave(i) * 9_000])), choice: choose('area', '연월', '가계대출 잔액') },
  { name: '영역 누적', table: spending, choice: choose('area', '연도', '지출', { series: '소비 항목' }) },
  { name: '막대 17시도', table: people, choice: choose('bar', '시도', '인구', { sort: 'yDescending' }) },
  { name: '막대 긴 이름', table: wages, choice: choose('bar', '산업 분류', '월평균 임금총액', { sort: 'yDescending' }) },
  { name: '막대 음수 60개월', table: growth, choice: choose('bar', '연월', '전월 대비 증감률') },
  { name: '막대 음수 범주', table: tableOf([['품목', 'category'], ['가격 상승률', 'number', '%']], [['사과', 88.2], ['배', 71.4], ['양파', -12.9], ['휘발유', -7.7], ['쌀', 3.1]]), choice: choose('bar', '품목', '가격 상승률', { sort: 'yDescending' }) },
  { name: '막대 무리', table: ages, choice: choose('bar', '연령대', '고용률', { series: '성별' }) },
  { name: '막대 아주 큰 수', table: tableOf([['연도', 'number'], ['예산', 'number', '원']], times(5, (i) => [2020 + i, 512_000_000_000_000 + i * 31_000_000_000_000])), choice: choose('bar', '연도', '예산') },
  { name: '막대 하나', table: people, choice: choose('bar', '시도', '인구', { limit: 1 }) },
  { name: '누적 막대', table: spending, choice: choose('stackedBar', '연도', '지출', { series: '소비 항목' }) },
  { name: '누적 막대 범주', table: spending, choice: choose('stackedBar', '소비 항목', '지출', { series: '연도' }) },
  { name: '원', table: people, choice: choose('pie', '시도', '인구', { sort: 'yDescending', limit: 6 }) },
  { name: '원 긴 이름', table: wages, choice: choose('pie', '산업 분류', '월평균 임금총액', { sort: 'yDescending' }) },
  { name: '산점도', table: cities, choice: choose('scatter', '1인당 소득', '평균 통근시간', { series: '권역' }) },
]; // prettier-ignore

/** What a data set may hold that is not meant as text. */
export const HOSTILE_TEXTS = [
  '<script>alert(1)</script>', '"><image href="https://evil.example/x.png" onload="alert(1)"/>', "javascript:alert('1')",
  '=HYPERLINK("https://evil.example")', 'https://evil.example/', '</text></svg><foreignObject>', ']]>&#0;&x;<!--',
  '\u0000\ud800\u202e끝', '{"signal":"1+1"}', 'datum["y"]', '#ffffff" onload="x',
]; // prettier-ignore

/** Charts of every kind whose names, units and values are hostile. */
export function hostileCharts(): SampleChart[] {
  const name = HOSTILE_TEXTS[0]!;
  const unit = '%</text><script>';
  const table = tableOf(
    [[name, 'category'], ["y' + alert(1)", 'number', unit], ['[0].x\\.y', 'category'], ['날짜', 'date']],
    HOSTILE_TEXTS.slice(0, 8).map((text, i) => [text, i + 1, HOSTILE_TEXTS[3]!, '2024']),
  ); // prettier-ignore
  const y = table.columns[1]!.name;
  const filters = [{ field: name, comparison: 'differs', value: HOSTILE_TEXTS[1]! } as const];
  return [
    ...(['line', 'area', 'bar', 'pie'] as const).map((kind) => choose(kind, name, y, { filters })),
    choose('stackedBar', '날짜', y, { series: name, filters }),
    choose('line', '날짜', y, { series: name, filters }),
    choose('scatter', y, y, { series: name, filters }),
  ].map((choice) => ({ name: choice.kind, table, choice })); // prettier-ignore
}
