import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import {
  GraphQLError, Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql'; // prettier-ignore
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';
import type { GatewayContext } from '../../context/gateway';
import { AppError, ERROR_KINDS } from '../../errors';
import { CacheHints, NOT_STORED } from '../../schema/cache-hints';
import { retryAfter } from '../fault-body';
import { createDocumentStore } from './document-store';
import { compiledExecution } from '../../schema/compiled-execution';
import { appErrorOf, formatError, translateToEnglish } from '../../schema/format-error';
import { ComplexityLimit, DOCUMENT_RULES, MAX_TOKENS } from '../../schema/limits';
import type { RequestContext } from '../../schema/request-context';

/** Operations a caller may send with a token that is worth nothing any more: how else would it get a new one? */
const SIGN_IN_FIELDS = new Set([
  'beginKakaoLogin',
  'loginWithKakaoCode',
  'loginWithKakaoToken',
  'refreshSession',
  'logout',
]);

/** Apollo Server over the permitted schema, with every limit; started by the caller. */
export function createGraphqlServer(
  { config, limits: rateLimits, metrics }: Pick<GatewayContext, 'config' | 'limits' | 'metrics'>,
  schema: GraphQLSchema,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    maxRecursiveSelections: 1_000,
    parseOptions: { maxTokens: MAX_TOKENS },
    documentStore: createDocumentStore(),
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    validationRules: [...DOCUMENT_RULES],
    allowBatchedHttpRequests: false,
    formatError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      requestPlugin(schema, rateLimits, metrics),
      ...(config.engine === 'jit' ? [compiledExecution(schema, formatError, logUnexpected)] : []),
    ],
  });
}

function requestPlugin(
  schema: GraphQLSchema,
  rateLimits: RateLimits,
  metrics: Metrics,
): ApolloServerPlugin<RequestContext> {
  const complexity = new ComplexityLimit(schema);
  const cacheHints = new CacheHints(schema);
  const listener = {
    async didResolveOperation(request: GraphQLRequestContext<RequestContext>) {
      const { contextValue, document, operation, operationName } = request;
      try {
        refuseWorthlessToken(request);
        if (!operation) return; // no such operation: Apollo says so
        contextValue.label.operation = labelOf(operation);
        const signIns = signInsOf(operation, document!);
        if (signIns > 0) await rateLimits.take('signIn', contextValue.address, signIns);
        complexity.check(document!, operationName, request.request.variables ?? {});
      } catch (error) {
        throw refusal(error, contextValue);
      }
    },
    async didEncounterErrors({ contextValue, errors }: GraphQLRequestContext<RequestContext>) {
      logUnexpected(contextValue, errors ?? []);
    },
    async willSendResponse({ contextValue, document, response }: GraphQLRequestContext<RequestContext>) {
      if (response.body?.kind !== 'single') return;
      const result = response.body.singleResult;
      for (const { extensions } of result.errors ?? [])
        metrics.errors.inc({ code: String(extensions?.code) });
      const cacheable = contextValue.anonymous && !result.errors && document;
      response.http.headers.set('cache-control', cacheable ? cacheHints.headerFor(document) : NOT_STORED);
      if (result.errors && contextValue.language === 'en') result.errors = translateToEnglish(result.errors);
    },
  };
  return { requestDidStart: async () => listener };
}

/** A document that got this far names only fields of our schema. */
function labelOf({ operation, selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return `${operation} ${first?.kind === Kind.FIELD ? first.name.value : 'fragment'}`;
}

/** Sign-ins that a mutation asks for, its fragments included: each counts. */
function signInsOf(operation: OperationDefinitionNode, { definitions }: DocumentNode): number {
  if (operation.operation !== 'mutation') return 0;
  const countIn = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + countIn(selection.selectionSet);
      if (selection.kind !== Kind.FIELD || selection.name.value === 'logout') return sum;
      return sum + (SIGN_IN_FIELDS.has(selection.name.value) ? 1 : 0);
    }, 0);
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return [operation, ...fragments].reduce((sum, { selectionSet }) => sum + countIn(selectionSet), 0);
}

function refuseWorthlessToken({ contextValue, operation }: GraphQLRequestContext<RequestContext>): void {
  const failure = contextValue.authFailure;
  if (!failure) return;
  const onlySignIn = operation?.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && SIGN_IN_FIELDS.has(selection.name.value),
  );
  if (!onlySignIn) throw failure;
}

/** An error that stops the request before anything ran; it decides the HTTP status. */
function refusal(error: unknown, { logger, requestId }: RequestContext): GraphQLError {
  if (error instanceof GraphQLError) return badVariable(error);
  const known = appErrorOf(error) ?? new AppError('INTERNAL_SERVER_ERROR', { cause: error });
  if (known.code === 'INTERNAL_SERVER_ERROR')
    logger.error({ error: known.cause, requestId }, 'a request failed before it ran');
  const { status } = ERROR_KINDS[known.code] as { status?: number };
  const headers = new HeaderMap(Object.entries(retryAfter(known)));
  return new GraphQLError(known.message, {
    originalError: known,
    extensions: { code: known.code, http: { status: status ?? 500, headers } },
  });
}

/** What graphql-js says of a variable's value; Apollo gives it this code only when it comes from execution. */
function badVariable({ message, nodes }: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
  return new GraphQLError(message, { ...(nodes && { nodes }), extensions });
}

function logUnexpected({ logger, requestId }: RequestContext, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const known = appErrorOf(error);
    if (known?.code === 'INTERNAL_SERVER_ERROR')
      logger.error({ error: known.cause, requestId, path: error.path }, 'a field failed');
    else if (known?.code === 'UPSTREAM_UNAVAILABLE')
      logger.warn({ error: known.cause, requestId, path: error.path }, 'an upstream is away');
  }
}
