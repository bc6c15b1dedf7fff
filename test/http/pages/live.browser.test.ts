import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { startNewsroom } from '../../../src/dev/standins/newsroom/newsroom';
import { startTestApp, type TestApp } from '../../helpers/app';
import { describeInBrowser, openPage, startBrowser } from '../../helpers/browser';
import { createArticle, createPublisher } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';
import { PublishArticleDocument } from '../../generated/operations';

interface Result {
  data?: Record<string, Record<string, unknown>>;
  errors?: { message: string; extensions: { code?: string } }[];
}

/** Waits until the playground shows a result that is so. */
function shown(page: Page, what: string, isSo: (result: Result) => boolean): Promise<Result> {
  return waitUntil(`the result shows ${what}`, async () => {
    const text = await page
      .locator('.result-window .CodeMirror')
      .evaluate((node) => (node as unknown as { CodeMirror: { getValue(): string } }).CodeMirror.getValue());
    const result = text.startsWith('{') && (JSON.parse(text) as Result);
    return result && isSo(result) && result;
  });
}

const isTitled = (title: string) => (result: Result) => result.data?.articlePublished?.title === title;
const isRefused = ({ errors }: Result) => errors?.[0]?.extensions.code === 'UNAUTHENTICATED';

async function signIn(page: Page, user: string): Promise<void> {
  await page.getByRole('link', { name: '카카오로 로그인' }).click();
  await page.locator(`button[name=user][value="${user}"]`).click();
  await page.getByRole('button', { name: '로그아웃' }).waitFor();
}

const click = (page: Page, example: string) => page.getByRole('button', { name: example }).click();
const notice = (page: Page, text: string) => page.getByRole('alert').getByText(text);

describeInBrowser('What changes, in the playground', () => {
  let browser: Browser;
  let newsroom: Awaited<ReturnType<typeof startNewsroom>>;
  let app: TestApp;
  let home: string;
  let publisherId: string;
  beforeAll(async () => {
    browser = await startBrowser();
    newsroom = await startNewsroom({});
    app = await startTestApp({ worker: true, environment: { CRAWLER_TRUSTED_ORIGINS: newsroom.url } });
    home = `${app.config.publicUrl}/graphql`;
    publisherId = (await createPublisher(app.context.database.prisma)).id;
  });
  afterAll(async () => {
    await app?.close();
    await newsroom?.close();
    await browser?.close();
  });

  const article = (title: string, released: boolean) =>
    createArticle(app.context.database.prisma, {
      publisherId,
      title,
      ...(released ? { releasedAt: new Date() } : { status: 'IN_REVIEW', releasedAt: null }),
    });
  async function publish(title: string): Promise<void> {
    const { id } = await article(title, false);
    const { accessToken: token } = await app.login('admin');
    const { errors } = await app.send(PublishArticleDocument, { id }, { token });
    expect(errors).toEqual([]);
  }

  it('is shown to anybody by one click: the newest article, then each that is published', async () => {
    await article('맨 먼저 나온 기사', true);
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(home);
    await click(page, '새 기사가 공개되는 대로 보기');
    await shown(page, 'the newest article', isTitled('맨 먼저 나온 기사'));
    await publish('방금 공개한 기사');
    await shown(page, 'the one that was published', isTitled('방금 공개한 기사'));

    // Another example ends the subscription: nothing is written over its result.
    await click(page, '최신 기사 목록');
    await page.getByRole('button', { name: /Execute query/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is refused to somebody who is not signed in, in Korean', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(home);
    await click(page, '모든 작업의 진행 지켜보기');
    await page.locator('.examples [role=status]').getByText('관리자로 로그인하세요.').waitFor();
    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('subscription { generationJobUpdated { id } }');
    await page.keyboard.press('ControlOrMeta+Enter');
    const { errors } = await shown(page, 'the refusal', isRefused);
    expect(errors![0]!.message).toMatch(/로그인/);
    await page.getByRole('button', { name: /Execute query/ }).waitFor();
  });

  it('shows an admin by one click an article being asked for and written, until it is there', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    const told: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(String(payload))));
    await page.goto(home);
    await signIn(page, 'admin');
    await click(page, '새 글 만들고 과정 지켜보기');
    const jobOf = ({ data }: Result) => data?.generationJobUpdated;
    const done = await shown(page, 'that it is written', (result) => jobOf(result)?.status === 'SUCCEEDED');
    expect(jobOf(done)).toMatchObject({ progress: 100, article: { status: 'IN_REVIEW' } });
    const steps = told.flatMap((text) => {
      const { payload } = JSON.parse(text) as { payload?: Result };
      return payload?.data ? [String(jobOf(payload)!.progress)] : [];
    });
    expect(steps.length).toBeGreaterThan(1);

    // What all jobs do is another click.
    await click(page, '모든 작업의 진행 지켜보기');
    await shown(page, 'the same job', (result) => jobOf(result)?.kind === 'ARTICLE');
    expect(complaints.filter(({ origin }) => origin !== app.standin.url)).toEqual([]);
  });

  it('ends when the admin signs out elsewhere, and says so', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    const { prisma } = app.context.database;
    const { id } = await prisma.generationJob.create({
      data: { kind: 'COLLECTION', input: {}, status: 'CANCELED' },
    });
    await page.goto(home);
    await signIn(page, 'admin');
    await click(page, '모든 작업의 진행 지켜보기');
    await shown(page, 'a job', ({ data }) => data !== undefined);
    const other = await page.context().newPage();
    await other.goto(home);
    await other.getByRole('button', { name: '로그아웃' }).click();
    await other.getByRole('link', { name: '카카오로 로그인' }).waitFor();
    await other.close();
    await prisma.generationJob.update({ where: { id }, data: { progress: 1 } });
    await shown(page, 'the refusal', isRefused);
    await notice(page, '로그아웃되었습니다').waitFor();
    await page.getByRole('link', { name: '카카오로 로그인' }).waitFor();
  });

  it('says that the connection is lost, comes back by itself, and misses nothing', async () => {
    await article('끊기기 전의 기사', true);
    await using watched = await openPage(browser);
    const { page } = watched;
    let isAway = false;
    const sockets: WebSocketRoute[] = [];
    await page.routeWebSocket('**/graphql', (socket) => {
      if (isAway) return void socket.close({ code: 1013 });
      sockets.push(socket);
      socket.connectToServer();
    });
    await page.goto(home);
    await click(page, '새 기사가 공개되는 대로 보기');
    await shown(page, 'the newest article', isTitled('끊기기 전의 기사'));
    isAway = true;
    await sockets[0]!.close({ code: 1012, reason: 'restarting' });
    const lost = notice(page, '실시간 연결이 끊겼습니다. 다시 연결하고 있습니다.');
    await lost.waitFor();
    await publish('끊긴 동안의 기사');
    isAway = false;
    await shown(page, 'what was missed', isTitled('끊긴 동안의 기사'));
    await lost.waitFor({ state: 'detached' });
  });
});
