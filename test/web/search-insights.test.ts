import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { INK, SERIES_COLORS } from '../../src/adapters/chart/chart-colors';
import { writeSampleInsights } from '../../src/dev/sample-insights';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { startWebClient, type WebClient } from './helpers/web-client';

const VEGA_STYLE = path.resolve(__dirname, '../../examples/web/src/app/(public)/insights/[id]/vega.css');

describeInBrowser('pages of searches and of insights', () => {
  let web: WebClient;
  let browser: Browser;
  beforeAll(async () => {
    web = await startWebClient();
    await writeSampleInsights(web.app.workerContext, new Date());
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  async function search(page: Page, text: string): Promise<void> {
    await page.getByRole('searchbox', { name: '검색어' }).fill(text);
    await page.getByRole('button', { name: '검색', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('q') === text);
  }
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  it('searches by a form, and tells how many, the term, and what was probably meant', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/search`);
    await expectAccessible(page);

    await search(page, '기준금리');
    expect(await heading(page).innerText()).toMatch(/^‘기준금리’ 검색 결과 \d+건$/);
    expect(await page.title()).toBe('‘기준금리’ 검색 | 경단');
    expect(await page.getByRole('searchbox').inputValue()).toBe('기준금리');
    expect(await page.getByRole('complementary', { name: '기준금리' }).innerText()).toContain('용어 사전');
    await expectAccessible(page);
    // The cards are told to have been seen on this surface.
    const { prisma } = web.app.context.database;
    const impression = page.waitForRequest((request) => request.postData()?.includes('"SEARCH"') ?? false);
    await page.reload();
    await (await impression).response();
    expect(await prisma.impression.count({ where: { surface: 'SEARCH' } })).toBeGreaterThan(0);

    await search(page, '기준긍리');
    await page.getByRole('link', { name: '기준금리', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('q') === '기준금리');

    await search(page, '없는낱말쀍');
    expect(await heading(page).innerText()).toContain('0건');
    await page.getByRole('heading', { name: '찾는 기사가 없어요' }).waitFor();
    await expectAccessible(page);

    await search(page, Array.from({ length: 25 }, (_, index) => `낱말${index}`).join(' '));
    expect(await page.getByRole('alert').filter({ hasText: /./ }).innerText()).not.toContain('filter.');
    expect(await page.getByRole('searchbox').inputValue()).toContain('낱말24');
    await search(page, `<img src=x onerror="alert(1)"> & ‘따옴표’`);
    expect(await heading(page).innerText()).toContain('<img src=x');
    expect(complaints).toEqual([]);
  });

  it('shows everything without scripts: results page by page, insights with their pictures and tables', async () => {
    const profile = await browser.newContext({ javaScriptEnabled: false, locale: 'ko-KR' });
    const page = await profile.newPage();
    await page.goto(`${web.url}/search`);
    await search(page, '금리');
    const titles = () => page.locator('article h3').allInnerTexts();
    const first = await titles();
    if (first.length === 12) {
      await page.getByRole('link', { name: '더 보기' }).click();
      expect(await titles()).not.toContain(first[0]);
    }
    await page.goto(`${web.url}/insights`);
    await page.getByRole('link', { name: /기준금리/ }).click();
    await page.waitForURL(/\/insights\/[0-9a-f-]{36}$/);
    const picture = page.getByRole('img', { name: /그래프\./ });
    expect(
      await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0);
    await page.getByText('그래프의 값을 표로 보기').click();
    expect(await page.getByRole('row').count()).toBeGreaterThan(3);
    expect(await page.locator('meta[property="og:image"]').getAttribute('content')).toMatch(/\.png$/);
    await profile.close();
  });

  it('draws a chart by Vega once it is seen, in the place of its picture', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    const scripts: string[] = [];
    let bytes = 0;
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      scripts.push(response.url());
      void response
        .request()
        .sizes()
        .then((sizes) => (bytes += sizes.responseBodySize));
    });
    await page.goto(`${web.url}/insights`, { waitUntil: 'networkidle' });
    await expectAccessible(page);
    process.stdout.write(`JavaScript of /insights: ${Math.round(bytes / 1024)} KB\n`);
    expect(bytes).toBeLessThan(180 * 1024);

    const before = scripts.length;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('article a').first().click();
    await page.locator('.vega-embed svg').waitFor();
    expect(scripts.length).toBeGreaterThan(before);
    const box = page.locator('figure');
    const drawn = await box.boundingBox();
    await page.locator('figure img').waitFor({ state: 'hidden' });
    expect(await box.boundingBox()).toEqual(drawn);
    await expectAccessible(page);

    // The axis has its labels, and another width is followed.
    const chart = page.locator('.vega-embed svg');
    expect(await chart.locator('text').allTextContents()).toContain('23년 1월');
    await page.setViewportSize({ width: 360, height: 800 });
    await page.waitForFunction(
      `(() => { const svg = document.querySelector('.vega-embed svg').getBoundingClientRect();
        const place = document.querySelector('.vega-embed').getBoundingClientRect();
        return place.width < 360 && Math.abs(svg.width - place.width) <= 1 && Math.abs(svg.height - place.height) <= 1; })()`,
    );
    expect(complaints).toEqual([]);
    expect((await page.goto(`${web.url}/insights/no-such-id`))!.status()).toBe(404);
  });

  it('has the dark colours of the pictures for charts by Vega', () => {
    const style = readFileSync(VEGA_STYLE, 'utf8').replace(/\s+/g, ' ');
    expect(style).toContain(`background-color: ${INK.background.dark}`);
    for (const { light, dark } of [...Object.values(INK), ...SERIES_COLORS]) {
      expect(style).toContain(`[fill='${light}'] { fill: ${dark}; }`);
      expect(style).toContain(`[stroke='${light}'] { stroke: ${dark}; }`);
    }
  });
});
