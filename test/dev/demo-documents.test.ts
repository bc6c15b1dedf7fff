import { ownRetrieval } from '../../src/context/retrieval';
import { relateSamples } from '../../src/dev/demo-documents';
import { archived, sampleArticles } from '../../src/dev/sample-articles';
import { seedDatabase } from '../../src/dev/seed';
import { startNewsroom, type Newsroom } from '../../src/dev/standins/newsroom/newsroom';
import { startTestApp, type TestApp } from '../helpers/app';

let app: TestApp;
let newsroom: Newsroom;

beforeAll(async () => {
  const now = new Date();
  newsroom = await startNewsroom({ archive: sampleArticles(now).map(archived) });
  app = await startTestApp({ environment: { CRAWLER_TRUSTED_ORIGINS: newsroom.url } });
  const { prisma } = app.context.database;
  await seedDatabase(prisma, now, newsroom.url);
  await relateSamples(prisma, ownRetrieval(app.context));
});
afterAll(async () => {
  await app.close();
  await newsroom.close();
});

it('the sample articles have related ones, whose pages the demo newspaper shows', async () => {
  const { data } = await app.query(
    '{ articles(first: 40) { edges { node { title sourceUrl relatedDocuments { title link snippet } } } } }',
  );
  type Node = { title: string; sourceUrl: string; relatedDocuments: { title: string; link: string }[] };
  const nodes = (data!.articles as { edges: { node: Node }[] }).edges.map(({ node }) => node);
  const related = nodes.filter(({ relatedDocuments }) => relatedDocuments.length > 0);
  expect(nodes).toHaveLength(36);
  expect(related.length).toBeGreaterThanOrEqual(12);
  for (const { sourceUrl, relatedDocuments } of related)
    expect(relatedDocuments.map(({ link }) => link)).not.toContain(sourceUrl);
  const [{ title, link }] = related[0]!.relatedDocuments as [{ title: string; link: string }];
  const page = await fetch(link);
  expect(page.status).toBe(200);
  expect(newsroom.articleUrls).not.toContain(link);
  expect(title).not.toBe('');
});
