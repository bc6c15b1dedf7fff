import { LanguageModel, type StreamRequest } from '../../../src/adapters/language-model/language-model';
import type { CallReservation, CallResult } from '../../../src/adapters/language-model/model-call';
import { failure } from '../../helpers/failure';
import {
  countTokens,
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
} from '../../helpers/model-server';
import type { StreamScript } from '../../helpers/model-stream';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A model, what it streams, and what each call was said to cost. */
async function start(options: ModelServerOptions = {}, timeoutMs = 10_000) {
  const server = await startModelServer(options);
  servers.push(server);
  const model = new LanguageModel({
    apiKey: server.apiKey,
    baseUrl: server.url,
    model: 'test-model',
    timeoutMs,
    maxOutputTokens: 2_000,
    pricePerMillionTokens: { input: 2, output: 8 },
  });
  const reserved: CallReservation[] = [];
  const settled: CallResult[] = [];
  const pieces: string[] = [];
  const stream = (request: Partial<StreamRequest> = {}) =>
    model.stream({
      system: '짧게 답하세요.',
      user: '금리가 뭐예요?',
      signal: new AbortController().signal,
      maxOutputTokens: 300,
      quietMs: 10_000,
      onDelta: (piece) => void pieces.push(piece),
      reserve: async (call) => {
        reserved.push(call);
        return async (result) => void settled.push(result);
      },
      ...request,
    });
  return { server, stream, pieces, reserved, settled };
}

describe('a streamed answer', () => {
  it('is told piece by piece, and paid for by the usage at its end', async () => {
    const { server, stream, pieces, reserved, settled } = await start();
    server.next({ stream: ['돈의 ', '값이', '에요.'] });
    expect(await stream()).toEqual({ text: '돈의 값이에요.', isCut: false, model: 'test-model-2026-01-01' });
    expect(pieces).toEqual(['돈의 ', '값이', '에요.']);
    expect(server.requests[0]!.body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 300,
    });
    expect(server.requests[0]!.body).not.toHaveProperty('response_format');
    const outputTokens = countTokens('돈의 값이에요.');
    expect(settled).toEqual([expect.objectContaining({ outcome: 'OK', outputTokens })]);
    expect(settled[0]!.costUsd).toBeLessThan(reserved[0]!.maxCostUsd);
  });

  it('is told while it is written', async () => {
    const { server, stream, pieces } = await start();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    server.next({ stream: ['먼저 ', '나중'], before: (piece) => (piece === 1 ? held : undefined) });
    const answer = stream();
    while (pieces.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(pieces).toEqual(['먼저 ']);
    goOn();
    expect((await answer).text).toBe('먼저 나중');
  });

  it('comes from servers that refuse stream_options, want another limit, or know no streams', async () => {
    for (const options of [
      { refusesStreamOptions: true },
      { refusesMaxTokens: true },
      { ignoresStream: true },
    ]) {
      const { server, stream, pieces, settled } = await start(options);
      server.next({ stream: ['네, ', '그래요.'] });
      expect((await stream()).text).toBe('네, 그래요.');
      expect(pieces.join('')).toBe('네, 그래요.');
      const asked = server.requests.length;
      server.next({ stream: ['또요.'] });
      await stream();
      expect(server.requests.length).toBe(asked + 1);
      expect(settled.map(({ outcome }) => outcome).slice(-2)).toEqual(['OK', 'OK']);
    }
  });

  it('counts at its most when nobody tells what was used', async () => {
    const { server, stream, settled } = await start();
    server.next({ stream: ['네.'], usage: false });
    await stream();
    expect(settled).toEqual([expect.objectContaining({ outcome: 'OK', costUsd: null })]);
  });

  it('holds no reasoning, and says when its limit cut it', async () => {
    const { server, stream, pieces } = await start();
    server.next({ stream: ['<thi', 'nk>비밀', '</think>', '\n\n답이', '에요'], finish: 'length' });
    expect(await stream()).toMatchObject({ text: '답이에요', isCut: true });
    expect(pieces.join('')).toBe('답이에요');
  });
});

describe('a stream that fails', () => {
  it.each<[string, StreamScript, string, string]>([
    ['is reset half-way', { stream: ['반'], ending: 'reset' }, 'MODEL_UNAVAILABLE', 'FAILED'],
    ['is closed half-way', { stream: ['반'], ending: 'close' }, 'MODEL_UNAVAILABLE', 'FAILED'],
    ['tells an error', { stream: ['반'], ending: 'error' }, 'MODEL_UNAVAILABLE', 'FAILED'],
    ['falls silent', { stream: ['반'], ending: 'silence' }, 'MODEL_UNAVAILABLE', 'FAILED'],
    ['is malformed', { stream: ['반'], ending: 'not-json' }, 'MODEL_OUTPUT_INVALID', 'INVALID'],
    ['is empty', { stream: [] }, 'MODEL_OUTPUT_INVALID', 'INVALID'],
    [
      'is too long',
      { stream: Array<string>(30).fill('가'.repeat(20_000)) },
      'MODEL_OUTPUT_INVALID',
      'INVALID',
    ],
    ['is filtered', { stream: ['반'], finish: 'content_filter' }, 'MODEL_REFUSED', 'FILTERED'],
    ['refuses', { stream: [], refusal: '못 해요.' }, 'MODEL_REFUSED', 'REFUSED'],
  ])('when it %s', async (_, script, code, outcome) => {
    const { server, stream, settled } = await start();
    server.next(script);
    const error = await failure(stream({ quietMs: script.ending === 'silence' ? 100 : 10_000 }));
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error)).not.toContain('canary');
    expect(settled).toHaveLength(1);
    expect(settled[0]!.outcome).toBe(outcome);
  });

  it('as a whole takes no longer than any call', async () => {
    const { server, stream } = await start({}, 100);
    server.next('silence');
    expect(await failure(stream())).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });

  it('ends with the reason of who gave it up, and its connection', async () => {
    const { server, stream, settled } = await start();
    server.next({ stream: ['반'], ending: 'silence' });
    const stop = new AbortController();
    const reason = new Error('enough');
    await expect(stream({ signal: stop.signal, onDelta: () => stop.abort(reason) })).rejects.toBe(reason);
    expect(settled).toEqual([expect.objectContaining({ outcome: 'ABORTED', costUsd: null })]);
    while (!server.requests[0]!.abandoned) await new Promise((resolve) => setImmediate(resolve));
  });
});
