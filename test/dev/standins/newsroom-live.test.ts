import { parseFeed } from '../../../src/adapters/feed/parse-feed';
import { extractArticle } from '../../../src/adapters/crawler/extract-article';
import { decodeHtml } from '../../../src/adapters/crawler/decode-html';
import { LIVE_FEED_PATH, startNewsroom, type Newsroom } from '../../../src/dev/standins/newsroom/newsroom';
import { TestClock } from '../../helpers/clock';

describe('the newsroom that publishes while it runs', () => {
  const clock = new TestClock();
  let newsroom: Newsroom;

  beforeAll(async () => {
    newsroom = await startNewsroom({ liveEveryMinutes: 3, now: () => clock.now() });
  });
  afterAll(() => newsroom.close());

  async function feed(etag?: string) {
    const url = newsroom.url + LIVE_FEED_PATH;
    const response = await fetch(url, { headers: { ...(etag && { 'if-none-match': etag }) } });
    const bytes = Buffer.from(await response.arrayBuffer());
    const parsed = parseFeed(bytes, { contentType: undefined, url, now: clock.now() });
    return {
      status: response.status,
      etag: response.headers.get('etag')!,
      urls: parsed?.items.map((item) => item.url!) ?? [],
    };
  }
  async function read(url: string) {
    const response = await fetch(url);
    const html = decodeHtml(Buffer.from(await response.arrayBuffer()), response.headers.get('content-type')!);
    return {
      status: response.status,
      article: response.ok
        ? extractArticle(html, { url: new URL(url), now: clock.now(), isAllowedImage: () => true })
        : null,
    };
  }

  it('begins with one article and has one more every three minutes, at most 20 of them', async () => {
    const before = await feed();
    expect(before.urls).toHaveLength(1);
    expect((await feed(before.etag)).status).toBe(304);
    clock.advance(180);
    const after = await feed(before.etag);
    expect(after.status).toBe(200);
    expect(after.urls).toEqual([expect.any(String), before.urls[0]]);
    clock.advance(3_600 * 5);
    expect((await feed()).urls).toHaveLength(20);
  });

  it('serves whole articles under addresses that stay, each its own, and none that is still to come', async () => {
    const { urls } = await feed();
    const articles = await Promise.all(urls.slice(0, 12).map(read));
    expect(new Set(articles.map(({ article }) => article!.title)).size).toBe(12);
    for (const { article } of articles) {
      expect(article!.content).not.toMatch(/[{}]|undefined|NaN/);
      expect(article!.content.split('\n').length).toBeGreaterThanOrEqual(4);
      expect(article!.publishedAt!.getTime()).toBeLessThanOrEqual(clock.now().getTime());
    }
    const again = await startNewsroom({ liveEveryMinutes: 3, now: () => clock.now() });
    const same = await read(urls[3]!.replace(newsroom.url, again.url));
    await again.close();
    expect(same.article!.content).toBe(articles[3]!.article!.content);
    const next = urls[0]!.replace(/\d+$/, (number) => String(Number(number) + 600));
    for (const gone of [
      next,
      urls[0]!.replace(/live-\d+/, 'live-x'),
      urls[0]!.replace(/\/(mk|hankyung|sedaily)\//, '/other/'),
    ])
      expect((await read(gone)).status).toBe(404);
  });
});
