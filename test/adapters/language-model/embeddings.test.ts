import { inspect } from 'node:util';
import { Embeddings } from '../../../src/adapters/language-model/embeddings';
import { freePort } from '../../../src/dev/embedded-postgres/embedded-postgres';
import type { ModelOptions } from '../../../src/adapters/language-model/openai-client';
import type { CallReservation, CallResult } from '../../../src/adapters/language-model/model-call';
import { failure } from '../../helpers/failure';
import { embeddings, startModelServer, type ModelServer } from '../../helpers/model-server';
import { waitUntil } from '../../helpers/wait-until';

const TEXTS = ['한국은행이 기준금리를 동결했다', '기준금리 동결', '프로야구 관중'];

let server: ModelServer;
const reserved: CallReservation[] = [];
const settled: CallResult[] = [];

beforeEach(async () => {
  server = await startModelServer();
  reserved.length = settled.length = 0;
});
afterEach(() => server.close());

function embed(options: Partial<ModelOptions> = {}, signal = new AbortController().signal) {
  const embedder = new Embeddings({
    apiKey: server.apiKey,
    baseUrl: server.url,
    model: 'text-embedding-test',
    timeoutMs: 10_000,
    pricePerMillionTokens: { input: 20, output: 0 },
    ...options,
  });
  const reserve = async (call: CallReservation) => {
    reserved.push(call);
    return async (result: CallResult) => void settled.push(result);
  };
  return embedder.embed(TEXTS, { signal, reserve });
}

it('are asked for at once, as numbers, and cost what the server says', async () => {
  const vectors = await embed();
  expect(vectors.map((vector) => vector.length)).toEqual([16, 16, 16]);
  expect(server.embedded).toEqual([{ model: 'text-embedding-test', input: TEXTS, encoding_format: 'float' }]);
  const provider = new URL(server.url).host;
  expect(reserved).toEqual([expect.objectContaining({ provider, model: 'text-embedding-test' })]);
  expect(settled).toEqual([
    { outcome: 'OK', model: 'text-embedding-test', inputTokens: 100, outputTokens: 0, costUsd: 0.002 },
  ]);
  expect(reserved[0]!.maxCostUsd).toBeCloseTo((Buffer.byteLength(TEXTS.join('')) * 20) / 1e6, 12);
});

it.each([9_007_199_254_740_991, 2_147_483_648, 1.5, -1])(
  'cost their most when the server tells of %d tokens',
  async (tokens) => {
    server.embed = () => [
      200,
      { ...embeddings('m\u0000', [[1], [2], [3]]), usage: { prompt_tokens: tokens } },
    ];
    await embed();
    expect(settled).toEqual([
      { outcome: 'OK', model: 'm', inputTokens: null, outputTokens: null, costUsd: null },
    ]);
  },
);

it('are those of their texts, in whatever order they come', async () => {
  server.embed = ({ model }) => {
    const answer = embeddings(model, [[1], [2], [3]]) as { data: unknown[] };
    answer.data.reverse();
    return [200, answer];
  };
  expect(await embed()).toEqual([[1], [2], [3]]);
});

it.each<[string, object]>([
  ['too few', embeddings('m', [[1], [2]])],
  ['too many', embeddings('m', [[1], [2], [3], [4]])],
  ['of several lengths', embeddings('m', [[1], [2, 2], [3]])],
  ['twice of one text', { data: [0, 1, 1].map((index) => ({ index, embedding: [1] })) }],
  [
    'twice of one text, with another left out',
    { data: [0, 2, 2].map((index) => ({ index, embedding: [1] })) },
  ],
  ['of the last only', { data: [2, 2, 2].map((index) => ({ index, embedding: [1] })) }],
  [
    'of a place below, with another left out',
    { data: [-1, 0, 2].map((index) => ({ index, embedding: [1] })) },
  ],
  ['of another place', { data: [0, 1, 7].map((index) => ({ index, embedding: [1] })) }],
  ['of a place below', { data: [-1, 0, 1].map((index) => ({ index, embedding: [1] })) }],
  ['empty', embeddings('m', [[], [], []])],
  ['in base64 all the same', embeddings('m', ['AACAPw==', 'AACAPw==', 'AACAPw=='])],
  ['no numbers', embeddings('m', [[null], [1], [1]])],
  ['something else', { object: 'list' }],
])('are invalid when they are %s', async (_what, body) => {
  server.embed = () => [200, body];
  expect((await failure(embed())).code).toBe('MODEL_OUTPUT_INVALID');
  expect(settled.map(({ outcome }) => outcome)).toEqual(['INVALID']);
});

it.each([
  [401, 'MODEL_REFUSED'],
  [404, 'MODEL_REFUSED'],
  [429, 'MODEL_RATE_LIMITED'],
  [500, 'MODEL_UNAVAILABLE'],
] as const)('fail for HTTP %i as %s, once, free of charge and without the key', async (status, code) => {
  server.embed = () => [status, { error: { message: `Incorrect API key: ${server.apiKey}`, code: null } }];
  const error = await failure(embed());
  expect(error.code).toBe(code);
  expect(inspect(error, { depth: 9 })).not.toContain(server.apiKey);
  expect(server.embedded).toHaveLength(1);
  expect(settled).toEqual([expect.objectContaining({ outcome: 'FAILED', costUsd: 0 })]);
});

it('fail when the server is silent, and nobody knows what that cost', async () => {
  server.embed = () => 'silence';
  expect((await failure(embed({ timeoutMs: 100 }))).code).toBe('MODEL_UNAVAILABLE');
  expect(settled).toEqual([expect.objectContaining({ outcome: 'FAILED', costUsd: null, inputTokens: null })]);
});

it('fail free of charge when nobody is there to be asked', async () => {
  const baseUrl = `http://127.0.0.1:${await freePort()}`;
  expect((await failure(embed({ baseUrl }))).code).toBe('MODEL_UNAVAILABLE');
  expect(settled).toEqual([expect.objectContaining({ outcome: 'FAILED', costUsd: 0 })]);
});

it('end at once with the reason of who asked', async () => {
  server.embed = () => 'silence';
  const caller = new AbortController();
  const failed = expect(embed({}, caller.signal)).rejects.toThrow('cancelled');
  await waitUntil('they are asked for', () => server.embedded.length === 1);
  caller.abort(new Error('cancelled'));
  await failed;
  expect(settled).toEqual([expect.objectContaining({ outcome: 'ABORTED' })]);
});

it('wait for their turn', async () => {
  const turns: string[] = [];
  await embed({ turn: async () => void turns.push(`turn ${server.embedded.length}`) });
  expect(turns).toEqual(['turn 0']);
});
