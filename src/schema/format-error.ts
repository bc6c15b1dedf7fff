import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, Kind, parse, type GraphQLFormattedError } from 'graphql';
import { asAppError } from '../adapters/database/database-errors';
import { AppError, badUserInput, ERROR_KINDS, type Localized } from '../errors';
import { argumentAt, argumentOfVariable } from './argument-names';
import { englishOf, libraryWords, shortened } from './library-words';

/** English texts of formatted errors; the language is known only when the response is sent. */
const english = new WeakMap<object, string>();

/** Codes whose message clients such as urql compare, so it stays as Apollo wrote it. */
const FIXED_MESSAGES = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** Any error as an expected one; what is not expected becomes INTERNAL_SERVER_ERROR or UPSTREAM_UNAVAILABLE. */
export function appErrorOf(error: unknown): AppError | null {
  if (error instanceof GraphQLError && error.originalError instanceof AppError) return error.originalError;
  const original = unwrapResolverError(error);
  if (original instanceof GraphQLError && original.extensions.code !== 'INTERNAL_SERVER_ERROR') {
    // graphql's own: syntax, validation, coercion. A null in a non-null field has neither code nor cause.
    if (!original.path || typeof original.extensions.code === 'string') return null;
  }
  return asAppError(original);
}

/** What a client sees of an error: a stable code, a safe sentence in Korean, never the text of an unexpected one. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const known = appErrorOf(error);
  return known ? expected(formatted, known) : graphqlFault(formatted, error);
}

/** The same of an error that did not pass through Apollo, which gives it its shape first. */
export function formatExecutionError(error: GraphQLError): GraphQLFormattedError {
  const { http: _, ...extensions } = { ...error.extensions };
  const shape = {
    message: error.message,
    ...(error.locations?.length && { locations: error.locations }),
    ...(error.path && { path: error.path }),
    extensions: { ...extensions, code: extensions.code ?? 'INTERNAL_SERVER_ERROR' },
  };
  return formatError(shape, error);
}

/** Puts the English sentences in place of the Korean ones. */
export function translateToEnglish(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  return errors.map((error) => ({ ...error, message: english.get(error) ?? error.message }));
}

/** The same for an answer that is text already, of faults that Apollo words. */
export function bodyInEnglish(body: string): string {
  const { errors } = JSON.parse(body) as { errors: GraphQLFormattedError[] };
  const inEnglish = (text: string) => englishOf(text) ?? text.replace(PREFIX, '');
  return JSON.stringify({ errors: errors.map((e) => ({ ...e, message: inEnglish(e.message) })) });
}

function expected({ locations, path }: GraphQLFormattedError, error: AppError): GraphQLFormattedError {
  const result = {
    message: error.text('ko'),
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: error.extensions,
  };
  english.set(result, error.text('en'));
  return result;
}

function graphqlFault(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = { ...formatted.extensions } as Record<string, unknown>;
  // Apollo gives some faults of a request, a hash that is not the document's, no code of their own.
  if ((extensions.code ?? 'INTERNAL_SERVER_ERROR') === 'INTERNAL_SERVER_ERROR')
    extensions.code = 'BAD_REQUEST';
  if (FIXED_MESSAGES.has(String(extensions.code))) return { ...formatted, extensions };
  const argument = error instanceof GraphQLError ? faultyArgument(error) : undefined;
  // graphql-js repeats the submitted value, which may be a secret; an unknown operation's name below too.
  if (argument !== undefined)
    return expected(formatted, badUserInput(argument, expectation(formatted.message)));
  const text = shortened(formatted.message.replace(/^(Unknown operation) named .*/s, '$1.'));
  const prefix = extensions.code === 'BAD_USER_INPUT' ? ERROR_KINDS.BAD_USER_INPUT.ko : NOT_GRAPHQL;
  const { ko, en } = libraryWords(text) ?? { ko: `${prefix} ${text}`, en: text };
  const result = { ...formatted, message: ko, extensions };
  english.set(result, en);
  return result;
}

const NOT_GRAPHQL = 'GraphQL 요청이 올바르지 않습니다.';
const PREFIX = new RegExp(`^(${ERROR_KINDS.BAD_USER_INPUT.ko}|${NOT_GRAPHQL}) `);

/** Of names, which are no secrets. */
const WRONG_NAME = /^(?:Field "\w{1,64}" is not defined by type|Value "\w{1,64}" does not exist in) "\w+"/;

/** Which type or name graphql-js wanted, without the value it got. */
function expectation(message: string): Localized | undefined {
  const reason = message.slice(message.lastIndexOf('; ') + 1).trim();
  if (WRONG_NAME.test(reason)) return libraryWords(shortened(reason));
  const match = /\b([A-Z]\w*) cannot represent|type "([\w![\]]+)"|in "(\w+)" enum|Enum "(\w+)"/.exec(reason);
  const type = match?.slice(1).find((name) => name !== undefined);
  return type === undefined
    ? undefined
    : { ko: `${type} 형식이어야 합니다.`, en: `It must be of type ${type}.` };
}

const VALUE_KINDS = new Set<string>([
  Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.NULL, Kind.ENUM, Kind.LIST, Kind.OBJECT, Kind.OBJECT_FIELD,
]); // prettier-ignore

/** The argument whose value was refused, e.g. "filter.releasedAfter"; undefined when it was something else. */
function faultyArgument({ extensions, message, nodes }: GraphQLError): string | undefined {
  const node = nodes?.[0];
  if (!node?.loc) return undefined;
  // A variable that is unknown or of another type is a fault of the document, unlike its value.
  const isValue = extensions.code === 'BAD_USER_INPUT';
  if (VALUE_KINDS.has(node.kind) || (isValue && node.kind === Kind.VARIABLE))
    return argumentAt(
      parse(node.loc.source),
      ({ kind, loc }) => kind === node.kind && loc?.start === node.loc?.start,
    );
  if (!isValue || node.kind !== Kind.VARIABLE_DEFINITION) return undefined;
  const { value } = node.variable.name;
  const argument = argumentOfVariable(parse(node.loc.source), value) ?? value;
  const inside = new RegExp(`at "${value}([\\w.[\\]]+)"; `).exec(message)?.[1] ?? '';
  return argument + inside.replace(/\[(\d+)\]/g, '.$1');
}
