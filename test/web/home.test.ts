import type { Browser } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { startWebClient, type WebClient } from './helpers/web-client';

describeInBrowser('the home page', () => {
  let web: WebClient;
  let browser: Browser;
  beforeAll(async () => {
    web = await startWebClient();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  it('shows anybody what is popular and what is new, accessibly and without a complaint', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(web.url);
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      '많이 읽은 기사',
      '새 기사',
    ]);
    await page.getByRole('link', { name: '더 보기' }).click();
    await page.locator('section[aria-labelledby=newest] article').nth(12).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });
});
