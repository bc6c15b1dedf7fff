import { JobProducer } from '../../../src/adapters/queue/job-producer';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { openQueue, type OpenQueue } from '../../helpers/queue-state';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';

const ABSENT = '0190a000-0000-7000-8000-000000000000';

describe.each(testedEngines())('what the queue in %s says', (engine) => {
  let world: GenerationApp;
  let producer: JobProducer;
  let queue: OpenQueue;

  beforeAll(async () => {
    world = await startGenerationApp({ engine });
    const { queueUrl: url } = world.app.config;
    producer = new JobProducer({ url, logger: world.app.context.logger });
    queue = openQueue('articles', url, world.app.context.logger);
  });
  afterAll(async () => {
    await queue.close();
    await producer.close();
    await world.close();
  });

  const taken = (id: string) => waitUntil(`${id} is taken`, async () => !(await queue.holds(id)));

  it('may be said again and again, before, while and after the job runs', async () => {
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 400 });
    const { id } = await world.request(world.pages.articleUrl('again'));
    const payload = { jobId: id, requestId: null };
    await producer.add('articles', { id: `generation-${id}-1`, payload });
    for (let n = 0; n < 5; n += 1) await producer.add('articles', { id: `again-${n}`, payload });
    const ended = await world.ended(id);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    await producer.add('articles', { id: 'again-after', payload });
    await taken('again-after');
    expect(await world.row(id)).toEqual(ended);
    expect(world.model.requests).toHaveLength(calls + 1);
  });

  it('is ignored when the row is gone or the words make no sense', async () => {
    const nonsense: [string, object][] = [
      ['missing', { jobId: ABSENT, requestId: null }],
      ['empty', {}],
      ['no-id', { jobId: 'DROP TABLE', requestId: null }],
      ['more', { jobId: ABSENT, requestId: null, token: 'secret' }],
      ['list', [ABSENT]],
    ];
    for (const [id, payload] of nonsense) expect(await producer.add('articles', { id, payload })).toBe(true);
    for (const [id] of nonsense) await taken(id);
    const next = await world.request(world.pages.articleUrl('next'));
    expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect(await world.app.context.database.prisma.generationJob.count({ where: { id: ABSENT } })).toBe(0);
  });
});
