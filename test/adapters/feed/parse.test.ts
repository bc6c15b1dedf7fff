import iconv from 'iconv-lite';
import { MAX_ITEMS, parseFeed } from '../../../src/adapters/feed/parse-feed';

const NOW = new Date('2026-11-29T00:00:00Z');
const FIVE_IN_SEOUL = '2026-11-24T20:00:00.000Z';
const URL_OF_FEED = 'https://www.gyeongdan-news.kr/rss/all.xml';

function parse(feed: string | Buffer, contentType?: string) {
  const options = { contentType, url: URL_OF_FEED, now: NOW };
  const parsed = parseFeed(Buffer.isBuffer(feed) ? feed : Buffer.from(feed), options);
  return (
    parsed && {
      urls: parsed.items.map(({ url }) => url),
      dates: parsed.items.map(({ publishedAt }) => publishedAt?.toISOString() ?? null),
      isBroken: parsed.isBroken,
    }
  );
}

const rss = (items: string, attributes = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" ${attributes}><channel><title>경단</title><link>https://www.gyeongdan-news.kr/</link>${items}</channel></rss>`;
const item = (inside: string) => `<item><title>기준금리 동결</title>${inside}</item>`;
const link = 'https://www.gyeongdan-news.kr/news/1';

describe('the format of a feed is found by what is in it', () => {
  const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
  const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
  const ATOM = 'xmlns="http://www.w3.org/2005/Atom"';
  it.each<[string, string]>([
    ['RSS 2.0', rss(item(`<link>${link}</link><pubDate>Wed, 25 Nov 2026 05:00:00 +0900</pubDate>`))],
    ['RSS 2.0 with a time of Dublin Core', rss(item(`<link>${link}</link><dc:date>2026-11-25T05:00:00+09:00</dc:date>`), DC)],
    ['RSS 2.0 with the elements of Atom under a prefix of its own', rss(item(`<a10:link href="${link}"/><a10:updated>2026-11-24T20:00:00Z</a10:updated>`), 'xmlns:a10="http://www.w3.org/2005/Atom"')],
    ['RSS 0.91', `<rss version="0.91"><channel>${item(`<link>${link}</link><pubDate>2026-11-25 05:00:00</pubDate>`)}</channel></rss>`],
    ['RSS in capital letters', `<RSS VERSION="2.0"><CHANNEL><ITEM><LINK>${link}</LINK><PUBDATE>2026-11-25 05:00</PUBDATE></ITEM></CHANNEL></RSS>`],
    ['RSS 1.0, whose items stand beside the channel', `<rdf:RDF ${RDF} xmlns="http://purl.org/rss/1.0/" ${DC}><channel rdf:about="https://x"><title>t</title><items><rdf:Seq><rdf:li rdf:resource="${link}"/></rdf:Seq></items></channel><item rdf:about="${link}"><link>${link}</link><dc:date>2026-11-25T05:00:00+09:00</dc:date></item></rdf:RDF>`],
    ['RSS 1.0, whose item has an address only as its name', `<rdf:RDF ${RDF} xmlns="http://purl.org/rss/1.0/" ${DC}><item rdf:about="${link}"><title>t</title><dc:date>2026-11-25T05:00:00+09:00</dc:date></item></rdf:RDF>`],
    ['Atom 1.0', `<feed ${ATOM}><id>urn:1</id><link rel="self" href="${URL_OF_FEED}"/><entry><id>urn:2</id><link href="${link}"/><updated>2026-11-24T20:00:00Z</updated></entry></feed>`],
    ['Atom 1.0 with links of every kind', `<feed ${ATOM}><entry><link rel="self" href="https://x/self"/><link rel="enclosure" href="https://x/1.mp3"/><link rel="alternate" type="application/json" href="https://x/1.json"/><link rel="alternate" type="text/html" href="${link}"/><published>2026-11-24T20:00:00Z</published><updated>2026-11-26T00:00:00Z</updated></entry></feed>`],
    ['Atom under a prefix', `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:link href="${link}"/><a:updated>2026-11-24T20:00:00Z</a:updated></a:entry></a:feed>`],
    ['Atom whose id is the address', `<feed ${ATOM}><entry><id>${link}</id><updated>2026-11-24T20:00:00Z</updated></entry></feed>`],
    ['Atom with the source of the entry, which has links of its own', `<feed ${ATOM}><entry><source><id>https://other/</id><link href="https://other/feed"/><updated>2020-01-01T00:00:00Z</updated></source><link href="${link}"/><updated>2026-11-24T20:00:00Z</updated></entry></feed>`],
    ['Atom 0.3', `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><link rel="alternate" type="text/html" href="${link}"/><issued>2026-11-24T20:00:00Z</issued></entry></feed>`],
  ])('%s', (_format, feed) => {
    expect(parse(feed)).toEqual({ urls: [link], dates: [FIVE_IN_SEOUL], isBroken: false });
  }); // prettier-ignore

  it('and a feed without items is one, with nothing in it', () => {
    expect(parse(rss(''))).toEqual({ urls: [], dates: [], isBroken: false });
    expect(parse(`<feed ${ATOM}></feed>`)).toEqual({ urls: [], dates: [], isBroken: false });
  });

  it.each([
    ['a page', '<!doctype html><html><head><link rel="alternate" href="/rss"></head><body><p>점검 중</p></body></html>'],
    ['nothing', ''],
    ['JSON', '{"items":[]}'],
    ['words', '서비스 점검 중입니다.'],
    ['another document of XML', '<?xml version="1.0"?><urlset><url><loc>https://x</loc></url></urlset>'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('while %s is none', (_what, body) => {
    expect(parse(body)).toBeNull();
  }); // prettier-ignore
});

describe('the link of an item', () => {
  const linked = (inside: string, attributes = '') => parse(rss(item(inside), attributes))!.urls[0];

  it.each<[string, string, string | null]>([
    ['a guid is it when there is no other', `<guid>${link}</guid>`, link],
    ['a guid that says so is it', `<guid isPermaLink="true">${link}</guid>`, link],
    ['a guid that says otherwise is not', `<guid isPermaLink="false">${link}</guid>`, null],
    ['a guid that is a number is not', '<guid>20261125001</guid>', null],
    ['an empty one gives way to the guid', `<link/><guid>${link}</guid>`, link],
    ['in CDATA', `<link><![CDATA[ ${link} ]]></link>`, link],
    ['between line breaks', `<link>\n  ${link}\n</link>`, link],
    ['with a bare &', `<link>${link}?a=1&b=2&copy=3</link>`, `${link}?a=1&b=2&copy=3`],
    ['with &amp; as XML wants it', `<link>${link}?a=1&amp;copy=2</link>`, `${link}?a=1&copy=2`],
    ['with &amp; in CDATA', `<link><![CDATA[${link}?a=1&amp;b=2]]></link>`, `${link}?a=1&b=2`],
    ['escaped twice', `<link>${link}?a=1&amp;amp;b=2</link>`, `${link}?a=1&b=2`],
    ['with a number in place of a letter', '<link>https://www.gyeongdan-news.kr/news&#x2F;1</link>', link],
    ['relative to the feed', '<link>/news/1</link>', link],
    ['relative to the folder of the feed', '<link>../news/1</link>', link],
    ['without a scheme', '<link>//www.gyeongdan-news.kr/news/1</link>', link],
    ['without a scheme and slashes', '<link>www.gyeongdan-news.kr/news/1</link>', link],
    ['with letters of Korean', '<link>https://www.gyeongdan-news.kr/뉴스</link>', 'https://www.gyeongdan-news.kr/%EB%89%B4%EC%8A%A4'],
    ['that leads to another site', '<link>https://v.daum.net/v/1</link>', 'https://v.daum.net/v/1'],
    ['of another scheme stays what it is', '<link>mailto:a@b.kr</link>', 'mailto:a@b.kr'],
    ['that is no address', '<link>http://</link>', null],
    ['that is not there', '', null],
  ])('%s', (_what, inside, expected) => {
    expect(linked(inside)).toBe(expected);
  }); // prettier-ignore

  it('is relative to the nearest xml:base', () => {
    const base = (address: string) => `xml:base="${address}"`;
    expect(linked('<link>1</link>', base('https://cdn.kr/a/'))).toBe('https://cdn.kr/a/1');
    expect(parse(rss('', base('https://cdn.kr/a/')).replace('<title>', `<item ${base('b/')}><link>1</link></item><title>`))!.urls).toEqual(['https://cdn.kr/a/b/1']);
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" ${base('https://cdn.kr/')}><entry ${base('a/')}><link ${base('b/')} href="1"/></entry><entry><link href="2"/></entry></feed>`;
    expect(parse(atom)!.urls).toEqual(['https://cdn.kr/a/b/1', 'https://cdn.kr/2']);
  }); // prettier-ignore
});

describe('the time of an item', () => {
  const dated = (date: string) =>
    parse(rss(item(`<link>${link}</link><pubDate>${date}</pubDate>`)))!.dates[0];

  it.each([
    'Wed, 25 Nov 2026 05:00:00 +0900',
    'Tue, 24 Nov 2026 20:00:00 GMT',
    'Tue, 24 Nov 2026 20:00:00 UTC',
    'Wed, 25 Nov 2026 05:00:00 KST',
    'Wed, 25 Nov 2026 05:00:00',
    'Wed, 25 Nov 2026 05:00:00 +09:00',
    'Mon, 25 Nov 2026 05:00:00 +0900',
    '수, 25 11월 2026 05:00:00 +0900',
    'Wed, 25 November 2026 5:00:00 KST',
    '25 Nov 26 05:00 +0900',
    'Tue, 24 Nov 2026 15:00:00 EST',
    '2026-11-25 05:00:00',
    '2026.11.25 05:00',
    '2026년 11월 25일 오전 5시',
    '2026-11-25T05:00:00+0900',
    '<![CDATA[Wed, 25 Nov 2026 05:00:00 +0900]]>',
  ])('%s', (date) => {
    expect(dated(date)).toBe(FIVE_IN_SEOUL);
  });

  it.each([
    '',
    '어제',
    'Wed, 25 Nov 2026 05:00:00 XYZ',
    'Wed, 31 Feb 2026 05:00:00 +0900',
    '2036-11-25T05:00:00Z',
  ])('is unknown when it is written as "%s"', (date) => {
    expect(dated(date)).toBeNull();
  });
});

describe('a feed that is not well-formed is read as far as it can be', () => {
  const two = (between = '') =>
    rss(`${item(`<link>${link}</link>`)}${between}${item(`<link>${link}0</link>`)}`);
  const both = { urls: [link, `${link}0`], dates: [null, null] };

  it.each<[string, string]>([
    ['white space and a byte order mark before it', `\ufeff\n  ${two()}`],
    ['a bare & in a text', two(item(`<description>R&D 투자 & 환율</description><link>${link}</link>`)).replace(item(`<link>${link}</link>`), '')],
    ['signs of less than', two().replace('기준금리 동결', '3<5, <삼성전자> 주가, 1 < 2')],
    ['entities of HTML that nobody declared', two().replace('기준금리 동결', '기준금리&nbsp;동결&hellip;')],
    ['a DOCTYPE with entities', two().replace('<rss', '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY x SYSTEM "file:///etc/passwd">]><rss')],
    ['control characters', two().replace('기준금리', '기준\u0000\u0008\u000b금리')],
    ['HTML that was not escaped', two().replace('<title>', '<description><p>금리<br>동결<img src=x></description><title>')],
    ['comments', two('<!-- <item><link>https://x/</link></item> -->')],
    ['something behind it', `${two()}\n<!-- 0.01s --><script>1</script>`],
  ])('%s', (_what, feed) => {
    expect(parse(feed)).toEqual({ ...both, isBroken: false });
  }); // prettier-ignore

  it.each<[string, string]>([
    ['an item that is cut off', rss(`${item(`<link>${link}</link>`)}${item(`<link>${link}0</link>`)}<item><title>끝</title><link>https://www.gyeongdan-news.kr/ne`).replace('</channel></rss>', '')],
    ['the end that is missing', two().replace('</channel></rss>', '')],
    ['an item that is not closed', two().replace('</item>', '')],
    ['a link that is not closed', rss(`${item(`<link>${link}<pubDate>x</pubDate>`)}${item(`<link>${link}0</link>`)}`)],
  ])('and says so: %s', (_what, feed) => {
    expect(parse(feed)).toEqual({ ...both, isBroken: true });
  }); // prettier-ignore

  it('and no entity grows', () => {
    const lol = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const bomb = two()
      .replace('<rss', `<!DOCTYPE rss [<!ENTITY l0 "lol">${lol}]><rss`)
      .replace('기준금리', '&l9;');
    expect(parse(bomb)!.urls).toEqual(both.urls);
  });
});

describe('the encoding of a feed', () => {
  const feed = (encoding: string) =>
    rss(item('<link>https://www.gyeongdan-news.kr/뷁/똠방각하</link>')).replace('UTF-8', encoding);
  const expected = [new URL('https://www.gyeongdan-news.kr/뷁/똠방각하').href];

  it.each<[string, Buffer, string | undefined]>([
    ['by the header', iconv.encode(feed('UTF-8'), 'cp949'), 'text/xml; charset=euc-kr'],
    ['by the prolog', iconv.encode(feed('euc-kr'), 'cp949'), 'application/rss+xml'],
    ['by the prolog in single quotes', iconv.encode(feed('EUC-KR').replace(/encoding="(.*?)"/, "encoding='$1'"), 'cp949'), undefined],
    ['by looking at it', iconv.encode(feed('x').replace(/<\?.*?\?>/, ''), 'cp949'), undefined],
    ['that both name wrongly', Buffer.from(feed('euc-kr')), 'text/xml; charset=ks_c_5601-1987'],
    ['by its mark', iconv.encode(feed('utf-16'), 'utf-16', { addBOM: true }), undefined],
    ['of two bytes without a mark', iconv.encode(feed('utf-16'), 'utf-16be'), undefined],
  ])('%s', (_how, bytes, contentType) => {
    expect(parse(bytes, contentType)!.urls).toEqual(expected);
  }); // prettier-ignore
});

describe('a large feed', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      item(`<link>/news/${n}</link><description>${'긴 본문 '.repeat(200)}</description>`),
    ).join('');

  it('is read up to 5,000 items, and says when there were more', () => {
    expect(parse(rss(items(MAX_ITEMS)))).toMatchObject({ urls: { length: 5_000 }, isBroken: false });
    expect(parse(rss(items(MAX_ITEMS + 1)))).toMatchObject({ urls: { length: 5_000 }, isBroken: true });
  });
});
