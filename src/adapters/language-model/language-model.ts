import { APIError, type OpenAI } from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources';
import type { z } from 'zod';
import { AppError } from '../../errors';
import { withinDeadline } from '../http/deadline';
import { completionSchema, type Completion } from './completion';
import { readJsonAnswer } from './json-answer';
import { failedCall, type CallReservation, type CallResult, type SettleCall } from './model-call';
import { modelFailure } from './model-failure';
import { answerOf, callWithin, openAiClient, type ModelOptions } from './openai-client';
import { ProviderCircuit, type CircuitChange } from './provider-circuit';
import {
  FIRST_SHAPE, requestBody, simplerShape, simplerStreamShape, streamBody, type RequestShape,
} from './request-shape'; // prettier-ignore
import { modelNamed } from './server-claims';
import { streamedCompletion } from './streamed-completion';
import { strictJsonSchema } from './strict-json-schema';

const MAX_RESPONSE_BYTES = 1024 * 1024;

export interface LanguageModelOptions extends ModelOptions {
  maxOutputTokens: number;
  /** Told when the provider is no longer asked, is tried again, and is asked again. */
  onCircuit?: (change: CircuitChange) => void;
}

interface ModelRequest {
  system: string;
  user: string;
  signal: AbortSignal;
  /** Asked before each call; what it gives is told the end of that call. */
  reserve?: (call: CallReservation) => Promise<SettleCall>;
}

export interface CompletionRequest<T> extends ModelRequest {
  schema: z.ZodType<T>;
  /** Letters, digits, underscores and dashes. */
  schemaName: string;
}

export interface StreamRequest extends ModelRequest {
  maxOutputTokens: number;
  /** For a turn, for the first piece, and from one piece to the next. */
  quietMs: number;
  /** Told each piece of the answer. Must not throw. */
  onDelta: (text: string) => Promise<void> | void;
}

/** What was streamed. */
export interface StreamedText {
  text: string;
  /** The limit of output tokens ended it. */
  isCut: boolean;
  model: string;
}

/** One way of asking the server, stepped down to what it accepts. */
interface Asking<Body> extends Pick<ModelRequest, 'signal' | 'reserve'> {
  bodyOf: (shape: RequestShape) => Body;
  simpler: typeof simplerShape;
  send: (body: Body) => Promise<Completion>;
  maxOutputTokens: number;
  /** How long to wait for a turn; as long as it takes when undefined. */
  patienceMs?: number;
}

/** Groq answers 400 when its own check of the model's JSON fails: an empty answer, to be asked for again. */
const EMPTY_COMPLETION: Completion = { choices: [{ message: { content: '' } }] };

/** Chat completions with validated JSON answers on any OpenAI-compatible server. The model gets no tools. */
export class LanguageModel {
  private readonly client: OpenAI;
  /** What this server was seen to accept. Starts with what every server understands or answers 400 to. */
  private shape = FIRST_SHAPE;
  private readonly circuit: ProviderCircuit;

  constructor(private readonly options: LanguageModelOptions) {
    this.circuit = new ProviderCircuit(options.onCircuit);
    this.client = openAiClient(options, MAX_RESPONSE_BYTES);
  }

  /** The model as it is asked for. */
  get name(): string {
    return this.options.model;
  }

  /** Throws TryLater while the server is not to be asked. */
  ready(): void {
    this.circuit.check();
  }

  /** US dollars that must be left for a call, whatever is asked. */
  leastReservation({
    system,
    schema,
    schemaName,
  }: Pick<CompletionRequest<unknown>, 'system' | 'schema' | 'schemaName'>): number {
    const question = { system, messages: [], jsonSchema: strictJsonSchema(schema), schemaName };
    const body = requestBody(this.options, question, this.shape);
    return this.reservationOf(body, this.options.maxOutputTokens).maxCostUsd;
  }

  /**
   * One answer of the wanted form, and the model that gave it; an answer of another form is sent back for repair once.
   * Throws MODEL_OUTPUT_INVALID, MODEL_REFUSED, MODEL_RATE_LIMITED, MODEL_UNAVAILABLE, what `reserve` throws, TryLater
   * while the server is not to be asked, or the signal's reason as it is.
   */
  async complete<T>(request: CompletionRequest<T>): Promise<{ value: T; model: string }> {
    const { system, user, schema, schemaName, signal, reserve } = request;
    const { timeoutMs, maxOutputTokens } = this.options;
    const jsonSchema = strictJsonSchema(schema);
    const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: user }];
    let problem = '';
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const question = { system, messages, jsonSchema, schemaName };
      const asked = await this.circuit.run(() =>
        this.ask({
          bodyOf: (shape) => requestBody(this.options, question, shape),
          simpler: simplerShape,
          send: (body) =>
            answerOf(completionSchema, { timeoutMs, signal }, (deadline) =>
              this.client.chat.completions.create(body, { signal: deadline }),
            ),
          maxOutputTokens,
          signal,
          ...(reserve && { reserve }),
        }),
      );
      const { completion, settle } = asked;
      const verdict = readableVerdict(completion, schema);
      const result = this.resultOf(completion, verdict.outcome);
      await settle(result);
      if (verdict.outcome === 'OK') return { value: verdict.value, model: result.model };
      if (verdict.outcome !== 'INVALID') throw new AppError('MODEL_REFUSED');
      ({ problem } = verdict);
      if (verdict.text === null) break;
      if (verdict.text) messages.push({ role: 'assistant', content: verdict.text.slice(0, 20_000) });
      messages.push({
        role: 'user',
        content: `Your answer cannot be used:\n${problem}\nAnswer again with one corrected JSON object and nothing else.`,
      });
    }
    throw new AppError('MODEL_OUTPUT_INVALID', { cause: new Error(problem) });
  }

  /**
   * An answer in plain text, told while it is written. Throws as `complete` does; MODEL_RATE_LIMITED too when its turn is too long
   * in coming.
   */
  async stream(request: StreamRequest): Promise<StreamedText> {
    const { signal, reserve, maxOutputTokens, quietMs, onDelta } = request;
    const { model, timeoutMs } = this.options;
    const { completion, settle } = await this.circuit.run(() =>
      this.ask({
        bodyOf: (shape) => streamBody({ model, maxOutputTokens }, request, shape),
        simpler: simplerStreamShape,
        send: (body) =>
          callWithin({ timeoutMs, signal }, (deadline) =>
            streamedCompletion(this.client, body, { deadline, quietMs, onDelta }),
          ),
        maxOutputTokens,
        patienceMs: quietMs,
        signal,
        ...(reserve && { reserve }),
      }),
    );
    const outcome = streamedOutcome(completion);
    const result = this.resultOf(completion, outcome);
    await settle(result);
    if (outcome === 'INVALID') throw new AppError('MODEL_OUTPUT_INVALID');
    if (outcome !== 'OK') throw new AppError('MODEL_REFUSED');
    const [choice] = completion.choices;
    return {
      text: choice!.message.content!,
      isCut: choice!.finish_reason === 'length',
      model: result.model,
    };
  }

  /** Sends one question, stepping down to what the server accepts; remembers a step only when it worked. */
  private async ask<Body>({
    bodyOf,
    simpler,
    send,
    maxOutputTokens,
    patienceMs,
    signal,
    reserve,
  }: Asking<Body>): Promise<{ completion: Completion; settle: SettleCall }> {
    let shape = this.shape;
    const { observe = (call) => call() } = this.options;
    for (;;) {
      await this.turn(signal, patienceMs);
      signal.throwIfAborted();
      const body = bodyOf(shape);
      const settle = (await reserve?.(this.reservationOf(body, maxOutputTokens))) ?? (async () => {});
      try {
        const completion = await observe(() => send(body));
        this.shape = shape;
        return { completion, settle };
      } catch (error) {
        const refused = error instanceof APIError;
        if (refused && error.code === 'json_validate_failed') return { completion: EMPTY_COMPLETION, settle };
        await settle(failedCall(error, signal, this.options.model));
        if (!refused) throw error;
        const next = simpler(shape, error);
        if (!next) throw modelFailure(error, Date.now());
        shape = next;
      }
    }
  }

  private async turn(signal: AbortSignal, patienceMs: number | undefined): Promise<void> {
    const { turn } = this.options;
    if (!turn || patienceMs === undefined) return turn?.(signal);
    const late = () => new AppError('MODEL_RATE_LIMITED');
    return withinDeadline({ timeoutMs: patienceMs, late, signal }, turn);
  }

  private reservationOf(body: unknown, maxOutputTokens: number): CallReservation {
    const { baseUrl, model, isPriceAssumed } = this.options;
    const bytes = Buffer.byteLength(JSON.stringify(body));
    return {
      provider: new URL(baseUrl).host,
      model,
      maxCostUsd: this.cost(bytes, maxOutputTokens),
      isPriceAssumed,
    };
  }

  private resultOf({ model, usage }: Completion, outcome: CallResult['outcome']): CallResult {
    const inputTokens = usage?.prompt_tokens ?? null;
    const outputTokens = usage?.completion_tokens ?? null;
    const costUsd = usage ? this.cost(usage.prompt_tokens, usage.completion_tokens) : null;
    return { outcome, model: modelNamed(model, this.options.model), inputTokens, outputTokens, costUsd };
  }

  private cost(inputTokens: number, outputTokens: number): number {
    const { input, output } = this.options.pricePerMillionTokens;
    return (inputTokens * input + outputTokens * output) / 1_000_000;
  }
}

type Verdict<T> =
  | { outcome: 'OK'; value: T }
  | { outcome: 'REFUSED' | 'FILTERED' }
  /** `text` is null when asking again would not help. */
  | { outcome: 'INVALID'; problem: string; text: string | null };

/** An answer that trips our own reading of it is paid for like any other. */
function readableVerdict<T>(completion: Completion, schema: z.ZodType<T>): Verdict<T> {
  try {
    return verdictOn(completion, schema);
  } catch {
    return { outcome: 'INVALID', problem: 'The answer cannot be read.', text: null };
  }
}

function verdictOn<T>({ choices: [choice] }: Completion, schema: z.ZodType<T>): Verdict<T> {
  if (!choice) return { outcome: 'INVALID', problem: 'The answer is empty.', text: null };
  const outcome = refusalIn(choice);
  if (outcome) return { outcome };
  if (choice.finish_reason === 'length')
    return { outcome: 'INVALID', problem: 'The answer reached the limit of output tokens.', text: null };
  const text = choice.message.content ?? '';
  const answer = readJsonAnswer(text, schema);
  if (answer.ok) return { outcome: 'OK', value: answer.value };
  return { outcome: 'INVALID', problem: answer.problem, text };
}

function streamedOutcome({ choices: [choice] }: Completion): CallResult['outcome'] {
  if (!choice) return 'INVALID';
  return refusalIn(choice) ?? (choice.message.content?.trim() ? 'OK' : 'INVALID');
}

function refusalIn({
  message,
  finish_reason: finish,
}: Completion['choices'][number]): 'REFUSED' | 'FILTERED' | null {
  if (message.refusal) return 'REFUSED';
  return finish === 'content_filter' ? 'FILTERED' : null;
}
