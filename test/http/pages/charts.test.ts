import { randomUUID } from 'node:crypto';
import { chartHash, chartUrls } from '../../../src/domain/insight/chart-urls';
import type { ArticleStatus } from '../../../src/generated/prisma/client';
import { startTestApp, type TestApp } from '../../helpers/app';
import { signInAt } from '../../helpers/browser-session';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>금리</text></svg>';
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

describe('The pictures of insights', () => {
  let app: TestApp;
  let admin: { cookie: string };
  let reader: { cookie: string };
  beforeAll(async () => {
    app = await startTestApp();
    admin = { cookie: (await signInAt(app, 'admin')).cookie };
    reader = { cookie: (await signInAt(app, 'reader-1')).cookie };
  });
  afterAll(() => app.close());

  async function createPicture(status: ArticleStatus) {
    const { id } = await app.context.database.prisma.insight.create({
      data: {
        datasetId: 'base-rate', title: '기준금리', content: '올랐어요.', chart: {}, status, model: 'built-in',
        picture: { create: { hash: chartHash(SVG), svg: SVG, png: PNG } },
      },
    }); // prettier-ignore
    return { id, urls: chartUrls(app.url, id, chartHash(SVG)) };
  }

  it('are shown to anybody once published, and kept for a year', async () => {
    const { urls } = await createPicture('PUBLISHED');
    app.statements.length = 0;
    const svg = await fetch(urls.svg);
    expect(app.statements).toHaveLength(1);
    expect([svg.status, await svg.text()]).toEqual([200, SVG]);
    expect(Object.fromEntries(svg.headers)).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      etag: `"${chartHash(SVG)}"`,
    });
    const png = await fetch(urls.png);
    expect(png.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await png.arrayBuffer())).toEqual(PNG);
    const head = await fetch(urls.png, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '7', '']);
    const known = await fetch(urls.svg, { headers: { 'if-none-match': svg.headers.get('etag')! } });
    expect([known.status, known.headers.get('cache-control'), await known.text()]).toEqual([
      304,
      'public, max-age=31536000, immutable',
      '',
    ]);
  });

  it.each(['IN_REVIEW', 'HIDDEN', 'TAKEN_DOWN'] as const)('are not shown while %s', async (status) => {
    const { urls } = await createPicture(status);
    const strangers: Record<string, string>[] = [{}, reader, { authorization: 'Bearer none' }];
    for (const url of [urls.svg, urls.png])
      for (const headers of strangers) {
        const answer = await fetch(url, { headers });
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'private, no-store']);
      }
  });

  it.each(['IN_REVIEW', 'HIDDEN'] as const)(
    'are shown to ADMIN while %s, and kept by no cache',
    async (status) => {
      const { urls } = await createPicture(status);
      const login = await app.login('admin');
      for (const headers of [admin, { authorization: `Bearer ${login.accessToken}` }]) {
        const answer = await fetch(urls.svg, { headers });
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      }
      const gone = await createPicture('TAKEN_DOWN');
      expect((await fetch(gone.urls.svg, { headers: admin })).status).toBe(404);
    },
  );

  it('have no other address', async () => {
    const { id, urls } = await createPicture('PUBLISHED');
    const page = `${app.url}/insights/charts`;
    for (const url of [
      chartUrls(app.url, id, chartHash('another')).svg, chartUrls(app.url, randomUUID(), chartHash(SVG)).svg,
      `${page}/${id}/${chartHash(SVG).toUpperCase()}.svg`, `${page}/${id}/${chartHash(SVG)}.gif`, `${page}/${id}/${chartHash(SVG)}`,
      `${page}/no-id/${chartHash(SVG)}.svg`, `${page}/${id}/..%2F${chartHash(SVG)}.svg`, `${urls.svg}%00`,
    ])
      expect([url, (await fetch(url)).status]).toEqual([url, 404]);
  }); // prettier-ignore
});
