import { CancelGenerationJobDocument } from '../../../generated/operations';
import { loadConfig } from '../../../../src/config/config';
import { startGenerationApp, type GenerationApp } from '../../../helpers/generation-app';
import { startModelServer, type ModelBehaviour, type ModelServer } from '../../../helpers/model-server';
import { waitUntil } from '../../../helpers/wait-until';

const FIRST = 'test-model-2026-01-01';
const SECOND = 'second-model-2026-01-01';
const settingsOf = ({ apiKey, url }: ModelServer) => ({
  FALLBACK_OPENAI_API_KEY: apiKey,
  FALLBACK_OPENAI_BASE_URL: url,
  FALLBACK_OPENAI_MODEL: 'second-model',
  FALLBACK_OPENAI_TIMEOUT_SECONDS: '60',
  FALLBACK_OPENAI_USD_PER_MILLION_INPUT_TOKENS: '1',
  FALLBACK_OPENAI_USD_PER_MILLION_OUTPUT_TOKENS: '2',
});

let second: ModelServer;
let world: GenerationApp;
async function start(environment: Record<string, string> = {}): Promise<void> {
  second = await startModelServer({ model: 'second-model', apiKey: 'sk-second-canary-91ab' });
  world = await startGenerationApp({
    engine: 'PostgreSQL',
    environment: { OPENAI_TIMEOUT_SECONDS: '60', ...settingsOf(second), ...environment },
  });
}
async function stop(): Promise<void> {
  await world.close();
  await second.close();
}
let pages = 0;
const request = () => world.request(world.pages.articleUrl(`fallback-${(pages += 1)}`));
async function written() {
  const { id } = await request();
  const [job, calls] = [await world.ended(id), await world.calls(id)];
  return { job, outcomes: calls.map(({ model, outcome }) => `${model} ${outcome}`), calls };
}

describe('a model with a fallback', () => {
  beforeAll(() =>
    start({ OPENAI_REQUESTS_PER_MINUTE: '60000', FALLBACK_OPENAI_REQUESTS_PER_MINUTE: '30000' }),
  );
  afterAll(stop);

  it.each<[string, ModelBehaviour[], string[]]>([
    ['is away', [{ error: 503 }], ['test-model FAILED']],
    ['limits our rate', [{ error: 429 }], ['test-model FAILED']],
    ['cuts the connection', ['reset-in-body'], ['test-model FAILED']],
    ['writes prose, also when asked again', ['prose', 'prose'], [`${FIRST} INVALID`, `${FIRST} INVALID`]],
  ])('is stood in for when it %s, which the job tells', async (_what, behaviours, outcomes) => {
    world.model.next(...behaviours);
    const { job, outcomes: seen, calls } = await written();
    expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 1, model: SECOND });
    expect(seen).toEqual([...outcomes, `${SECOND} OK`]);
    const last = calls.at(-1)!;
    expect(last.provider).toBe(new URL(second.url).host);
    expect(Number(last.costUsd)).toBeCloseTo((last.inputTokens! + 2 * last.outputTokens!) / 1e6, 6);
  });

  it('writes itself when it can', async () => {
    const asked = second.requests.length;
    expect((await written()).job).toMatchObject({ status: 'SUCCEEDED', model: FIRST });
    expect(second.requests).toHaveLength(asked);
  });

  it('is not stood in for when it refuses', async () => {
    const asked = second.requests.length;
    world.model.next({ error: 401 });
    expect((await written()).job).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_REFUSED' });
    world.model.next('refusal');
    expect((await written()).job).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_REFUSED' });
    expect(second.requests).toHaveLength(asked);
  });

  it('is not stood in for when the job was cancelled', async () => {
    const [asked, before] = [world.model.requests.length, second.requests.length];
    world.model.next('silence');
    const { id } = await request();
    await waitUntil('the first is asked', () => world.model.requests.length > asked);
    await world.app.send(CancelGenerationJobDocument, { id }, { token: world.token });
    await waitUntil('the call is settled', async () => (await world.calls(id))[0]?.outcome === 'ABORTED');
    expect(second.requests).toHaveLength(before);
  });

  it('is tried again when the fallback cannot write either', async () => {
    world.model.next({ error: 503 });
    second.next('prose', 'prose');
    const { job, outcomes } = await written();
    expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 2, model: FIRST });
    expect(outcomes).toEqual(['test-model FAILED', `${SECOND} INVALID`, `${SECOND} INVALID`, `${FIRST} OK`]);
  });

  it('has a pace of its own', async () => {
    const { rows } = await world.app.context.database.pool.query<{ upstream: string }>(
      'SELECT upstream FROM "UpstreamPace" ORDER BY upstream DESC',
    );
    expect(rows.map(({ upstream }) => upstream)).toEqual([
      `model ${new URL(world.model.url).host} test-model`,
      `model ${new URL(second.url).host} second-model`,
    ].sort().reverse()); // prettier-ignore
  });

  it('and no key of either is logged or kept', async () => {
    expect(world.app.logs.join('')).not.toContain('canary');
    const { rows } = await world.app.context.database.pool.query('SELECT * FROM "ModelCall"');
    expect(JSON.stringify(rows)).not.toContain('canary');
  });
});

describe('a model that is known to be away', () => {
  beforeAll(() => start());
  afterAll(stop);

  it('costs a few calls, and the fallback writes all the others at once', async () => {
    world.model.next(...Array.from({ length: 50 }, (): ModelBehaviour => ({ error: 500 })));
    const jobs = await Promise.all(Array.from({ length: 30 }, request));
    for (const { id } of jobs)
      expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1, model: SECOND });
    // Five in a row, those that were under way meanwhile, and a probe or two on a slow machine.
    expect(world.model.requests.length).toBeLessThanOrEqual(5 + 3 + 3);
    const gauge = await world.app.context.metrics.circuits.get();
    const open = Object.fromEntries(gauge.values.map(({ labels, value }) => [labels.provider, value]));
    expect(open[`${new URL(second.url).host} second-model`]).toBe(0);
    expect(world.app.logs.filter((line) => line.includes('"circuit":"open"')).length).toBeGreaterThan(0);
  });
});

describe('when no model can write', () => {
  afterEach(stop);
  const always = (behaviour: ModelBehaviour) => Array.from({ length: 20 }, () => behaviour);

  it('the job fails after its tries, unless it is set otherwise', async () => {
    await start();
    world.model.next(...always({ error: 429 }));
    second.next(...always({ error: 429 }));
    expect((await written()).job).toMatchObject({
      status: 'FAILED', errorCode: 'MODEL_RATE_LIMITED', attempts: 5, model: null,
    }); // prettier-ignore
  });

  it('the rewriter of last resort writes on the last try', async () => {
    await start({ REWRITER_OF_LAST_RESORT: 'built-in' });
    world.model.next(...always({ error: 429 }));
    second.next(...always({ error: 429 }));
    const { job, outcomes } = await written();
    expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 5, model: 'extractive', promptVersion: null });
    expect(outcomes).toHaveLength(10);
    const notes = (job.steps as { note: string | null }[]).map(({ note }) => note).filter(Boolean);
    expect(notes).toEqual(['MODEL_RATE_LIMITED', 'MODEL_RATE_LIMITED']);
  });

  it('it writes at once where another try would not help, or what is away is not asked', async () => {
    await start({ REWRITER_OF_LAST_RESORT: 'built-in' });
    world.model.next('prose', 'prose');
    second.next('prose', 'prose');
    expect((await written()).job).toMatchObject({ status: 'SUCCEEDED', attempts: 1, model: 'extractive' });
    const away: ModelBehaviour = { error: 429, headers: { 'retry-after': '600' } };
    world.model.next(away);
    second.next(away);
    // One after the other: the second is to find both away.
    for (let job = 0; job < 2; job += 1)
      expect((await written()).job).toMatchObject({ status: 'SUCCEEDED', model: 'extractive' });
    expect([world.model.requests.length, second.requests.length]).toEqual([3, 3]);
  });

  it('a short rest is waited for, and the model writes after it', async () => {
    await start({ REWRITER_OF_LAST_RESORT: 'built-in' });
    const brief: ModelBehaviour = { error: 429, headers: { 'retry-after': '2' } };
    world.model.next(brief);
    second.next(brief);
    const jobs = [await request(), await request()];
    for (const { id } of jobs)
      expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', promptVersion: expect.any(String) as unknown });
  }); // prettier-ignore

  it('jobs wait, without a try or a request for their page, while both are not to be asked', async () => {
    await start({ JOB_BACKOFF_SECONDS: '60' });
    const away: ModelBehaviour = { error: 429, headers: { 'retry-after': '600' } };
    world.model.next(away);
    second.next(away);
    const first = await request();
    await waitUntil('both are left alone', async () => (await world.row(first.id)).errorCode);
    const { id } = await request();
    const row = await waitUntil('it waits', async () => {
      const now = await world.row(id);
      return now.errorCode !== null && now;
    });
    expect(row).toMatchObject({ status: 'QUEUED', errorCode: 'MODEL_RATE_LIMITED', attempts: 0, step: null });
    expect(row.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 60_000);
    expect(world.model.requests).toHaveLength(1);
  });
});

describe('settings of a fallback', () => {
  const faults = (environment: Record<string, string>) => {
    try {
      loadConfig({ NODE_ENV: 'test', ...environment });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each<[Record<string, string>, string]>([
    [{ FALLBACK_OPENAI_API_KEY: 'k' }, 'OPENAI_API_KEY is missing'],
    [{ OPENAI_API_KEY: 'k', FALLBACK_OPENAI_API_KEY: 'k', FALLBACK_OPENAI_BASE_URL: 'ftp://x' }, 'FALLBACK_OPENAI_BASE_URL must be'],
    [{ OPENAI_API_KEY: 'k', FALLBACK_OPENAI_API_KEY: 'k', FALLBACK_OPENAI_REQUESTS_PER_MINUTE: '-1' }, 'FALLBACK_OPENAI_REQUESTS_PER_MINUTE must be'],
    [{ REWRITER_OF_LAST_RESORT: 'yes' }, 'REWRITER_OF_LAST_RESORT must be one of none, built-in'],
    [{ DAILY_BUDGET_USD: '-1' }, 'DAILY_BUDGET_USD must be a number'],
    [{ DAILY_BUDGET_USD: 'five' }, 'DAILY_BUDGET_USD must be a number'],
    [{ OPENAI_USD_PER_MILLION_INPUT_TOKENS: '-0.1' }, 'OPENAI_USD_PER_MILLION_INPUT_TOKENS must be'],
  ])('that make no sense stop the start: %j', (environment, fault) => {
    expect(faults(environment)).toContain(fault);
  }); // prettier-ignore
});
