/** US dollars per million tokens. */
export interface ModelPrice {
  input: number;
  output: number;
}

/** When these prices were looked up; providers change them, and a setting overrides them. */
export const PRICES_OF = '2026-11-29';

/** What the providers' own price lists say of a call that is neither cached nor batched: [input, output]. */
const USD_PER_MILLION_TOKENS: Record<string, [input: number, output: number]> = {
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'gpt-5-nano': [0.05, 0.4],
  'gpt-5.4-nano': [0.2, 1.25],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  'gpt-4-turbo': [10, 30],
  'gpt-4': [30, 60],
  'gpt-3.5-turbo': [0.5, 1.5],
  o1: [15, 60],
  o3: [2, 8],
  'o3-mini': [1.1, 4.4],
  'o4-mini': [1.1, 4.4],
  'claude-opus-4': [15, 75],
  'claude-sonnet-4': [3, 15],
  'claude-3-5-haiku': [0.8, 4],
  'gemini-2.5-pro': [1.25, 10],
  'gemini-2.5-flash': [0.3, 2.5],
  'gemini-2.5-flash-lite': [0.1, 0.4],
  'llama-3.1-8b-instant': [0.05, 0.08],
  'llama-3.3-70b-versatile': [0.59, 0.79],
  'text-embedding-3-small': [0.02, 0],
  'text-embedding-3-large': [0.13, 0],
  'text-embedding-ada-002': [0.1, 0],
};

const DEAREST: ModelPrice = {
  input: Math.max(...Object.values(USD_PER_MILLION_TOKENS).map(([input]) => input)),
  output: Math.max(...Object.values(USD_PER_MILLION_TOKENS).map(([, output]) => output)),
};

/** `-2024-07-18`, `-20250514`, `@20250514`, `-0613`: which day's version of a model it is. */
const DATE = /[-@](\d{4}-\d{2}-\d{2}|\d{8}|\d{4})$/;

/**
 * What a model costs: as `given` by settings, else by the table, under whatever provider's prefix (`openai/…`) and of
 * whatever date. Of a model that neither knows the dearest price of the table is assumed.
 */
export function priceOf(
  model: string,
  given: { [Direction in keyof ModelPrice]?: number | undefined } = {},
): ModelPrice & { isAssumed: boolean } {
  const name = model.toLowerCase().split('/').at(-1)!.replace(DATE, '');
  const [input, output] = Object.hasOwn(USD_PER_MILLION_TOKENS, name) ? USD_PER_MILLION_TOKENS[name]! : [];
  return {
    input: given.input ?? input ?? DEAREST.input,
    output: given.output ?? output ?? DEAREST.output,
    isAssumed: (given.input ?? input) === undefined || (given.output ?? output) === undefined,
  };
}
