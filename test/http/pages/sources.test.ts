import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

const SCRIPT = '<script>alert("1")</script>';

describe('The pages of sources', () => {
  let app: TestApp;
  let publisherId: string;
  beforeAll(async () => {
    app = await startTestApp();
    publisherId = (await createPublisher(app.context.database.prisma, { name: `신문 ${SCRIPT}` })).id;
  });
  afterAll(() => app.close());

  const db = () => app.context.database.prisma;
  const open = async (path: string) => {
    const answer = await fetch(`${app.url}/sources/${path}`);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('show a term, an FAQ and an article to anybody, as text', async () => {
    const term = await db().economicTerm.create({
      data: {
        term: `금리 ${SCRIPT}`,
        termKey: '금리',
        description: `돈의 값 ${SCRIPT}`,
        example: '금리가 올랐다',
      },
    });
    const faq = await db().faq.create({
      data: { question: `뭐예요? ${SCRIPT}`, questionKey: '뭐예요', answer: '첫 줄\n둘째 줄' },
    });
    const article = await createArticle(db(), {
      publisherId, title: `제목 ${SCRIPT}`, content: '첫 문단\n\n둘째 문단', sourceUrl: 'https://news.example/1?a=1&b="2"',
    }); // prettier-ignore
    const pages = await Promise.all([
      open(`terms/${term.id}`),
      open(`faqs/${faq.id}`),
      open(`articles/${article.id}`),
    ]);
    for (const { status, headers, text } of pages) {
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(text).not.toContain('<script');
      expect(text).toContain('&lt;script&gt;');
      const style = /href="(\/playground\/[^"]+\.css)"/.exec(text)![1]!;
      expect((await fetch(`${app.url}${style}`)).status).toBe(200);
    }
    expect(pages[0].text).toContain('<p>예: 금리가 올랐다</p>');
    expect(pages[1].text).toMatch(/<p>첫 줄<\/p>\s*<p>둘째 줄<\/p>/);
    expect(pages[2].text).toContain('href="https://news.example/1?a=1&amp;b=&quot;2&quot;"');
  });

  it.each(['IN_REVIEW', 'HIDDEN', 'TAKEN_DOWN'] as const)(
    'do not show an article that is %s',
    async (status) => {
      const { id } = await createArticle(db(), {
        publisherId,
        title: '감춘 제목',
        content: '감춘 글',
        status,
      });
      const page = await open(`articles/${id}`);
      expect(page.status).toBe(404);
      expect(page.text).toContain('찾을 수 없습니다');
      expect(page.text).not.toContain('감춘');
    },
  );

  it.each([
    `terms/${randomUUID()}`,
    `faqs/${randomUUID()}`,
    `articles/${randomUUID()}`,
    'articles/1',
    `articles/${encodeURIComponent("' OR 1=1 --")}`,
    `terms/${encodeURIComponent(SCRIPT)}`,
  ])('answer %s with 404 in Korean', async (path) => {
    const page = await open(path);
    expect(page.status).toBe(404);
    expect(page.text).toContain('찾을 수 없습니다');
    expect(page.text).not.toContain('<script');
  });
});
