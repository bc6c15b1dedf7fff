import { seedReferenceData } from '../../src/domain/reference-data/reference-data';
import { startTestApp, type TestApp } from '../helpers/app';

describe('the reference data of a new installation', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  }, 60_000);
  afterAll(() => app.close(), 60_000);

  it('is written once, without sample articles', async () => {
    const { prisma } = app.context.database;
    await prisma.$executeRaw`TRUNCATE "Publisher", "Faq", "EconomicTerm" CASCADE`;
    const first = await seedReferenceData(prisma, new Date());
    expect(Math.min(first.publishers, first.faqs, first.terms)).toBeGreaterThan(0);
    expect(await seedReferenceData(prisma, new Date())).toEqual({ publishers: 0, faqs: 0, terms: 0 });
    expect(await prisma.publisher.count()).toBe(first.publishers);
    expect(await prisma.article.count()).toBe(0);
  });
});
