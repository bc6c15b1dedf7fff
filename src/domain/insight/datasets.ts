import type { PublicDataRequest } from '../../adapters/public-data/public-data';
import baseRate from './samples/base-rate.json';
import consumerPrices from './samples/consumer-prices.json';
import exchangeRate from './samples/exchange-rate.json';

/** Made-up figures, which are there without a key and without a network. */
export interface Sample {
  columns: string[];
  /** Values as a server would give them, in the order of the columns. */
  rows: unknown[][];
}

interface DatasetBase {
  /** Kept with each insight: never changed, never given to another one. */
  id: string;
  /** As readers see it. */
  name: string;
  /** Where readers find the source. */
  sourceUrl: string;
}

export type Dataset = DatasetBase &
  (
    | {
        request: PublicDataRequest;
        /** What is kept of a row: the server's names and ours. Without it everything is, under the server's. */
        columns?: Record<string, string>;
      }
    | { sample: Sample; /** The day it was made. */ madeOn: string }
  );

const SAMPLES_MADE_ON = '2026-11-30';

/** The data sets that insights are drawn from: another one is another entry. */
export const DATASETS: readonly Dataset[] = [
  {
    id: 'population-indicators',
    name: '인구 통계 지표 목록',
    sourceUrl: 'https://www.data.go.kr/data/15127763/openapi.do',
    request: {
      server: 'data.go.kr',
      path: '/1240000/IndicatorService/IndListSearchRequest',
      query: { STAT_JIPYO_NM: '인구', format: 'json' },
    },
    columns: {
      statJipyoNm: '지표', unit: '단위', areaTypeName: '지역 구분', prdSeName: '수록 주기', strtPrdDe: '수록 시작 시점',
      endPrdDe: '수록 끝 시점', rn: '시점 수',
    }, // prettier-ignore
  },
  {
    id: 'youth-policy-news',
    name: '청소년 정책 소식 (1,000건까지)',
    sourceUrl: 'https://www.data.go.kr/tcs/dss/selectDataSetList.do?keyword=YouthNewsService',
    request: {
      server: 'data.go.kr',
      path: '/1383000/yhis/YouthNewsService/getYouthNewsList',
      query: { type: 'xml' },
      rows: 1_000,
    },
    columns: { pstRegYmd: '등록일자', pstClsfNm: '분류', operInstNm: '운영기관', pstTtlNm: '제목' },
  },
  {
    id: 'jinju-covid19',
    name: '진주시 코로나19 현황',
    sourceUrl: 'https://www.data.go.kr/data/15099487/fileData.do',
    request: {
      server: 'odcloud.kr',
      path: '/api/15099487/v1/uddi:53930f47-e995-47a2-ac7c-a81ae91c3b4c',
    },
  },
  {
    id: 'sample-base-rate',
    name: '기준금리 (예시)',
    sourceUrl: 'https://www.bok.or.kr/portal/singl/baseRate/list.do?dataSeCd=01&menuNo=200643',
    sample: baseRate,
    madeOn: SAMPLES_MADE_ON,
  },
  {
    id: 'sample-consumer-prices',
    name: '소비자물가 (예시)',
    sourceUrl: 'https://kosis.kr/statHtml/statHtml.do?orgId=101&tblId=DT_1J22003',
    sample: consumerPrices,
    madeOn: SAMPLES_MADE_ON,
  },
  {
    id: 'sample-exchange-rate',
    name: '원/달러 환율 (예시)',
    sourceUrl: 'https://ecos.bok.or.kr/',
    sample: exchangeRate,
    madeOn: SAMPLES_MADE_ON,
  },
];

/** What insights that moved in are of: nobody knows the data set of their figures, and none is drawn from it anew. */
export const IMPORTED_DATASET: DatasetBase = {
  id: 'imported',
  name: '이전 경단의 차트',
  sourceUrl: 'https://www.data.go.kr/',
};
