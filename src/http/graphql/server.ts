import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, Kind, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { isDatabaseUnfit } from '../../adapters/database/database-errors';
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { GatewayContext } from '../../context/gateway';
import { AppError } from '../../errors';
import { CacheHints, NOT_STORED } from '../../schema/cache-hints';
import { retryAfter } from '../fault-body';
import { createDocumentStore, createPersistedQueryCache } from './document-store';
import { MAX_ANSWER_BYTES, sizeOf } from './answer-size';
import { OperationLimits } from './limits';
import type { PersistedDocuments } from './persisted-documents';
import { compiledExecution, type CompiledDocuments } from '../../schema/compiled-execution';
import { appErrorOf, formatError, translateToEnglish } from '../../schema/format-error';
import { DOCUMENT_RULES, MAX_TOKENS } from '../../schema/document-limits';
import type { RequestContext } from '../../schema/request-context';

/** Apollo Server over the permitted schema, with every limit; started by the caller. */
export function createGraphqlServer(
  { config, limits: rateLimits, metrics }: Pick<GatewayContext, 'config' | 'limits' | 'metrics'>,
  schema: GraphQLSchema,
  persisted: PersistedDocuments,
  compiled: CompiledDocuments | null,
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
    persistedQueries: { cache: createPersistedQueryCache(persisted) },
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    validationRules: [...DOCUMENT_RULES],
    allowBatchedHttpRequests: false,
    formatError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      requestPlugin(schema, new OperationLimits(schema, rateLimits), metrics),
      ...(compiled ? [compiledExecution(compiled, logUnexpected)] : []),
    ],
  });
}

function requestPlugin(
  schema: GraphQLSchema,
  limits: OperationLimits,
  metrics: Metrics,
): ApolloServerPlugin<RequestContext> {
  const cacheHints = new CacheHints(schema);
  const listener = {
    async didResolveOperation(request: GraphQLRequestContext<RequestContext>) {
      const { contextValue, document, operation, operationName } = request;
      const { variables = {} } = request.request;
      if (operation) contextValue.label.operation = labelOf(operation);
      try {
        await limits.check({ document: document!, operationName, variables }, contextValue);
      } catch (error) {
        throw refusal(error, contextValue);
      }
    },
    /** Whoever sent a subscription opens it, now that it has passed. */
    async responseForOperation({
      contextValue: { admitted, isLive },
      document,
      response,
    }: GraphQLRequestContext<RequestContext>) {
      if (!isLive) return null;
      admitted.document = document!;
      return { http: response.http, body: { kind: 'single' as const, singleResult: { data: null } } };
    },
    async didEncounterErrors({ contextValue, errors }: GraphQLRequestContext<RequestContext>) {
      logUnexpected(contextValue, errors ?? []);
    },
    async willSendResponse({ contextValue, document, response }: GraphQLRequestContext<RequestContext>) {
      if (response.body?.kind !== 'single') return;
      if (sizeOf(response.body.singleResult) > MAX_ANSWER_BYTES) refuseAnswer(response);
      const result = response.body.singleResult;
      for (const { extensions } of result.errors ?? [])
        metrics.errors.inc({ code: String(extensions?.code) });
      const isPersonal = !contextValue.anonymous || contextValue.newViewerName != null;
      const cacheable = !isPersonal && !result.errors && document;
      response.http.headers.set('cache-control', cacheable ? cacheHints.headerFor(document) : NOT_STORED);
      if (result.errors && contextValue.language === 'en') result.errors = translateToEnglish(result.errors);
    },
  };
  return { requestDidStart: async () => listener };
}

/** In place of an answer that is larger than readers and our memory can take. */
function refuseAnswer(response: GraphQLRequestContext<RequestContext>['response']): void {
  const fault = new AppError('QUERY_TOO_COMPLEX');
  const errors = [formatError({ message: fault.message }, fault)];
  response.http.status = fault.status;
  response.body = { kind: 'single', singleResult: { errors } };
}

/** A document that got this far names only fields of our schema. */
function labelOf({ operation, selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return `${operation} ${first?.kind === Kind.FIELD ? first.name.value : 'fragment'}`;
}

/** An error that stops the request before anything ran; it decides the HTTP status. */
function refusal(error: unknown, { logger, requestId }: RequestContext): GraphQLError {
  if (error instanceof GraphQLError) return badVariable(error);
  const known = appErrorOf(error) ?? new AppError('INTERNAL_SERVER_ERROR', { cause: error });
  if (isUnexpected(known)) logger.error({ error: known.cause, requestId }, 'a request failed before it ran');
  const headers = new HeaderMap(Object.entries(retryAfter(known)));
  return new GraphQLError(known.message, {
    originalError: known,
    extensions: { code: known.code, http: { status: known.status, headers } },
  });
}

/** What graphql-js says of a variable's value; Apollo gives it this code only when it comes from execution. */
function badVariable({ message, nodes }: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
  return new GraphQLError(message, { ...(nodes && { nodes }), extensions });
}

export function logUnexpected({ logger, requestId }: RequestContext, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const known = appErrorOf(error);
    if (known && isUnexpected(known))
      logger.error({ error: known.cause, requestId, path: error.path }, 'a field failed');
    else if (known?.code === 'UPSTREAM_UNAVAILABLE')
      logger.warn({ error: known.cause, requestId, path: error.path }, 'an upstream is away');
  }
}

/** A table that is not there is told to readers as an outage; it may as well be a fault of ours. */
function isUnexpected({ code, cause }: AppError): boolean {
  return code === 'INTERNAL_SERVER_ERROR' || isDatabaseUnfit(cause);
}
