import { backoffMs } from '../../src/domain/jobs/job-runner.service';
import { CancelGenerationJobDocument, GenerationJobDocument } from '../generated/operations';
import { childSettings, startReadyChild, type ChildProcess } from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import type { ModelBehaviour } from '../helpers/model-server';
import { testedEngines } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';

const five = (behaviour: ModelBehaviour) => Array.from({ length: 5 }, () => behaviour);
const tooMany: ModelBehaviour = { error: 429, headers: { 'retry-after': '1' } };

interface Case {
  what: string;
  behaviours: ModelBehaviour[];
  code: string;
  retryable: boolean;
  attempts: number;
}
const CASES: Case[] = [
  {
    what: 'prose',
    behaviours: ['prose', 'prose'],
    code: 'MODEL_OUTPUT_INVALID',
    retryable: true,
    attempts: 1,
  },
  {
    what: 'half an answer',
    behaviours: ['truncated'],
    code: 'MODEL_OUTPUT_INVALID',
    retryable: true,
    attempts: 1,
  },
  {
    what: 'a category that does not exist',
    behaviours: ['wrong-category', 'wrong-category'],
    code: 'MODEL_OUTPUT_INVALID',
    retryable: true,
    attempts: 1,
  },
  { what: 'a refusal', behaviours: ['refusal'], code: 'MODEL_REFUSED', retryable: false, attempts: 1 },
  {
    what: '500, every time',
    behaviours: five({ error: 500 }),
    code: 'MODEL_UNAVAILABLE',
    retryable: true,
    attempts: 5,
  },
  {
    what: '429, every time',
    behaviours: five({ error: 429 }),
    code: 'MODEL_RATE_LIMITED',
    retryable: true,
    attempts: 5,
  },
  {
    what: 'nothing, every time',
    behaviours: five('silence'),
    code: 'MODEL_UNAVAILABLE',
    retryable: true,
    attempts: 5,
  },
];

describe.each(testedEngines())('a model on a bad day, with the queue in %s', (engine) => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine, environment: { OPENAI_TIMEOUT_SECONDS: '1' } });
  });
  afterAll(() => world.close());

  it.each(CASES)('is retried a few times, then the job fails with $code: $what', async (day) => {
    const before = await world.effects();
    world.model.next(...day.behaviours);
    const { id } = await world.request(world.pages.articleUrl(`bad-${CASES.indexOf(day)}`));
    const { code, retryable, attempts } = day;
    expect(await world.ended(id)).toMatchObject({
      status: 'FAILED',
      errorCode: code,
      attempts,
      articleId: null,
    });
    const { data } = await world.app.send(GenerationJobDocument, { id }, { token: world.token });
    expect(data!.generationJob!.error).toEqual({
      code,
      retryable,
      message: expect.stringMatching(/^[가-힣].*\./),
    });
    expect(await world.effects()).toEqual(before);
    // An answer that is useless is paid all the same.
    if (code === 'MODEL_OUTPUT_INVALID') expect(data!.generationJob!.inputTokens).toBeGreaterThan(0);

    const next = await world.request(world.pages.articleUrl(`next-${CASES.indexOf(day)}`));
    expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });

  it('waits as long as the model asks for, and shows the job as waiting meanwhile', async () => {
    const calls = world.model.requests.length;
    world.model.next(tooMany, { error: 500 });
    const { id } = await world.request(world.pages.articleUrl('retry-after'));
    const job = await waitUntil('the job has ended', async () => {
      const row = await world.row(id);
      if (world.model.requests.length === calls + 1 && row.errorCode)
        expect(row).toMatchObject({ status: 'QUEUED', step: null, runId: null });
      return row.finishedAt && row;
    });
    expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 3, errorCode: null });
    const [first, second] = world.model.requests.slice(calls);
    expect(second!.at - first!.at).toBeGreaterThan(900);
  });
});

describe('a model with a configured rate', () => {
  const PER_MINUTE = 120;
  const SETTINGS = { OPENAI_REQUESTS_PER_MINUTE: String(PER_MINUTE) };
  let world: GenerationApp;
  let other: ChildProcess;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', environment: SETTINGS });
    other = await startReadyChild('worker', { ...childSettings(world), ...SETTINGS });
  });
  afterAll(async () => {
    await other.stop();
    await world.close();
  });

  it('that answers 429 and 500 is retried, never above the configured rate of all workers together', async () => {
    world.model.next(tooMany, { error: 500 }, { error: 429 }, { error: 500 });
    const jobs = await Promise.all(
      Array.from({ length: 8 }, (_, n) => world.request(world.pages.articleUrl(`paced-${n}`))),
    );
    for (const { id } of jobs) expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
    const times = world.model.requests.map(({ at }) => at).sort((a, b) => a - b);
    expect(times).toHaveLength(12);
    const interval = 60_000 / PER_MINUTE;
    // A busy machine delivers some calls late, and the next in time: only all of them together tell the rate.
    expect(times.at(-1)! - times[0]!).toBeGreaterThan((2 / 3) * (times.length - 1) * interval);
  });

  it('lets a cancelled job go at once, which was waiting for its turn', async () => {
    const { pool } = world.app.context.database;
    await pool.query(`UPDATE "UpstreamPace" SET "nextAt" = now() + interval '1 hour'`);
    const asked = world.model.requests.length;
    const { id } = await world.request(world.pages.articleUrl('waiting-for-a-turn'));
    await waitUntil('it waits', async () => (await world.row(id)).step === 'rewriting');
    await world.app.send(CancelGenerationJobDocument, { id }, { token: world.token });
    expect(await world.ended(id)).toMatchObject({ status: 'CANCELED' });
    await pool.query('DELETE FROM "UpstreamPace"');
    const next = await world.request(world.pages.articleUrl('after-the-turn'));
    expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.model.requests).toHaveLength(asked + 1);
  });
});

describe('the pause before a retry', () => {
  it('a retry backs off with jitter, doubling up to ten minutes', () => {
    expect([1, 2, 3].map((attempt) => backoffMs(attempt, 2_000, 0, () => 0))).toEqual([1_000, 2_000, 4_000]);
    expect([1, 2, 3].map((attempt) => backoffMs(attempt, 2_000, 0, () => 1))).toEqual([2_000, 4_000, 8_000]);
    expect(backoffMs(30, 2_000, 0, () => 1)).toBe(600_000);
    expect(backoffMs(1, 50, 0, () => 0.1234567)).toBe(28);
  });

  it('is never shorter than what the upstream asked for, within ten minutes', () => {
    expect(backoffMs(1, 2_000, 30, () => 0)).toBe(30_000);
    expect(backoffMs(1, 2_000, 30, () => 1)).toBe(33_000);
    expect(backoffMs(1, 2_000, 86_400, () => 0)).toBe(600_000);
    expect(backoffMs(4, 2_000, 1, () => 0)).toBe(8_000);
  });
});
