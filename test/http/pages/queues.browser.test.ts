import type { Browser } from 'playwright-core';
import { startTestApp, type TestApp } from '../../helpers/app';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../../helpers/browser';
import { waitUntil } from '../../helpers/wait-until';

describeInBrowser('The page of the queues in a browser', () => {
  let browser: Browser;
  let app: TestApp;
  beforeAll(async () => {
    browser = await startBrowser();
    app = await startTestApp();
  });
  afterAll(async () => {
    await app?.close();
    await browser?.close();
  });

  it('lets an admin pause and resume a queue and retry a job, and nobody after the sign-out', async () => {
    const { prisma } = app.context.database;
    const failedJob = { kind: 'ARTICLE', input: {}, status: 'FAILED', errorCode: 'PAGE_TIMEOUT' } as const;
    const fail = () => prisma.generationJob.create({ data: { ...failedJob, finishedAt: new Date() } });
    const { id } = await fail();
    await using watched = await openPage(browser);
    const { page, complaints, origins } = watched;
    const home = `${app.config.publicUrl}/admin/queues`;
    await page.goto(home);
    await page.getByRole('link', { name: '카카오로 로그인' }).click();
    await page.locator('button[name=user][value="admin"]').click();
    await page.getByRole('table', { name: '작업 큐' }).waitFor();
    expect(page.url()).toBe(home);
    // Chromium complains of the 401 of the page that asks to sign in, and of nothing else.
    complaints.length = 0;

    await page.getByRole('button', { name: '기사 멈춤' }).click();
    const resume = page.getByRole('button', { name: '기사 다시 시작' });
    await resume.waitFor();
    expect(await hasFocus(resume)).toBe(true);
    expect(await prisma.queueState.findUnique({ where: { name: 'articles' } })).toMatchObject({
      paused: true,
    });

    await page.getByRole('button', { name: '다시 시도' }).click();
    await page.getByText('실패한 작업이 없습니다.').waitFor();
    expect(await prisma.generationJob.findUnique({ where: { id } })).toMatchObject({
      status: 'QUEUED',
      attempts: 0,
    });
    expect(await page.getByRole('row', { name: /기사 articles/ }).innerText()).toMatch(/멈춤\s+1\s+0/);

    await resume.click();
    await page.getByRole('button', { name: '기사 멈춤' }).waitFor();
    expect(await prisma.queueState.findUnique({ where: { name: 'articles' } })).toMatchObject({
      paused: false,
    });

    // What another admin has done in the meantime is said.
    const failed = await fail();
    const retry = page.getByRole('button', { name: '다시 시도' });
    await retry.waitFor();
    await page.route('**/graphql', async (route) => {
      await prisma.generationJob.update({ where: { id: failed.id }, data: { status: 'SUCCEEDED' } });
      await route.continue();
    });
    await retry.click();
    await waitUntil('it is said', async () =>
      (await page.getByRole('alert').innerText()).includes('SUCCEEDED'),
    );

    expect(complaints).toEqual([]);
    expect([...new Set(origins)].sort()).toEqual([app.config.publicUrl, app.standin.url].sort());
    await page.getByRole('button', { name: '로그아웃' }).click();
    await page.getByRole('link', { name: '카카오로 로그인' }).waitFor();
    expect(await page.locator('#queues').count()).toBe(0);
  });
});
