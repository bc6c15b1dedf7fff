import type { Browser, Page } from 'playwright-core';
import { startNewsroom, type Newsroom } from '../../src/dev/standins/newsroom/newsroom';
import { UpdateArticleDocument } from '../generated/operations';
import { describeInBrowser, hasFocus, openPage, startBrowser } from '../helpers/browser';
import { waitUntil } from '../helpers/wait-until';
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
    const scripts: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.text());
    });
    await page.goto(web.url, { waitUntil: 'networkidle' });
    expect(scripts.length).toBeGreaterThan(0);
    expect((await Promise.all(scripts)).filter((script) => script.includes('Desk'))).toEqual([]);
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
    await asked.getByRole('button', { name: /취소$/ }).click();
    await asked.getByText('취소됨').waitFor();
    await asked.getByRole('button', { name: /다시 시도$/ }).click();
    await asked.getByText('기다림').waitFor();
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
    await page.getByRole('button', { name: '다시 쓰기' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '다시 쓰기' }).click();
    await page.getByRole('button', { name: '다시 쓴 글로 공개하기' }).waitFor();
    await page.goto(web.url);
    await page.locator('section[aria-labelledby=newest]').getByRole('link', { name: title }).waitFor();

    await page.goto(`${web.url}/desk?status=PUBLISHED&search=${encodeURIComponent(title)}`);
    await page.getByRole('cell').getByRole('link', { name: title }).waitFor();
    await expectAccessible(page);
    await page.getByRole('cell').getByRole('link', { name: title }).click();
    await page.getByRole('button', { name: '내리기' }).click();
    await page.getByLabel('이유').fill('언론사가 내려 달라고 했습니다.');
    await page.getByRole('dialog').getByRole('button', { name: '내리기' }).click();
    await page.getByText('내려진 기사예요.').waitFor();
    await page.getByText('reason: 언론사가 내려 달라고 했습니다.').waitFor();
    await expectAccessible(page);
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });

  it('keeps publishers, glossary, questions and users', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await signIn(page, web, 'admin', '/desk/publishers');
    await page.getByRole('button', { name: '매일경제 고치기' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('이름').fill('한국경제');
    await dialog.getByRole('button', { name: '저장하기' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('이름').inputValue()).toBe('한국경제');
    await expectAccessible(page);
    await dialog.getByLabel('이름').fill('매일 경제');
    await dialog.getByRole('button', { name: '저장하기' }).click();
    await page.getByRole('cell', { name: '매일 경제', exact: true }).waitFor();

    await page.goto(`${web.url}/desk/glossary`);
    await page.getByText('여러 용어를 한꺼번에 넣기').click();
    const pasted = page.getByLabel('CSV나 JSON 붙여 넣기');
    await pasted.fill(
      '용어,뜻,다른 이름\n경단지수,"쉽게, 쓴 정도",dango;경단 지수\n금리,이자의 비율,\n빈뜻,,',
    );
    await page.getByText('3번째: 뜻이 비어 있어요.').waitFor();
    expect(await page.getByRole('button', { name: '용어 넣기' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await pasted.fill('용어,뜻,다른 이름\n경단지수,"쉽게, 쓴 정도",dango;경단 지수\n금리,이자의 비율,');
    await page.getByRole('table', { name: '넣을 용어' }).getByText('쉽게, 쓴 정도').waitFor();
    await page.getByRole('button', { name: '용어 넣기' }).click();
    await page.getByText('1개를 넣었어요.').waitFor();
    await page.getByText('이미 있어서 넣지 않은 것: 금리').waitFor();
    await page.getByLabel('이렇게 시작하는 용어 찾기').fill('경단');
    await page.getByRole('button', { name: '찾기', exact: true }).click();
    await page.getByRole('button', { name: '경단지수 고치기' }).click();
    await dialog.getByLabel('뜻').fill('글이 얼마나 쉬운지 나타내는 값');
    await dialog.getByRole('button', { name: '저장하기' }).click();
    await page.getByRole('cell', { name: '글이 얼마나 쉬운지 나타내는 값' }).waitFor();
    await page.getByRole('button', { name: '경단지수 지우기' }).click();
    await dialog.getByRole('button', { name: '지우기' }).click();
    await page.getByText('‘경단’로 시작하는 용어가 없어요.').waitFor();

    await page.goto(`${web.url}/desk/faq`);
    await page.getByRole('button', { name: '질문 추가하기' }).click();
    await dialog.getByLabel('질문').fill('데스크는 누가 쓰나요?');
    await dialog.getByLabel('답').fill('편집국이 써요.');
    await dialog.getByRole('button', { name: '저장하기' }).click();
    await page.getByRole('cell', { name: '데스크는 누가 쓰나요?', exact: true }).waitFor();
    await expectAccessible(page);

    await web.app.login('reader-1');
    await page.goto(`${web.url}/desk/users`);
    await page.getByRole('button', { name: '관리자 권한 바꾸기' }).click();
    await dialog.getByRole('button', { name: '독자로 바꾸기' }).click();
    await dialog.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('이름이나 이메일에서 찾기').fill('reader-1');
    await page.getByRole('button', { name: '찾기', exact: true }).click();
    await page.getByRole('button', { name: '독자 1 권한 바꾸기' }).click();
    await dialog.getByRole('button', { name: '관리자로 바꾸기' }).click();
    await page.getByText('독자 1 님은 이제 관리자예요.').waitFor();
    await page.getByRole('cell', { name: '관리자', exact: true }).waitFor();
    await expectAccessible(page);

    await page.goto(`${web.url}/desk/audit?type=User`);
    await page.getByRole('cell', { name: '권한 변경' }).first().waitFor();
    expect(await page.getByRole('cell', { name: '기사' }).count()).toBe(0);
    await expectAccessible(page);
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });

  it('has an insight written and shown, and a newsletter sent', async () => {
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    await signIn(page, web, 'admin', '/desk/insights');
    await page.getByLabel('자료').selectOption('sample-base-rate');
    await page.getByLabel('무엇에 관한 그림인가요?').fill('기준금리 추이');
    await page.getByRole('button', { name: '부탁하기' }).click();
    const insight = page.locator('article.panel').filter({ hasText: '검토 중' });
    const picture = insight.getByRole('img');
    // The job draws the chart as well.
    await picture.waitFor({ timeout: 60_000 });
    await waitUntil('the chart is drawn', () =>
      picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
    );
    await expectAccessible(page);
    await insight.getByRole('button', { name: /공개하기$/ }).click();
    await page.getByText('공개했어요.').waitFor();
    await page.goto(`${web.url}/desk/insights?view=published`);
    await page.getByRole('article').getByText('공개', { exact: true }).waitFor();

    await page.goto(`${web.url}/desk/newsletter`);
    await page.getByRole('button', { name: '이번 주 뉴스레터 보내기' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '보내기', exact: true }).click();
    await page.getByRole('article', { name: '뉴스레터 보내기' }).getByText('끝남').waitFor();
    await page.getByRole('button', { name: /^\(광고\) .* 보기$/ }).click();
    await page.frameLocator('iframe').getByRole('link').first().waitFor();
    await expectAccessible(page);
    await page.goto(`${web.url}/desk/spending`);
    await page.getByText('이 기간에 쓴 돈이 없어요.').waitFor();
    await expectAccessible(page);
    expect(complaints.filter(({ origin }) => origin === web.url)).toEqual([]);
  });
});
