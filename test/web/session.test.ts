import type { Browser, BrowserContext } from 'playwright-core';
import { TestClock } from '../helpers/clock';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { signIn, startWebClient, type WebClient } from './helpers/web-client';

const SIXTEEN_MINUTES = 16 * 60;

describeInBrowser('a session of the web client', () => {
  const clock = new TestClock();
  let web: WebClient;
  let browser: Browser;
  beforeAll(async () => {
    // Nothing but what the client's list has: the login included.
    web = await startWebClient({ clock, environment: { ONLY_PERSISTED_DOCUMENTS: 'true' } });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  const cookieNamed = async (profile: BrowserContext, name: string) =>
    (await profile.cookies()).find((cookie) => cookie.name === `gyeongdan-web-${name}`);
  const sessions = () => web.app.context.database.prisma.session.count({ where: { revokedAt: null } });

  it('begins at Kakao, keeps its tokens from scripts, shows what is recommended, and ends', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/login`);
    await expectAccessible(page);
    await signIn(page, web, 'reader-1', '/?category=OPINION_AND_ANALYSIS');
    expect(page.url()).toBe(`${web.url}/?category=OPINION_AND_ANALYSIS`);
    await page.locator('section[aria-labelledby=recommended] article').first().waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('link', { name: '데스크' }).count()).toBe(0);

    const ours = (await page.context().cookies()).filter(({ name }) => name.startsWith('gyeongdan-web'));
    expect(ours.map(({ name }) => name).sort()).toEqual([
      'gyeongdan-web-access',
      'gyeongdan-web-reader',
      'gyeongdan-web-refresh',
    ]);
    for (const cookie of ours) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const { value: token } = (await cookieNamed(page.context(), 'access'))!;
    expect(
      await page.evaluate('JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])'),
    ).toBe('["",{},{}]');
    expect(await page.content()).not.toContain(token);

    const first = page.locator('section[aria-labelledby=recommended] article').first();
    const title = await first.getByRole('heading').innerText();
    await first.getByRole('button', { name: '관심 없어요' }).click();
    await page.getByText('이런 기사는 추천하지 않을게요.').waitFor();
    expect(await page.locator('section[aria-labelledby=recommended] h3').allInnerTexts()).not.toContain(
      title,
    );

    const before = await sessions();
    await page.getByRole('button', { name: '로그아웃' }).click();
    await page.getByRole('link', { name: '로그인' }).waitFor();
    expect(await sessions()).toBe(before - 1);
    expect(await cookieNamed(page.context(), 'access')).toBeUndefined();
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });

  it('is not begun when the reader cancels, who goes back', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(`${web.url}/login?returnTo=${encodeURIComponent('/?category=OPINION_AND_ANALYSIS')}`);
    await page.getByRole('link', { name: '카카오로 로그인' }).click();
    await page.getByRole('button', { name: '취소' }).click();
    await page.waitForURL(`${web.url}/?category=OPINION_AND_ANALYSIS`);
    expect(await cookieNamed(page.context(), 'access')).toBeUndefined();
  });

  it('is not begun by a login of somebody else, nor led to another site', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(`${web.url}/auth/kakao/callback?code=stolen&state=foreign`);
    await page.getByRole('alert').getByText('이 브라우저에서 시작한 로그인이 아니거나').waitFor();
    for (const elsewhere of [
      '//elsewhere.example',
      '/\\elsewhere.example',
      'https://elsewhere.example',
      '/%5c/x',
    ]) {
      await page.goto(`${web.url}/login?returnTo=${encodeURIComponent(elsewhere)}`);
      await page.getByRole('link', { name: '카카오로 로그인' }).click();
      await page.getByRole('button', { name: '취소' }).click();
      await page.waitForURL((url) => url.origin === web.url && !url.pathname.startsWith('/auth'));
    }
  });

  it('is renewed once when two tabs find it expired at the same time', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await signIn(page, web, 'reader-2');
    const other = await page.context().newPage();
    clock.advance(SIXTEEN_MINUTES);
    const renewals: number[] = [];
    page.context().on('response', (response) => {
      if (response.url().endsWith('/auth/refresh')) renewals.push(response.status());
    });
    await Promise.all([page.goto(web.url), other.goto(web.url)]);
    for (const tab of [page, other])
      await tab.locator('section[aria-labelledby=recommended] article').first().waitFor();
    expect(renewals.length).toBeGreaterThan(0);
    expect(renewals.every((status) => status === 204)).toBe(true);

    // Expired again: logging out ends it all the same.
    clock.advance(SIXTEEN_MINUTES);
    const before = await sessions();
    await page.getByRole('button', { name: '로그아웃' }).click();
    await page.getByRole('link', { name: '로그인' }).waitFor();
    expect(await sessions()).toBe(before - 1);
  });

  it('tells the reader when it has ended elsewhere', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await signIn(page, web, 'reader-3');
    await web.app.context.database.prisma.session.updateMany({ data: { revokedAt: new Date() } });
    clock.advance(SIXTEEN_MINUTES);
    await page.reload();
    await page.getByText('로그인이 끝났습니다.').waitFor();
    await expectAccessible(page);
  });

  it('cannot be used by pages of other sites', async () => {
    await using watched = await openPage(browser);
    await signIn(watched.page, web, 'reader-4');
    const cookie = (await watched.page.context().cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const body = JSON.stringify({ query: 'mutation { deleteAccount }' });
    const json = { 'content-type': 'application/json', 'apollo-require-preflight': '1', cookie };
    for (const [path, headers, status] of [
      ['/api/graphql', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
      ['/api/graphql', { ...json, 'sec-fetch-site': 'same-site' }, 403],
      ['/api/graphql', { ...json, origin: 'https://elsewhere.example' }, 403],
      ['/api/graphql', { 'content-type': 'text/plain', cookie }, 400],
      ['/auth/logout', { cookie, origin: 'null' }, 403],
      ['/auth/refresh', { cookie, 'sec-fetch-site': 'cross-site' }, 403],
      ['/auth/socket-token', { cookie, 'sec-fetch-site': 'cross-site' }, 403],
    ] as [string, Record<string, string>, number][]) {
      const response = await fetch(web.url + path, { method: 'POST', headers, body, redirect: 'manual' });
      expect([path, headers, response.status]).toEqual([path, headers, status]);
    }
    const large = await fetch(`${web.url}/api/graphql`, {
      method: 'POST',
      headers: json,
      body: 'x'.repeat(2 ** 21),
    });
    expect(large.status).toBe(413);
    await watched.page.reload();
    await watched.page.getByRole('button', { name: '로그아웃' }).waitFor();
  });
});
