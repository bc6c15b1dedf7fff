import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { seedDatabase } from '../../../src/dev/seed';
import { startTestApp, type TestApp } from '../../helpers/app';
import {
  describeInBrowser,
  hasFocus,
  openPage,
  schemeOf,
  startBrowser,
  type WatchedPage,
} from '../../helpers/browser';
import { waitUntil } from '../../helpers/wait-until';

/** Signs in with Kakao's button and the stand-in's consent page, and waits for the page that comes back. */
async function signIn(page: Page, user: string): Promise<void> {
  await page.getByRole('link', { name: '카카오로 로그인' }).click();
  await page.locator(`button[name=user][value="${user}"]`).click();
  await page.getByRole('button', { name: '로그아웃' }).waitFor();
}

/** Types a query called `name` over the old one and runs it as a person would. */
async function run(page: Page, name: string, selection: string): Promise<Record<string, unknown>> {
  await type(page, name, selection);
  return execute(page);
}

async function type(page: Page, name: string, selection: string): Promise<void> {
  await page.locator('.graphiql-query-editor .CodeMirror').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(`query ${name} ${selection}`);
  // The tab takes the new name once GraphiQL has read the text.
  await page.getByRole('button', { name, exact: true }).waitFor();
}

async function execute(page: Page): Promise<Record<string, unknown>> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/graphql'));
  await page.getByRole('button', { name: /Execute query/ }).click();
  const sent: unknown = await (await answer).json();
  const shown = await waitUntil('GraphiQL shows the answer', async () => {
    const text = await editorText(page, '.result-window');
    return text.includes('{') && (JSON.parse(text) as Record<string, unknown>);
  });
  expect(shown).toEqual(sent);
  return shown;
}

function editorText(page: Page, selector: string): Promise<string> {
  return page
    .locator(`${selector} .graphiql-editor:not(.hidden) .CodeMirror, ${selector}.result-window .CodeMirror`)
    .evaluate((element) =>
      (element as unknown as { CodeMirror: { getValue(): string } }).CodeMirror.getValue(),
    );
}

/** Nothing but `home` and the stand-in was asked, and `home` gave no reason to complain. */
function expectQuiet({ origins, complaints }: WatchedPage, home: string, ...others: string[]): void {
  expect(complaints.filter(({ origin }) => !others.includes(origin))).toEqual([]);
  expect([...new Set(origins)].filter((origin) => ![home, ...others].includes(origin))).toEqual([]);
  expect(origins).toContain(home);
}

describeInBrowser('The playground in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  describe('in development', () => {
    let app: TestApp;
    let home: string;
    beforeAll(async () => {
      app = await startTestApp();
      home = app.config.publicUrl;
      await seedDatabase(app.context.database.prisma, new Date());
    });
    afterAll(() => app?.close());

    it('signs an admin in through the consent page, runs an operation, and signs out again', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(home);
      expect(page.url()).toBe(`${home}/graphql`);
      const refused = await run(page, 'Refused', '{ users(first: 5) { totalCount } }');
      expect(refused.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);

      await signIn(page, 'admin');
      expect(page.url()).toBe(`${home}/graphql`);
      expect(await page.locator('header nav').innerText()).toMatch(/관리자\s+관리자\s+로그아웃/);
      const { data } = await run(page, 'SignedIn', '{ me { name role } users(first: 5) { totalCount } }');
      expect(data).toEqual({ me: { name: '관리자', role: 'ADMIN' }, users: { totalCount: 1 } });

      await page.getByRole('button', { name: '로그아웃' }).click();
      await page.getByRole('link', { name: '카카오로 로그인' }).waitFor();
      const after = await run(page, 'SignedOut', '{ me { name } }');
      expect(after.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expectQuiet(watched, home, app.standin.url);
    });

    it.each(['localhost', '127.0.0.1'])(
      'may be called by a client’s page on another port of %s',
      async (host) => {
        const client = createServer((_request, response) => response.end('<!doctype html>')).listen(
          0,
          '127.0.0.1',
        );
        await once(client, 'listening');
        await using watched = await openPage(browser);
        const { page } = watched;
        await page.goto(`http://${host}:${(client.address() as AddressInfo).port}`);
        const answer = await page.evaluate(async (url) => {
          const headers = { 'content-type': 'application/json', 'viewer-id': 'none' };
          const body = JSON.stringify({ query: '{ faqs { id } }' });
          const response = await fetch(url, { method: 'POST', headers, body, credentials: 'include' });
          return { status: response.status, viewerId: response.headers.get('viewer-id') };
        }, `${home}/graphql`);
        expect(answer).toEqual({ status: 200, viewerId: expect.any(String) as string });
        expect(watched.complaints.filter(({ text }) => !text.includes('favicon'))).toEqual([]);
        client.close();
      },
    );

    it('opens an example with the newest values filled in, ready to run, and a long text in lines', async () => {
      const { prisma } = app.context.database;
      const content = '첫 문단이다. """ 세 개\n\n둘째 문단이다. \\n은 줄바꿈이 아니다.\n- 하나\n  - 둘';
      const { id, comment } = await prisma.article.update({
        where: { id: (await prisma.article.findFirstOrThrow()).id },
        data: { title: '검토할 기사', status: 'IN_REVIEW', releasedAt: null, content },
      });
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await signIn(page, 'admin');
      await page.getByRole('button', { name: /기사 고치기/ }).click();
      await page.getByRole('button', { name: 'UpdateArticle', exact: true }).waitFor();
      const variables = JSON.parse(await editorText(page, '[aria-label=Variables]')) as object;
      expect(variables).toMatchObject({ id, title: '검토할 기사', comment });
      const lines = (await editorText(page, '.graphiql-query-editor')).split('\n').map((line) => line.trim());
      expect(lines).toEqual(expect.arrayContaining(['둘째 문단이다. \\n은 줄바꿈이 아니다.', '- 하나']));
      expect((await execute(page)).data).toMatchObject({ updateArticle: { title: '검토할 기사', content } });
      expect(await prisma.article.findUnique({ where: { id } })).toMatchObject({ content, comment });
      expectQuiet(watched, home, app.standin.url);
    });

    it('loses no click on an example: neither one before GraphiQL has made its editors, nor one while it notes a change', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      // What answers the page arrives right after GraphiQL has noted what was typed, 100 ms ago.
      await page.addInitScript(`
        const { setTimeout: wait, fetch: ask } = window;
        const held = [];
        window.setTimeout = (then, ms, ...values) =>
          wait(() => {
            then(...values);
            if (ms === 100 && !String(then).startsWith('function')) for (const release of held.splice(0)) release();
          }, ms);
        window.fetch = async (url, request) => {
          const answer = await ask(url, request);
          if (url !== '/graphql') return answer;
          const body = await answer.json();
          await new Promise((release) => held.push(release));
          return { json: async () => body };
        };
        new MutationObserver((_changes, observer) => {
          const example = [...document.querySelectorAll('.examples button')].find((one) => /용어 물어/.test(one.innerText));
          if (!example) return;
          observer.disconnect();
          example.click();
        }).observe(document, { childList: true, subtree: true });
      `);
      await page.goto(`${home}/graphql`);
      await page.getByRole('button', { name: 'FindTerm', exact: true }).waitFor();
      expect(await editorText(page, '.graphiql-query-editor')).toContain('findTerm(');

      const answer = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await page.getByRole('button', { name: /기사 한 편 읽기/ }).click();
      await (await answer).finished();
      await page.locator('.graphiql-query-editor .CodeMirror').click();
      await page.keyboard.insertText(' ');
      await page.getByRole('button', { name: 'Article', exact: true }).waitFor();
      await waitUntil('its text is there', async () =>
        (await editorText(page, '.graphiql-query-editor')).includes('article(id: $id)'),
      );
      expect(await page.locator('.graphiql-tab').allInnerTexts()).toEqual(
        expect.arrayContaining(['FindTerm', 'Article']) as string[],
      );
      expectQuiet(watched, home);
    });

    it('says who must sign in for an example instead of opening it without its values', async () => {
      await app.context.database.prisma.article.updateMany({
        data: { status: 'PUBLISHED', releasedAt: new Date() },
      });
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      const told = async (example: RegExp, hint: string) => {
        await page.getByRole('button', { name: example }).click();
        await page.locator('.examples [role=status]').getByText(hint, { exact: true }).waitFor();
      };
      await page.locator('.graphiql-tab').first().waitFor();
      const tabs = await page.locator('.graphiql-tab').count();
      await told(/최근에 읽은 기사/, '로그인하세요.');
      await told(/사용자 권한 바꾸기/, '관리자로 로그인하세요.');
      await signIn(page, 'reader-1');
      await told(/기사 숨기기/, '관리자로 로그인하세요.');
      await page.getByRole('button', { name: '로그아웃' }).click();
      await signIn(page, 'admin');
      await told(/기사 공개하기/, '아직 해당하는 항목이 없습니다.');
      // A session that ends while its page is open.
      await page.context().clearCookies();
      await told(/기사 공개하기/, '관리자로 로그인하세요.');
      expect(await page.locator('.graphiql-tab').count()).toBe(tabs);
    });

    it('shows who is signed in also when that ended in another tab', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await signIn(page, 'admin');
      const other = await page.context().newPage();
      await other.goto(`${home}/graphql`);
      await other.getByRole('button', { name: '로그아웃' }).click();
      await other.getByRole('link', { name: '카카오로 로그인' }).waitFor();

      const { errors } = await run(page, 'Outlived', '{ me { name } }');
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      await page.getByRole('link', { name: '카카오로 로그인' }).waitFor();
      expect(await page.getByRole('button', { name: '로그아웃' }).count()).toBe(0);
      expect(await page.getByRole('alert').innerText()).toMatch(/^로그아웃되었습니다/);
      await page.getByRole('button', { name: /사용자 권한 바꾸기/ }).click();
      await page.locator('.examples').getByText('관리자로 로그인하세요.', { exact: true }).waitFor();
      expectQuiet(watched, home, app.standin.url);
    });

    it('says in Korean that the server cannot be reached, wherever it is asked', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await signIn(page, 'admin');
      await type(page, 'Offline', '{ faqs { id } }');
      await page.context().setOffline(true);
      await page.getByRole('button', { name: /Execute query/ }).click();
      const said = /^서버에 연결할 수 없습니다\. [^a-z]+$/;
      const shown = await waitUntil('the result is there', async () => {
        const text = await editorText(page, '.result-window');
        return text.includes('errors') && (JSON.parse(text) as { errors: object[] });
      });
      const message = expect.stringMatching(said) as string;
      expect(shown).toEqual({ errors: [{ message, extensions: {} }] });
      await page.getByRole('button', { name: /기사 고치기/ }).click();
      await page.locator('.examples [role=status]').getByText(said).waitFor();
      await page.getByRole('button', { name: '로그아웃' }).click();
      await page.getByRole('alert').getByText(said).waitFor();
    });

    it('is operated by a keyboard: Enter on an example, Ctrl+Enter, and it has run', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await page.getByRole('button', { name: /기사 한 편 읽기/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Article', exact: true }).waitFor();
      const editor = page.locator('.graphiql-query-editor .CodeMirror').first();
      await waitUntil('the query has the focus', () => hasFocus(editor));
      const answer = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await page.keyboard.press('Control+Enter');
      expect(await (await answer).json()).toHaveProperty('data.article.title');
    });

    it('lets a keyboard out of each editor, by Tab and by Esc', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await run(page, 'Full', '{ faqs { id } }');
      for (const editor of ['.graphiql-query-editor', '[aria-label=Variables]', '.result-window'])
        for (const key of ['Tab', 'Shift+Tab', 'Escape']) {
          const before = await editorText(page, editor);
          await page.locator(`${editor} textarea`).first().focus();
          await page.keyboard.press(key);
          const inside = await hasFocus(page.locator(`${editor} .CodeMirror`).first());
          expect([editor, key, inside]).toEqual([editor, key, false]);
          expect(await editorText(page, editor)).toBe(before);
        }
    });

    it('fits a phone: signing out, tabs and results need no scroll to the side', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      const width = 390;
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${home}/graphql`);
      await signIn(page, 'admin');
      await page.getByRole('button', { name: /기사 한 편 읽기/ }).click();
      const tab = page.getByRole('button', { name: 'Article', exact: true });
      await tab.waitFor();
      await page.evaluate('scrollTo(0, 0)');
      expect((await page.locator('.graphiql-query-editor').boundingBox())!.y).toBeLessThan(844 / 2);
      await execute(page);
      await waitUntil('the result is seen', async () => {
        const { y, height } = (await page.locator('.result-window').boundingBox())!;
        return y >= 0 && y + height <= 844;
      });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      for (const shown of [
        page.getByRole('button', { name: '로그아웃' }),
        tab,
        page.locator('.result-window'),
      ]) {
        const box = (await shown.boundingBox())!;
        expect([box.x >= 0, box.x + box.width <= width]).toEqual([true, true]);
      }
      const hidden = await page
        .locator('.result-window .CodeMirror-scroll')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(hidden).toBeLessThanOrEqual(0);
    });

    it.each(['light', 'dark'] as const)('is %s where the system is', async (colorScheme) => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.emulateMedia({ colorScheme });
      await page.goto(`${home}/graphql`);
      await page.locator('.graphiql-editors').waitFor();
      expect(await schemeOf(page.locator('body'))).toBe(colorScheme);
      expect(await schemeOf(page.locator('.graphiql-editors'))).toBe(colorScheme);
    });

    it('knows the schema: a field that does not exist is marked in the editor', async () => {
      await using watched = await openPage(browser);
      await watched.page.goto(`${home}/graphql`);
      await type(watched.page, 'Unknown', '{ articles { noSuchField } }');
      await watched.page.locator('.CodeMirror-lint-mark-error').first().waitFor();
    });

    it('signs in also from 127.0.0.1, where the cookies of the login do not belong', async () => {
      await using watched = await openPage(browser);
      await watched.page.goto(`${app.url}/graphql`);
      await signIn(watched.page, 'reader-1');
      expect(watched.page.url()).toBe(`${home}/graphql`);
      expect(await watched.page.locator('header nav').innerText()).toMatch(/독자 1\s+독자/);
    });

    it('says in Korean that the sign-in was cancelled, once', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await page.getByRole('link', { name: '카카오로 로그인' }).click();
      await page.getByRole('button', { name: '취소' }).click();
      expect(await page.getByRole('alert').innerText()).toBe('로그인을 취소했습니다.');
      await page.waitForURL(`${home}/graphql`);
      await page.reload();
      expect(await page.getByRole('alert').count()).toBe(0);
    });
  });

  describe('in production', () => {
    let app: TestApp;
    let home: string;
    beforeAll(async () => {
      app = await startTestApp({
        adjust: (config) => {
          config.production = true;
          config.introspection = false;
        },
      });
      home = app.config.publicUrl;
    });
    afterAll(() => app?.close());

    it('shows a sign-in page without GraphiQL to anybody but ADMIN', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('관리자 화면');
      expect(await page.locator('#graphiql, script[src*=graphiql]').count()).toBe(0);
      expectQuiet(watched, home);
      expect((await page.request.get(`${home}/graphql/schema.json`)).status()).toBe(401);

      await signIn(page, 'reader-1');
      expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('관리자만 볼 수 있습니다');
      expect(await page.locator('#graphiql, script[src*=graphiql]').count()).toBe(0);
      expect((await page.request.get(`${home}/graphql/schema.json`)).status()).toBe(403);
    });

    it('gives ADMIN the whole playground, although introspection is off', async () => {
      await using watched = await openPage(browser);
      const { page } = watched;
      await page.goto(`${home}/graphql`);
      await signIn(page, 'admin');
      expect((await run(page, 'Probe', '{ me { role } }')).data).toEqual({ me: { role: 'ADMIN' } });
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.getByText('A GraphQL schema provides a root type').waitFor();
      expectQuiet(watched, home, app.standin.url);
    });
  });
});
