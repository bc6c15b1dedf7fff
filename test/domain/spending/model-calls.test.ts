import { CancelGenerationJobDocument } from '../../generated/operations';
import { PRICE, startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import type { ModelBehaviour } from '../../helpers/model-server';
import { waitUntil } from '../../helpers/wait-until';

interface Ending {
  what: string;
  behaviours: ModelBehaviour[];
  outcomes: string[];
  status: string;
}
const ENDINGS: Ending[] = [
  { what: 'succeeds at once', behaviours: [], outcomes: ['OK'], status: 'SUCCEEDED' },
  {
    what: 'succeeds after a repair',
    behaviours: ['wrong-category'],
    outcomes: ['INVALID', 'OK'],
    status: 'SUCCEEDED',
  },
  {
    what: 'succeeds in a second attempt, as the repair failed in the first',
    behaviours: ['wrong-category', { error: 500 }],
    outcomes: ['INVALID', 'FAILED', 'OK'],
    status: 'SUCCEEDED',
  },
  {
    what: 'fails although its answer was repaired',
    behaviours: ['prose', 'prose'],
    outcomes: ['INVALID', 'INVALID'],
    status: 'FAILED',
  },
  { what: 'is refused', behaviours: ['refusal'], outcomes: ['REFUSED'], status: 'FAILED' },
  {
    what: 'meets a content filter',
    behaviours: ['content-filter'],
    outcomes: ['FILTERED'],
    status: 'FAILED',
  },
  { what: 'gets no choices', behaviours: ['no-choices'], outcomes: ['INVALID'], status: 'FAILED' },
  { what: 'gets half an answer', behaviours: ['truncated'], outcomes: ['INVALID'], status: 'FAILED' },
];

const TOLD = { inputTokens: 700, outputTokens: 300 };
const UNTOLD = { inputTokens: null, outputTokens: null, costUsd: null };

describe('what a model is paid for a job', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', environment: { OPENAI_TIMEOUT_SECONDS: '60' } });
  });
  afterAll(() => world.close());

  /** Tokens and dollars of the job are those of its calls. */
  async function expectSum(id: string, outcomes: string[]): Promise<void> {
    const [job, calls] = await Promise.all([world.row(id), world.calls(id)]);
    expect(calls.map(({ outcome }) => outcome)).toEqual(outcomes);
    const sum = (of: (call: (typeof calls)[number]) => unknown) =>
      calls.reduce((total, call) => total + Number(of(call) ?? 0), 0);
    expect(job.inputTokens).toBe(sum(({ inputTokens }) => inputTokens));
    expect(job.outputTokens).toBe(sum(({ outputTokens }) => outputTokens));
    const dollars = (job.inputTokens * PRICE.input + job.outputTokens * PRICE.output) / 1_000_000;
    expect(Number(job.costUsd)).toBeCloseTo(dollars, 6);
    for (const call of calls) {
      expect(call).toMatchObject({ purpose: 'ARTICLE', promptVersion: 'rewrite-article.v2' });
      expect(call.provider).toBe(new URL(world.model.url).host);
      expect(Number(call.reservedUsd)).toBeGreaterThan(Number(call.costUsd));
    }
  }

  async function dollarsCounted(): Promise<number> {
    const { values } = await world.app.context.metrics.cost.get();
    return values.reduce((total, { value }) => total + value, 0);
  }

  it.each(ENDINGS)('is counted when it $what', async (ending) => {
    const { behaviours, outcomes, status } = ending;
    const before = await dollarsCounted();
    world.model.next(...behaviours);
    const { id } = await world.request(world.pages.articleUrl(`paid-${ENDINGS.indexOf(ending)}`));
    const job = await world.ended(id);
    expect(job).toMatchObject({ status });
    expect(job.inputTokens).toBeGreaterThan(0);
    await expectSum(id, outcomes);
    expect((await dollarsCounted()) - before).toBeCloseTo(Number(job.costUsd), 6);
  });

  const usage = { prompt_tokens: 700, completion_tokens: 300 };
  it.each<[string, { model?: unknown; usage?: unknown }, object]>([
    ['too many tokens for the table', { usage: { ...usage, prompt_tokens: 2_147_483_648 } }, UNTOLD],
    ['the most tokens that the table holds', { usage: { ...usage, prompt_tokens: 2_147_483_647 } }, UNTOLD],
    ['more that it wrote than a call can have', { usage: { ...usage, completion_tokens: 9e15 } }, UNTOLD],
    ['half a token', { usage: { ...usage, prompt_tokens: 0.5 } }, UNTOLD],
    ['fewer than none', { usage: { ...usage, completion_tokens: -1 } }, UNTOLD],
    ['a name with a NUL', { model: 'x\u0000y', usage }, { ...TOLD, model: 'xy' }],
    ['half a character as its name', { model: 'x\ud800', usage }, { ...TOLD, model: 'x' }],
    ['a name that nobody sees', { model: '\u200b', usage }, { ...TOLD, model: 'test-model' }],
    ['a name without an end', { model: 'm'.repeat(500), usage }, { ...TOLD, model: 'm'.repeat(200) }],
    ['a number as its name', { model: 7, usage }, { ...TOLD, model: 'test-model' }],
  ])('is counted and not lost when the server tells %s', async (what, tells, seen) => {
    world.model.next({ tells });
    const { id } = await world.request(world.pages.articleUrl(`told-${encodeURIComponent(what)}`));
    const job = await world.ended(id);
    const [call] = await world.calls(id);
    expect(call).toMatchObject({ outcome: 'OK', ...seen });
    expect(job).toMatchObject({ status: 'SUCCEEDED', model: call!.model });
  });

  it('is counted as far as it is known when the job is cancelled during a call', async () => {
    const calls = world.model.requests.length;
    world.model.next('wrong-category', 'silence');
    const { id } = await world.request(world.pages.articleUrl('cancelled'));
    await waitUntil('the repair is under way', () => world.model.requests.length === calls + 2);
    await world.app.send(CancelGenerationJobDocument, { id }, { token: world.token });
    await waitUntil('the call is settled', async () => (await world.calls(id))[1]?.outcome === 'ABORTED');
    expect(await world.row(id)).toMatchObject({ status: 'CANCELED', inputTokens: expect.any(Number) });
    expect((await world.calls(id))[1]).toMatchObject({ costUsd: null, inputTokens: null });
    await expectSum(id, ['INVALID', 'ABORTED']);
  });

  it('is counted when the run was lost before the answer came', async () => {
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 300 });
    const { id } = await world.request(world.pages.articleUrl('lost'));
    await waitUntil('the model is asked', () => world.model.requests.length > calls);
    // As if another worker had it by now; its heartbeat is too slow to notice before the answer.
    await world.app.context.database.pool.query(
      `UPDATE "GenerationJob" SET "runId" = gen_random_uuid(), "leaseUntil" = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    await waitUntil('the call is settled', async () => (await world.calls(id))[0]?.outcome !== 'RESERVED');
    const [call] = await world.calls(id);
    expect(['OK', 'ABORTED']).toContain(call!.outcome);
    await expectSum(id, [call!.outcome]);
    expect(await world.row(id)).toMatchObject({ status: 'RUNNING', articleId: null });
  });

  it('is not spent when it could not be written down before', async () => {
    const { pool } = world.app.context.database;
    const asked = world.model.requests.length;
    await pool.query('ALTER TABLE "ModelCall" RENAME TO "ModelCallAway"');
    const { id } = await world.request(world.pages.articleUrl('unwritten'));
    const job = await world
      .ended(id)
      .finally(() => pool.query('ALTER TABLE "ModelCallAway" RENAME TO "ModelCall"'));
    expect(job).toMatchObject({ status: 'FAILED', costUsd: expect.anything() });
    expect(world.model.requests).toHaveLength(asked);
  });

  it('is forgotten with the audit entries', async () => {
    const { prisma } = world.app.context.database;
    const old = { purpose: 'ARTICLE' as const, provider: 'old', model: 'old', reservedUsd: 1 };
    const createdAt = new Date(Date.now() - 731 * 86_400_000);
    await prisma.modelCall.createMany({ data: [{ ...old, createdAt }, old] });
    await world.app.workerContext.retention.apply(new AbortController().signal);
    expect(await prisma.modelCall.count({ where: { provider: 'old' } })).toBe(1);
  });
});
