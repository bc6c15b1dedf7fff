import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { formatExecutionError } from './format-error';
import type { RequestContext } from './request-context';

type OnErrors = (context: RequestContext, errors: readonly GraphQLError[]) => void;

/** Compiling costs about a millisecond: only for documents that come again. */
const COMPILE_AT_USE = 3;

interface Uses {
  count: number;
  /** By operation name; null when graphql-jit cannot compile it. */
  compiled: Map<string, CompiledQuery | null>;
}

/**
 * Executes repeated documents with graphql-jit. It answers from `responseForOperation`, which skips
 * executionDidStart and didEncounterErrors: errors are formatted and reported here. Where a field that may not be null
 * fails, it goes on with that field's siblings and tells their errors too, as the specification allows (6.4.4).
 */
export function compiledExecution(
  schema: GraphQLSchema,
  onErrors: OnErrors,
): ApolloServerPlugin<RequestContext> {
  // Lives exactly as long as the entry of Apollo's document store, which is bounded.
  const documents = new WeakMap<DocumentNode, Uses>();
  const listener = {
    async responseForOperation(request: GraphQLRequestContext<RequestContext>) {
      const { document, operation, contextValue } = request;
      // Without an operation the document has none of the name asked for: graphql-js says so.
      if (!document || !operation || operation.operation === 'subscription') return null;
      const query = compiledQuery(schema, documents, document, operation.name?.value ?? '');
      if (!query) return null;
      const result = await query.query(undefined, contextValue, request.request.variables ?? {});
      // Bad variables: nothing ran yet, and graphql-js words it for everybody.
      if (result.errors && result.data === undefined) return null;
      if (result.errors) onErrors(contextValue, result.errors);
      const errors = result.errors?.map(formatExecutionError);
      const singleResult = errors ? { ...result, errors } : result;
      return { http: request.response.http, body: { kind: 'single' as const, singleResult } };
    },
  };
  return { requestDidStart: async () => listener };
}

function compiledQuery(
  schema: GraphQLSchema,
  documents: WeakMap<DocumentNode, Uses>,
  document: DocumentNode,
  operationName: string,
): CompiledQuery | null {
  let uses = documents.get(document);
  if (!uses) documents.set(document, (uses = { count: 0, compiled: new Map() }));
  if (++uses.count < COMPILE_AT_USE || setsPrototype(document)) return null;
  let query = uses.compiled.get(operationName);
  if (query === undefined) {
    const result = compileQuery(schema, document, operationName || undefined, {});
    query = isCompiledQuery(result) ? result : null;
    uses.compiled.set(operationName, query);
  }
  return query;
}

/** Compiled code would set the prototype of its answer instead of a field of that name. */
function setsPrototype({ loc }: DocumentNode): boolean {
  return loc?.source.body.includes('__proto__') ?? true;
}
