import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { writeSampleInsights } from '../../src/dev/sample-insights';
import { seedDatabase } from '../../src/dev/seed';
import type { Passage } from '../../src/domain/answer/answerer';
import { startMailStandin, type MailStandin } from '../../src/dev/standins/mail/mail-standin';
import { startTestApp, testSigningKey, type TestApp } from '../helpers/app';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { TestClock } from '../helpers/clock';
import { liveClient } from '../helpers/live-client';
import { ScriptedAnswerer, term, written } from '../helpers/scripted-answerer';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database';
import { waitUntil } from '../helpers/wait-until';
import { callbackAt, signIn, startWebServer, type WebServer } from './helpers/web-client';
import { pathsOfPages } from './helpers/pages';

const EMAIL = 'reader@example.com';
const SIXTEEN_MINUTES = 16 * 60;

/** One gateway that takes nothing but the client's list. */
describeInBrowser('a reader’s whole way', () => {
  const clock = new TestClock();
  const answerer = new ScriptedAnswerer();
  let source: Passage;
  let database: TestDatabase;
  let mail: MailStandin;
  let app: TestApp;
  let web: WebServer;
  let browser: Browser;
  let startGateway: () => Promise<TestApp>;
  beforeAll(async () => {
    database = await createTestDatabase();
    mail = await startMailStandin();
    const webPort = await freePort();
    const environment = {
      PORT: String(await freePort()),
      JWT_PRIVATE_KEYS: testSigningKey(),
      ONLY_PERSISTED_DOCUMENTS: 'true',
      SMTP_URL: mail.smtpUrl,
      MAIL_SENDER_CONTACT: '서울시 중구 1',
    };
    const clientRedirectUris = [callbackAt(webPort)];
    startGateway = () =>
      startTestApp({
        clock,
        answerer,
        worker: true,
        databaseUrl: database.url,
        clientRedirectUris,
        environment,
      });
    app = await startGateway();
    const { prisma } = app.context.database;
    await seedDatabase(prisma, new Date());
    const known = await prisma.economicTerm.findUniqueOrThrow({ where: { termKey: '기준금리' } });
    source = term({ id: known.id });
    await writeSampleInsights(app.workerContext, new Date());
    web = await startWebServer(webPort, app.url);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    await app?.close();
    await mail?.close();
    await database?.drop();
  });

  const refused = async () => {
    const { values } = await app.context.metrics.errors.get();
    return values.filter(({ labels }) => labels.code === 'DOCUMENT_NOT_PERSISTED').length;
  };
  const recommended = (page: Page) => page.locator('section[aria-labelledby=recommended] article');

  it('leads from the login over reading, asking and subscribing to leaving', async () => {
    const { prisma } = app.context.database;
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(web.url);
    await page.getByRole('link', { name: '로그인', exact: true }).click();
    await page.getByRole('link', { name: '카카오로 로그인' }).click();
    await page.locator('button[name=user][value="reader-1"]').click();
    await recommended(page).first().waitFor();
    const { id: userId } = await prisma.user.findFirstOrThrow();

    await page.getByRole('link', { name: '유형 검사' }).first().click();
    await page.getByRole('heading', { level: 1, name: '유형 검사' }).waitFor();
    for (const [question, place] of [2, 2, 2, 2, 2, 2, 0, 0, 2, 2].entries())
      await page.getByRole('group').nth(question).getByRole('radio').nth(place).check();
    await page.getByRole('button', { name: '결과 보기' }).click();
    await page.getByText('저장했어요.').waitFor();
    await page.getByRole('link', { name: '홈', exact: true }).click();
    await recommended(page).first().waitFor();

    const title = await recommended(page).first().getByRole('heading').innerText();
    await recommended(page).first().getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    const view = await waitUntil('the view is counted', () =>
      prisma.articleView.findFirst({ where: { userId }, include: { article: true } }),
    );
    expect(view.article.title).toBe(title);
    await waitUntil('what was recommended is known', () =>
      prisma.impression.findFirst({ where: { userId, surface: 'RECOMMENDATIONS' } }),
    );

    answerer.next(() => Promise.resolve(written({ sources: [source] })));
    await page.getByRole('link', { name: '이 기사에 대해 물어보기' }).click();
    await page.getByRole('link', { name: title }).waitFor();
    await page.getByLabel('질문', { exact: true }).fill('기준금리가 뭐예요?');
    await page.getByRole('button', { name: '물어보기' }).click();
    await page.getByText('기준금리는 돈의 값이에요.').first().waitFor();
    expect(answerer.asked.at(-1)).toMatchObject({ articleId: view.articleId });

    await page.getByRole('link', { name: '뉴스레터' }).first().click();
    await page.getByLabel('이름', { exact: true }).fill('홍길동');
    await page.getByRole('textbox', { name: '메일 주소' }).fill(EMAIL);
    await page.getByLabel('경제·기업').check();
    await page.getByLabel(/동의해요/).check();
    await page.getByRole('button', { name: '구독 신청하기' }).click();
    await page.getByRole('heading', { name: '메일함을 확인해 주세요' }).waitFor();
    await waitUntil('the mail is there', () => mail.mails.length > 0);
    const inbox = await page.context().newPage();
    await inbox.goto(mail.url);
    await inbox.getByRole('listitem').getByRole('link').first().click();
    const opened = page.context().waitForEvent('page');
    await inbox.getByRole('link', { name: /newsletter\/confirm/ }).click();
    const confirmation = await opened;
    await confirmation.getByRole('button').click();
    await waitUntil('it is confirmed', () =>
      prisma.newsletterSubscription.findFirst({ where: { email: EMAIL, confirmedAt: { not: null } } }),
    );

    await page.bringToFront();
    await page.getByRole('link', { name: '내 정보' }).click();
    await page.getByText('테크전문가').first().waitFor();
    await page.getByRole('main').getByRole('link', { name: title }).first().waitFor();
    await page.getByRole('link', { name: '산지니에게 한 질문과 답 보기' }).click();
    await page.getByRole('heading', { name: '기준금리가 뭐예요?' }).waitFor();
    await page.getByRole('link', { name: '내 정보' }).click();
    await page.getByLabel(/확인을 위해/).fill('계정 삭제');
    await page.getByRole('button', { name: '계정 삭제하기' }).click();
    await page.waitForURL(`${web.url}/goodbye`);
    await page.getByRole('link', { name: '로그인', exact: true }).waitFor();
    expect(await prisma.user.findUnique({ where: { id: userId } })).toBeNull();
    const kept = (await page.context().cookies(web.url)).map(({ name }) => name);
    // What tells anonymous readers apart knows no account.
    expect(kept.filter((name) => name.startsWith('gyeongdan-web'))).toEqual(['gyeongdan-web-viewer']);
    await page.goto(`${web.url}/me`);
    await page.getByRole('link', { name: '카카오로 로그인' }).waitFor();
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
    expect(await refused()).toBe(0);
  });

  it('is shown every page by a gateway that takes only the listed documents, which refuses others', async () => {
    const { prisma } = app.context.database;
    const article = await prisma.article.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
    const insight = await prisma.insight.findFirstOrThrow();
    const paths = pathsOfPages({
      '/articles/[id]': article.id,
      '/insights/[id]': insight.id,
      '/reader-type/[type]': 'issue-finder',
      '/desk/articles/[id]': article.id,
    });
    const before = await refused();
    let token = '';
    for (const [user, isTheirs] of [
      ['admin', (path: string) => path.startsWith('/desk')],
      ['reader-2', (path: string) => !path.startsWith('/desk')],
    ] as const) {
      await using watched = await openPage(browser);
      const { page, complaints } = watched;
      await signIn(page, { url: web.url }, user);
      for (const path of paths.filter(isTheirs)) {
        const response = await page.goto(web.url + path, { waitUntil: 'networkidle' });
        expect([path, response!.status()]).toEqual([path, 200]);
        await page.locator('main h1').waitFor();
        const alerts = page.locator('.alert').filter({ hasText: /./ });
        expect([path, await alerts.allInnerTexts()]).toEqual([path, []]);
      }
      expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
      const cookies = await page.context().cookies();
      token = cookies.find(({ name }) => name === 'gyeongdan-web-access')!.value;
    }
    expect(await refused()).toBe(before);

    const foreign = '{ articles(first: 1) { edges { node { content } } } }';
    const direct = await app.query(foreign, {}, { token });
    expect(direct.errors[0]!.extensions.code).toBe('DOCUMENT_NOT_PERSISTED');
    const through = await fetch(`${web.url}/api/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollo-require-preflight': 'true',
        cookie: `gyeongdan-web-access=${token}`,
      },
      body: JSON.stringify({ query: foreign }),
    });
    expect([through.status, await through.text()]).toEqual([
      400,
      expect.stringContaining('DOCUMENT_NOT_PERSISTED'),
    ]);
    const live = liveClient(app.url, { token });
    const subscription = live.watch('subscription { articlePublished { content } }');
    expect(await subscription.codes()).toEqual(['DOCUMENT_NOT_PERSISTED']);
    await live.dispose();
  });

  it('goes on in two tabs when the gateway was restarted beneath them and the session had expired', async () => {
    await using watched = await openPage(browser);
    const { page: asking } = watched;
    await signIn(asking, { url: web.url }, 'reader-3', '/sanjini');
    const home = await asking.context().newPage();
    await home.goto(web.url);
    await recommended(home).first().waitFor();
    answerer.next(
      async ({ onText, signal }) => {
        await onText('기준금리는');
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      },
      () => Promise.resolve(written({ sources: [source] })),
    );
    await asking.getByLabel('질문', { exact: true }).fill('기준금리가 뭐예요?');
    await asking.getByRole('button', { name: '물어보기' }).click();
    const answer = asking.getByRole('article').first();
    await answer.getByText('기준금리는', { exact: true }).waitFor();

    await app.close();
    await home.reload();
    await home.getByRole('heading', { name: '지금은 기사를 불러올 수 없습니다' }).waitFor();
    clock.advance(SIXTEEN_MINUTES);
    app = await startGateway();
    await home.getByRole('link', { name: '다시 시도' }).click();
    await recommended(home).first().waitFor();
    await answer.getByText('기준금리는 돈의 값이에요.').waitFor();
    for (const tab of [asking, home]) await tab.getByRole('button', { name: '로그아웃' }).waitFor();
  });
});
