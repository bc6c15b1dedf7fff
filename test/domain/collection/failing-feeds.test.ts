import { CollectNewsDocument } from '../../generated/operations';
import { feedOf } from '../../helpers/feed-pages';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { createPublisher } from '../../helpers/records';
import { Metrics } from '../../../src/adapters/telemetry/metrics';
import { failingFeeds } from '../../../src/domain/collection/failing-feeds';

describe('a feed that cannot be read', () => {
  let world: GenerationApp;
  let isBroken = true;
  let publisherId: string;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL' });
    const feedUrl = world.pages.answer('/feed.xml', (request, response) => {
      if (isBroken) response.writeHead(404).end();
      else feedOf()(request, response);
    });
    ({ id: publisherId } = await createPublisher(world.app.context.database.prisma, {
      name: '멈춘 신문',
      feedUrl,
    }));
  });
  afterAll(() => world.close());

  const db = () => world.app.context.database.prisma;
  const state = () => db().feedState.findUniqueOrThrow({ where: { publisherId } });
  async function collect() {
    const { data } = await world.app.send(CollectNewsDocument, {}, { token: world.token });
    await world.ended(data!.collectNews.id);
  }
  const failing = () => failingFeeds(world.app.context.database.pool);
  const gauge = async () => {
    // The figure is kept for a minute: another registry asks anew.
    const metrics = new Metrics();
    metrics.watchFeeds(async () => (await failing()).length);
    return /gyeongdan_feeds_failing (\d+)/.exec(await metrics.registry.metrics())![1];
  };

  it('is told of by log, metric and doctor when that has lasted three days, and no longer when it can', async () => {
    await collect();
    const { failingSince } = await state();
    await collect();
    expect((await state()).failingSince).toEqual(failingSince);
    expect(await failing()).toEqual([]);
    expect(await gauge()).toBe('0');
    expect(world.app.logs.join('')).not.toContain('a feed has failed for days');

    await db().$executeRaw`UPDATE "FeedState" SET "failingSince" = now() - interval '73 hours'`;
    expect(await failing()).toMatchObject([{ name: '멈춘 신문', errorCode: 'PAGE_NOT_FOUND' }]);
    expect(await gauge()).toBe('1');
    await collect();
    const line = world.app.logs.find((text) => text.includes('a feed has failed for days'))!;
    expect(JSON.parse(line)).toMatchObject({ publisher: '멈춘 신문', errorCode: 'PAGE_NOT_FOUND' });

    isBroken = false;
    await collect();
    expect(await state()).toMatchObject({ failingSince: null, errorCode: null, readAt: expect.any(Date) });
    expect(await failing()).toEqual([]);
  });

  it('is nobody’s concern when it is switched off or has another address', async () => {
    const fail = () =>
      db()
        .$executeRaw`UPDATE "FeedState" SET "failingSince" = now() - interval '73 hours', "errorCode" = 'PAGE_REFUSED'`;
    await fail();
    await db().publisher.update({ where: { id: publisherId }, data: { enabled: false } });
    expect(await failing()).toEqual([]);
    await db().publisher.update({
      where: { id: publisherId },
      data: { enabled: true, feedUrl: 'https://www.mk.co.kr/rss' },
    });
    expect(await failing()).toEqual([]);
  });
});
