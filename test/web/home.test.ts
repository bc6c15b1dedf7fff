import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import type { Browser } from 'playwright-core';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { startWebClient, startWebServer, type WebClient } from './helpers/web-client';

/** A gateway that comes up at `port`: passes on what comes there. */
async function listenFor(gatewayUrl: string, port: number): Promise<Server> {
  const server = createServer((client) => {
    const gateway = connect(Number(new URL(gatewayUrl).port), '127.0.0.1');
    for (const socket of [client, gateway]) socket.on('error', () => socket.destroy());
    client.pipe(gateway).pipe(client);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

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

  it.each([true, false])(
    'says so while the gateway is away, and heals (scripts: %s)',
    async (javaScriptEnabled) => {
      const port = await freePort();
      const server = await startWebServer(await freePort(), `http://127.0.0.1:${port}`);
      const profile = await browser.newContext({ javaScriptEnabled });
      const page = await profile.newPage();
      await page.goto(server.url);
      await page.getByRole('heading', { name: '지금은 기사를 불러올 수 없습니다' }).waitFor();
      if (javaScriptEnabled) await expectAccessible(page);
      const gateway = await listenFor(web.app.url, port);
      await page.getByRole('link', { name: '다시 시도' }).click();
      await page.getByRole('heading', { name: '많이 읽은 기사' }).waitFor();
      await profile.close();
      await server.stop();
      gateway.close();
    },
  );
});
