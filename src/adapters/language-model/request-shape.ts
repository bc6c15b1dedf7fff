import type { APIError } from 'openai';
import type {
  ChatCompletionCreateParamsNonStreaming, ChatCompletionCreateParamsStreaming, ChatCompletionMessageParam,
} from 'openai/resources'; // prettier-ignore

const FORMATS = ['json_schema', 'json_object', 'text'] as const;
/** A 400 with one of these is about the request's content; another response format would not help. */
const FINAL_REFUSALS = new Set([
  'context_length_exceeded',
  'content_filter',
  'model_not_found',
  'invalid_api_key',
]);

/** How a request is written down: OpenAI-compatible servers understand different parts of the format. */
export interface RequestShape {
  format: (typeof FORMATS)[number];
  limit: 'max_tokens' | 'max_completion_tokens';
  /** Whether a stream is asked to tell what it used. */
  tellsUsage: boolean;
}

/** What every server either understands or answers 400 to. */
export const FIRST_SHAPE: RequestShape = {
  format: 'json_schema',
  limit: 'max_tokens',
  tellsUsage: true,
};

export interface Question {
  system: string;
  messages: ChatCompletionMessageParam[];
  jsonSchema: Record<string, unknown>;
  schemaName: string;
}

/** The body of a chat completion request; without json_schema the schema goes into the system prompt. */
export function requestBody(
  { model, maxOutputTokens }: { model: string; maxOutputTokens: number },
  { system, messages, jsonSchema, schemaName }: Question,
  { format, limit }: RequestShape,
): ChatCompletionCreateParamsNonStreaming {
  const form = `Answer with one JSON object of this JSON Schema and nothing else:\n${JSON.stringify(jsonSchema)}`;
  const base = {
    model,
    [limit]: maxOutputTokens,
    messages: [
      { role: 'system' as const, content: format === 'json_schema' ? system : `${system}\n\n${form}` },
      ...messages,
    ],
  };
  if (format === 'text') return base;
  if (format === 'json_object') return { ...base, response_format: { type: 'json_object' } };
  return {
    ...base,
    response_format: {
      type: 'json_schema',
      json_schema: { name: schemaName, strict: true, schema: jsonSchema },
    },
  };
}

/** The body of a request for plain text in pieces. */
export function streamBody(
  { model, maxOutputTokens }: { model: string; maxOutputTokens: number },
  { system, user }: { system: string; user: string },
  { limit, tellsUsage }: RequestShape,
): ChatCompletionCreateParamsStreaming {
  return {
    model,
    [limit]: maxOutputTokens,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    stream: true,
    ...(tellsUsage && { stream_options: { include_usage: true } }),
  };
}

/** The next shape to try after a 400 or 422, or undefined when the refusal is final. */
export function simplerShape(shape: RequestShape, error: APIError): RequestShape | undefined {
  if (isFinal(error)) return undefined;
  const format = FORMATS[FORMATS.indexOf(shape.format) + 1];
  return newerLimit(shape, error) ?? (format && { ...shape, format });
}

/** The same for a stream. */
export function simplerStreamShape(shape: RequestShape, error: APIError): RequestShape | undefined {
  if (isFinal(error)) return undefined;
  return newerLimit(shape, error) ?? (shape.tellsUsage ? { ...shape, tellsUsage: false } : undefined);
}

function isFinal({ status, code }: APIError): boolean {
  return (status !== 400 && status !== 422) || FINAL_REFUSALS.has(code ?? '');
}

/** OpenAI's reasoning models want the newer name, which Ollama silently ignores: it cannot come first. */
function newerLimit(shape: RequestShape, error: APIError): RequestShape | undefined {
  return shape.limit === 'max_tokens' && error.message.includes('max_completion_tokens')
    ? { ...shape, limit: 'max_completion_tokens' }
    : undefined;
}
