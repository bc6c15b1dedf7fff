import type { Browser, Page } from 'playwright-core';
import { startNewsroom, type Newsroom } from '../../src/dev/standins/newsroom/newsroom';
import { UpdateArticleDocument } from '../generated/operations';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { signIn, startWebClient, type WebClient } from './helpers/web-client';

describeInBrowser('the newsroom’s desk', () => {
  let web: WebClient;
  let browser: Browser;
  let newsroom: Newsroom;
  beforeAll(async () => {
    newsroom = await startNewsroom({});
    web = await startWebClient({
      worker: true,
      environment: { CRAWLER_TRUSTED_ORIGINS: newsroom.url },
    });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await newsroom?.close();
  });

  const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

  it('tells whoever is no editor who may enter, and shows nothing else', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(`${web.url}/desk/jobs`);
    await heading(page, '편집국만 들어올 수 있어요').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '로그인하기' }).waitFor();
    await signIn(page, web, 'reader-1', '/desk');
    await page.getByText('지금 로그인한 계정에는 관리자 권한이 없어요.').waitFor();
    expect(await page.getByRole('navigation', { name: '데스크 메뉴' }).count()).toBe(0);
    // Also who claims to be one: the gateway decides.
    const cookies = await page.context().cookies();
    const role = cookies.find(({ name }) => name.endsWith('-reader'))!;
    await page.context().addCookies([{ ...role, value: 'ADMIN' }]);
    await page.goto(`${web.url}/desk`);
    await page.getByRole('main').getByText('권한이 없습니다.').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it('takes an article from a request over review, edit and conflict to the home page', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await signIn(page, web, 'admin', '/desk/jobs');
    await page.getByRole('button', { name: '기사 대기열 멈추기' }).click();
    await page.getByText('대기열을 멈췄어요.').waitFor();

    await page.getByLabel('기사 주소').fill(newsroom.articleUrls[0]!);
    await page.getByRole('button', { name: '쉽게 써 달라고 하기' }).click();
    const asked = page.locator('section[aria-labelledby=asked] article');
    await asked.getByText('차례를 기다려요').waitFor();
    await asked.getByRole('progressbar').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '기사 대기열 다시 열기' }).click();
    await asked.getByText('끝남').waitFor();
    await asked.getByRole('link').click();

    await heading(page, '원문과 쉬운 글').waitFor();
    await page.getByText('글에 나오는 숫자와 이름을 모두 원문에서 확인했어요.').waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1)!;

    await page.getByRole('button', { name: '고치기' }).click();
    const content = page.getByLabel('내용', { exact: true });
    await content.fill(`${await content.inputValue()}\n\n물가는 98.7% 올랐다고 김철수 장관이 말했다.`);
    const { accessToken: token } = await web.app.login('admin');
    const title = '다른 사람이 먼저 고친 제목';
    await web.app.send(UpdateArticleDocument, { id, input: { title } }, { token });
    await page.getByRole('button', { name: '저장하기' }).click();
    const conflict = page.getByRole('alert').filter({ hasText: '그 사이에 다른 사람이' });
    await conflict.getByText('98.7% 올랐다고').waitFor();
    expect(await hasFocus(conflict)).toBe(true);
    expect(await content.inputValue()).toContain('98.7%');
    expect(await page.getByLabel('제목').inputValue()).toBe(title);
    await expectAccessible(page);
    await page.getByRole('button', { name: '내가 쓴 글로 저장하기' }).click();
    await page.getByText('저장했어요.').waitFor();

    await page.getByRole('link', { name: '98.7%' }).click();
    const mark = page.locator('mark', { hasText: '98.7%' });
    expect(await mark.getByRole('link').getAttribute('aria-label')).toMatch(
      /^확인할 점 \d+: 원문에서 확인되지 않는 숫자$/,
    );
    expect(page.url()).toContain(`#${await mark.getAttribute('id')}`);
    await page.locator('section[aria-labelledby=revisions] ins', { hasText: '98.7%' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: '공개하기' }).click();
    const dialog = page.getByRole('dialog', { name: '공개할까요?' });
    await dialog.getByText(/확인되지 않는 숫자나 이름이 \d+가지/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '공개하기' }).click();
    await page.getByText('공개했어요.').waitFor();
    await page.locator('section[aria-labelledby=audit] tbody tr', { hasText: '공개' }).waitFor();
    await page.goto(web.url);
    await page.locator('section[aria-labelledby=newest]').getByRole('link', { name: title }).waitFor();

    await page.goto(`${web.url}/desk?status=PUBLISHED&search=${encodeURIComponent(title)}`);
    await page.getByRole('cell').getByRole('link', { name: title }).waitFor();
    await expectAccessible(page);
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });
});
