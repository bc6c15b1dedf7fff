import { randomUUID } from 'node:crypto';
import type { ArticleStatus } from '../../../src/generated/prisma/client';
import { startTestApp, type TestApp } from '../../helpers/app';

describe('A link to an article of the old service', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ environment: { WEB_URL: 'https://gyeongdan.example/' } });
  });
  afterAll(() => app.close());

  async function createMoved(oldIds: string[], status: ArticleStatus) {
    const { prisma } = app.context.database;
    const publisher = { connectOrCreate: { where: { name: '신문' }, create: { name: '신문' } } };
    const { id } = await prisma.article.create({
      data: {
        title: '제목', content: '글', category: 'ECONOMY_AND_BUSINESS', status, publishedAt: new Date(), releasedAt: new Date(), publisher,
      },
    }); // prettier-ignore
    await prisma.importedRow.createMany({
      data: oldIds.map((oldId, at) => ({
        oldTable: 'gyeongdan.articles', oldId, newId: id, merged: at > 0, importedAt: new Date(),
      })),
    }); // prettier-ignore
    return id;
  }
  const ask = (id: string) => fetch(`${app.url}/old/article/${id}`, { redirect: 'manual' });

  it('leads to the client, for those too that became one', async () => {
    const id = await createMoved(['10', '11'], 'PUBLISHED');
    for (const old of ['10', '11', '0010']) {
      const answer = await ask(old);
      expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
        301, `https://gyeongdan.example/articles/${id}`, 'public, max-age=3600',
      ]); // prettier-ignore
    }
  });

  it('is not found when it is hidden, taken down, in review, gone or nothing of ours', async () => {
    const statuses = ['HIDDEN', 'TAKEN_DOWN', 'IN_REVIEW'] as const;
    for (const [at, status] of statuses.entries()) await createMoved([`${20 + at}`], status);
    await app.context.database.prisma.importedRow.create({
      data: {
        oldTable: 'gyeongdan.articles',
        oldId: '30',
        newId: randomUUID(),
        merged: false,
        importedAt: new Date(),
      },
    });
    for (const id of [
      '20',
      '21',
      '22',
      '30',
      '999',
      '-1',
      'x',
      '1e3',
      '99999999999999999999999',
      "1'--",
      '%00',
    ]) {
      const answer = await ask(id);
      expect([id, answer.status, answer.headers.get('location')]).toEqual([id, 404, null]);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    }
  });
});
