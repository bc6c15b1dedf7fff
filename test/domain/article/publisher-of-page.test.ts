import type { Transaction } from '../../../src/adapters/database/database';
import { publisherOfPage } from '../../../src/domain/article/publisher.service';

/** Publishers by their domain, whose ids are their domains. */
function publishers(): Transaction {
  const domains = new Set<string>();
  const publisher = {
    findUnique: ({ where: { domain } }: { where: { domain?: string } }) =>
      Promise.resolve(domain && domains.has(domain) ? { id: domain } : null),
    upsert: ({ create: { domain } }: { create: { domain: string } }) => {
      domains.add(domain);
      return Promise.resolve({ id: domain });
    },
  };
  return { publisher } as unknown as Transaction;
}

describe('the publisher of a crawled page', () => {
  it.each([
    ['https://www.mk.co.kr/1', 'mk.co.kr'],
    ['https://m.mk.co.kr/1', 'mk.co.kr'],
    ['https://somebody.github.io/1', 'somebody.github.io'],
    ['https://evil.github.io/1', 'evil.github.io'],
    ['https://github.io/1', 'github.io'],
    ['http://127.0.0.1:4100/1', '127.0.0.1'],
  ])('of %s is that of %s', async (url, domain) => {
    await expect(publisherOfPage(publishers(), { url, siteName: '이름' })).resolves.toBe(domain);
  });

  it('is never shared by two owners under one private suffix', async () => {
    const tx = publishers();
    const of = (url: string): Promise<string> => publisherOfPage(tx, { url, siteName: '이름' });
    expect(await of('https://a.github.io/1')).not.toBe(await of('https://b.github.io/1'));
  });
});
