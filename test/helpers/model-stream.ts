import type { ServerResponse } from 'node:http';

/** What a model writes piece by piece, and how that ends. */
export interface StreamScript {
  stream: string[];
  /** Between two pieces; what a test waits for. */
  before?: (piece: number) => Promise<void> | void;
  /** In place of an orderly end: the connection is reset, closed in order, held, or told to have failed. */
  ending?: 'reset' | 'close' | 'silence' | 'error' | 'not-json';
  finish?: string;
  refusal?: string;
  /** False: it does not tell, though asked. */
  usage?: boolean;
}

interface StreamedChat {
  model: string;
  stream_options?: { include_usage?: boolean };
}

type Usage = { prompt_tokens: number; completion_tokens: number };

/** Writes a completion in the wire format of streams. */
export async function writeStream(
  chat: StreamedChat,
  script: StreamScript,
  usage: Usage,
  response: ServerResponse,
): Promise<void> {
  const { stream, before, ending, finish = 'stop', refusal, usage: tells = true } = script;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (data: string) => response.write(`data: ${data}\n\n`);
  const chunk = (delta: object, finishReason: string | null = null) =>
    send(
      JSON.stringify({
        id: 'chatcmpl-test',
        object: 'chat.completion.chunk',
        model: `${chat.model}-2026-01-01`,
        choices: [{ index: 0, delta, finish_reason: finishReason }],
      }),
    );
  chunk({ role: 'assistant', content: '' });
  response.write(': keep-alive\n\n');
  for (const [piece, content] of stream.entries()) {
    await before?.(piece);
    chunk({ content });
  }
  if (ending === 'reset') return void response.socket?.resetAndDestroy();
  if (ending === 'silence') return;
  if (ending === 'close') return void response.end();
  if (ending === 'not-json') return void response.end('data: {"choices": [\n\n');
  if (ending === 'error')
    return void response.end(
      'data: {"error": {"message": "sk-test-canary-5b1f", "type": "server_error"}}\n\n',
    );
  if (refusal !== undefined) chunk({ refusal });
  chunk({}, finish);
  if (tells && chat.stream_options?.include_usage) {
    send(
      JSON.stringify({
        object: 'chat.completion.chunk',
        model: `${chat.model}-2026-01-01`,
        choices: [],
        usage,
      }),
    );
  }
  send('[DONE]');
  response.end();
}

/** A text in pieces as tokens come: words with the blank before them. */
export function inPieces(text: string): string[] {
  return text.match(/\s*\S{1,3}/g) ?? [];
}
