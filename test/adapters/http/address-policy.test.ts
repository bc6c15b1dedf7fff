import { createServer } from 'node:http';
import { connect, type LookupFunction } from 'node:net';
import { Kind } from 'graphql';
import {
  checkUrl,
  guardedLookup,
  isPublicAddress,
  isShowable,
} from '../../../src/adapters/http/address-policy';
import { canonicalizeUrl, isSameHost } from '../../../src/adapters/crawler/canonical-url';
import { Url } from '../../../src/schema/shared/scalars';
import { closeServer, listen } from '../../fixtures/pages/serve-pages';

const NOBODY_TRUSTED = new Set<string>();

describe('which addresses a crawler may visit', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://0.0.0.0/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[::1]/',
    'http://[::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://168.63.129.16/machine/?comp=goalstate',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b::808:808]/',
    'http://[64:ff9b:1::1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001::1]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[4000::1]/',
  ])('refuses the private or reserved address %s', (url) => {
    expect(() => checkUrl(url, NOBODY_TRUSTED)).toThrow(expect.objectContaining({ code: 'URL_NOT_ALLOWED' }));
  });

  it.each([
    'file:///etc/passwd',
    'ftp://news.example.com/',
    'gopher://news.example.com/',
    'javascript:alert(1)',
    'data:text/html,hello',
    'https://user:secret@news.example.com/',
    'https://user@news.example.com/',
    'http://news.example.com:8080/',
    'http://news.example.com:22/',
    'http://news.example.com:443/',
    'news.example.com/1',
    '',
    `https://news.example.com/${'a'.repeat(3_000)}`,
  ])('refuses the scheme, credentials, port or form of %s', (url) => {
    expect(() => checkUrl(url, NOBODY_TRUSTED)).toThrow(expect.objectContaining({ code: 'URL_NOT_ALLOWED' }));
  });

  it.each([
    'https://news.example.com/1',
    'http://news.example.com:80/',
    'http://8.8.8.8/',
    'http://[2606:4700::1]/',
  ])('lets the public address %s pass', (url) => {
    expect(checkUrl(url, NOBODY_TRUSTED).protocol).toMatch(/^https?:$/);
  });

  it('trusts exactly the origins it was told to, not their neighbours', () => {
    const trusted = new Set(['http://127.0.0.1:4100']);
    expect(checkUrl('http://127.0.0.1:4100/article', trusted).pathname).toBe('/article');
    for (const url of ['http://127.0.0.1:4101/', 'https://127.0.0.1:4100/', 'http://u:p@127.0.0.1:4100/']) {
      expect(() => checkUrl(url, trusted)).toThrow(expect.objectContaining({ code: 'URL_NOT_ALLOWED' }));
    }
  });

  it('does not take something that is no address for a public one', () => {
    expect(isPublicAddress('news.example.com')).toBe(false);
    expect(isPublicAddress('')).toBe(false);
  });
});

describe('a guarded lookup', () => {
  const resolvingTo =
    (...answers: string[][]): LookupFunction =>
    (_hostname, _options, callback) => {
      const addresses = answers.length > 1 ? answers.shift() : answers[0];
      callback(
        null,
        (addresses ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
  const resolve = (lookup: LookupFunction, all = true): Promise<unknown> =>
    new Promise((done, fail) =>
      lookup('news.example.com', { all }, (error, answer) => (error ? fail(error) : done(answer))),
    );

  it.each([
    [['127.0.0.1']],
    [['10.1.2.3']],
    [['169.254.169.254']],
    [['::1']],
    [['64:ff9b::a00:1']],
    [['::ffff:7f00:1']],
    [[]],
  ])('refuses a name that resolves to %j', async (addresses) => {
    await expect(resolve(guardedLookup(resolvingTo(addresses)))).rejects.toMatchObject({
      code: 'URL_NOT_ALLOWED',
    });
  });

  it('refuses a name when only one of its addresses is private', async () => {
    const lookup = guardedLookup(resolvingTo(['93.184.215.14', '192.168.0.1']));
    await expect(resolve(lookup)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
  });

  it('answers in the form that was asked for', async () => {
    const lookup = guardedLookup(resolvingTo(['93.184.215.14']));
    await expect(resolve(lookup, true)).resolves.toEqual([{ address: '93.184.215.14', family: 4 }]);
    await expect(resolve(lookup, false)).resolves.toBe('93.184.215.14');
  });

  it('connects to the very address that was checked when the name is rebound', async () => {
    const [secret, publicSide] = [createServer(), createServer()];
    // 127.0.0.2 stands for a public address; a second question would be answered with 127.0.0.1.
    let questions = 0;
    const rebinding: LookupFunction = (_hostname, _options, callback) => {
      questions++;
      callback(null, [{ address: questions === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
    };
    const port = await listen(secret);
    await new Promise<void>((done) => publicSide.listen(port, '127.0.0.2', done));
    const lookup = guardedLookup(rebinding, (address) => address === '127.0.0.2');
    const attempt = (): Promise<string | undefined> =>
      new Promise((done, fail) => {
        const socket = connect({ host: 'rebind.example.com', port, lookup, autoSelectFamily: true });
        socket.once('connect', () => {
          done(socket.remoteAddress);
          socket.destroy();
        });
        socket.once('error', fail);
      });
    try {
      await expect(attempt()).resolves.toBe('127.0.0.2');
      expect(questions).toBe(1);
      await expect(attempt()).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    } finally {
      await Promise.all([secret, publicSide].map(closeServer));
    }
  });
});

describe('the canonical form of an address', () => {
  it.each([
    ['HTTPS://News.Example.COM:443/a#part', 'https://news.example.com/a'],
    ['https://news.example.com./a', 'https://news.example.com/a'],
    [
      'https://news.example.com/a?utm_source=x&id=7&fbclid=y&gclid=z&UTM_Medium=q',
      'https://news.example.com/a?id=7',
    ],
    ['https://news.example.com/a?utm_source=x', 'https://news.example.com/a'],
    ['https://news.example.com/a?b=2&a=1&b=1', 'https://news.example.com/a?a=1&b=2&b=1'],
    [
      'https://news.example.com/경제?q=금리',
      'https://news.example.com/%EA%B2%BD%EC%A0%9C?q=%EA%B8%88%EB%A6%AC',
    ],
    ['https://news.example.com/%ea%b2%bd?w=%b0%a1', 'https://news.example.com/%EA%B2%BD?w=%B0%A1'],
    ['http://news.example.com/a/../b/', 'http://news.example.com/b/'],
  ])('turns %s into %s', (url, canonical) => {
    expect(canonicalizeUrl(url)).toBe(canonical);
    expect(canonicalizeUrl(canonical)).toBe(canonical);
  });

  it('keeps apart what may be different pages', () => {
    const urls = ['/a', '/a/', '/A', '/a?id=1', '/a?id=2', '/a?id=1&page=2', '/a?id'].map(
      (path) => `https://n.example${path}`,
    );
    const all = [...urls, 'http://n.example/a'].map(canonicalizeUrl);
    expect(new Set(all).size).toBe(all.length);
  });

  it('refuses, as the argument url, what is too long once it is percent-encoded', () => {
    const path = (letters: number): string => `https://news.example.com/${'가'.repeat(letters)}`;
    expect(canonicalizeUrl(path(220))).toHaveLength(25 + 220 * 9);
    expect(() => canonicalizeUrl(path(230))).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', argument: 'url' }),
    );
  });

  it.each(['file:///etc/passwd', 'news', 'javascript:alert(1)'])('refuses %s', (url) => {
    expect(() => canonicalizeUrl(url)).toThrow(expect.objectContaining({ code: 'URL_NOT_ALLOWED' }));
  });

  it.each([
    ['https://www.mk.co.kr/1', 'https://m.mk.co.kr/1', true],
    ['https://mk.co.kr/1', 'http://amp.mk.co.kr/1', true],
    ['https://www.mk.co.kr/1', 'https://www.mk.co.kr:8443/1', false],
    ['https://blog.naver.com/evil', 'https://news.naver.com/1', false],
    ['https://m.blog.naver.com/evil', 'https://m.naver.com/1', false],
    ['https://www.com/', 'https://m.com/', false],
    ['https://m.github.io/', 'https://www.github.io/', false],
    ['https://a.co.kr/1', 'https://b.co.kr/1', false],
    ['https://a.github.io/', 'https://b.github.io/', false],
    ['http://127.0.0.1:1/', 'http://127.0.0.1:2/', false],
    ['http://localhost:1/', 'http://localhost:1/x', true],
  ])('knows whether %s and %s are one host: %s', (a, b, same) => {
    expect(isSameHost(new URL(a), new URL(b))).toBe(same);
  });
});

describe('an address that readers are sent to for a picture', () => {
  it.each([
    'http://localhost/a.jpg',
    'http://router/a.jpg',
    'http://router./a.jpg',
    'http://nas.local/a.jpg',
    'http://metadata.google.internal/a.jpg',
    'http://co.kr/a.jpg',
    'http://192.168.0.1/a.jpg',
    'http://168.63.129.16/a.jpg',
    'http://[fd00::1]/a.jpg',
    'https://img.mk.co.kr:8443/a.jpg',
  ])('is not %s', (url) => {
    expect(isShowable(new URL(url), NOBODY_TRUSTED)).toBe(false);
  });

  it.each([
    'https://img.mk.co.kr/a.jpg',
    'https://somebody.github.io/a.jpg',
    'https://한국.kr/a.jpg',
    'https://8.8.8.8/a.jpg',
    'https://[2606:4700::1]/a.jpg',
  ])('may be %s', (url) => {
    expect(isShowable(new URL(url), NOBODY_TRUSTED)).toBe(true);
  });

  it('may be at a trusted origin', () => {
    const url = new URL('http://localhost:4100/a.jpg');
    expect(isShowable(url, new Set([url.origin]))).toBe(true);
  });
});

describe('an address that a client submits', () => {
  it.each([
    'https://user:secret@news.example.com/',
    'https://user@news.example.com/',
    'https://:pw@news.example.com/',
  ])('is refused with the credentials of %s, which the refusal does not repeat', (url) => {
    const literal = { kind: Kind.STRING, value: url } as const;
    for (const parse of [() => Url.parseValue(url), () => Url.parseLiteral(literal)]) {
      expect(parse).toThrow(/^URL cannot represent what is not an absolute http or https address\.$/);
    }
  });

  it('may have an @ in its path', () => {
    expect(Url.parseValue('https://news.example.com/@desk/1')).toBe('https://news.example.com/@desk/1');
  });
});
