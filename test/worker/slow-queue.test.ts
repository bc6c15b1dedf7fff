import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { testedEngines } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';

const describeWithRedis = testedEngines().includes('Redis') ? describe : describe.skip;

describeWithRedis('while Redis does not answer', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'Redis' });
  });
  afterAll(async () => {
    world.redis?.thaw();
    await world.close();
  });

  it('the jobs of dead workers are taken back all the same, and done when it answers', async () => {
    const { pool } = world.app.context.database;
    world.redis!.freeze();
    // Many that the queue is to be told of keep nobody busy.
    await pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input, "nudgedAt")
       SELECT gen_random_uuid(), 'ARTICLE', '{"task": "regenerate", "articleId": "0190a000-0000-7000-8000-000000000000"}', now() - interval '1 hour'
       FROM generate_series(1, 200)`,
    );
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO "GenerationJob" (id, kind, input, status, attempts, "runId", "leaseUntil")
       VALUES (gen_random_uuid(), 'ARTICLE', jsonb_build_object('task', 'request', 'url', $1::text), 'RUNNING', 1, gen_random_uuid(), now())
       RETURNING id`,
      [world.pages.articleUrl('lost')],
    );
    const { id } = rows[0]!;
    await waitUntil('it is taken back', async () => (await world.row(id)).status === 'QUEUED', 5_000);
    world.redis!.thaw();
    expect(await world.ended(id, 30_000)).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
  }, 60_000);
});
