import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface SlowModel {
  url: string;
  /** How long it let whoever asked this question wait for its first token, in milliseconds; undefined when nobody did. */
  waitOf(question: string): number | undefined;
  close(): Promise<void>;
}

const FIRST_TOKEN_MS = 1_000;
const TOKEN_MS = 20;
/** Tokens have about so many letters. */
const TOKENS = /\s*\S{1,3}/g;

/** A language model that streams the first sentence of its first passage, by the wire format of OpenAI. */
export async function startSlowModel(): Promise<SlowModel> {
  const waits: { prompt: string; ms: number }[] = [];
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const askedAt = performance.now();
    const prompt = (await textOf(request)).messages.map(({ content }) => content).join('\n');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (delta: object, finish: string | null = null) =>
      response.write(
        `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', model: 'slow', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
      );
    send({ role: 'assistant', content: '' });
    await delay(FIRST_TOKEN_MS);
    waits.push({ prompt, ms: performance.now() - askedAt });
    for (const content of answerTo(prompt).match(TOKENS)!) {
      send({ content });
      await delay(TOKEN_MS);
    }
    send({}, 'stop');
    response.end('data: [DONE]\n\n');
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    waitOf: (question) => waits.find(({ prompt }) => prompt.includes(question))?.ms,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<{ messages: { content: string }[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as never;
}

/** The passages come as one line of JSON. */
function answerTo(prompt: string): string {
  const line = prompt.split('\n').find((each) => each.startsWith('[{"number"'));
  const [passage] = JSON.parse(line ?? '[]') as { text: string }[];
  if (!passage) return 'NO_ANSWER';
  return `${/^.*?[.!?](?=\s|$)/.exec(passage.text)?.[0] ?? passage.text} [1]`;
}
