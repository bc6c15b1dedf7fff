import { z } from 'zod';
import { LanguageModel } from '../../../src/adapters/language-model/language-model';
import type { CircuitChange } from '../../../src/adapters/language-model/provider-circuit';
import { TryLater } from '../../../src/errors';
import { startModelServer, type ModelBehaviour, type ModelServer } from '../../helpers/model-server';
import { waitUntil } from '../../helpers/wait-until';

const ANSWER: ModelBehaviour = { text: '{"value": 1}' };

describe('a model that does not answer', () => {
  let server: ModelServer;
  let model: LanguageModel;
  let changes: CircuitChange[];
  let now: number;

  beforeEach(async () => {
    server = await startModelServer();
    changes = [];
    now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    model = new LanguageModel({
      apiKey: server.apiKey,
      baseUrl: server.url,
      model: 'test-model',
      timeoutMs: 60_000,
      maxOutputTokens: 100,
      pricePerMillionTokens: { input: 0, output: 0 },
      onCircuit: (change) => changes.push(change),
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.close();
  });

  /** What became of one question: its answer or the error. */
  async function ask(behaviour?: ModelBehaviour, signal = new AbortController().signal): Promise<unknown> {
    if (behaviour) server.next(behaviour);
    const schema = z.object({ value: z.number() });
    return model
      .complete({ system: 's', user: 'u', schema, schemaName: 'value', signal })
      .catch((error: unknown) => error);
  }
  async function fail(times: number, behaviour: ModelBehaviour = { error: 500 }) {
    for (let n = 0; n < times; n += 1)
      expect(await ask(behaviour)).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  }
  const rested = async () => ask().then((error) => (error instanceof TryLater ? error.afterMs : null));

  it('is not asked any more after five failures in a row, by nobody', async () => {
    await fail(4);
    expect(await ask(ANSWER)).toMatchObject({ value: { value: 1 } });
    await fail(5);
    const asked = server.requests.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    for (const answer of answers)
      expect(answer).toMatchObject({ name: 'TryLater', reason: { code: 'MODEL_UNAVAILABLE' } });
    expect(() => model.ready()).toThrow(TryLater);
    expect(server.requests).toHaveLength(asked);
    expect(changes).toEqual(['open']);
  });

  it('is tried by one call at a time, after pauses that double up to two minutes, until one succeeds', async () => {
    await fail(5, 'reset');
    for (const seconds of [5, 10, 20, 40, 80, 120, 120]) {
      now += (seconds - 1) * 1_000;
      expect(await rested()).toBeGreaterThanOrEqual(1_000);
      now += 1_000;
      const asked = server.requests.length;
      server.next({ error: 503 });
      const answers = await Promise.all([ask(), ask(), ask()]);
      expect(answers.filter((answer) => !(answer instanceof TryLater))).toHaveLength(1);
      expect(server.requests).toHaveLength(asked + 1);
    }
    now += 120_000;
    model.ready();
    expect(await ask(ANSWER)).toMatchObject({ value: { value: 1 } });
    expect(changes.slice(-3)).toEqual(['open', 'half-open', 'closed']);
    await fail(4);
    expect(await ask(ANSWER)).toMatchObject({ value: { value: 1 } });
  });

  it.each<[string, ModelBehaviour]>([
    ['limits our rate', { error: 429 }],
    ['refuses', { error: 403 }],
    ['writes nonsense', 'truncated'],
  ])('is another one than one that %s', async (_what, behaviour) => {
    for (let n = 0; n < 7; n += 1) await ask(behaviour);
    expect(server.requests).toHaveLength(7);
    expect(changes).toEqual([]);
  });

  it('is not one whose calls were cancelled', async () => {
    for (let n = 0; n < 6; n += 1) {
      const controller = new AbortController();
      const answer = ask('silence', controller.signal);
      await waitUntil('it is asked', () => server.requests.length === n + 1);
      controller.abort(new Error('cancelled'));
      expect(await answer).toMatchObject({ message: 'cancelled' });
    }
    expect(changes).toEqual([]);
  });

  it.each([429, 503])('is left alone for as long as it asks for with %d and Retry-After, up to ten minutes', async (error) => {
    await ask({ error, headers: { 'retry-after': '30' } });
    expect(await rested()).toBeGreaterThanOrEqual(30_000);
    now += 29_000;
    expect(await rested()).toBeLessThanOrEqual(1_100);
    now += 1_000;
    expect(await ask(ANSWER)).toMatchObject({ value: { value: 1 } });
    await ask({ error, headers: { 'retry-after': '86400' } });
    now += 600_000;
    expect(await ask(ANSWER)).toMatchObject({ value: { value: 1 } });
    expect(changes).toEqual([]);
  }); // prettier-ignore
});
