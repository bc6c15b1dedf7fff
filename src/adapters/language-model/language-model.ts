import OpenAI, { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming, ChatCompletionMessageParam } from 'openai/resources';
import { z } from 'zod';
import { AppError } from '../../errors';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { withinDeadline } from '../http/deadline';
import { boundedFetch } from './bounded-fetch';
import { readJsonAnswer } from './json-answer';
import { modelFailure } from './model-failure';
import { FIRST_SHAPE, requestBody, simplerShape, type Question } from './request-shape';
import { strictJsonSchema } from './strict-json-schema';

const MAX_RESPONSE_BYTES = 1024 * 1024;
const TIMED_OUT = { ko: '응답 시간이 초과되었습니다.', en: 'It took too long to answer.' };

export interface LanguageModelOptions {
  /** May be empty for servers that want none, e.g. Ollama. */
  apiKey: string;
  /** Ends before /chat/completions, e.g. https://api.openai.com/v1. */
  baseUrl: string;
  model: string;
  /** For one HTTP call, from its start to the last byte of the answer. */
  timeoutMs: number;
  maxOutputTokens: number;
  /** US dollars. */
  pricePerMillionTokens: { input: number; output: number };
  observe?: ObserveUpstream;
  /** Waited for before every HTTP call. */
  turn?: (signal: AbortSignal) => Promise<void>;
}

export interface ModelUsage {
  /** The model as the server names it. */
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** US dollars, by the configured price; 0 when the server reports no usage. */
  costUsd: number;
}

export interface CompletionRequest<T> {
  system: string;
  user: string;
  schema: z.ZodType<T>;
  /** Letters, digits, underscores and dashes. */
  schemaName: string;
  signal: AbortSignal;
}

/** The cause of MODEL_OUTPUT_INVALID: the tokens were paid for although nothing came of them. */
export class UnusableAnswer extends Error {
  constructor(
    problem: string,
    readonly usage: ModelUsage,
  ) {
    super(problem);
    this.name = 'UnusableAnswer';
  }
}

// Compatible servers differ: only what is used is required.
const completionSchema = z.object({
  model: z.string().max(200).nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.int().nonnegative().catch(0),
      completion_tokens: z.int().nonnegative().catch(0),
    })
    .nullish()
    .catch(null),
});
type Completion = z.infer<typeof completionSchema>;

/** Groq answers 400 when its own check of the model's JSON fails: an empty answer, to be asked for again. */
const EMPTY_COMPLETION: Completion = { choices: [{ message: { content: '' } }] };

/** Chat completions with validated JSON answers on any OpenAI-compatible server. The model gets no tools. */
export class LanguageModel {
  private readonly client: OpenAI;
  /** What this server was seen to accept. Starts with what every server understands or answers 400 to. */
  private shape = FIRST_SHAPE;

  constructor(private readonly options: LanguageModelOptions) {
    // Everything the SDK would otherwise read from the environment is given. The job's row owns retries.
    this.client = new OpenAI({
      apiKey: options.apiKey || 'none',
      baseURL: options.baseUrl,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: options.timeoutMs,
      fetch: boundedFetch(MAX_RESPONSE_BYTES),
    });
  }

  /**
   * One answer of the wanted form; an answer of another form is sent back for repair once.
   * Throws MODEL_OUTPUT_INVALID (cause UnusableAnswer), MODEL_REFUSED, MODEL_RATE_LIMITED, MODEL_UNAVAILABLE, or the
   * signal's reason as it is.
   */
  async complete<T>({ system, user, schema, schemaName, signal }: CompletionRequest<T>) {
    const jsonSchema = strictJsonSchema(schema);
    const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: user }];
    const usage: ModelUsage = { model: this.options.model, inputTokens: 0, outputTokens: 0, costUsd: 0 };
    let problem = '';
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const completion = await this.ask({ system, messages, jsonSchema, schemaName }, signal);
      this.addUsage(usage, completion);
      const text = answerText(completion, usage);
      const answer = readJsonAnswer(text, schema);
      if (answer.ok) return { value: answer.value, ...usage };
      problem = answer.problem;
      if (text) messages.push({ role: 'assistant', content: text.slice(0, 20_000) });
      messages.push({
        role: 'user',
        content: `Your answer cannot be used:\n${problem}\nAnswer again with one corrected JSON object and nothing else.`,
      });
    }
    throw new AppError('MODEL_OUTPUT_INVALID', { cause: new UnusableAnswer(problem, usage) });
  }

  /** Sends one question, stepping down to what the server accepts; remembers a step only when it worked. */
  private async ask(question: Question, signal: AbortSignal): Promise<Completion> {
    let shape = this.shape;
    const { observe = (call) => call(), turn } = this.options;
    for (;;) {
      await turn?.(signal);
      try {
        const completion = await observe(() => this.post(requestBody(this.options, question, shape), signal));
        this.shape = shape;
        return completion;
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        if (error.code === 'json_validate_failed') return EMPTY_COMPLETION;
        const simpler = simplerShape(shape, error);
        if (!simpler) throw modelFailure(error, Date.now());
        shape = simpler;
      }
    }
  }

  private async post(body: ChatCompletionCreateParamsNonStreaming, signal: AbortSignal): Promise<Completion> {
    const { timeoutMs } = this.options;
    // The SDK's own timeout ends with the headers; a body that stalls must end too.
    const late = () => new AppError('MODEL_UNAVAILABLE', { detail: TIMED_OUT });
    try {
      const response: unknown = await withinDeadline({ timeoutMs, late, signal }, (deadline) =>
        this.client.chat.completions.create(body, { signal: deadline }),
      );
      const completion = completionSchema.safeParse(response);
      if (!completion.success) throw new AppError('MODEL_OUTPUT_INVALID');
      return completion.data;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError || (error instanceof APIError && error.status !== undefined)) throw error;
      throw modelFailure(error, Date.now());
    }
  }

  private addUsage(usage: ModelUsage, completion: Completion): void {
    const price = this.options.pricePerMillionTokens;
    usage.model = completion.model || usage.model;
    usage.inputTokens += completion.usage?.prompt_tokens ?? 0;
    usage.outputTokens += completion.usage?.completion_tokens ?? 0;
    usage.costUsd = (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1_000_000;
  }
}

function answerText(completion: Completion, usage: ModelUsage): string {
  const choice = completion.choices[0];
  if (choice?.message.refusal || choice?.finish_reason === 'content_filter')
    throw new AppError('MODEL_REFUSED');
  if (choice?.finish_reason === 'length') {
    const cause = new UnusableAnswer('The answer reached the limit of output tokens.', usage);
    throw new AppError('MODEL_OUTPUT_INVALID', { cause });
  }
  return choice?.message.content ?? '';
}
