import OpenAI from 'openai';
import { boundedFetch } from './bounded-fetch';

export interface ServerOptions {
  /** May be empty for servers that want none, e.g. Ollama. */
  apiKey: string;
  /** Ends before /chat/completions or /embeddings, e.g. https://api.openai.com/v1. */
  baseUrl: string;
  /** For one HTTP call, from its start to the last byte of the answer. */
  timeoutMs: number;
}

/** Everything the SDK would otherwise read from the environment is given. The job's row owns retries. */
export function openAiClient(
  { apiKey, baseUrl, timeoutMs }: ServerOptions,
  maxResponseBytes: number,
): OpenAI {
  return new OpenAI({
    apiKey: apiKey || 'none',
    baseURL: baseUrl,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: boundedFetch(maxResponseBytes),
  });
}
