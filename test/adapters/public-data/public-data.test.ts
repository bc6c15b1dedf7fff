import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { inspect } from 'node:util';
import iconv from 'iconv-lite';
import type { PublicDataRequest } from '../../../src/adapters/public-data/public-data';
import { PublicDataClient } from '../../../src/adapters/public-data/public-data-client';
import { PUBLIC_DATA_FAULTS as FAULTS } from '../../../src/dev/standins/public-data/public-data-faults';
import {
  startPublicDataStandin,
  type PublicDataStandin,
} from '../../../src/dev/standins/public-data/public-data-standin';
import type { ErrorCode } from '../../../src/errors';
import { failure } from '../../helpers/failure';
import { waitUntil } from '../../helpers/wait-until';

/** As data.go.kr makes them: 64 bytes in base64. */
const KEY = 'canary+Qk3/9pTz0vKk1PaR+8xLw2m/ZsYt7uVbNcXd4eFgHiJkLmNoPqRsTuVwXyZ0a1b2c3d4==';
const INDICATORS: PublicDataRequest = {
  server: 'data.go.kr',
  path: '/1240000/IndicatorService/IndListSearchRequest',
  query: { STAT_JIPYO_NM: '인구', format: 'json' },
};
const NEWS: PublicDataRequest = {
  server: 'data.go.kr',
  path: '/1383000/yhis/YouthNewsService/getYouthNewsList',
  query: { type: 'xml' },
};
const COVID: PublicDataRequest = {
  server: 'odcloud.kr',
  path: '/api/15099487/v1/uddi:53930f47-e995-47a2-ac7c-a81ae91c3b4c',
};
const signal = new AbortController().signal;

const clientOf = (url: string, { key = KEY as string | null, timeoutMs = 60_000 } = {}) =>
  new PublicDataClient({ key, servers: { 'data.go.kr': url, 'odcloud.kr': url }, timeoutMs });

describe('public data, in the formats of its servers', () => {
  let standin: PublicDataStandin;
  beforeAll(async () => {
    standin = await startPublicDataStandin({ key: KEY });
  });
  afterAll(() => standin.close());
  beforeEach(() => {
    standin.requests.length = 0;
    standin.faults.length = 0;
  });

  it('comes in JSON', async () => {
    const rows = await clientOf(standin.url).rows(INDICATORS, signal);
    expect(rows).toHaveLength(14);
    expect(rows[0]).toEqual(
      expect.arrayContaining([
        ['statJipyoNm', '총인구'],
        ['rn', 66],
      ]),
    );
    expect(standin.requests).toEqual([
      {
        path: INDICATORS.path,
        query: { serviceKey: KEY, pageNo: '1', numOfRows: '100', STAT_JIPYO_NM: '인구', format: 'json' },
      },
    ]);
  });

  it('comes in XML, page by page, with its entities as text', async () => {
    const rows = await clientOf(standin.url).rows(NEWS, signal);
    expect(rows).toHaveLength(236);
    expect(new Set(rows.map((row) => new Map(row).get('pstNo'))).size).toBe(236);
    expect(new Map(rows[0]).get('pstCn')).toBe('만들어 낸 소식입니다. <b>실제 정책이 아닙니다.</b>');
    expect(standin.requests.map(({ query }) => query.pageNo)).toEqual(['1', '2', '3']);
  });

  it('comes from odcloud, with names in Korean', async () => {
    const rows = await clientOf(standin.url).rows(COVID, signal);
    expect(rows).toHaveLength(140);
    expect(rows[0]!.map(([name]) => name)).toEqual([
      '기준일자',
      '신규 확진자(명)',
      '누적 확진자(명)',
      '격리 해제(명)',
      '비고',
    ]);
    expect(standin.requests[0]!.query).toEqual({ serviceKey: KEY, page: '1', perPage: '1000' });
  });

  it('comes up to the number that is asked for', async () => {
    expect(await clientOf(standin.url).rows({ ...NEWS, rows: 120 }, signal)).toHaveLength(120);
    expect(await clientOf(standin.url).rows({ ...NEWS, rows: 7 }, signal)).toHaveLength(7);
    expect(standin.requests.map(({ query }) => query.numOfRows)).toEqual(['100', '100', '7']);
  });

  it.each([KEY, encodeURIComponent(KEY), ` ${KEY}\n`])(
    'is opened by the key as it is shown, encoded once: %s',
    async (key) => {
      expect(await clientOf(standin.url, { key }).rows(INDICATORS, signal)).toHaveLength(14);
    },
  );

  it('is opened by a key that only looks encoded', async () => {
    const other = await startPublicDataStandin({ key: 'canary%zz' });
    expect(await clientOf(other.url, { key: 'canary%zz' }).rows(INDICATORS, signal)).toHaveLength(14);
    await other.close();
  });

  it.each<[keyof typeof FAULTS, ErrorCode]>([
    ['application', 'DATASET_UNAVAILABLE'],
    ['serverError', 'DATASET_UNAVAILABLE'],
    ['slowService', 'DATASET_UNAVAILABLE'],
    ['wrongParameter', 'DATASET_INVALID'],
    ['noService', 'DATASET_INVALID'],
    ['notApproved', 'DATASET_KEY_REFUSED'],
    ['quota', 'DATASET_QUOTA'],
    ['tooFast', 'DATASET_UNAVAILABLE'],
    ['keyUnknown', 'DATASET_KEY_REFUSED'],
    ['keyExpired', 'DATASET_KEY_REFUSED'],
    ['addressUnknown', 'DATASET_KEY_REFUSED'],
    ['databaseError', 'DATASET_UNAVAILABLE'],
    ['keyUnknownInJson', 'DATASET_KEY_REFUSED'],
    ['quotaInPlain', 'DATASET_QUOTA'],
    ['unauthorized', 'DATASET_KEY_REFUSED'],
    ['forbidden', 'DATASET_KEY_REFUSED'],
    ['unknownPath', 'DATASET_INVALID'],
    ['unexpected', 'DATASET_UNAVAILABLE'],
    ['odcloudInternal', 'DATASET_UNAVAILABLE'],
    ['odcloudParameter', 'DATASET_INVALID'],
    ['odcloudNoService', 'DATASET_INVALID'],
    ['odcloudKeyUnknown', 'DATASET_KEY_REFUSED'],
    ['odcloudQuota', 'DATASET_QUOTA'],
    ['odcloudKeyInvalid', 'DATASET_KEY_REFUSED'],
  ])('is refused: %s is %s', async (fault, code) => {
    standin.faults.push(FAULTS[fault]);
    const error = await failure(clientOf(standin.url).rows(NEWS, signal));
    expect([error.code, error.retriedByItself]).toEqual([code, code === 'DATASET_UNAVAILABLE']);
    expect(standin.requests).toHaveLength(1);
  });

  it('is empty where its server says so', async () => {
    standin.faults.push(FAULTS.noData);
    expect(await clientOf(standin.url).rows(INDICATORS, signal)).toEqual([]);
    expect(
      await clientOf(standin.url).rows({ ...NEWS, query: { type: 'json', pstRegYmd: '19990101' } }, signal),
    ).toEqual([]);
  });

  it('is not asked for without a key', async () => {
    const error = await failure(clientOf(standin.url, { key: null }).rows(INDICATORS, signal));
    expect(error.code).toBe('DATASET_KEY_REFUSED');
    expect(standin.requests).toEqual([]);
  });

  it('that is refused tells nobody the key', async () => {
    const key = 'canary-of-a-wrong-key';
    for (const request of [INDICATORS, COVID]) {
      const error = await failure(clientOf(standin.url, { key }).rows(request, signal));
      expect(error.code).toBe('DATASET_KEY_REFUSED');
      expect(inspect(error, { depth: 9 }) + error.stack).not.toMatch(/canary|127\.0\.0\.1|등록되지/);
    }
  });
});

describe('a server of public data that is not as it should be', () => {
  let server: Server;
  let url: string;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let asked = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      handle(request, response);
    });
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = urlOf(server);
  });
  afterAll(() => closed(server));
  beforeEach(() => void (asked = 0));

  const send = (body: string | Buffer, type = 'application/json', status = 200) => {
    handle = (_request, response) => void response.writeHead(status, { 'content-type': type }).end(body);
  };
  const rows = (request = INDICATORS, options = {}) => clientOf(url, options).rows(request, signal);
  const firstRow = async () => Object.fromEntries((await rows({ ...INDICATORS, rows: 1 }))[0]!) as object;

  it.each<[string, unknown]>([
    [
      'a single row',
      { response: { header: { resultCode: '00' }, body: { items: { item: { 가: '1' } }, totalCount: 1 } } },
    ],
    ['a list of items', { header: { resultCode: '00' }, body: { items: [{ 가: '1' }], totalCount: '1' } }],
    [
      'items in items',
      { header: { resultCode: '00' }, body: { items: [{ item: { 가: '1' } }], totalCount: 1 } },
    ],
    ['a body in a list', { header: { resultCode: '00' }, body: [{ items: { item: [{ 가: '1' }] } }] }],
    ['no envelope', { response: { header: { resultCode: '0000' }, body: { item: [{ 가: '1' }] } } }],
    [
      'head and row',
      {
        StanReginCd: [
          { head: [{ totalCount: 1 }, { RESULT: { resultCode: 'INFO-0' } }] },
          { row: [{ 가: '1' }] },
        ],
      },
    ],
    ['a bare list', [{ 가: '1' }]],
  ])('may send %s', async (_what, body) => {
    send(JSON.stringify(body));
    expect(await firstRow()).toEqual({ 가: '1' });
  });

  it('may send XML of another encoding, with CDATA, rows of another name and names that come twice', async () => {
    const xml = `<?xml version="1.0" encoding="EUC-KR"?><response><header><resultCode>00</resultCode></header>
      <body><items><PatentInfo><이름><![CDATA[a < b & "가"]]></이름><이름>둘</이름><빈칸/><속>안<b>쪽</b></속></PatentInfo></items></body></response>`;
    send(iconv.encode(xml, 'euc-kr'), 'text/xml;charset=EUC-KR');
    expect(await firstRow()).toEqual({ 이름: 'a < b & "가", 둘', 빈칸: '', 속: '안쪽' });
  });

  it.each<[string, string, string, ErrorCode]>([
    ['HTML', '<!DOCTYPE html><html><body>점검 중입니다</body></html>', 'text/html', 'DATASET_INVALID'],
    ['HTML without a head', '<html><body><item>x</item></body></html>', 'text/html', 'DATASET_INVALID'],
    ['nothing', '', 'text/plain', 'DATASET_INVALID'],
    ['half a JSON', '{"response": {"body": {"items": [', 'application/json', 'DATASET_INVALID'],
    ['another XML', '<rss><channel><title>x</title></channel></rss>', 'text/xml', 'DATASET_INVALID'],
    ['a number', '5', 'application/json', 'DATASET_INVALID'],
    [
      'a refusal as JSON',
      '{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"returnReasonCode":"22"}}}',
      'application/json',
      'DATASET_QUOTA',
    ],
    ['a refusal in plain words', 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR', 'text/plain', 'DATASET_KEY_REFUSED'],
    [
      'a refusal without a number',
      '<OpenAPI_ServiceResponse><cmmMsgHeader><returnReasonCode>DEADLINE_HAS_EXPIRED_ERROR</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>',
      'text/xml',
      'DATASET_KEY_REFUSED',
    ],
    [
      'a refusal beside rows',
      '{"header":{"resultCode":"22"},"body":{"items":[{"가":1}]}}',
      'application/json',
      'DATASET_QUOTA',
    ],
  ])('fails with a stable code when it sends %s', async (_what, body, type, code) => {
    send(body, type);
    expect((await failure(rows())).code).toBe(code);
    expect(asked).toBe(1);
  });

  it('may be asked again as soon as it says', async () => {
    handle = (_request, response) => void response.writeHead(503, { 'retry-after': '7' }).end();
    expect(await failure(rows())).toMatchObject({ code: 'DATASET_UNAVAILABLE', retryAfterSeconds: 7 });
  });

  it('is not followed elsewhere', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      handle = (request, response) => {
        const location = request.url!.startsWith('/elsewhere') ? undefined : `${url}/elsewhere`;
        response.writeHead(status, location === undefined ? {} : { location }).end();
      };
      expect((await failure(rows())).code).toBe('DATASET_INVALID');
    }
    expect(asked).toBe(5);
  });

  it('must prove who it is', async () => {
    const pem = readFileSync(path.resolve(__dirname, '../../fixtures/pages/self-signed.pem'));
    const impostor = createTlsServer({ key: pem, cert: pem }, (_request, response) => response.end('[]'));
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
    const secure = urlOf(impostor).replace('http:', 'https:').replace('127.0.0.1', 'localhost');
    expect(await failure(clientOf(secure).rows(INDICATORS, signal))).toMatchObject({
      code: 'DATASET_UNAVAILABLE',
      detail: { en: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    await closed(impostor);
  });

  it('that is silent, slow or away is given up', async () => {
    handle = () => {};
    expect(await failure(rows(INDICATORS, { timeoutMs: 100 }))).toMatchObject({
      code: 'DATASET_UNAVAILABLE',
      detail: { ko: '제한 시간 안에 답이 오지 않았습니다.' },
    });
    handle = (_request, response) => {
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    };
    expect((await failure(rows(INDICATORS, { timeoutMs: 200 }))).code).toBe('DATASET_UNAVAILABLE');
    handle = (_request, response) => void response.socket!.destroy();
    expect((await failure(rows())).code).toBe('DATASET_UNAVAILABLE');
    const error = await failure(clientOf('http://127.0.0.1:9').rows(INDICATORS, signal));
    expect(error.code).toBe('DATASET_UNAVAILABLE');
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });

  it('is left when the caller goes, with the reason of the caller', async () => {
    handle = () => {};
    const caller = new AbortController();
    const read = clientOf(url).rows(INDICATORS, caller.signal);
    const failed = expect(read).rejects.toThrow('the job was cancelled');
    await waitUntil('it is asked', () => asked === 1);
    caller.abort(new Error('the job was cancelled'));
    await failed;
  });

  it('that never ends an answer is read up to 8 MiB, of all pages together', async () => {
    handle = (_request, response) => {
      const more = (): void =>
        void (response.destroyed || response.write(' '.repeat(65_536), () => setImmediate(more)));
      more();
    };
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    const large = (page: string) =>
      JSON.stringify({
        response: {
          header: { resultCode: '00' },
          body: { items: [{ page, 가: 'x'.repeat(3_000_000) }], totalCount: 50 },
        },
      });
    handle = ({ url: target = '' }, response) => void response.end(large(/pageNo=(\d+)/.exec(target)![1]!));
    asked = 0;
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    expect(asked).toBe(3);
  });

  it('that has a million rows is asked for one page; one that does not say how many, for 5,001', async () => {
    const page = (total: object) =>
      JSON.stringify({
        header: { resultCode: '00' },
        body: { items: Array.from({ length: 100 }, () => ({ n: Math.random() })), ...total },
      });
    handle = (_request, response) => void response.end(page({ totalCount: 1_000_000 }));
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    expect(asked).toBe(1);
    handle = (_request, response) => void response.end(page({}));
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    expect(asked).toBe(1 + 51);
    expect(await rows({ ...INDICATORS, rows: 250 })).toHaveLength(250);
  });

  it('that sends the same page again and again has no more rows', async () => {
    send(JSON.stringify([{ 가: 1 }, { 가: 2 }]));
    expect(await rows()).toHaveLength(2);
    expect(asked).toBe(2);
    send(JSON.stringify({ data: [{ 가: 1 }], totalCount: 5 }));
    expect((await failure(rows(COVID))).code).toBe('DATASET_INVALID');
    expect(asked).toBe(4);
  });

  it('that is cut off is no table, in JSON and in XML', async () => {
    const xml = '<response><header><resultCode>00</resultCode></header><body><items><item><가>1</가></item>';
    const end = '<item><가>2</가></item></items><totalCount>2</totalCount></body></response>';
    send(xml + end, 'text/xml');
    expect(await rows()).toHaveLength(2);
    send(xml, 'text/xml');
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    send(xml + end.slice(0, -3), 'text/xml');
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    send('{"header":{"resultCode":"00"},"body":{"items":[{"가":1},{"가"');
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    // A tag that lacks its end inside a cell is a fault of one cell.
    send(xml.replace('1', '가<br>나') + end, 'text/xml');
    expect(await rows()).toHaveLength(2);
  });

  it('that repeats the key does not get it into a row, however it writes it', async () => {
    const base64 = Buffer.from(` ${KEY} `).toString('base64');
    const codes = [...KEY].map((character) => character.charCodeAt(0));
    const percent = encodeURIComponent(KEY);
    const told = {
      plain: KEY, inText: `https://x.example/?serviceKey=${percent}&page=1`, lower: percent.toLowerCase(), twice: encodeURIComponent(percent),
      base64, url: base64.replaceAll('+', '-').replaceAll('/', '_'), hex: Buffer.from(KEY).toString('hex'), spaced: [...KEY].join(' '),
      html: codes.map((code) => `&#x${code.toString(16)};`).join(''), first: KEY.slice(0, 40), last: KEY.slice(40), nested: { a: [KEY] },
    }; // prettier-ignore
    const escaped = codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
    const row = JSON.stringify({ 가: '나', ...told, [KEY]: 1 }).replace('{', `{"json":"${escaped}",`);
    send(`{"header":{"resultCode":"00"},"body":{"items":[${row}],"totalCount":1}}`);
    expect(await firstRow()).toEqual({ 가: '나', json: null, ...nulls(Object.keys(told)) });
    const xml = `<가>나</가><a>${codes.map((code) => `&#${code};`).join('')}</a><b>${KEY.slice(0, 9)}<![CDATA[${KEY.slice(9)}]]></b>`;
    send(`<response><body><items><item>${xml}</item></items></body></response>`, 'text/xml');
    expect(await firstRow()).toEqual({ 가: '나', a: null, b: null });
  });

  it('that sends values of any depth is read page by page all the same', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    send(`{"data":[{"가":1,"나":${deep}}],"totalCount":10}`);
    expect((await failure(rows(COVID))).code).toBe('DATASET_INVALID');
    expect(asked).toBe(2);
  });

  it('that sends XML bombs, depths and names that objects have is read like any other', async () => {
    const head = '<response><header><resultCode>00</resultCode></header><body><items>';
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
    send(
      `<?xml version="1.0"?>${bomb}${head}<item><가>&b;&c;</가><__proto__>x</__proto__></item></items></body></response>`,
      'text/xml',
    );
    expect(await firstRow()).toEqual(JSON.parse('{"가":"&b;&c;","__proto__":"x"}'));
    send(`${head}<item><가>${'<b>'.repeat(2_500_000)}`, 'text/xml');
    expect((await failure(rows())).code).toBe('DATASET_INVALID');
    send(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"items":[{"__proto__":"x","constructor":1}]}`);
    expect(await rows({ ...INDICATORS, rows: 1 })).toEqual([
      [
        ['__proto__', 'x'],
        ['constructor', 1],
      ],
    ]);
    send(`{"items":[{${Array.from({ length: 10_000 }, (_, n) => `"열 ${n}":1`).join(',')}}]}`);
    expect((await rows({ ...INDICATORS, rows: 1 }))[0]).toHaveLength(200);
  });
});

const nulls = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));

function urlOf(server: { address(): unknown }): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
