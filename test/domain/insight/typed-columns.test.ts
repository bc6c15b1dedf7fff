import { MAX_COLUMNS, MAX_ROWS, typedTable, type RawRow } from '../../../src/domain/insight/typed-columns';

/** A table of one column. */
const column = (name: string, values: unknown[]) => {
  const { columns, rows } = typedTable(
    values.map(
      (value) =>
        [
          ['번호', '가나다'],
          [name, value],
        ] as RawRow,
    ),
  );
  const at = columns.findIndex((each) => each.name !== '번호');
  return at < 0 ? null : { ...columns[at]!, values: rows.map((row) => row[at]) };
};
const json = (rows: object[]) => typedTable(rows.map((row) => Object.entries(row)));

describe('the columns of public data', () => {
  it.each<[string, unknown[], unknown, (string | null)?]>([
    ['인구', ['1,234', '51,829,023', 0, 17], [1234, 51_829_023, 0, 17]],
    ['증감률', ['12.3%', '-0.5 %', '△1.2%', '▲ 3%', '(4.5)%'], [12.3, -0.5, -1.2, -3, -4.5], '%'],
    ['증감', ['(1.2)', '−3', '▼4', '+5', '- 6', '.5'], [-1.2, -3, -4, 5, -6, 0.5]],
    [
      '금액',
      ['1만 2천', '3억 5천만 원', '1조2,000억원', '５００원'],
      [12_000, 350_000_000, 1.2e12, 500],
      '원',
    ],
    ['이용자', ['12명', '1,003명', '-'], [12, 1003, null], '명'],
    ['가격', ['₩1,200', '₩ 800'], [1200, 800], '원'],
    ['거래금액', ['    18,000', '24,800  '], [18_000, 24_800]],
    ['지수', ['1.5e-7', 2e3, '100'], [1.5e-7, 2000, 100]],
    ['총자산', ['2경', '20000000000000000', '1.5e16'], [2e16, 2e16, 1.5e16]],
    ['수출액', ['1,234(잠정)', '1,100 p)', '987'], [1234, 1100, 987]],
    ['2019년', ['1950', '2010'], [1950, 2010]],
    ['1월', ['3', '5'], [3, 5]],
    ['면적', ['1 234 567.5', '12'], [1_234_567.5, 12]],
    [
      '실업률',
      [2.8, '', null, '…', 'null', '-', 'N/A', '자료없음', 3],
      [2.8, null, null, null, null, null, null, null, 3],
    ],
    ['종사자', ['1,204', 'X', '87', 'X'], [1204, null, 87, null]],
    ['만족도(%)', ['88.1', '79.4'], [88.1, 79.4], '%'],
  ])('%s: %j are numbers', (name, values, expected, unit = null) => {
    expect(column(name, values)).toMatchObject({ kind: 'number', unit, values: expected });
  });

  it.each<[string, unknown[], unknown, (string | null)?]>([
    ['월', ['2024년 3월', '2024년 12월'], ['2024-03', '2024-12']],
    ['시점', ['2024.03', '2024.1', '2024.10'], ['2024-03', '2024-01', '2024-10']],
    ['PRD_DE', ['202401', '202402'], ['2024-01', '2024-02']],
    ['stateDt', [20210722, 20210721], ['2021-07-22', '2021-07-21']],
    ['pstRegYmd', ['20231101'], ['2023-11-01']],
    ['아무거나', ['202401', '202402', '202403'], ['2024-01', '2024-02', '2024-03']],
    [
      '아무거나',
      ['2024/3/5', '2024-03-15', '2024.3.15.', '2024. 3. 15.'],
      ['2024-03-05', '2024-03-15', '2024-03-15', '2024-03-15'],
    ],
    ['createDt', ['2021-07-22 09:39:47.617', '2022-04-07T09:05:52Z'], ['2021-07-22', '2022-04-07']],
    [
      '기준연도',
      [2019, '2020', '2021 p)', '2022년', '2023년도(잠정)'],
      ['2019', '2020', '2021', '2022', '2023'],
    ],
    [
      '분기',
      ['2024년 1분기', '2024 4/4분기', '2024Q2', '2024.3/4'],
      ['2024-01', '2024-10', '2024-04', '2024-07'],
      '분기',
    ],
    ['기간', ['2024년 상반기', '2024 하반기'], ['2024-01', '2024-07'], '반기'],
    ['기준일자', ['2024년 3월 5일', '-', '2024년03월06일'], ['2024-03-05', null, '2024-03-06']],
  ])('%s: %j are dates', (name, values, expected, span = null) => {
    expect(column(name, values)).toMatchObject({ kind: 'date', unit: span, values: expected });
  });

  it.each<[string, unknown[]]>([
    ['연령', ['20~29세', '30~39세']],
    ['우편번호', ['02841', '06164']],
    ['전화', ['02-123-4567', '1588-0000']],
    ['사업자번호', ['12345678901234567890', '12345678901234567891']],
    ['월', ['1월', '2월', '3월']],
    ['stationNo', ['101', '102']],
    ['법정동코드', ['41570', '41571']],
    ['월', ['3', '11']],
    ['연령대', ['20대', '30대', '60대']],
    ['등급', ['1등급', '2등급']],
    ['층', ['3층', '12층']],
    ['단위가 섞인 것', ['3명', '2건']],
    ['띄엄띄엄', ['3', '많음']],
    ['없는 날', ['2024-02-30', '2024-02-31']],
    ['분기와 월', ['2024년 1분기', '2024년 2월']],
    ['소수 둘', ['1.2.3', '1,23']],
    ['답', ['O', 'X']],
    ['수식', ['=1+1', '=HYPERLINK("http://evil.example","x")']],
    ['마크업', ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>']],
    ['주소', ['javascript:alert(1)', 'data:text/html,x']],
  ])('%s: %j stay text', (name, values) => {
    expect(column(name, values)).toMatchObject({ name, kind: 'category', unit: null, values });
  });

  it('are amounts where a bare number may be a year or an amount', () => {
    expect(column('세대수', ['1950', '2010', '2024'])).toMatchObject({ kind: 'number' });
    expect(column('종가', ['2024.1', '1987.9', '2031.5'])).toMatchObject({ kind: 'number' });
    expect(column('decade', ['2019', '2020'])).toMatchObject({ kind: 'number' });
  });

  it('forgive one stray remark among many numbers, not among few', () => {
    const many = Array.from({ length: 30 }, (_, n) => String(n + 1));
    expect(column('값', [...many, '비고 참조'])).toMatchObject({ kind: 'number' });
    expect(column('값', [...many.slice(0, 5), '비고 참조'])).toMatchObject({ kind: 'category' });
  });

  it('take their unit from the name, and the name without it, when they are numbers', () => {
    const { columns } = json([
      {
        '인구(명)': '1,000',
        '수출액 (단위: 백만 달러)': 3,
        '지수(2020=100)': 101.2,
        '구분(명)': '가',
        '국내총생산(명목, 십억원)': '2,401',
      },
    ]);
    expect(columns).toEqual([
      { name: '인구', kind: 'number', unit: '명' },
      { name: '수출액', kind: 'number', unit: '백만달러' },
      { name: '지수(2020=100)', kind: 'number', unit: null },
      { name: '구분(명)', kind: 'category', unit: null },
      { name: '국내총생산(명목)', kind: 'number', unit: '십억원' },
    ]);
  });

  it('are those of KOSIS, of data.go.kr and of odcloud', () => {
    const kosis = json([
      {
        ORG_ID: '101',
        PRD_SE: 'M',
        PRD_DE: '202401',
        C1_NM: '전국',
        ITM_NM: '실업률',
        DT: '3.7',
        UNIT_NM: '%',
      },
      {
        ORG_ID: '101',
        PRD_SE: 'M',
        PRD_DE: '202402',
        C1_NM: '서울특별시',
        ITM_NM: '실업률',
        DT: '-',
        UNIT_NM: '%',
      },
    ]);
    expect(kosis.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual(
      'ORG_ID category,PRD_SE category,PRD_DE date,C1_NM category,ITM_NM category,DT number,UNIT_NM category'.split(
        ',',
      ),
    );
    const covid = json([
      {
        accDefRate: '1.6624163319',
        createDt: '2021-07-22 09:39:47.617',
        deathCnt: 2063,
        stateDt: 20210722,
        stateTime: '00:00',
        updateDt: 'null',
      },
      {
        accDefRate: '1.6499811252',
        createDt: '2021-07-21 09:35:12.15',
        deathCnt: 2060,
        stateDt: 20210721,
        stateTime: '00:00',
        updateDt: 'null',
      },
    ]);
    expect(covid.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual(
      'accDefRate number,createDt date,deathCnt number,stateDt date,stateTime category'.split(','),
    );
    const trades = json([
      { 거래금액: '    18,000', 건축년도: 1990, 년: 2019, 법정동: ' 북변동', 지역코드: '41570' },
    ]);
    expect(trades).toEqual({
      columns: [
        { name: '거래금액', kind: 'number', unit: null },
        { name: '건축년도', kind: 'date', unit: null },
        { name: '년', kind: 'date', unit: null },
        { name: '법정동', kind: 'category', unit: null },
        { name: '지역코드', kind: 'category', unit: null },
      ],
      rows: [[18_000, '1990', '2019', '북변동', '41570']],
    });
  });

  it('become rows where they are called like years, quarters or months', () => {
    expect(
      json([
        { 시도: '서울', '2022년(명)': '1,000', '2023년(명)': '-', '2024년(명)': '900', '증감률(%)': '-10' },
        { 시도: '부산', '2022년(명)': '50', '2023년(명)': '60', '2024년(명)': '70', '증감률(%)': '40' },
      ]),
    ).toEqual({
      columns: [
        { name: '시도', kind: 'category', unit: null },
        { name: '연도', kind: 'date', unit: null },
        { name: '값', kind: 'number', unit: '명' },
      ],
      rows: [
        ['서울', '2022', 1000],
        ['서울', '2023', null],
        ['서울', '2024', 900],
        ['부산', '2022', 50],
        ['부산', '2023', 60],
        ['부산', '2024', 70],
      ],
    });
    const quarters = json([{ 값: '전체', '2024 1분기': 1, '2024 2분기': 2, '2024 3분기': 3 }]);
    expect(quarters.columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['값', null],
      ['분기', '분기'],
      ['값 (2)', null],
    ]);
    expect(quarters.rows[1]).toEqual(['전체', '2024-04', 2]);
    const months = json([
      { 구: '강남구', '1월': 3, '2월': 4, '3월': '5', 합계: 12 },
      { 구: '중구', '1월': 1, '2월': '', '3월': 2, 합계: 3 },
    ]);
    expect(months.rows).toEqual([
      ['강남구', '1월', 3],
      ['강남구', '2월', 4],
      ['강남구', '3월', 5],
      ['중구', '1월', 1],
      ['중구', '2월', null],
      ['중구', '3월', 2],
    ]);
  });

  it('stay columns where they are few, of several units or lengths, or would be too many rows', () => {
    const names = (rows: object[]) => json(rows).columns.map(({ name }) => name);
    expect(names([{ 시도: '서울', '2023년': 1, '2024년': 2 }])).toEqual(['시도', '2023년', '2024년']);
    expect(names([{ '2022년': '1명', '2023년': '2명', '2024년': '3%' }])).toHaveLength(3);
    expect(names([{ '2022년': 1, '2023년': 2, '2024-01': 3 }])).toHaveLength(3);
    const long = Array.from({ length: 2000 }, (_, at) => ({ '2022년': at, '2023년': at, '2024년': at }));
    expect(names(long)).toHaveLength(3);
  }); // prettier-ignore
});

describe('a hostile table', () => {
  it('of a million rows or ten thousand columns is cut', () => {
    const row = [['값', '1']] as const;
    expect(typedTable(Array.from({ length: 1_000_000 }, () => row)).rows).toHaveLength(MAX_ROWS);
    const wide = Array.from({ length: 10_000 }, (_, n) => [`열 ${n}`, n] as const);
    expect(typedTable([wide, wide]).columns).toHaveLength(MAX_COLUMNS);
  });

  it('has distinct visible names', () => {
    const row: RawRow = [
      ['인구', '가'], ['인구 ', '나'], ['인구\u202e', '다'], ['', '라'], ['\u200b', '마'], ['이'.repeat(500), '바'], ['이'.repeat(600), '사'],
    ]; // prettier-ignore
    const { columns } = typedTable([row]);
    expect(columns.map(({ name }) => name)).toEqual([
      '인구', '인구 (2)', '인구 (3)', '이름 없음', '이름 없음 (2)', '이'.repeat(100), `${'이'.repeat(96)} (2)`,
    ]); // prettier-ignore
  });

  it('of names that objects have is a table like any other', () => {
    const { columns, rows } = json([
      JSON.parse('{"__proto__": "가", "constructor": "나", "toString": 3}') as object,
    ]);
    expect(columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(rows).toEqual([['가', '나', 3]]);
    expect(({} as Record<string, unknown>)['가']).toBeUndefined();
  });

  it('keeps what is nested as text, and of what is too deep nothing', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    const { rows } = json([{ 가: { 나: [1, 2] }, 다: true, 라: deep }]);
    expect(rows).toEqual([['{"나":[1,2]}', 'true']]);
  });

  it('keeps nothing that PostgreSQL or a line of text cannot hold', () => {
    const [value] = json([{ 값: `가\u0000나\ud800다\n라\u202e마${'아'.repeat(1_000)}` }]).rows[0] as string[];
    expect(value).toMatch(/^가나다 라마아+$/);
    expect(value!.length).toBeLessThanOrEqual(200);
  });

  it('of values that take long to read is read at once', () => {
    const values = [
      '1,'.repeat(4_000_000),
      '1 '.repeat(1_000_000),
      '('.repeat(1_000_000),
      `${'9'.repeat(500_000)}년`,
      'e\u0301'.repeat(500_000),
    ];
    expect(column('값', values)).toMatchObject({ kind: 'category' });
    expect(typedTable([[['가('.repeat(1_000_000), '1']]]).columns).toHaveLength(1);
  });

  it('without a value has neither rows nor columns', () => {
    expect(json([{ 가: '-', 나: null }, {}])).toEqual({ columns: [], rows: [] });
    expect(typedTable([])).toEqual({ columns: [], rows: [] });
  });
});
