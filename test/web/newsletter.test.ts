import type { Browser } from 'playwright-core';
import { startMailStandin, type MailStandin } from '../../src/dev/standins/mail/mail-standin';
import { unsubscribeToken } from '../../src/domain/newsletter/unsubscribe-token';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../helpers/browser';
import { expectAccessible } from './helpers/expect-accessible';
import { startWebClient, type WebClient } from './helpers/web-client';

const EMAIL = 'reader@example.com';

describeInBrowser('pages of the newsletter', () => {
  let web: WebClient;
  let mail: MailStandin;
  let browser: Browser;
  beforeAll(async () => {
    mail = await startMailStandin();
    const environment = {
      SMTP_URL: mail.smtpUrl,
      MAIL_SENDER_CONTACT: '서울시 중구 1',
      MAIL_PER_MINUTE: '0',
    };
    web = await startWebClient({ environment });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await mail?.close();
  });

  const rowOf = (email: string) =>
    web.app.context.database.prisma.newsletterSubscription.findFirst({ where: { email } });

  it('are for subscribing, confirming by the mail, and leaving, each by a button', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await page.goto(`${web.url}/newsletter`);
    await expectAccessible(page);
    const name = page.getByLabel('이름', { exact: true });
    const email = page.getByLabel('메일 주소', { exact: true });
    const send = page.getByRole('button', { name: '구독 신청하기' });

    // What is missing is told beside its field, and focus goes to the first.
    await send.click();
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(4);
    expect(await hasFocus(name)).toBe(true);
    await expectAccessible(page);
    await name.fill('홍길동');
    await page.getByLabel('경제·기업').check();
    await page.getByLabel(/동의해요/).check();

    // An address that only the gateway refuses.
    await email.fill('reader@localhost');
    await send.click();
    await page.locator('#email-fault').waitFor();
    expect(await page.locator('#email-fault').innerText()).not.toContain('input.');
    expect(await name.inputValue()).toBe('홍길동');
    expect(await page.getByLabel('경제·기업').isChecked()).toBe(true);

    await email.fill(EMAIL);
    await send.click();
    const sent = page.getByRole('heading', { name: '메일함을 확인해 주세요' });
    await sent.waitFor();
    expect(await hasFocus(sent)).toBe(true);
    await expectAccessible(page);
    expect(await rowOf(EMAIL)).toMatchObject({ confirmedAt: null });

    await web.app.workerContext.confirmationMails.sendDue(new AbortController().signal);
    const links = await mail.mails.at(-1)!.links();
    const link = links.find((url) => url.includes('/newsletter/confirm?'))!;
    await page.goto(`${web.url}/newsletter/confirm`);
    await page.getByLabel('메일에 있는 링크').fill(link);
    await page.getByRole('button', { name: '계속' }).click();
    const confirm = page.getByRole('button', { name: '구독하기' });
    await confirm.waitFor();
    await expectAccessible(page);
    expect(await rowOf(EMAIL)).toMatchObject({ confirmedAt: null });
    await confirm.click();
    await page.getByRole('heading', { name: '구독을 확인했어요' }).waitFor();
    await page.getByText('홍길동 님, 이제 경제·기업 뉴스레터를 매주 보내 드려요.').waitFor();
    expect(await rowOf(EMAIL)).toMatchObject({ confirmedAt: expect.any(Date) as Date });

    // A link counts once.
    const token = new URL(link).searchParams.get('token')!;
    await page.goto(`${web.url}/newsletter/confirm?token=${token}`);
    await confirm.click();
    await page.getByRole('alert').filter({ hasText: '이미 쓰였거나' }).waitFor();

    // Whoever is a subscriber already gets the same answer.
    await page.goto(`${web.url}/newsletter`);
    await name.fill('다른 이름');
    await email.fill(EMAIL.toUpperCase());
    await page.getByLabel('정치·사회').check();
    await page.getByLabel(/동의해요/).check();
    await email.press('Enter');
    await sent.waitFor();

    const leaving = unsubscribeToken((await rowOf(EMAIL))!);
    await page.goto(`${web.url}/newsletter/unsubscribe?token=${leaving}`);
    await expectAccessible(page);
    expect(await rowOf(EMAIL)).toMatchObject({ confirmedAt: expect.any(Date) as Date });
    await page.getByRole('button', { name: '구독 해지하기' }).click();
    await page.getByRole('heading', { name: '구독을 해지했어요' }).waitFor();
    expect(await rowOf(EMAIL)).toBeNull();
    await page.goto(`${web.url}/newsletter/unsubscribe?token=wrong`);
    await page.getByRole('button', { name: '구독 해지하기' }).click();
    await page.getByRole('alert').filter({ hasText: '이 링크로 받는 뉴스레터가 없습니다' }).waitFor();
    // Chromium tells of the answer to the refused address.
    expect(complaints.filter(({ text }) => !text.includes('status of 400'))).toEqual([]);
  });
});
