import type { Browser } from 'playwright-core';
import { startKakaoStandin, type KakaoStandin } from '../../../src/dev/standins/kakao/kakao-standin';
import { articlePath, readArticles } from '../../../src/dev/standins/newsroom/newsroom-articles';
import { startNewsroom, type Newsroom } from '../../../src/dev/standins/newsroom/newsroom';
import { describeInBrowser, openPage, schemeOf, startBrowser } from '../../helpers/browser';

const REDIRECT = 'http://localhost:4000/auth/kakao/callback';
const CONSENT = `client_id=key&redirect_uri=${encodeURIComponent(REDIRECT)}&response_type=code`;

describeInBrowser('The pages of the stand-ins in a browser', () => {
  let browser: Browser;
  let newsroom: Newsroom;
  let kakao: KakaoStandin;
  beforeAll(async () => {
    browser = await startBrowser();
    newsroom = await startNewsroom({});
    kakao = await startKakaoStandin({ restApiKey: 'key', clientSecret: null, redirectUris: [REDIRECT] });
  });
  afterAll(async () => {
    await browser?.close();
    await newsroom?.close();
    await kakao?.close();
  });

  const addresses = () => [
    `${newsroom.url}/`,
    ...(['mk', 'hankyung', 'sedaily'] as const).map(
      (shape) => newsroom.url + articlePath(readArticles().find((article) => article.shape === shape)!),
    ),
    `${newsroom.url}/missing`,
    `${kakao.url}/oauth/authorize?${CONSENT}`,
    `${kakao.url}/oauth/authorize`,
    `${kakao.url}/_users`,
  ];

  it.each(['light', 'dark'] as const)('are %s where the system is, and fit a phone', async (colorScheme) => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of addresses()) {
      await page.goto(address);
      expect([address, await schemeOf(page.locator('body'))]).toEqual([address, colorScheme]);
      expect([address, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([address, 390]);
    }
  });

  it.each(['click', 'Enter'])(
    'copy an address by %s, also where the browser gives no clipboard to scripts',
    async (how) => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.addInitScript({
        content: "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
      });
      await page.goto(newsroom.url);
      const second = page.locator('code[role=button]').nth(1);
      if (how === 'click') await second.click();
      else await second.press(how);
      expect(await page.getByRole('status').innerText()).toBe('주소를 복사했습니다.');
      await page.setContent('<textarea></textarea>');
      await page.locator('textarea').focus();
      await page.keyboard.press('ControlOrMeta+V');
      expect(await page.locator('textarea').inputValue()).toBe(newsroom.articleUrls[1]);
    },
  );
});
