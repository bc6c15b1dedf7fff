import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { AnswerReaderQuestionsDocument, RecordArticleViewDocument } from '../generated/operations';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../helpers/browser';
import { waitUntil } from '../helpers/wait-until';
import { expectAccessible } from './helpers/expect-accessible';
import { signIn, startWebClient, type WebClient } from './helpers/web-client';

describeInBrowser('the page of a reader’s own account', () => {
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

  const prisma = () => web.app.context.database.prisma;
  const section = (page: Page, name: string) => page.getByRole('region', { name });
  const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name });

  it('asks for a login first, says what there is not yet, and heals when it could not be loaded', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/me`);
    expect(new URL(page.url()).search).toBe('?returnTo=%2Fme');
    await page.route('**/api/graphql*', (route) => route.abort(), { times: 1 });
    await signIn(page, web, 'reader-1', '/me');
    await page.getByRole('alert').getByText('서버에 연결할 수 없습니다.').waitFor();
    await expectAccessible(page);
    await button(page, '다시 불러오기').click();
    await section(page, '나의 유형').getByText('아직 검사하지 않았어요.').waitFor();
    await page.getByText('아직 읽은 기사가 없어요.').waitFor();
    await expectAccessible(page);
    expect(complaints.filter(({ text }) => !text.includes('ERR_FAILED'))).toEqual([]);
  });

  it('shows type, articles and sessions, ends another session, and all of them', async () => {
    await using watched = await openPage(browser);
    await using other = await openPage(browser);
    const { page } = watched;
    const { accessToken: token } = await web.app.login('reader-2');
    await web.app.send(AnswerReaderQuestionsDocument, { answers: [0, 0, 0, 2, 2, 2, 2, 2, 2, 2] }, { token });
    const article = await prisma().article.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
    await web.app.send(RecordArticleViewDocument, { articleId: article.id }, { token });
    await signIn(other.page, web, 'reader-2', '/me');
    await signIn(page, web, 'reader-2', '/me');
    await section(page, '나의 유형').getByRole('link', { name: '이슈파인더' }).waitFor();
    await section(page, '최근에 읽은 기사').getByRole('link', { name: article.title }).waitFor();
    const sessions = section(page, '로그인한 기기').getByRole('listitem');
    expect(await sessions.count()).toBe(3);
    expect(await sessions.filter({ hasText: '지금 쓰는 기기' }).getByRole('button').count()).toBe(0);
    await expectAccessible(page);

    // Ended elsewhere meanwhile: that is what was wanted.
    const api = sessions.filter({ hasText: 'node' });
    await prisma().session.updateMany({ where: { userAgent: 'node' }, data: { revokedAt: new Date() } });
    await api.getByRole('button').click();
    await page.getByText('node에서 로그아웃했어요.').waitFor();
    await page.getByRole('button', { name: 'Linux Chrome 로그아웃' }).click();
    await page.getByText('Linux Chrome에서 로그아웃했어요.').waitFor();
    expect(await sessions.count()).toBe(1);
    expect(await hasFocus(page.getByRole('heading', { name: '로그인한 기기' }))).toBe(true);
    await other.page.reload();
    await other.page.getByText('로그인이 끝났습니다.').waitFor();
    await other.page.getByRole('main').getByRole('link', { name: '로그인하기' }).waitFor();

    await signIn(other.page, web, 'reader-2', '/me');
    await button(page, '모든 기기에서 로그아웃').click();
    await page.getByRole('link', { name: '로그인', exact: true }).waitFor();
    expect(await page.context().cookies(web.url)).toEqual([]);
    expect(await prisma().session.count({ where: { revokedAt: null, user: { name: '독자 2' } } })).toBe(0);
  });

  it('downloads all there is, part by part, also when the gateway wants it slower', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.clock.install();
    await signIn(page, web, 'reader-3', '/me');
    const { userId } = await prisma().session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    const impressions = await prisma().$executeRaw`
      INSERT INTO "Impression" ("readerId", day, "articleId", "userId", surface, "shownAt")
      SELECT ${userId}::uuid, day, id, ${userId}::uuid, 'HOME', day
      FROM "Article", generate_series(date '2025-01-01', date '2026-06-01', '1 day') AS day LIMIT 5200`;
    await page.route('**/api/graphql?operationName=ExportMyData*', (route) => route.abort(), { times: 1 });
    await button(page, '내려받기').click();
    await page.getByRole('alert').getByText('서버에 연결할 수 없습니다.').waitFor();

    const extensions = { code: 'RATE_LIMITED' };
    const refusal = {
      status: 429,
      contentType: 'application/graphql-response+json',
      body: JSON.stringify({ errors: [{ message: '요청이 너무 많습니다.', extensions }] }),
    };
    let refused = 0;
    await page.route(/operationName=ExportMyData.*after%22%3A%22/, (route) =>
      refused++ < 2 ? route.fulfill(refusal) : route.continue(),
    );
    const coming = page.waitForEvent('download');
    await button(page, '내려받기').click();
    await page.getByText('모으는 중이에요… 지금까지').waitFor();
    await expectAccessible(page);
    await waitUntil('the waits are over', async () => {
      await page.clock.fastForward(15_000);
      return refused > 2;
    });
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^gyeongdan-\d{4}-\d\d-\d\d\.json$/);
    const content = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown[]>;
    expect(content).toMatchObject({ complete: true, profile: { id: userId }, readerProfile: null });
    expect(content).not.toHaveProperty('endCursor');
    expect(new Set(content.impressions!.map((entry) => JSON.stringify(entry))).size).toBe(impressions);
    expect(content.sessions).toHaveLength(1);
    await page.getByText(/^기록 5,2\d\d개를 파일 하나로 내려받았어요\.$/).waitFor();
  });

  it('changes at once what is recommended by what the reader says of it', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await signIn(page, web, 'reader-2');
    const recommended = section(page, '나를 위한 추천');
    const said = (kind: 'MORE' | 'HIDE') => prisma().readerFeedback.count({ where: { kind } });
    const card = recommended.getByRole('article').first();
    await card.getByText(/요$/).last().waitFor();
    await card.getByRole('button', { name: '더 보고 싶어요' }).dblclick();
    await recommended.getByText('비슷한 기사를 더 추천할게요.').waitFor();
    expect(await said('MORE')).toBe(1);
    const title = await card.getByRole('heading').innerText();
    await card.getByRole('button', { name: '관심 없어요' }).focus();
    await page.keyboard.press('Enter');
    const told = recommended.getByText('이런 기사는 추천하지 않을게요.');
    await told.waitFor();
    expect(await recommended.getByRole('heading', { level: 3 }).allInnerTexts()).not.toContain(title);
    await waitUntil('the focus is where the list begins', () => hasFocus(told));
    await page.route('**/api/graphql*', (route) => route.abort(), { times: 1 });
    await card.getByRole('button', { name: '관심 없어요' }).click();
    await recommended.getByText('서버에 연결할 수 없습니다.').waitFor();
    expect(await recommended.getByRole('article').count()).toBe(6);
    await expectAccessible(page);
  });

  it('deletes the account of who has typed that they want it, and says goodbye', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await signIn(page, web, 'reader-4', '/me');
    const { userId } = await prisma().session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    const box = page.getByLabel('확인을 위해');
    await button(page, '계정 삭제하기').click();
    expect(await hasFocus(box)).toBe(true);
    await box.fill('계정삭제');
    await button(page, '계정 삭제하기').click();
    await page.getByRole('alert').getByText('똑같이 적어 주세요.').waitFor();
    expect(await box.inputValue()).toBe('계정삭제');
    await expectAccessible(page);
    expect(await prisma().user.count({ where: { id: userId } })).toBe(1);

    await box.fill(' 계정  삭제 ');
    await box.press('Enter');
    await page.getByRole('heading', { name: '계정을 지웠어요' }).waitFor();
    await page.getByRole('link', { name: '로그인', exact: true }).waitFor();
    await expectAccessible(page);
    expect(await page.context().cookies(web.url)).toEqual([]);
    expect(await prisma().user.count({ where: { id: userId } })).toBe(0);
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });

  it('keeps the last admin', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await signIn(page, web, 'admin', '/me');
    await page.getByLabel('확인을 위해').fill('계정 삭제');
    await button(page, '계정 삭제하기').click();
    await page.getByRole('alert').getByText('마지막 관리자는').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '내 정보' }).waitFor();
  });
});
