import type { OpenAI } from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources';
import { Stream } from 'openai/streaming';
import { z } from 'zod';
import { AppError } from '../../errors';
import { withinDeadline } from '../http/deadline';
import { isEventStream } from './bounded-fetch';
import { completionSchema, usageSchema, type Completion } from './completion';
import { inForm, timedOut } from './openai-client';

/** Reasoning that a model writes before its answer. */
const THINKING = '<think>';
const THOUGHT = '</think>';

const chunkSchema = z.object({
  model: z.string().nullish().catch(null),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema,
});

export interface StreamLimits {
  /** Ends the call, whatever it waits for. */
  deadline: AbortSignal;
  /** Between two pieces, and before the first. */
  quietMs: number;
  /** Told each piece of the answer, without reasoning. */
  onDelta: (text: string) => Promise<void> | void;
}

/**
 * A completion read while it is written, as one that came at once; a server that knows no streams may answer so. Throws APIError,
 * MODEL_UNAVAILABLE when it stops before its end or for too long, MODEL_OUTPUT_INVALID.
 */
export async function streamedCompletion(
  client: OpenAI,
  body: ChatCompletionCreateParamsStreaming,
  { deadline, quietMs, onDelta }: StreamLimits,
): Promise<Completion> {
  const call = new AbortController();
  const end = () => call.abort();
  deadline.addEventListener('abort', end, { once: true });
  const inTime = <T>(work: () => Promise<T>) =>
    withinDeadline({ timeoutMs: quietMs, late: timedOut, signal: deadline }, work);
  const reading = new ReadCompletion();
  const read = async (chunk: unknown) => {
    const text = reading.add(inForm(chunkSchema, chunk));
    if (text !== '') await onDelta(text);
  };
  try {
    const response = await inTime(() =>
      client.chat.completions.create(body, { signal: call.signal }).asResponse(),
    );
    if (!isEventStream(response.headers)) {
      const { choices, ...told } = inForm(completionSchema, await response.json());
      await read({
        ...told,
        choices: choices.map(({ message, ...choice }) => ({ ...choice, delta: message })),
      });
      return reading.completion();
    }
    const chunks = Stream.fromSSEResponse<unknown>(response, call, client)[Symbol.asyncIterator]();
    while (!reading.isWhole) {
      const { done, value } = await inTime(() => chunks.next());
      if (done) break;
      await read(value);
    }
    return reading.completion();
  } finally {
    deadline.removeEventListener('abort', end);
    // Whatever is left is not read: the connection is closed.
    call.abort();
  }
}

/** What was read of a completion so far. */
class ReadCompletion {
  private content = '';
  private refusal = '';
  private told = 0;
  private finish: string | null = null;
  private model: string | null = null;
  private usage: Completion['usage'] = null;

  /** Nothing more is expected. */
  get isWhole(): boolean {
    return this.finish !== null && this.usage !== null;
  }

  /** Returns what the answer has grown by. */
  add({ choices, model, usage }: z.infer<typeof chunkSchema>): string {
    const [choice] = choices ?? [];
    this.content += choice?.delta?.content ?? '';
    this.refusal += choice?.delta?.refusal ?? '';
    this.finish ??= choice?.finish_reason ?? null;
    this.model ??= model ?? null;
    this.usage = usage ?? this.usage;
    const grown = this.answer().slice(this.told);
    this.told += grown.length;
    return grown;
  }

  completion(): Completion {
    // A connection that is closed in order half-way ends the stream like a whole one.
    if (this.finish === null) throw new AppError('MODEL_UNAVAILABLE');
    const message = { content: this.answer(), refusal: this.refusal || null };
    return { model: this.model, choices: [{ finish_reason: this.finish, message }], usage: this.usage };
  }

  /** Nothing while it may still be reasoning. */
  private answer(): string {
    const text = this.content.trimStart();
    if (THINKING.startsWith(text.slice(0, THINKING.length).toLowerCase())) {
      const end = text.toLowerCase().indexOf(THOUGHT);
      return text.length < THINKING.length || end < 0 ? '' : text.slice(end + THOUGHT.length).trimStart();
    }
    return text;
  }
}
