import type {
  PublicData,
  PublicDataRequest,
  PublicDataRow,
} from '../../../src/adapters/public-data/public-data';
import {
  startPublicDataStandin,
  type PublicDataStandin,
} from '../../../src/dev/standins/public-data/public-data-standin';
import { DatasetService } from '../../../src/domain/insight/dataset.service';
import { DATASETS, type Dataset } from '../../../src/domain/insight/datasets';
import { AppError } from '../../../src/errors';
import { DatasetsDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { failure } from '../../helpers/failure';

const KEY = 'Canary+public/data+key==';
const signal = new AbortController().signal;

/** A source whose rows a test decides about. */
class FakeData implements PublicData {
  asked: PublicDataRequest[] = [];
  answer: PublicDataRow[] | AppError = [[['가', '1']]];

  async rows(request: PublicDataRequest): Promise<PublicDataRow[]> {
    this.asked.push(request);
    if (this.answer instanceof AppError) throw this.answer;
    return this.answer;
  }
}

describe('the data sets', () => {
  let app: TestApp;
  let standin: PublicDataStandin;
  let token: string;

  beforeAll(async () => {
    standin = await startPublicDataStandin({ key: KEY });
    app = await startTestApp({
      environment: {
        DATA_GO_KR_URL: standin.url,
        ODCLOUD_URL: standin.url,
        PUBLIC_DATA_SERVICE_KEY: encodeURIComponent(KEY),
      },
    });
    token = (await app.login('admin')).accessToken;
  });
  afterAll(async () => {
    await app.close();
    await standin.close();
  });
  beforeEach(() => app.context.database.prisma.datasetTable.deleteMany());

  const listed = async () => {
    const { data, errors } = await app.send(DatasetsDocument, {}, { token });
    expect(errors).toEqual([]);
    return data!.datasets;
  };

  it('are listed for ADMIN in the order of their file, samples with their columns, others without before they are read', async () => {
    const datasets = await listed();
    expect(datasets.map(({ id }) => id)).toEqual(DATASETS.map(({ id }) => id));
    for (const { id, name, columns, fetchedAt } of datasets)
      if (id.startsWith('sample-')) {
        expect(name).toMatch(/\(예시\)$/);
        expect(columns.length).toBeGreaterThanOrEqual(2);
        expect(fetchedAt).toBe('2026-11-30T00:00:00.000Z');
      } else expect([columns, fetchedAt]).toEqual([[], null]);
    expect(standin.requests).toEqual([]);
  });

  it('are read whole from servers that speak JSON, XML and odcloud, and then listed with their columns', async () => {
    const { datasets } = app.context;
    const population = await datasets.table('population-indicators', signal);
    expect(population.table.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      '지표 category', '단위 category', '지역 구분 category', '수록 주기 category', '수록 시작 시점 date', '수록 끝 시점 date', '시점 수 number',
    ]); // prettier-ignore
    const news = await datasets.table('youth-policy-news', signal);
    expect(news.table.rows).toHaveLength(236);
    expect(news.table.columns[0]).toEqual({ name: '등록일자', kind: 'date', unit: null });
    const covid = await datasets.table('jinju-covid19', signal);
    expect(covid.dataset).toEqual({
      id: 'jinju-covid19',
      name: '진주시 코로나19 현황',
      sourceUrl: 'https://www.data.go.kr/data/15099487/fileData.do',
    });
    expect(covid.table.rows).toHaveLength(140);
    expect(covid.table.columns[1]).toEqual({ name: '신규 확진자', kind: 'number', unit: '명' });
    const [first] = (await listed()).filter(({ id }) => id === 'jinju-covid19');
    expect(first!.columns).toEqual(['기준일자', '신규 확진자', '누적 확진자', '격리 해제', '비고']);
    expect(Date.parse(first!.fetchedAt!)).toBe(covid.fetchedAt.getTime());
  });

  it('that are samples need neither a server nor a key', async () => {
    standin.requests.length = 0;
    for (const { id } of DATASETS.filter((dataset) => 'sample' in dataset)) {
      const { table } = await app.context.datasets.table(id, signal);
      expect(table.rows.length).toBeGreaterThanOrEqual(36);
      expect(table.columns[0]).toEqual({ name: '월', kind: 'date', unit: null });
      expect(new Set(table.columns.slice(1).map(({ kind }) => kind))).toEqual(new Set(['number']));
      expect(table.rows.flat()).not.toContain(null);
    }
    const { table } = await app.context.datasets.table('sample-consumer-prices', signal);
    expect(table.columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['월', null],
      ['소비자물가지수(2020=100)', null],
      ['물가상승률', '%'],
    ]);
    expect(standin.requests).toEqual([]);
  });

  it('have ids, names and sources that can be shown, each once', () => {
    const ids = DATASETS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, name, sourceUrl } of DATASETS) {
      expect(id).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/);
      expect(name).toMatch(/[가-힣]/);
      expect(new URL(sourceUrl).protocol).toBe('https:');
    }
  });

  describe('that are read', () => {
    const source = new FakeData();
    let time = Date.parse('2026-11-30T03:00:00Z');
    const clock = { now: () => new Date(time) };
    const dataset: Dataset = {
      id: 'test-set',
      name: '시험',
      sourceUrl: 'https://data.example/',
      request: { server: 'data.go.kr', path: '/x' },
    };
    const serviceOf = (more: object = {}) =>
      new DatasetService({
        prisma: app.context.database.prisma,
        clock,
        publicData: source,
        datasets: [{ ...dataset, ...more }],
      });
    beforeEach(() => {
      source.asked.length = 0;
      source.answer = [
        [
          ['가', '1'],
          ['나', '2'],
        ],
      ];
    });

    it('are read again after a day, not before', async () => {
      const service = serviceOf();
      const first = await service.table('test-set', signal);
      source.answer = [[['가', '5']]];
      time += 86_399_999;
      expect(await service.table('test-set', signal)).toEqual(first);
      expect(source.asked).toHaveLength(1);
      time += 1;
      const second = await service.table('test-set', signal);
      expect(second.table.rows).toEqual([[5]]);
      expect(second.fetchedAt.getTime() - first.fetchedAt.getTime()).toBe(86_400_000);
      expect(source.asked).toHaveLength(2);
    });

    it('keep the columns that their entry names, in its order and under its names', async () => {
      const { table } = await serviceOf({ columns: { 나: '둘', 없음: '셋', 가: '하나' } }).table(
        'test-set',
        signal,
      );
      expect(table).toMatchObject({ columns: [{ name: '둘' }, { name: '하나' }], rows: [[2, 1]] });
    });

    it('fail as their server does, and keep nothing of it', async () => {
      source.answer = new AppError('DATASET_QUOTA');
      expect((await failure(serviceOf().table('test-set', signal))).code).toBe('DATASET_QUOTA');
      source.answer = [];
      expect((await failure(serviceOf().table('test-set', signal))).code).toBe('DATASET_INVALID');
      expect(await serviceOf().list()).toMatchObject([{ columns: [], fetchedAt: null }]);
    });

    it('hold what PostgreSQL can hold, whatever the server sends', async () => {
      source.answer = [
        [
          ['가\u0000\ud800', '<script>\u0000\udfff=1+1'],
          ['__proto__', 'x'],
        ],
      ];
      const { table } = await serviceOf().table('test-set', signal);
      expect(await serviceOf().table('test-set', signal)).toMatchObject({ table });
      expect(table.rows).toEqual([['<script>=1+1', 'x']]);
    });
  });

  it('that do not exist are NOT_FOUND', async () => {
    for (const id of ['unknown', '', '__proto__', 'sample-base-rate '])
      expect((await failure(app.context.datasets.table(id, signal))).code).toBe('NOT_FOUND');
  });

  it('are not read without a key, which the error says', async () => {
    const keyless = await startTestApp({ environment: { DATA_GO_KR_URL: standin.url } });
    try {
      const error = await failure(keyless.context.datasets.table('population-indicators', signal));
      expect(error).toMatchObject({ code: 'DATASET_KEY_REFUSED', retriedByItself: false });
      expect(error.text('ko')).toContain('PUBLIC_DATA_SERVICE_KEY');
    } finally {
      await keyless.close();
    }
  });

  it('are for ADMIN only', async () => {
    const { accessToken } = await app.login('reader-1');
    const refused = await app.send(DatasetsDocument, {}, { token: accessToken });
    expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect((await app.send(DatasetsDocument, {})).errors.map(({ extensions }) => extensions.code)).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});
