import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { waitUntil } from '../helpers/wait-until';
import { expectAccessible } from './helpers/expect-accessible';
import { javascriptOf } from './helpers/javascript-of';
import { startWebClient, type WebClient } from './helpers/web-client';

const JAVASCRIPT_BUDGET = 180_000;

describeInBrowser('an article', () => {
  let web: WebClient;
  let browser: Browser;
  let id: string;
  let path: string;
  beforeAll(async () => {
    web = await startWebClient();
    browser = await startBrowser();
    const { prisma } = web.app.context.database;
    ({ id } = await prisma.article.findFirstOrThrow({ where: { title: { contains: '한국은행이 금리를' } } }));
    await prisma.article.update({ where: { id }, data: { sourceUrl: 'https://news.example/base-rate' } });
    const document = {
      link: 'https://blog.example/rates',
      title: '금리 <b>이야기</b>',
      snippet: '금리가 오르면',
    };
    await prisma.relatedDocument.create({
      data: { articleId: id, place: 0, page: document.link, ...document },
    });
    path = `${web.url}/articles/${id}`;
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  /** What everybody must be able to read. */
  async function expectReadable(page: Page) {
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
      '한국은행이 금리를 또 그대로 둔 이유',
    );
    await page.getByText('두 번째는 환율이에요.').waitFor();
    await page.getByText('금리 <b>이야기</b>').waitFor();
    expect(await page.getByRole('link', { name: '원문 읽기' }).getAttribute('href')).toBe(
      'https://news.example/base-rate',
    );
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      '용어 풀이',
      '함께 볼 만한 글',
      '비슷한 기사',
    ]);
  }

  it('is found at the address that it had in the old service', async () => {
    const { prisma } = web.app.context.database;
    await prisma.importedRow.create({
      data: { oldTable: 'gyeongdan.articles', oldId: '10', newId: id, merged: false, importedAt: new Date() },
    });
    const locationOf = async (old: string) =>
      (await fetch(`${web.url}/article/${old}`, { redirect: 'manual' })).headers.get('location');
    expect(await locationOf('10')).toBe(`/articles/${id}`);
    expect(await locationOf('11')).toBe('/not-found');
  });

  it('is read accessibly and without a complaint, and explains its expressions', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(path);
    await expectReadable(page);
    const expression = page.getByRole('button', { name: '기준금리' });
    const meaning = page.getByRole('tooltip').filter({ hasText: '모든 금리의 기준' });
    await expression.hover();
    await meaning.waitFor();
    await page.mouse.move(0, 0);
    await meaning.waitFor({ state: 'hidden' });
    await expression.focus();
    await meaning.waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await meaning.waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
  });

  it('is read without scripts, its explanations too, and so is the way there and on', async () => {
    const profile = await browser.newContext({
      javaScriptEnabled: false,
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    const page = await profile.newPage();
    await page.goto(web.url);
    await page.getByRole('link', { name: '더 보기' }).click();
    await page.waitForURL(/after=/);
    expect(await page.locator('section[aria-labelledby=newest] article').count()).toBe(12);
    await page.goto(path);
    await expectReadable(page);
    await page.getByRole('button', { name: '동결' }).tap();
    await page.getByRole('tooltip').filter({ hasText: '그대로 두는 것' }).waitFor();
    await profile.close();
  });

  it('tells the gateway what was read, for how long, and what was seen', async () => {
    const { prisma } = web.app.context.database;
    const before = (await prisma.article.findUniqueOrThrow({ where: { id } })).viewCount;
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.clock.install();
    await page.goto(path);
    await waitUntil('the view is counted', async () => {
      const { viewCount } = await prisma.article.findUniqueOrThrow({ where: { id } });
      return viewCount === before + 1;
    });
    const similar = page.locator('section[aria-labelledby=similar] [data-article]');
    await similar.last().scrollIntoViewIfNeeded();
    await page.clock.fastForward(30_000);
    await page.goto('about:blank');
    await waitUntil('the time is known', async () => {
      const views = await prisma.articleView.findMany({ where: { articleId: id } });
      return views.some(({ dwellSeconds }) => dwellSeconds >= 30);
    });
    await waitUntil('what was shown is known', async () => {
      const shown = await prisma.impression.findMany({ where: { surface: 'SIMILAR' } });
      return shown.length > 0 && new Set(shown.map(({ articleId }) => articleId)).size === shown.length;
    });
  });

  it('brings no more JavaScript than a phone should have to load, and so do home and search', async () => {
    for (const [name, address] of [
      ['article', path],
      ['home', web.url],
      ['search', `${web.url}/search?q=금리`],
    ] as const) {
      const bytes = await javascriptOf(browser, address);
      process.stdout.write(`The ${name} page has ${(bytes / 1000).toFixed(1)} KB of gzipped JavaScript.\n`);
      expect(bytes).toBeGreaterThan(100_000);
      expect(bytes).toBeLessThanOrEqual(JAVASCRIPT_BUDGET);
    }
  });

  it('says so when it is not there, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const profile = await browser.newContext({ javaScriptEnabled });
      const page = await profile.newPage();
      for (const address of [
        'articles/00000000-0000-4000-8000-000000000000',
        'articles/none',
        '?after=none',
        'nowhere',
      ]) {
        const response = await page.goto(`${web.url}/${address}`);
        expect([address, response!.status()]).toEqual([address, 404]);
        await page.getByRole('heading', { name: '페이지를 찾을 수 없습니다' }).waitFor();
      }
      await profile.close();
    }
  });
});
