import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { DocumentNode, FormattedExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
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

/** What graphql-jit makes of documents that come again. */
export class CompiledDocuments {
  // An entry lives exactly as long as that of Apollo's document store, which is bounded.
  private readonly documents = new WeakMap<DocumentNode, Uses>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Null while the document is rare, or when it cannot be compiled. */
  find(document: DocumentNode, operationName = ''): CompiledQuery | null {
    let uses = this.documents.get(document);
    if (!uses) this.documents.set(document, (uses = { count: 0, compiled: new Map() }));
    if (++uses.count < COMPILE_AT_USE || setsPrototype(document)) return null;
    let query = uses.compiled.get(operationName);
    if (query === undefined) {
      const result = compileQuery(this.schema, document, operationName || undefined, {});
      query = isCompiledQuery(result) ? result : null;
      uses.compiled.set(operationName, query);
    }
    return query;
  }

  /** What `find` has compiled before. */
  kept(document: DocumentNode, operationName = ''): CompiledQuery | null {
    return this.documents.get(document)?.compiled.get(operationName) ?? null;
  }
}

/** The result of a compiled query, its errors formatted and reported; null for bad variables, with which nothing runs. */
export async function runCompiled(
  { query }: CompiledQuery,
  context: RequestContext,
  variables: Record<string, unknown>,
  onErrors: OnErrors,
): Promise<FormattedExecutionResult | null> {
  const result = await query(undefined, context, variables);
  if (!result.errors) return result as FormattedExecutionResult;
  // graphql-js words it for everybody.
  if (result.data === undefined) return null;
  onErrors(context, result.errors);
  return { ...result, errors: result.errors.map(formatExecutionError) };
}

/**
 * Executes repeated documents with graphql-jit. It answers from `responseForOperation`, which skips
 * executionDidStart and didEncounterErrors: errors are formatted and reported here. Where a field that may not be null
 * fails, it goes on with that field's siblings and tells their errors too, as the specification allows (6.4.4).
 */
export function compiledExecution(
  documents: CompiledDocuments,
  onErrors: OnErrors,
): ApolloServerPlugin<RequestContext> {
  const listener = {
    async responseForOperation(request: GraphQLRequestContext<RequestContext>) {
      const { document, operation, contextValue } = request;
      // Without an operation the document has none of the name asked for: graphql-js says so.
      if (!document || !operation || operation.operation === 'subscription') return null;
      const query = documents.find(document, operation.name?.value);
      if (!query) return null;
      const singleResult = await runCompiled(query, contextValue, request.request.variables ?? {}, onErrors);
      return singleResult && { http: request.response.http, body: { kind: 'single' as const, singleResult } };
    },
  };
  return { requestDidStart: async () => listener };
}

/** Compiled code would set the prototype of its answer instead of a field of that name. */
function setsPrototype({ loc }: DocumentNode): boolean {
  return loc?.source.body.includes('__proto__') ?? true;
}
