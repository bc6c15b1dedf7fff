import type { Browser } from 'playwright-core';
import type { Passage } from '../../src/domain/answer/answerer';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../helpers/browser';
import { ScriptedAnswerer, term, written } from '../helpers/scripted-answerer';
import { expectAccessible } from './helpers/expect-accessible';
import { signIn, startWebClient, type WebClient } from './helpers/web-client';

const DAILY = 8;
const UNKNOWN =
  '모르겠어요. 경단의 기사에서 답을 찾지 못했어요. 대신 이런 질문에는 답할 수 있어요.\n- 기준금리가 무엇인가요?';

describeInBrowser('the page of Sanjini', () => {
  const answerer = new ScriptedAnswerer();
  let source: Passage;
  let web: WebClient;
  let browser: Browser;
  beforeAll(async () => {
    web = await startWebClient({
      answerer,
      worker: true,
      environment: { RATE_LIMIT_QUESTIONS_PER_DAY: String(DAILY) },
    });
    const { id } = await web.app.context.database.prisma.economicTerm.findUniqueOrThrow({
      where: { termKey: '기준금리' },
    });
    source = term({ id });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  it('asks a reader to sign in, and answers while they look on, reload and lose their connection', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/sanjini?question=${encodeURIComponent('기준금리가 뭐예요?')}`);
    await page.getByRole('link', { name: '카카오로 로그인' }).waitFor();
    await signIn(page, web, 'reader-1', '/sanjini?question=기준금리가 뭐예요%3F');
    const box = page.getByLabel('질문', { exact: true });
    expect(await box.inputValue()).toBe('기준금리가 뭐예요?');
    await page.getByText('아직 질문이 없어요').waitFor();
    await expectAccessible(page);

    // It grows, survives a reload, and a socket that is lost.
    let finish = () => {};
    answerer.next(async ({ onText }) => {
      await onText('기준금리는');
      await new Promise<void>((resolve) => (finish = resolve));
      return written({ sources: [source] });
    });
    // Enter that ends a syllable sends nothing.
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await box.press('End');
    await box.press('Shift+Enter');
    expect(await box.inputValue()).toBe('기준금리가 뭐예요?\n');
    await box.press('Enter');
    const answer = page.getByRole('article').first();
    await answer.getByText('기준금리는', { exact: true }).waitFor();
    expect(await box.inputValue()).toBe('');
    expect(await hasFocus(box)).toBe(true);
    await page.reload();
    await answer.getByText('기준금리는', { exact: true }).waitFor();
    expect(answerer.asked).toHaveLength(1);
    finish();
    await answer.getByText('기준금리는 돈의 값이에요.').waitFor();
    await page.getByRole('status').filter({ hasText: '산지니의 답: 기준금리는 돈의 값이에요.' }).waitFor();
    const link = answer.getByRole('list').getByRole('link', { name: '기준금리' });
    expect(await link.getAttribute('href')).toContain('/sources/terms/');
    await answer.getByRole('link', { name: '출처 1: 기준금리' }).click();
    await expectAccessible(page);

    // What it does not know it says, and what can be asked instead.
    answerer.next(() => Promise.resolve(written({ text: UNKNOWN, sources: [], isUnknown: true })));
    await box.fill('내일 주가는요?');
    await page.getByRole('button', { name: '물어보기' }).click();
    await answer.getByRole('button', { name: '기준금리가 무엇인가요?' }).click();
    expect(await box.inputValue()).toBe('기준금리가 무엇인가요?');
    expect(await hasFocus(box)).toBe(true);
    await expectAccessible(page);
    await box.fill('?');
    await box.press('Enter');
    await page.getByRole('alert').filter({ hasText: '2자 이상' }).waitFor();
    expect(answerer.asked).toHaveLength(2);
    // Not of Kakao's stand-in, which has no icon.
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });

  it('asks about an article, pages through earlier questions, and tells the limit of a day', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    const { prisma } = web.app.context.database;
    const { id: articleId, title } = await prisma.article.findFirstOrThrow();
    await signIn(page, web, 'reader-2', `/sanjini?articleId=${articleId}`);
    const form = page.locator('form').filter({ hasText: '물어보기' });
    await form.getByRole('link', { name: title }).waitFor();
    const box = page.getByLabel('질문', { exact: true });
    await box.fill('이 기사는 무슨 내용이에요?');
    await box.press('Enter');
    const answers = page.locator('article');
    await answers.first().getByRole('link', { name: title }).waitFor();
    expect(answerer.asked.at(-1)).toMatchObject({ articleId });

    const { id: userId } = await prisma.user.findFirstOrThrow({
      where: { answers: { some: { articleId } } },
    });
    await prisma.answer.createMany({
      data: Array.from({ length: 12 }, (_, index) => ({
        userId,
        question: `지난 질문 ${index}`,
        text: '답이에요.',
        status: 'SUCCEEDED' as const,
        sources: [],
        createdAt: new Date(Date.UTC(2026, 0, 1, index)),
      })),
    });
    await page.goto(`${web.url}/sanjini`);
    await answers.nth(9).waitFor();
    await page.getByRole('button', { name: '이전 질문 더 보기' }).click();
    await answers.nth(12).waitFor();
    expect(await answers.count()).toBe(13);
    expect(await answers.last().getByRole('heading').innerText()).toBe('지난 질문 0');

    for (let asked = 1; asked < DAILY; asked++) {
      await box.fill(`질문 ${asked}`);
      await box.press('Enter');
      await answers.nth(12 + asked).waitFor();
    }
    await box.fill('하나 더 물어볼게요');
    await box.press('Enter');
    const alert = page.getByRole('alert').filter({ hasText: `하루에 ${DAILY}개까지` });
    await alert.waitFor();
    expect(await box.inputValue()).toBe('하나 더 물어볼게요');
  });
});
