import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { signIn, startWebClient, type WebClient } from './helpers/web-client';

describeInBrowser('the questionnaire', () => {
  let web: WebClient;
  let browser: Browser;
  beforeAll(async () => {
    web = await startWebClient({ environment: { ONLY_PERSISTED_DOCUMENTS: 'true' } });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  const option = (page: Page, question: number, place: number) =>
    page.getByRole('group').nth(question).getByRole('radio').nth(place);
  async function answer(page: Page, answers: readonly number[]) {
    for (const [question, place] of answers.entries()) await option(page, question, place).check();
  }
  const showResult = (page: Page) => page.getByRole('button', { name: '결과 보기' });
  const saved = () =>
    web.app.context.database.prisma.user.count({ where: { readerAnsweredAt: { not: null } } });

  it('is answered by keyboard without signing in, says what is missing, and recommends at once', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/reader-type`);
    await expectAccessible(page);

    await option(page, 0, 0).focus();
    for (let question = 0; question < 9; question++) {
      // In a group without a choice the space bar takes the one that has the focus, an arrow the next one.
      await page.keyboard.press('Space');
      if (question === 4) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
    }
    await page.getByText('9/10').waitFor();
    await showResult(page).click();
    await page.getByRole('alert').getByText('하나를 골라 주세요.').waitFor();
    expect(await hasFocus(option(page, 9, 0))).toBe(true);
    await expectAccessible(page);
    await page.keyboard.press('Space');
    expect(await page.getByText('하나를 골라 주세요.').count()).toBe(0);

    await page.route('**/api/graphql*', (route) => route.abort(), { times: 1 });
    await showResult(page).click();
    await page.getByRole('alert').getByText('서버에 연결할 수 없습니다.').waitFor();
    await page.getByText('10/10').waitFor();
    await showResult(page).click();

    // 30 points of each of I, P; 20 of T; 15 of L.
    const result = page.getByRole('heading', { name: '나의 유형은 이슈파인더' });
    await result.waitFor();
    expect(await hasFocus(result)).toBe(true);
    expect(await page.locator('dl').innerText()).toMatch(
      /^이슈파인더\s+32%\s+전문가\s+32%\s+테크전문가\s+21%/,
    );
    expect(await page.locator('section[aria-labelledby=fitting] article').count()).toBe(10);
    expect(await page.locator('section[aria-labelledby=fitting] article').first().innerText()).toMatch(/요$/);
    await page.getByText('결과는 저장하지 않았어요.').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '다시 검사하기' }).click();
    await page.getByText('0/10').waitFor();
    expect(await saved()).toBe(0);
    expect(complaints.filter(({ text }) => !text.includes('ERR_FAILED'))).toEqual([]);
  });

  it('is saved for who is signed in, and shared by what the device has or by its link', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript('navigator.share = undefined');
    await signIn(page, web, 'reader-1', '/reader-type');
    await answer(page, [2, 2, 2, 2, 2, 2, 0, 0, 2, 2]);
    await showResult(page).click();
    await page.getByRole('heading', { name: '나의 유형은 테크전문가' }).waitFor();
    await page.getByText('저장했어요.').waitFor();
    expect(await saved()).toBe(1);

    const share = page.getByRole('button', { name: '결과 공유하기' });
    await share.click();
    await page.getByText('링크를 복사했어요.').waitFor();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toBe(`${web.url}/reader-type/tech-specialist`);
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("no"))');
    await share.click();
    await page.getByText(`이 링크를 복사해 주세요: ${link}`).waitFor();
    await page.evaluate('navigator.share = async (data) => { window.shared = data }');
    await share.click();
    expect(await page.evaluate('window.shared')).toEqual({
      title: '경단 유형 검사',
      text: '나는 테크전문가! 당신은요?',
      url: link,
    });
  });

  it('has a page of each type that anybody can open, with a text of its own where it is shared', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/reader-type/issue-finder`);
    const open = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute('content');
    expect(await open('title')).toBe('나는 이슈파인더! 당신은 어떤 독자인가요?');
    expect(await open('description')).toContain('새로운 소식과 논쟁을 놓치지 않고 따라가요.');
    expect(await open('url')).toBe(`${web.url}/reader-type/issue-finder`);
    await expectAccessible(page);
    expect(await page.getByRole('list').getByText('전문가', { exact: true }).count()).toBe(1);
    await page.getByRole('link', { name: '나도 검사하기' }).click();
    await page.getByRole('heading', { name: '유형 검사' }).waitFor();
    expect(complaints).toEqual([]);
    for (const unknown of ['nobody', 'ISSUE_FINDER', 'issue_finder', 'constructor', '%E2%80%AE']) {
      await page.goto(`${web.url}/reader-type/${unknown}`);
      await page.getByRole('heading', { name: '페이지를 찾을 수 없습니다' }).waitFor();
    }
  });

  it('works without scripts, also for who is signed in', async () => {
    await using watched = await openPage(browser);
    await signIn(watched.page, web, 'reader-2');
    const storageState = await watched.page.context().storageState();
    for (const [state, told] of [
      [storageState, '저장했어요.'],
      [undefined, '결과는 저장하지 않았어요.'],
    ] as const) {
      const profile = await browser.newContext({ javaScriptEnabled: false, storageState: state });
      const page = await profile.newPage();
      await page.goto(`${web.url}/reader-type`);
      await answer(page, [2, 2, 2, 1, 2, 1, 2, 2, 2, 2]);
      await showResult(page).click();
      await page.getByRole('heading', { name: '나의 유형은 엔터테이너' }).waitFor();
      await page.getByText(told).waitFor();
      await page.getByText('100%').waitFor();
      expect(await page.locator('section[aria-labelledby=fitting] article').count()).toBe(10);
      await page.getByRole('link', { name: '다시 검사하기' }).click();
      await page.getByRole('heading', { name: '유형 검사' }).waitFor();
      await profile.close();
    }
    expect(await saved()).toBe(2);
  });
});
