import {
  CreatePublisherDocument,
  PublishersDocument,
  PublishersForAdminDocument,
  UpdatePublisherDocument,
  type UpdatePublisherMutationVariables,
} from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import type { Transaction } from '../../../src/adapters/database/database';
import { publisherOfPage } from '../../../src/domain/article/publisher.service';

describe('publishers', () => {
  let app: TestApp;
  let asAdmin: { token: string };

  beforeAll(async () => {
    app = await startTestApp();
    asAdmin = { token: (await app.login('admin')).accessToken };
  });
  afterAll(() => app.close());

  const create = (input: { name: string; feedUrl?: string | null; enabled?: boolean }) =>
    app.send(CreatePublisherDocument, { input }, asAdmin);
  const update = (id: string, input: UpdatePublisherMutationVariables['input']) =>
    app.send(UpdatePublisherDocument, { id, input }, asAdmin);
  const created = async (name: string) => (await create({ name })).data!.createPublisher.id;
  const auditOf = (targetId: string) =>
    app.context.database.prisma.auditEntry.findMany({
      where: { targetType: 'Publisher', targetId },
      orderBy: { createdAt: 'asc' },
    });

  it('are made by admins and listed by name for everybody', async () => {
    const feedUrl = 'https://www.mk.co.kr/rss/40300001/';
    const { data } = await create({ name: ' 매일경제 ', feedUrl });
    expect(data!.createPublisher).toMatchObject({ name: '매일경제', feedUrl, enabled: true });
    await create({ name: '가나다일보', enabled: false });
    const names = (await app.send(PublishersDocument, {})).data!.publishers.map(({ name }) => name);
    // Neither followed nor published, it may be what a page that waits for review calls itself.
    expect(names).toEqual(['매일경제']);
    const { publishers } = (await app.send(PublishersForAdminDocument, {}, asAdmin)).data!;
    expect(publishers.map(({ enabled }) => enabled)).toEqual([false, true]);
    expect(await auditOf(data!.createPublisher.id)).toEqual([
      expect.objectContaining({
        action: 'publisher.create',
        details: { name: '매일경제', feedUrl, domain: 'mk.co.kr', enabled: true },
      }),
    ]);
  });

  it('change field by field; the feed can be taken away', async () => {
    const id = await created('한국경제');
    const feedUrl = 'https://www.hankyung.com/feed/all-news';
    expect((await update(id, { feedUrl })).data!.updatePublisher).toMatchObject({
      name: '한국경제',
      feedUrl,
    });
    expect((await update(id, { enabled: false })).data!.updatePublisher).toMatchObject({
      feedUrl,
      enabled: false,
    });
    expect((await update(id, { feedUrl: null })).data!.updatePublisher).toMatchObject({ feedUrl: null });
    expect((await update(id, {})).data!.updatePublisher).toMatchObject({ name: '한국경제', enabled: false });
    const actions = (await auditOf(id)).map(({ action }) => action);
    expect(actions).toEqual(['publisher.create', ...Array<string>(3).fill('publisher.update')]);
  });

  it.each<[string, UpdatePublisherMutationVariables['input'], string]>([
    ['no name', { name: null }, 'input.name'],
    ['an empty name', { name: ' ' }, 'input.name'],
    ['a name of 101 characters', { name: '가'.repeat(101) }, 'input.name'],
    ['half a character', { name: '경제\ud83d' }, 'input.name'],
    ['neither on nor off', { enabled: null }, 'input.enabled'],
    ['a feed that is a script', { feedUrl: 'javascript:alert(1)' }, 'input.feedUrl'],
    ['a feed that is a file', { feedUrl: 'file:///etc/passwd' }, 'input.feedUrl'],
    ['a feed with U+0000', { feedUrl: 'https://feed.example/\u0000' }, 'input.feedUrl'],
  ])('never get %s', async (_what, input, argument) => {
    const id = await created(`언론사 ${argument} ${JSON.stringify(input).slice(0, 30)}`);
    const { data, errors } = await update(id, input);
    expect(data).toBeNull();
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('have a name that nobody else has', async () => {
    await created('하나뿐인 이름');
    expect((await create({ name: '하나뿐인 이름' })).errors[0]!.extensions).toMatchObject({
      code: 'CONFLICT',
      argument: 'input.name',
    });
    const id = await created('다른 이름');
    expect((await update(id, { name: '하나뿐인 이름' })).errors[0]!.extensions.code).toBe('CONFLICT');
    expect(await auditOf(id)).toHaveLength(1);
  });

  it('are made once when five admins do it at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create({ name: '동시에' })));
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
    for (const { errors } of answers)
      for (const { extensions } of errors) expect(extensions.code).toBe('CONFLICT');
  });

  it('share a host without a quarrel', async () => {
    const feedUrl = 'https://feeds.shared.example/economy';
    expect((await create({ name: '같은 집 1', feedUrl })).errors).toEqual([]);
    expect((await create({ name: '같은 집 2', feedUrl })).errors).toEqual([]);
  });

  it('are told apart from absent ones and malformed ids', async () => {
    expect((await update('00000000-0000-7000-8000-000000000000', {})).errors[0]!.extensions.code).toBe(
      'NOT_FOUND',
    );
    expect((await update('x', {})).errors[0]!.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'id',
    });
  });
});

/** Publishers by their domain, whose ids are their domains. */
function publisherRows(): Transaction {
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
    await expect(publisherOfPage(publisherRows(), { url, siteName: '이름' })).resolves.toBe(domain);
  });

  it('is never shared by two owners under one private suffix', async () => {
    const tx = publisherRows();
    const of = (url: string): Promise<string> => publisherOfPage(tx, { url, siteName: '이름' });
    expect(await of('https://a.github.io/1')).not.toBe(await of('https://b.github.io/1'));
  });
});
