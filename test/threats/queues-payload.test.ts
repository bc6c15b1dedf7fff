import { JobProducer } from '../../src/adapters/queue/job-producer';
import { startTestApp, type TestApp } from '../helpers/app';
import { openQueue } from '../helpers/queue-state';
import { startRedis, testedEngines, type RedisServer } from '../helpers/redis';

const ABSENT = '0190a000-0000-7000-8000-000000000000';

describe.each(testedEngines())('a payload, with the queue in %s', (engine) => {
  let redis: RedisServer | null = null;
  let app: TestApp;
  let producer: JobProducer;

  beforeAll(async () => {
    if (engine === 'Redis') redis = await startRedis();
    app = await startTestApp({ ...(redis && { environment: { QUEUE_URL: redis.url } }) });
    const { queueUrl: url } = app.config;
    producer = new JobProducer({ url, logger: app.context.logger });
  });
  afterAll(async () => {
    await producer.close();
    await app.close();
    await redis?.close();
  });

  it('a 10 MB payload is refused when enqueued', async () => {
    for (const bytes of [1_001, 10 * 1024 * 1024]) {
      const payload = { jobId: ABSENT, text: 'x'.repeat(bytes) };
      await expect(producer.add('articles', { id: 'large', payload })).rejects.toThrow(RangeError);
    }
    // A pending or finished entry would have another state.
    const queue = openQueue('articles', app.config.queueUrl, app.context.logger);
    expect(await queue.holds('large').finally(() => queue.close())).toBe(false);
  });
});
