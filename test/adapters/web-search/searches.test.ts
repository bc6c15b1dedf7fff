import { inspect } from 'node:util';
import { FirstAnswer } from '../../../src/adapters/web-search/first-answer';
import { GoogleSearch } from '../../../src/adapters/web-search/google-search';
import { NaverSearch } from '../../../src/adapters/web-search/naver-search';
import type { WebSearch } from '../../../src/adapters/web-search/web-search';
import {
  GOOGLE_FAULTS,
  NAVER_HUB_FAULTS,
  NAVER_PORTAL_FAULTS,
  type SearchFault,
} from '../../../src/dev/standins/search/search-faults';
import {
  startSearchStandin,
  type SearchMisbehaviour,
  type SearchStandin,
} from '../../../src/dev/standins/search/search-standin';
import type { ErrorCode } from '../../../src/errors';
import { failure } from '../../helpers/failure';
import { TestClock } from '../../helpers/clock';
import { waitUntil } from '../../helpers/wait-until';

const GOOGLE = { apiKey: 'AIza-canary-google-key', engineId: 'a1b2c3d4e5f6g7h8i' };
const NAVER = { clientId: 'naver-client-id', clientSecret: 'canary-naver-secret' };
const DOCUMENTS = [
  {
    title: '"집값 또 오르나"…한은, 기준금리 연 2.50% 동결 & 전망',
    link: 'https://www.example-news.kr/economy/1?a=1&b=2',
    snippet: '금통위원 7명 중 <6명>이 기준금리 동결 의견을 냈다. "물가 목표 2%"를 웃돈다.',
  },
  { title: '가계부채와 기준금리', link: 'http://paper.example.kr/2', snippet: '가계부채가 다시 늘었다.' },
  { title: '프로야구 관중 1,250만 명', link: 'https://sports.example.kr/3', snippet: '구단 매출이 늘었다.' },
];
const SERVICES = ['google', 'hub', 'portal'] as const;
type Service = (typeof SERVICES)[number];

let standin: SearchStandin;
const signal = new AbortController().signal;

beforeAll(async () => {
  standin = await startSearchStandin({ google: GOOGLE, naver: NAVER });
});
afterAll(() => standin.close());
beforeEach(() => {
  standin.documents = DOCUMENTS;
  standin.queries.length = 0;
  standin.misbehaviours.length = 0;
});

function searchOf(
  service: Service,
  { timeoutMs = 10_000, key }: { timeoutMs?: number; key?: string } = {},
): WebSearch {
  const url = standin.urls[service];
  if (service === 'google')
    return new GoogleSearch({ ...GOOGLE, ...(key && { apiKey: key }), url, timeoutMs });
  return new NaverSearch({ ...NAVER, ...(key && { clientSecret: key }), api: service, url, timeoutMs });
}

describe.each(SERVICES)('a search by %s', (service) => {
  it('gives what was found as plain text, in its order', async () => {
    expect(await searchOf(service).search('한은 기준금리', { signal })).toEqual(DOCUMENTS.slice(0, 2));
    const [asked] = standin.queries;
    expect(asked).toMatchObject({ service, query: '한은 기준금리' });
    expect(standin.queries).toHaveLength(1);
  });

  it('gives nothing when nothing was found', async () => {
    expect(await searchOf(service).search('없는낱말', { signal })).toEqual([]);
  });

  it('gives the usable ones of items that lack something', async () => {
    const [{ title, link }] = DOCUMENTS as [(typeof DOCUMENTS)[0]];
    const items = [
      null,
      'x',
      { link },
      { title, link, description: null, snippet: null },
      { title: 3, link },
    ];
    standin.misbehaviours.push({ json: { items } });
    expect(await searchOf(service).search('기준금리', { signal })).toEqual([{ title, link, snippet: '' }]);
    standin.misbehaviours.push({ json: { items: null } });
    expect(await searchOf(service).search('기준금리', { signal })).toEqual([]);
  });

  it('gives the first 20 of more items than were asked for', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => ({
      title: `문서 ${n}`,
      link: `https://a.example.kr/${n}`,
    }));
    standin.misbehaviours.push({ json: { items } });
    const found = await searchOf(service).search('기준금리', { signal });
    expect(found.map(({ link }) => link)).toEqual(items.slice(0, 20).map(({ link }) => link));
  });

  it.each<[string, SearchMisbehaviour, ErrorCode]>([
    ['HTML', 'html', 'SEARCH_ANSWER_INVALID'],
    ['half a JSON', 'nonsense', 'SEARCH_ANSWER_INVALID'],
    ['a list', { json: [] }, 'SEARCH_ANSWER_INVALID'],
    ['items that are none', { json: { items: 'none' } }, 'SEARCH_ANSWER_INVALID'],
    ['a megabyte', { bytes: 1_000_000 }, 'SEARCH_ANSWER_INVALID'],
    ['a redirect', 'redirect', 'SEARCH_ANSWER_INVALID'],
    ['a cut connection', 'reset', 'SEARCH_UNAVAILABLE'],
    ['503 and HTML', { status: 503, body: '<h1>점검</h1>' }, 'SEARCH_UNAVAILABLE'],
    ['403 and HTML', { status: 403, body: '<h1>no</h1>' }, 'SEARCH_REFUSED'],
    ['429 and nothing', { status: 429, body: '' }, 'SEARCH_QUOTA_EXCEEDED'],
  ])('fails with a stable code when the answer is %s', async (_what, misbehaviour, code) => {
    standin.misbehaviours.push(misbehaviour);
    const error = await failure(searchOf(service).search('기준금리', { signal }));
    expect(error.code).toBe(code);
    expect(error.retryAfterSeconds).toBeGreaterThanOrEqual(60);
    expect(standin.queries).toHaveLength(1);
  });

  it('fails when the server is silent, away, or refuses the key, and tells nobody the key', async () => {
    standin.misbehaviours.push('silent');
    const slow = await failure(searchOf(service, { timeoutMs: 100 }).search('기준금리', { signal }));
    expect(slow).toMatchObject({ code: 'SEARCH_UNAVAILABLE', detail: { ko: 'timeout' } });
    const key = 'canary-of-a-wrong-key';
    const refused = await failure(searchOf(service, { key }).search('기준금리', { signal }));
    expect(refused).toMatchObject({ code: 'SEARCH_REFUSED', retryAfterSeconds: 900 });
    expect(inspect(refused, { depth: 9 }) + refused.stack).not.toMatch(/canary|127\.0\.0\.1/);
  });

  it('ends at once with the reason of who asked', async () => {
    standin.misbehaviours.push('silent');
    const caller = new AbortController();
    const search = searchOf(service, { timeoutMs: 60_000 }).search('기준금리', { signal: caller.signal });
    const failed = expect(search).rejects.toThrow('the job was cancelled');
    await waitUntil('it is asked', () => standin.queries.length === 1);
    caller.abort(new Error('the job was cancelled'));
    await failed;
  });
});

describe('the errors of a service', () => {
  const each = (
    service: Service,
    faults: Record<string, SearchFault>,
    codes: Record<string, [ErrorCode, number?]>,
  ) =>
    Object.entries(codes).map(([name, [code, seconds]]) => ({
      service,
      name,
      fault: faults[name]!,
      code,
      seconds,
    }));

  it.each([
    ...each('google', GOOGLE_FAULTS, {
      dailyLimit: ['SEARCH_QUOTA_EXCEEDED', 900],
      exhausted: ['SEARCH_QUOTA_EXCEEDED', 900],
      keyInvalid: ['SEARCH_REFUSED', 900],
      forbidden: ['SEARCH_REFUSED', 900],
      badQuery: ['SEARCH_REFUSED'],
      backend: ['SEARCH_UNAVAILABLE', 60],
    }),
    ...each('portal', NAVER_PORTAL_FAULTS, {
      badQuery: ['SEARCH_REFUSED'],
      badDisplay: ['SEARCH_REFUSED'],
      wrongAddress: ['SEARCH_REFUSED', 900],
      keyInvalid: ['SEARCH_REFUSED', 900],
      exhausted: ['SEARCH_QUOTA_EXCEEDED', 900],
      backend: ['SEARCH_UNAVAILABLE', 60],
    }),
    ...each('hub', NAVER_HUB_FAULTS, {
      badQuery: ['SEARCH_REFUSED'],
      keyInvalid: ['SEARCH_REFUSED', 900],
      forbidden: ['SEARCH_REFUSED', 900],
      exhausted: ['SEARCH_QUOTA_EXCEEDED', 900],
      backend: ['SEARCH_UNAVAILABLE', 60],
    }),
  ])(
    '$service $name is $code, for all searches unless it is about the query',
    async ({ service, fault, code, seconds }) => {
      standin.misbehaviours.push(fault);
      const error = await failure(searchOf(service).search('기준금리', { signal }));
      expect([error.code, error.retryAfterSeconds]).toEqual([code, seconds]);
    },
  );

  it('say in Retry-After how long nobody may ask', async () => {
    standin.misbehaviours.push({ ...GOOGLE_FAULTS.exhausted, headers: { 'retry-after': '7' } });
    expect((await failure(searchOf('google').search('기준금리', { signal }))).retryAfterSeconds).toBe(7);
  });
});

describe('searches after one has failed', () => {
  const clock = new TestClock();
  const pauses: [string, number][] = [];
  const inOrder = (...services: Service[]) =>
    new FirstAnswer(
      services.map((service) => searchOf(service)),
      {
        now: () => clock.now(),
        onPause: ({ code }, seconds) => void pauses.push([code, seconds]),
      },
    );
  beforeEach(() => void pauses.splice(0));

  it('are not sent until the pause is over: a thousand articles make one call', async () => {
    const search = inOrder('google');
    standin.misbehaviours.push({ ...GOOGLE_FAULTS.exhausted, headers: { 'retry-after': '30' } });
    for (let article = 0; article < 1_000; article += 1)
      expect((await failure(search.search('기준금리', { signal }))).code).toBe('SEARCH_QUOTA_EXCEEDED');
    expect(standin.queries).toHaveLength(1);
    expect(pauses).toEqual([['SEARCH_QUOTA_EXCEEDED', 30]]);
    clock.advance(31);
    expect(await search.search('기준금리', { signal })).toHaveLength(2);
  });

  it('are sent when only the query before was refused', async () => {
    const search = inOrder('portal');
    standin.misbehaviours.push(NAVER_PORTAL_FAULTS.badQuery);
    expect((await failure(search.search('기준금리', { signal }))).code).toBe('SEARCH_REFUSED');
    expect(await search.search('기준금리', { signal })).toHaveLength(2);
    expect(pauses).toEqual([]);
  });

  it('go to the next service while the first one rests, and back to it', async () => {
    const search = inOrder('google', 'hub');
    standin.misbehaviours.push(GOOGLE_FAULTS.dailyLimit);
    for (let article = 0; article < 3; article += 1)
      expect(await search.search('기준금리', { signal })).toHaveLength(2);
    expect(standin.queries.map(({ service }) => service)).toEqual(['google', 'hub', 'hub', 'hub']);
    clock.advance(901);
    await search.search('기준금리', { signal });
    expect(standin.queries.at(-1)!.service).toBe('google');
  });

  it('fail as the last service did when all rest', async () => {
    const search = inOrder('google', 'hub');
    standin.misbehaviours.push(GOOGLE_FAULTS.dailyLimit, NAVER_HUB_FAULTS.keyInvalid);
    for (let article = 0; article < 3; article += 1)
      expect((await failure(search.search('기준금리', { signal }))).code).toBe('SEARCH_REFUSED');
    expect(standin.queries).toHaveLength(2);
  });
});
