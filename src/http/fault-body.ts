import type { AppError, Localized } from '../errors';

/** A fault outside of GraphQL, in GraphQL's form. */
export function faultBody(fault: AppError, language: keyof Localized): string {
  return JSON.stringify({ errors: [{ message: fault.text(language), extensions: fault.extensions }] });
}

/** When to come back, for clients that read headers only (RFC 9110, 10.2.3). */
export function retryAfter({ retryAfterSeconds }: AppError): Record<string, string> {
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
}
