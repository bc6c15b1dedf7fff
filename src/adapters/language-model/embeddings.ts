import { APIError, type OpenAI } from 'openai';
import { z } from 'zod';
import { AppError } from '../../errors';
import { failedCall, type CallReservation, type CallResult, type SettleCall } from './model-call';
import { modelFailure } from './model-failure';
import { answerOf, openAiClient, type ModelOptions } from './openai-client';
import { modelNamed, tokenCount } from './server-claims';

/** Twenty vectors of 3,072 numbers, as text. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
const MAX_DIMENSIONS = 20_000;

export interface EmbeddingRequest {
  signal: AbortSignal;
  /** Asked before the call; what it gives is told the end of it. */
  reserve?: (call: CallReservation) => Promise<SettleCall>;
}

const answerSchema = z.object({
  model: z.string().nullish().catch(null),
  data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1).max(MAX_DIMENSIONS) })),
  usage: z.object({ prompt_tokens: tokenCount }).nullish().catch(null),
});
type Answer = z.infer<typeof answerSchema>;

/** What texts mean, as vectors, of any OpenAI-compatible server. */
export class Embeddings {
  private readonly client: OpenAI;

  constructor(private readonly options: ModelOptions) {
    this.client = openAiClient(options, MAX_RESPONSE_BYTES);
  }

  /**
   * A vector for each text, all of one length, by one call.
   * Throws MODEL_OUTPUT_INVALID, MODEL_REFUSED, MODEL_RATE_LIMITED, MODEL_UNAVAILABLE, or the signal's reason as it is.
   */
  async embed(texts: string[], { signal, reserve }: EmbeddingRequest): Promise<number[][]> {
    const { observe = (call) => call(), turn } = this.options;
    await turn?.(signal);
    signal.throwIfAborted();
    const settle = (await reserve?.(this.reservationOf(texts))) ?? (async () => {});
    let answer: Answer;
    try {
      answer = await observe(() => this.post(texts, signal));
    } catch (error) {
      await settle(failedCall(error, signal, this.options.model));
      throw error instanceof APIError ? modelFailure(error, Date.now()) : error;
    }
    const vectors = vectorsOf(answer, texts.length);
    await settle(this.resultOf(vectors ? 'OK' : 'INVALID', answer));
    if (!vectors) throw new AppError('MODEL_OUTPUT_INVALID');
    return vectors;
  }

  private async post(input: string[], signal: AbortSignal): Promise<Answer> {
    const { model, timeoutMs } = this.options;
    // The SDK's default is base64, of which it makes a quarter of the numbers when a server sends numbers all the same.
    const body = { model, input, encoding_format: 'float' } as const;
    return answerOf(answerSchema, { timeoutMs, signal }, (deadline) =>
      this.client.embeddings.create(body, { signal: deadline }),
    );
  }

  /** A token for each byte: there are fewer. */
  private reservationOf(texts: string[]): CallReservation {
    const { baseUrl, model, isPriceAssumed } = this.options;
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    return { provider: new URL(baseUrl).host, model, maxCostUsd: this.cost(bytes), isPriceAssumed };
  }

  private resultOf(outcome: CallResult['outcome'], { model, usage }: Answer): CallResult {
    return {
      outcome,
      model: modelNamed(model, this.options.model),
      inputTokens: usage?.prompt_tokens ?? null,
      outputTokens: usage ? 0 : null,
      costUsd: usage ? this.cost(usage.prompt_tokens) : null,
    };
  }

  private cost(tokens: number): number {
    return (tokens * this.options.pricePerMillionTokens.input) / 1_000_000;
  }
}

/** In the order of the texts; null unless there is one for each, all of one length. */
function vectorsOf({ data }: Answer, count: number): number[][] | null {
  const at = new Map(data.map(({ index, embedding }) => [index, embedding]));
  const vectors = Array.from({ length: count }, (_, index) => at.get(index)).filter(
    (vector) => vector !== undefined,
  );
  const isWhole = vectors.length === count && data.length === count;
  return isWhole && vectors.every((vector) => vector.length === vectors[0]!.length) ? vectors : null;
}
