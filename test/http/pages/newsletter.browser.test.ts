import type { Browser } from 'playwright-core';
import { describeInBrowser, openPage, schemeOf, startBrowser } from '../../helpers/browser';
import { startNewsletterApp, type NewsletterApp } from '../../helpers/newsletter-app';

const EMAIL = 'reader@example.com';

describeInBrowser('The newsletter in a browser', () => {
  let browser: Browser;
  let world: NewsletterApp;
  beforeAll(async () => {
    browser = await startBrowser();
    world = await startNewsletterApp();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it.each(['light', 'dark'] as const)(
    'is found in the inbox, confirmed and left by buttons, on a phone, %s',
    async (colorScheme) => {
      await using watched = await openPage(browser);
      const { page, complaints } = watched;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 844 });
      const fits = async () => {
        expect(await schemeOf(page.locator('body'))).toBe(colorScheme);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      };
      world.clock.advance(3600);
      await world.subscribe(EMAIL);
      await world.sendDue();
      await page.goto(world.mail.url);
      await fits();
      await page
        .getByRole('link', { name: /뉴스레터 구독을 확인해 주세요/ })
        .first()
        .click();
      await fits();
      const letter = page.frameLocator('iframe');
      const opened = page.context().waitForEvent('page');
      await letter.getByRole('link', { name: '구독 확인하기' }).click();
      const confirmation = await opened;
      await confirmation.emulateMedia({ colorScheme });
      await confirmation.setViewportSize({ width: 390, height: 844 });
      await confirmation.getByRole('button', { name: '구독하기' }).click();
      await confirmation.getByText('구독을 확인했어요').waitFor();
      expect(await confirmation.evaluate('document.documentElement.scrollWidth')).toBe(390);
      expect(await schemeOf(confirmation.locator('body'))).toBe(colorScheme);

      const token = await world.unsubscribeTokenOf(EMAIL);
      await page.goto(`${world.app.config.publicUrl}/newsletter/unsubscribe?token=${token}`);
      await fits();
      await page.getByRole('button', { name: '구독 해지하기' }).click();
      await page.getByText('구독을 해지했어요').waitFor();
      await fits();
      expect(complaints).toEqual([]);
    },
  );
});
