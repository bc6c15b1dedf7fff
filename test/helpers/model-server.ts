import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inPieces, writeStream, type StreamScript } from './model-stream';

/** What the server does with one chat completion; without a script it answers well. */
export type ModelBehaviour =
  | 'good'
  | 'fenced'
  | 'with-prose'
  | 'prose'
  | 'truncated'
  | 'wrong-category'
  | 'refusal'
  | 'content-filter'
  | 'silence'
  | 'stall'
  | 'reset'
  | 'reset-in-body'
  | 'json-validate-failed'
  | 'no-choices'
  | 'not-json'
  | { text: string }
  | StreamScript
  | { json: unknown }
  /** A good answer, of which the server tells these things. */
  | { tells: { model?: unknown; usage?: unknown } }
  | { error: number; headers?: Record<string, string>; code?: string; message?: string }
  | { bytes: number }
  | { slowMs: number };

export interface ModelRequest {
  authorization: string | undefined;
  body: ChatRequest;
  /** When it came, in milliseconds of performance.now(). */
  at: number;
  /** The client went away before it had an answer. */
  abandoned: boolean;
  /** What was told to have been used; undefined while there is no completion. */
  usage?: { prompt_tokens: number; completion_tokens: number };
}

export interface ChatRequest {
  model: string;
  messages: { role: string; content: string }[];
  response_format?: {
    type: string;
    json_schema?: { name: string; strict: boolean; schema: Record<string, unknown> };
  };
  max_tokens?: number;
  max_completion_tokens?: number;
  tools?: unknown;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

export interface EmbeddingsRequest {
  model: string;
  input: string[];
  encoding_format?: string;
}

export interface ModelServer {
  /** Base URL for an OpenAI client, ends with /v1. */
  url: string;
  apiKey: string;
  /** Every chat completion request, oldest first. */
  requests: ModelRequest[];
  /** Every request for embeddings, oldest first. */
  embedded: EmbeddingsRequest[];
  /** What a request for embeddings is answered with: a status and a body, or nothing at all. */
  embed: (request: EmbeddingsRequest) => [status: number, body: object] | 'silence';
  /** Queues behaviours, one for each request to come. */
  next(...behaviours: ModelBehaviour[]): void;
  close(): Promise<void>;
}

export interface ModelServerOptions {
  apiKey?: string;
  model?: string;
  /** Other response formats get 400. */
  responseFormats?: string[];
  /** OpenAI's reasoning models refuse max_tokens. */
  refusesMaxTokens?: boolean;
  /** Older servers know no stream_options. */
  refusesStreamOptions?: boolean;
  /** Some servers answer at once though asked for a stream. */
  ignoresStream?: boolean;
  port?: number;
  /** What it does with a request (the first is 0) for which nothing was queued. */
  usually?: (request: number) => ModelBehaviour;
}

/** A local server with the wire format of OpenAI's chat completions, on a free port of 127.0.0.1. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const apiKey = options.apiKey ?? 'sk-test-canary-5b1f';
  const model = options.model ?? 'test-model';
  const queue: ModelBehaviour[] = [];
  const requests: ModelRequest[] = [];

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('x-request-id', `req_${randomBytes(8).toString('hex')}`);
    const body = await readBody(request);
    const { authorization } = request.headers;
    if (authorization !== `Bearer ${apiKey}`) {
      return sendError(
        response,
        401,
        `Incorrect API key provided: ${authorization?.slice(7)}.`,
        'invalid_api_key',
      );
    }
    if (request.method === 'GET' && request.url === '/v1/models') {
      return send(response, 200, {
        object: 'list',
        data: [{ id: model, object: 'model', created: 0, owned_by: 'test' }],
      });
    }
    if (request.method === 'POST' && request.url === '/v1/embeddings') {
      const asked = JSON.parse(body) as EmbeddingsRequest;
      running.embedded.push(asked);
      const answer = running.embed(asked);
      return answer === 'silence' ? undefined : send(response, ...answer);
    }
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      return sendError(response, 404, `Invalid URL (${request.method} ${request.url})`, null);
    }
    const chat = JSON.parse(body) as ChatRequest;
    const record: ModelRequest = { authorization, body: chat, at: performance.now(), abandoned: false };
    requests.push(record);
    response.on('close', () => (record.abandoned = !response.writableFinished));
    const refusal = refuse(chat, model, options);
    if (refusal) return sendError(response, ...refusal);
    const { usually = () => 'good' } = options;
    const behaviour = queue.shift() ?? usually(requests.length - 1);
    if (!chat.stream || options.ignoresStream) return behave(behaviour, record, response);
    const script = streamed(behaviour, chat);
    if (!script) return behave(behaviour, record, response);
    record.usage = completion(chat, script.stream.join(''), 'stop', null).usage;
    await writeStream(chat, script, record.usage, response);
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const running: ModelServer = {
    url: `http://127.0.0.1:${port}/v1`,
    apiKey,
    requests,
    next: (...behaviours) => void queue.push(...behaviours),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
    embedded: [],
    embed: ({ model: name, input }) => [200, embeddings(name, input.map(lettersIn))],
  };
  return running;
}

/** A list of embeddings in the wire format, for a hundred tokens. */
export function embeddings(model: string, vectors: unknown[]): object {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  return { object: 'list', model, data, usage: { prompt_tokens: 100, total_tokens: 100 } };
}

/** How many letters of each of 16 classes a text has: texts that share words are alike. */
function lettersIn(text: string): number[] {
  const counts = new Array<number>(16).fill(0);
  for (const letter of text) counts[letter.codePointAt(0)! % 16]! += 1;
  return counts;
}

function refuse(
  chat: ChatRequest,
  model: string,
  {
    responseFormats = ['json_schema', 'json_object'],
    refusesMaxTokens = false,
    refusesStreamOptions = false,
  }: ModelServerOptions,
): [number, string, string | null] | undefined {
  if (chat.model !== model) return [404, `The model '${chat.model}' does not exist`, 'model_not_found'];
  if (!Array.isArray(chat.messages) || chat.messages.length === 0)
    return [400, "'messages' is too short", null];
  if (refusesMaxTokens && chat.max_tokens !== undefined) {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.";
    return [400, message, 'unsupported_parameter'];
  }
  if (refusesStreamOptions && chat.stream_options)
    return [400, "Unrecognized request argument supplied: 'stream_options'", null];
  const format = chat.response_format?.type;
  if (format && !responseFormats.includes(format))
    return [400, `'response_format.type' ${format} is unknown`, null];
  if (format === 'json_object' && !/json/i.test(JSON.stringify(chat.messages))) {
    return [
      400,
      "'messages' must contain the word 'json' to use 'response_format' of type 'json_object'.",
      null,
    ];
  }
  return undefined;
}

function behave(behaviour: ModelBehaviour, record: ModelRequest, response: ServerResponse): void {
  const chat = record.body;
  const answer = () => JSON.stringify(goodAnswer(chat));
  const complete = (content: string | null, finish = 'stop', refusal: string | null = null) => {
    const body = completion(chat, content, finish, refusal);
    record.usage = body.usage;
    send(response, 200, body);
  };

  if (typeof behaviour === 'object') {
    if ('stream' in behaviour)
      return complete(behaviour.stream.join(''), behaviour.finish, behaviour.refusal);
    if ('text' in behaviour) return complete(behaviour.text);
    if ('json' in behaviour) return complete(JSON.stringify(behaviour.json));
    if ('tells' in behaviour)
      return send(response, 200, { ...completion(chat, answer(), 'stop', null), ...behaviour.tells });
    if ('bytes' in behaviour) return complete('가'.repeat(Math.ceil(behaviour.bytes / 3)));
    if ('slowMs' in behaviour) return void setTimeout(() => complete(answer()), behaviour.slowMs);
    for (const [name, value] of Object.entries(behaviour.headers ?? {})) response.setHeader(name, value);
    const message = behaviour.message ?? `The request was: ${chat.messages.at(-1)?.content}`;
    return sendError(response, behaviour.error, message, behaviour.code ?? null);
  }
  switch (behaviour) {
    case 'good':
      return complete(answer());
    case 'fenced':
      return complete(`\`\`\`json\n${answer()}\n\`\`\``);
    case 'with-prose':
      return complete(
        `<think>{"title": "초안"}</think>네, 다시 썼습니다!\n\n${answer()}\n\n더 필요하면 {말씀}해 주세요.`,
      );
    case 'prose':
      return complete('죄송하지만 이 기사는 금리에 관한 이야기입니다. 도움이 되었기를 바랍니다.');
    case 'truncated':
      return complete(answer().slice(0, 60), 'length');
    case 'wrong-category':
      return complete(JSON.stringify({ ...goodAnswer(chat), category: 'WEATHER' }));
    case 'refusal':
      return complete(null, 'stop', "I'm sorry, I can't help with that.");
    case 'content-filter':
      return complete('', 'content_filter');
    case 'silence':
      return;
    case 'stall':
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.write('{"id": "chatcmpl-');
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'reset-in-body':
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.write('{"id": "chatcmpl-', () => response.socket?.resetAndDestroy());
    case 'json-validate-failed':
      return sendError(response, 400, 'Failed to generate JSON.', 'json_validate_failed');
    case 'no-choices':
      return send(response, 200, { ...completion(chat, '', 'stop', null), choices: [] });
    case 'not-json':
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end('<html>proxy</html>');
  }
}

/** What is written in pieces; undefined for what is no completion. */
function streamed(behaviour: ModelBehaviour, chat: ChatRequest): StreamScript | undefined {
  if (behaviour === 'good') return { stream: inPieces(goodText(chat)) };
  if (typeof behaviour !== 'object') return undefined;
  if ('stream' in behaviour) return behaviour;
  return 'text' in behaviour ? { stream: inPieces(behaviour.text) } : undefined;
}

/** The first passage's first sentence, with its number. */
function goodText({ messages }: ChatRequest): string {
  const line = messages
    .at(-1)
    ?.content.split('\n')
    .find((each) => each.startsWith('[{"number"'));
  const [passage] = JSON.parse(line ?? '[{"text":"답이에요."}]') as { text: string }[];
  return `${/^.*?[.!?](?=\s|$)/.exec(passage!.text)?.[0] ?? passage!.text} [1]`;
}

/** A rewrite made from the quoted article: its last JSON line with title and content. */
function goodAnswer(chat: ChatRequest): Record<string, unknown> {
  const quoted = chat.messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => content.split('\n'))
    .find((line) => line.startsWith('{"title"'));
  const article = JSON.parse(quoted ?? '{"title":"제목","content":"내용"}') as {
    title: string;
    content: string;
  };
  const body = article.content.slice(0, 600);
  return {
    title: `쉽게 읽는 ${article.title}`.slice(0, 100),
    content:
      `무슨 일이 있었는지 쉽게 정리했어요.\n\n${body}\n\n${'기사에 나온 내용만 차근차근 살펴봤어요. '.repeat(5)}`.trim(),
    comment: '어려운 소식도 한 문장으로 기억해 두면 좋아요.',
    category: 'ECONOMY_AND_BUSINESS',
    phrases: [
      {
        expression: article.content.split(/\s/)[0]?.slice(0, 40) ?? '',
        easy: '기사 첫머리에 나온 말이에요.',
      },
    ],
  };
}

function completion(chat: ChatRequest, content: string | null, finishReason: string, refusal: string | null) {
  const promptTokens = countTokens(chat.messages.map((message) => message.content).join(''));
  const completionTokens = countTokens(content ?? '');
  return {
    id: `chatcmpl-${randomBytes(12).toString('hex')}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: `${chat.model}-2026-01-01`,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
    system_fingerprint: 'fp_test',
  };
}

/** Near enough to a tokenizer for tests: one token for two UTF-16 units. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 2);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendError(response: ServerResponse, status: number, message: string, code: string | null): void {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  send(response, status, { error: { message, type, param: null, code } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
